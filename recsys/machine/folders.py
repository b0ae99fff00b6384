"""Folders that come and go as a whole, whoever reads or writes them meanwhile."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_TRIES = 20


def remove_folder(folder: Path) -> None:
    """Take a folder away; nothing where there is none or it cannot be done.

    It is gone at once for whoever looks for it, and who has a file of it open reads on.
    """
    aside = folder.with_name(f".gone-{uuid4().hex}")
    with suppress(OSError):
        os.rename(folder, aside)
        for _ in range(_TRIES):  # who was about to make a file in it may do so after it was emptied
            shutil.rmtree(aside, ignore_errors=True)
            if not aside.exists():
                return


def replace_folder(draft: Path, folder: Path) -> None:
    """Give a folder the name of another, which is removed. Of several at once one stays.

    Raises
    ------
    OSError
        If it cannot be done.
    """
    for left in reversed(range(_TRIES)):
        remove_folder(folder)
        try:
            os.replace(draft, folder)
        except OSError:  # somebody else put theirs there since, or it cannot be done
            if not left:
                raise
        else:
            return


def folder_size(folder: Path) -> int:
    """Bytes of the files in a folder; what goes meanwhile does not count."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += os.stat(os.path.join(place, name)).st_size
    return size
