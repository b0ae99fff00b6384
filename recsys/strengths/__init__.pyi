from .interactions import (
    Interactions as Interactions,
    build_interactions as build_interactions,
    fingerprint_of as fingerprint_of,
)
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
)
