from .clock import (
    BLANK as BLANK,
    UNITS as UNITS,
    Clock as Clock,
    Example as Example,
)
from .numeric import (
    DAY as DAY,
    EPOCH as EPOCH,
    FIRST_USUAL as FIRST_USUAL,
    LAST_USUAL as LAST_USUAL,
    has_time as has_time,
    midnight as midnight,
    numbers as numbers,
)
