"""People × articles: the matrix, and the only place where an id becomes a position."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix, csr_matrix

from recsys.columns import Col
from recsys.errors import DataError, SettingError
from recsys.tables import Tables
from recsys.weights import EventWeights


@dataclass(frozen=True, kw_only=True, eq=False)
class Interactions:
    """Summed strengths of people on articles.

    Attributes
    ----------
    user_items
        ``(n_users, n_items)`` float64 CSR; a cell is the summed strength, never 0.
    item_users
        Its transpose, ``(n_items, n_users)`` float64 CSR.
    user_ids
        ``(n_users,)`` ids as text, sorted; a row's position is its place here.
    items
        The articles of the columns, in column order, with their details.
    left_out
        Counts of what the strengths left out: events of strength 0, and the people and
        articles that vanish with them, and shared articles that nobody read.
    fingerprint
        Stands for tables and weights.
    """

    user_items: csr_matrix
    item_users: csr_matrix
    user_ids: np.ndarray
    items: pd.DataFrame
    left_out: dict[str, int]
    fingerprint: str

    @cached_property
    def readers(self) -> np.ndarray:
        """``(n_items,)`` number of people with at least one event, by article."""
        return np.diff(self.item_users.indptr)

    @property
    def density(self) -> float:
        """Share of the matrix's cells that are filled."""
        users, items = self.user_items.shape
        return self.user_items.nnz / (users * items)


def fingerprint_of(tables_fingerprint: str, weights: EventWeights) -> str:
    """The fingerprint of the matrix that tables and weights give."""
    text = f"{tables_fingerprint}:{weights.as_text()}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def build_interactions(tables: Tables, weights: EventWeights) -> Interactions:
    """Sum the strengths of all events of a (person, article) pair.

    Raises
    ------
    SettingError
        If an event type of the data has no strength.
    DataError
        If fewer than two people or two articles are left.
    """
    _all_known(tables, weights)
    events = tables.events
    types = events[Col.EVENT].cat
    known = weights.as_dict()
    strength = np.array([known[str(name)] for name in types.categories])[types.codes]
    counted = strength > 0
    user_ids, rows = _codes(events[Col.USER], counted)
    item_ids, columns = _codes(events[Col.ITEM], counted)
    _enough(len(user_ids), len(item_ids))
    user_items = coo_matrix(
        (strength[counted], (rows, columns)), shape=(len(user_ids), len(item_ids))
    ).tocsr()
    user_items.sum_duplicates()
    details = tables.articles.set_index(Col.ITEM, drop=False).loc[item_ids]
    people, articles = events[Col.USER].nunique(), events[Col.ITEM].nunique()
    return Interactions(
        user_items=user_items,
        item_users=user_items.T.tocsr(),
        user_ids=user_ids,
        items=details.reset_index(drop=True),
        left_out={
            "events of strength 0": int((~counted).sum()),
            "people with no other event": int(people - len(user_ids)),
            "articles with no other event": int(articles - len(item_ids)),
            "articles that nobody read": int(len(tables.articles) - articles),
        },
        fingerprint=fingerprint_of(tables.fingerprint, weights),
    )


def _all_known(tables: Tables, weights: EventWeights) -> None:
    missing = weights.missing(tables.event_counts)
    if not missing:
        return
    listed = ", ".join(f"{name!r} ({tables.event_counts[name]:,} rows)" for name in missing[:8])
    raise SettingError(
        f"no strength for the event type{'s' if len(missing) > 1 else ''} {listed}; "
        f"known: {', '.join(weights.as_dict())}.",
        where=tables.report.events.name,
        todo="Give it one, or 0 to leave such rows out.",
    )


def _codes(column: pd.Series, counted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ids that occur among the counted rows (sorted), and the code of each counted row."""
    codes = column.cat.codes.to_numpy()[counted]
    used, inverse = np.unique(codes, return_inverse=True)
    return column.cat.categories.to_numpy(dtype=object)[used], inverse


def _enough(users: int, items: int) -> None:
    for count, noun in ((users, "person"), (items, "article")):
        if count < 2:
            raise DataError(
                f"only {count} {noun} is left, and likeness needs at least two."
                if count
                else f"no {noun} is left.",
                todo="Bring more interactions, or check which events have strength 0.",
            )
