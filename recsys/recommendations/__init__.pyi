from .blended_taste import BlendedTaste as BlendedTaste, Catalogue as Catalogue
from .bringing_in import Changes as Changes
from .explain import (
    Solver as Solver,
    Taste as Taste,
    contributions as contributions,
    fold_in as fold_in,
    taste_of as taste_of,
    user_position as user_position,
)
from .next_reads import (
    history as history,
    list_stability as list_stability,
    recommend as recommend,
    strengths_of as strengths_of,
)
from .readers import (
    people as people,
    readable_person as readable_person,
    similar_people as similar_people,
)
from .starters import starters as starters
from .tradeoffs import pool_size as pool_size, rerank as rerank, sameness as sameness
from .why_not import (
    WhyNotRecommended as WhyNotRecommended,
    why_not_recommended as why_not_recommended,
)
