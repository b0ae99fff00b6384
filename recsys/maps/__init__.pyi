from .aligning import Alignment as Alignment, alignment as alignment
from .faithfulness import Faithfulness as Faithfulness, faithfulness_of as faithfulness_of
from .moves import (
    moved_by_seeds as moved_by_seeds,
    moved_more as moved_more,
    movement as movement,
)
from .places import (
    Before as Before,
    Places as Places,
    neighbour_places as neighbour_places,
    pca_places as pca_places,
)
from .projection import pca_map as pca_map
