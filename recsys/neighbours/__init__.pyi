from .absence import WhyNot as WhyNot, why_not as why_not
from .agreement import (
    agreed_by as agreed_by,
    consensus as consensus,
    cosines_of as cosines_of,
    person_lists as person_lists,
    person_stability as person_stability,
    stability as stability,
)
from .blending import (
    blended_neighbours as blended_neighbours,
    blended_stability as blended_stability,
    candidates as candidates,
    content_share as content_share,
    stretch as stretch,
)
from .directions import cosines as cosines, position_of as position_of
from .example import example_item as example_item
from .kept import (
    kept_by_another_seed as kept_by_another_seed,
    lists_of as lists_of,
    pair_overlaps as pair_overlaps,
)
from .ranked import Candidates as Candidates
from .read_together import (
    LEAST_BOTH as LEAST_BOTH,
    evidence as evidence,
    readers_at as readers_at,
    readers_of_both as readers_of_both,
    readers_of_pair as readers_of_pair,
)
from .similarity import offered as offered, similar_items as similar_items
from .together import of_each as of_each, similar_to_all as similar_to_all
