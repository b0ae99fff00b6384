from .hidden import (
    TOP as TOP,
    Quality as Quality,
    found_by_reader as found_by_reader,
    hide_one as hide_one,
    measure as measure,
)
