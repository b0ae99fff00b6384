from .nearness import candidates as candidates, nearest as nearest, unit as unit
from .ordering import (
    MOST as MOST,
    best as best,
    checked_count as checked_count,
    checked_share as checked_share,
)
from .overlap import (
    P as P,
    rbo as rbo,
    rbo_rows as rbo_rows,
    shared as shared,
    weight_of_top as weight_of_top,
)
