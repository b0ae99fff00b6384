from .chance import (
    LARGER as LARGER,
    Noise as Noise,
    article_noise as article_noise,
    list_change as list_change,
    overlap_in_words as overlap_in_words,
    person_noise as person_noise,
    verdict_of as verdict_of,
)
from .compare import (
    CAME as CAME,
    SAME_RANK as SAME_RANK,
    WENT as WENT,
    Comparison as Comparison,
    compare_lists as compare_lists,
    compare_models as compare_models,
)
