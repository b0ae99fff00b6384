"""People × articles: the matrix, and the only place where an id becomes a position."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.counting import counted
from recsys.errors import DataError
from recsys.progress import Check, unchecked
from recsys.strengths.sums import scaled, weighted_sums
from recsys.strengths.weights import EventWeights

if TYPE_CHECKING:  # whoever loads a model reads no files
    from recsys.dataset import Tables


@dataclass(frozen=True, kw_only=True, eq=False)
class Interactions:
    """Strengths of people on articles.

    Attributes
    ----------
    user_items
        ``(n_users, n_items)`` float64 CSR; a cell is the pair's strength, never 0.
    user_ids
        ``(n_users,)`` ids as text, sorted; a row's position is its place here.
    items
        The articles of the columns, in column order, with their details.
    left_out
        Counts of what the weights left out: events of strength 0 or below the threshold, pairs
        whose strength is 0, the people and articles that vanish with them, and shared articles
        that nobody read.
    weights
        What the events were worth.
    fingerprint
        Stands for tables and weights; `data_fingerprint` for the tables alone.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> interactions = recsys.build_interactions(tables, recsys.default_weights(tables))
    >>> interactions.user_items.shape == (len(interactions.user_ids), len(interactions.items))
    True
    """

    user_items: csr_matrix
    user_ids: np.ndarray
    items: pd.DataFrame
    left_out: dict[str, int]
    weights: EventWeights
    fingerprint: str
    data_fingerprint: str

    @cached_property
    def item_users(self) -> csr_matrix:
        """``(n_items, n_users)`` float64 CSR, the transpose of `user_items`."""
        return self.user_items.T.tocsr()

    @cached_property
    def readers(self) -> np.ndarray:
        """``(n_items,)`` number of people with a strength above 0, by article."""
        return np.bincount(self.user_items.indices, minlength=self.user_items.shape[1])

    @property
    def idle(self) -> str:
        """What was read but counts nothing, in words; empty where all of it counts."""
        of = self.left_out
        parts = [
            counted(of[name], name)
            for name in (
                "events with strength 0",
                "events below the threshold",
                "reads with strength 0",
            )
            if of[name]
        ]
        people, articles = of["readers with no other events"], of["articles with no other events"]
        gone = ((people, "readers"), (articles, "articles"))
        lost = [counted(count, name) for count, name in gone if count]
        if lost:
            parts.append(f"{' and '.join(lost)} with no other events")
        return f"left out of the model: {', '.join(parts)}" if parts else ""

    @property
    def density(self) -> float:
        """Share of the matrix's cells that are filled."""
        users, items = self.user_items.shape
        return self.user_items.nnz / (users * items)


def fingerprint_of(tables_fingerprint: str, weights: EventWeights) -> str:
    """The fingerprint of the matrix that tables and weights give."""
    text = f"{tables_fingerprint}:{weights.as_text()}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def build_interactions(
    tables: Tables, weights: EventWeights, check: Check = unchecked
) -> Interactions:
    """Weigh and sum the events of each (person, article) pair, and scale the sums.

    `check` is called between the steps; what it raises ends the work.

    Raises
    ------
    SettingError
        If an event type of the data has no strength, or a setting needs values and the data has
        none.
    DataError
        If values are negative where the scale cannot take them, or if fewer than two people or
        two articles are left.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> interactions = recsys.build_interactions(tables, recsys.EventWeights.default())
    >>> interactions.left_out["events with strength 0"]
    0
    """
    check()
    matrix, left_out = weighted_sums(tables, weights, check)
    check()
    matrix.data = scaled(matrix.data, weights)
    check()
    pairs = matrix.nnz
    matrix.eliminate_zeros()
    weak = pairs - matrix.nnz
    people, articles = matrix.shape
    matrix, users, items = _filled(matrix)
    check()
    _enough(len(users), len(items))
    user_ids = tables.events[Col.USER].cat.categories.to_numpy(dtype=object)[users]
    item_ids = tables.events[Col.ITEM].cat.categories[items]
    details = tables.articles.set_index(Col.ITEM, drop=False).loc[item_ids]
    return Interactions(
        user_items=matrix,
        user_ids=user_ids,
        items=details.reset_index(drop=True),
        left_out={
            **left_out,
            "reads with strength 0": weak,
            "readers with no other events": people - len(users),
            "articles with no other events": articles - len(items),
            "articles without readers": len(tables.articles) - articles,
        },
        weights=weights,
        fingerprint=fingerprint_of(tables.fingerprint, weights),
        data_fingerprint=tables.fingerprint,
    )


def _filled(matrix: csr_matrix) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    """The matrix without its empty rows and columns, and which of them remain, ascending."""
    rows = np.flatnonzero(np.diff(matrix.indptr))
    if len(rows) < matrix.shape[0]:
        matrix = matrix[rows]
    columns = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    if len(columns) < matrix.shape[1]:
        matrix = matrix[:, columns]
    return matrix, rows, columns


def _enough(users: int, items: int) -> None:
    for count, noun in ((users, "reader"), (items, "article")):
        if count < 2:
            raise DataError(
                f"only {count} {noun} is left, but similarity needs at least two."
                if count
                else f"no {noun} is left.",
                todo="Add more interactions, or check which events have strength 0 and which "
                "threshold or scale is set.",
            )
