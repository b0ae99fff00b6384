from .agreement import (
    consensus as consensus,
    kept_by_another_seed as kept_by_another_seed,
    lists_of as lists_of,
    pair_overlaps as pair_overlaps,
    person_lists as person_lists,
    person_stability as person_stability,
    stability as stability,
)
from .blending import (
    blended_neighbours as blended_neighbours,
    blended_stability as blended_stability,
    content_share as content_share,
    stretch as stretch,
)
from .similarity import (
    LEAST_BOTH as LEAST_BOTH,
    MAX_NEIGHBOURS as MAX_NEIGHBOURS,
    cosines as cosines,
    evidence as evidence,
    offered as offered,
    position_of as position_of,
    similar_items as similar_items,
)
