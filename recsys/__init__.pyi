from .comparison import (
    Comparison as Comparison,
    compare_lists as compare_lists,
    compare_models as compare_models,
)
from .dataset import (
    Filter as Filter,
    Tables as Tables,
    apply_filter as apply_filter,
    profile_of as profile_of,
    read_files as read_files,
    sample_tables as sample_tables,
)
from .errors import KindredError as KindredError
from .evaluation import Quality as Quality, measure as measure
from .exports import (
    all_neighbours as all_neighbours,
    all_recommendations as all_recommendations,
    model_file as model_file,
    pack_bytes as pack_bytes,
    read_next as read_next,
    rule_cost as rule_cost,
)
from .limits import Limits as Limits
from .maps import (
    Before as Before,
    Chart as Chart,
    Places as Places,
    movement as movement,
    neighbour_places as neighbour_places,
    pca_map as pca_map,
    pca_places as pca_places,
)
from .models import (
    PRESETS as PRESETS,
    ALSParams as ALSParams,
    Model as Model,
    load_model as load_model,
    save_model as save_model,
)
from .neighbours import (
    agreed_by as agreed_by,
    blended_neighbours as blended_neighbours,
    blended_stability as blended_stability,
    candidates as candidates,
    consensus as consensus,
    evidence as evidence,
    similar_items as similar_items,
    similar_to_all as similar_to_all,
    stability as stability,
    why_not as why_not,
)
from .pairs import pair as pair
from .picks import (
    Decision as Decision,
    Rules as Rules,
    apply_rules as apply_rules,
    read_rules as read_rules,
)
from .reading import CellRules as CellRules
from .recommendations import (
    BlendedTaste as BlendedTaste,
    Solver as Solver,
    contributions as contributions,
    fold_in as fold_in,
    history as history,
    list_stability as list_stability,
    people as people,
    readable_person as readable_person,
    recommend as recommend,
    rerank as rerank,
    similar_people as similar_people,
    starters as starters,
    strengths_of as strengths_of,
    why_not_recommended as why_not_recommended,
)
from .sample import write_sample as write_sample
from .strengths import (
    EventWeights as EventWeights,
    Interactions as Interactions,
    advice as advice,
    build_interactions as build_interactions,
    default_weights as default_weights,
)
from .text import (
    ContentIndex as ContentIndex,
    SearchFilter as SearchFilter,
    most_read as most_read,
    search_items as search_items,
)
from .topics import (
    FinerTopics as FinerTopics,
    Topics as Topics,
    find_topics as find_topics,
    finer_topics as finer_topics,
    topic_details as topic_details,
    topic_names as topic_names,
    topic_table as topic_table,
)
from .training import (
    Ensemble as Ensemble,
    load_ensemble as load_ensemble,
    save_ensemble as save_ensemble,
    train as train,
    train_ensemble as train_ensemble,
)
from .writing import write_parts as write_parts

__version__: str
