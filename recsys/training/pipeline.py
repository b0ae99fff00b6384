"""The whole way, from two files to a model."""

from recsys.dataset import Tables, read_tables
from recsys.formats import Source
from recsys.models import ALSParams, Model, model_fingerprint
from recsys.progress import Check, unchecked
from recsys.strengths import EventWeights, build_interactions, default_weights, fingerprint_of
from recsys.training.engines import implicit


def train(
    tables: Tables,
    weights: EventWeights,
    params: ALSParams,
    on_iteration: implicit.OnIteration | None = None,
    check: Check | None = None,
) -> Model:
    """Build the matrix of `tables` under `weights` and fit it.

    See `recsys.training.engines.implicit.fit`; `check` is called between the steps of both.
    """
    interactions = build_interactions(tables, weights, check or unchecked)
    return implicit.fit(interactions, params, on_iteration, check)


def key_of(data_fingerprint: str, weights: EventWeights, params: ALSParams) -> str:
    """The fingerprint of the model that `train` would give, without training it."""
    return model_fingerprint(fingerprint_of(data_fingerprint, weights), params, implicit.NAME)


def train_files(
    articles: str | None,
    interactions: str,
    weights: EventWeights | None = None,
    params: ALSParams | None = None,
) -> Model:
    """Train on files on disk, with the defaults for what is not given."""
    known = None if articles is None else Source.open(articles)
    tables = read_tables(known, Source.open(interactions))
    return train(tables, weights or default_weights(tables), params or ALSParams())
