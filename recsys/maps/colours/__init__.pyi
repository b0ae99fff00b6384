from .colour_by import (
    by_event_share as by_event_share,
    by_events as by_events,
    by_language as by_language,
    by_quality as by_quality,
    by_readers as by_readers,
    by_recency as by_recency,
    by_score as by_score,
    by_shared_readers as by_shared_readers,
    by_topic as by_topic,
    by_type as by_type,
    event_counts as event_counts,
)
from .colouring import Colouring as Colouring, categories as categories, scale as scale
