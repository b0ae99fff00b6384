from .hidden import TOP as TOP, Quality as Quality, hide_one as hide_one, measure as measure
