"""The whole way, from two files to a model."""

from recsys.dataset import Tables
from recsys.models import ALSParams, Model, model_fingerprint
from recsys.progress import Check, unchecked
from recsys.strengths import EventWeights, build_interactions, default_weights, fingerprint_of
from recsys.training.engines import implicit


def train(
    tables: Tables,
    weights: EventWeights | None = None,
    params: ALSParams | None = None,
    on_iteration: implicit.OnIteration | None = None,
    check: Check | None = None,
) -> Model:
    """Build the matrix of the tables under the weights and fit it.

    Parameters
    ----------
    tables
        As `recsys.read_files` gives them.
    weights
        What each event is worth; by default `recsys.default_weights` of the tables.
    params
        Parameters of the fit; by default those of the tutorial, ``ALSParams()``.
    on_iteration
        Called as ``(iterations done, loss)`` after each; whatever it raises ends the training.
    check
        Called between the steps of matrix and fit; whatever it raises ends the training.

    Returns
    -------
    Model
        With ``item_factors`` ``(n_items, factors)`` and ``user_factors``, whose rows are the
        articles ``items`` and the people ``user_ids``.

    Raises
    ------
    KindredError
        If an event type has no strength, too little is left, or the fit breaks down.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> model.item_factors.shape, len(model.items), model.user_factors.shape, len(model.user_ids)
    ((1459, 20), 1459, (1000, 20), 1000)
    """
    interactions = build_interactions(
        tables, weights or default_weights(tables), check or unchecked
    )
    return implicit.fit(interactions, params or ALSParams(), on_iteration, check)


def key_of(data_fingerprint: str, weights: EventWeights, params: ALSParams) -> str:
    """The fingerprint of the model that `train` would give, without training it."""
    return model_fingerprint(fingerprint_of(data_fingerprint, weights), params, implicit.NAME)
