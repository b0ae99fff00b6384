from .folder import load_model as load_model, save_model as save_model
from .kept import (
    Damaged as Damaged,
    arrays_of as arrays_of,
    finite as finite,
    of_shape as of_shape,
    said as said,
    texts as texts,
)
from .model import Model as Model, model_fingerprint as model_fingerprint
from .params import (
    BOUNDS as BOUNDS,
    PRESET_NOTES as PRESET_NOTES,
    PRESETS as PRESETS,
    ALSParams as ALSParams,
    in_full as in_full,
    preset as preset,
    start_params as start_params,
)
