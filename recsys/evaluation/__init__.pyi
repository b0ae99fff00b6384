from .hidden import (
    TOP as TOP,
    Quality as Quality,
    hidden_ranks as hidden_ranks,
    hide_one as hide_one,
    measure as measure,
)
