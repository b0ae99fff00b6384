from .advising import (
    Advice as Advice,
    advice as advice,
    largest_singular_value as largest_singular_value,
)
from .interactions import (
    Interactions as Interactions,
    build_interactions as build_interactions,
    fingerprint_of as fingerprint_of,
)
from .ratings import RatingStep as RatingStep, liked as liked, rating_steps as rating_steps
from .steps import (
    COMBINED as COMBINED,
    RANKS as RANKS,
    counted as counted,
    raw as raw,
    stages as stages,
)
from .sums import scaled as scaled
from .weights import (
    DEFAULT_STRENGTHS as DEFAULT_STRENGTHS,
    EventWeights as EventWeights,
    default_weights as default_weights,
    typed as typed,
)
