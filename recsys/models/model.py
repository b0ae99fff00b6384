"""A trained model: factors and what they belong to. Nothing here depends on the engine."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.models.params import ALSParams
from recsys.strengths import EventWeights, Interactions, fingerprint_of

FORMAT = 2  # of a model's folder


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """Factors of people and articles, with the matrix that they were learned from.

    Attributes
    ----------
    user_factors, item_factors
        ``(n_users, factors)`` and ``(n_items, factors)`` float32.
    user_items
        ``(n_users, n_items)`` float64 CSR of strengths.
    user_ids
        ``(n_users,)`` text.
    items
        Details of the articles, in the order of the factors.
    params, weights
        What it was trained with.
    fingerprint
        Stands for data, weights and parameters; `data_fingerprint` for the files alone.
    losses
        ``(iteration)`` the training loss after each iteration.
    seconds
        Wall time of the fit.
    trained
        When, in UTC, as ISO 8601.
    versions
        Of the libraries that trained it.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> factors = dict(zip(model.items["item_id"], model.item_factors, strict=True))
    >>> factors[model.items["item_id"][7]].shape, factors[model.items["item_id"][7]].dtype
    ((20,), dtype('float32'))
    >>> (model.user_factors @ model.item_factors.T).shape == model.user_items.shape
    True
    """

    user_factors: np.ndarray
    item_factors: np.ndarray
    user_items: csr_matrix
    user_ids: np.ndarray
    items: pd.DataFrame
    params: ALSParams
    weights: EventWeights
    fingerprint: str
    data_fingerprint: str
    losses: tuple[float, ...]
    seconds: float
    trained: str
    engine: str = "implicit ALS"
    versions: dict[str, str] = field(default_factory=dict)

    @cached_property
    def interactions(self) -> Interactions:
        """The matrix that it was learned from; what the weights left out is not known any more."""
        return Interactions(
            user_items=self.user_items,
            user_ids=self.user_ids,
            items=self.items,
            left_out={},
            weights=self.weights,
            fingerprint=fingerprint_of(self.data_fingerprint, self.weights),
            data_fingerprint=self.data_fingerprint,
        )

    @cached_property
    def item_norms(self) -> np.ndarray:
        """``(n_items,)`` Euclidean norms of the item factors."""
        return np.linalg.norm(self.item_factors, axis=1)

    @cached_property
    def item_users(self) -> csr_matrix:
        """``(n_items, n_users)`` CSR, the transpose of `user_items`."""
        return self.user_items.T.tocsr()

    @cached_property
    def readers(self) -> np.ndarray:
        """``(n_items,)`` number of people who read each article."""
        return np.diff(self.item_users.indptr)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position of each article id."""
        return {item: position for position, item in enumerate(self.items[Col.ITEM])}

    @cached_property
    def labels(self) -> list[str]:
        """What to call each article: its title, or its id where it has none."""
        titles, ids = self.items[Col.TITLE], self.items[Col.ITEM]
        return [
            title.strip() or f"(no title) {item}" for title, item in zip(titles, ids, strict=True)
        ]

    @property
    def collapsed(self) -> bool:
        """Whether regularization has pressed the factors to (nearly) nothing.

        The neighbours of such a model are rounding noise.
        """
        return bool(self.item_norms.max(initial=0.0) < 1e-6)


def model_fingerprint(interactions_fingerprint: str, params: ALSParams, engine: str) -> str:
    """The fingerprint of the model that a matrix and parameters give."""
    text = f"{FORMAT}:{interactions_fingerprint}:{engine}:{json.dumps(params.as_dict())}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
