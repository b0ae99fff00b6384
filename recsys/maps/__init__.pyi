from .aligning import Alignment as Alignment, alignment as alignment
from .areas import (
    Area as Area,
    as_text as as_text,
    checked_area as checked_area,
    inside as inside,
    parse_area as parse_area,
)
from .colours import (
    Colouring as Colouring,
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
    categories as categories,
    event_counts as event_counts,
    scale as scale,
)
from .exported import Chart as Chart, as_drawn as as_drawn, colourings as colourings
from .faithfulness import Faithfulness as Faithfulness, faithfulness_of as faithfulness_of
from .groups import beside_the_rest as beside_the_rest, words_of_group as words_of_group
from .labels import Label as Label, topic_labels as topic_labels
from .moves import (
    moved_by_seeds as moved_by_seeds,
    moved_more as moved_more,
    movement as movement,
)
from .pictures import check_size as check_size, map_picture as map_picture
from .places import (
    Before as Before,
    Places as Places,
    neighbour_places as neighbour_places,
    pca_places as pca_places,
)
from .projection import pca_map as pca_map
from .readers import path_of as path_of, where_is as where_is
