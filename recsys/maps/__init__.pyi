from .areas import (
    Area as Area,
    as_text as as_text,
    checked_area as checked_area,
    inside as inside,
    parse_area as parse_area,
)
from .groups import (
    beside_the_rest as beside_the_rest,
    middle as middle,
    words_of_group as words_of_group,
)
from .projection import pca_map as pca_map
from .readers import path_of as path_of, where_is as where_is
