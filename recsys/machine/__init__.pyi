from .folders import (
    folder_size as folder_size,
    remove_folder as remove_folder,
    replace_folder as replace_folder,
)
from .sizes import nbytes as nbytes
from .threads import one_blas_thread as one_blas_thread, one_thread as one_thread
