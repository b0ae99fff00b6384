"""The graph of users and items, as arrays of codes: pairs, connected parts, cores."""

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from recsys.dataset.tables import Tables

BITMAP = 2**27
NEVER = np.iinfo(np.int32).max


def codes_of(tables: Tables, column: str) -> tuple[np.ndarray, int]:
    """``(n_events,)`` codes of a categorical column of the events, and how many ids there are."""
    categorical = tables.events[column].cat
    return categorical.codes.to_numpy(), len(categorical.categories)


def distinct_pairs(left: np.ndarray, right: np.ndarray, n_right: int) -> np.ndarray:
    """Distinct ``(left, right)`` codes as sorted ``left * n_right + right``, int64."""
    keys = left.astype(np.int64) * n_right + right
    cells = (int(left.max(initial=0)) + 1) * n_right
    if cells <= BITMAP:  # marking the cells is faster than sorting, while they fit
        seen = np.zeros(cells, dtype=bool)
        seen[keys] = True
        return np.flatnonzero(seen)
    keys.sort()
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


def part_labels(users: np.ndarray, n_users: int, items: np.ndarray, n_items: int) -> np.ndarray:
    """``(n_users + n_items,)`` number of the connected part of each user, then of each item.

    Notes
    -----
    A sample of the edges connects nearly everything already. Only those that join two of the
    parts found so are looked at again, which spares a graph of all edges (Sutton, Ben-Nun &
    Barak, "Optimizing Parallel Graph Connectivity Computation via Subgraph Sampling", 2018).
    """
    sample = slice(None, None, 16)
    label = _labels(users[sample], items[sample] + np.int64(n_users), n_users + n_items)
    left, right = label[users], label[n_users:][items]
    bridge = left != right
    return _labels(left[bridge], right[bridge], int(label.max(initial=-1)) + 1)[label]


def _labels(left: np.ndarray, right: np.ndarray, nodes: int) -> np.ndarray:
    edges = coo_matrix((np.ones(len(left), dtype=bool), (left, right)), shape=(nodes, nodes))
    return connected_components(edges, directed=False)[1]


def core(
    pairs: np.ndarray, n_users: int, n_items: int, min_user: int, min_item: int
) -> tuple[np.ndarray, np.ndarray]:
    """Leave out users and items in turn until all left have enough counterparts.

    Parameters
    ----------
    pairs
        ``(n_pairs,)`` distinct pairs, sorted, as `distinct_pairs` gives them.
    min_user, min_item
        Least number of distinct items of a user, of distinct users of an item.

    Returns
    -------
    ``(n_users,)`` and ``(n_items,)`` step at which each was left out: even steps leave out
    users, odd ones items; `NEVER` for those left and for those that simply lost all their
    counterparts. What is left is the largest set in which all have enough, whatever the order.
    """
    rows, columns = pairs // n_items, pairs % n_items
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n_users))])
    of_users = csr_matrix(
        (np.ones(len(pairs), dtype=np.int8), columns, starts), shape=(n_users, n_items)
    )
    sides = (of_users, of_users.T.tocsr())
    degrees = [np.diff(side.indptr) for side in sides]
    gone = [np.full(n, NEVER, dtype=np.int32) for n in (n_users, n_items)]
    suspects = [np.arange(n_users), np.arange(n_items)]
    step, out = 0, suspects[0]
    while step < 2 or len(out):  # a step that leaves out nobody changes nothing for the next
        here, there = step % 2, 1 - step % 2
        degree = degrees[here][suspects[here]]
        few = (degree > 0) & (degree < (min_user, min_item)[here])
        few &= gone[here][suspects[here]] == NEVER
        out = suspects[here][few]
        gone[here][out] = step
        touched = sides[here][out].indices
        np.subtract.at(degrees[there], touched, 1)
        if step:
            suspects[there] = np.unique(touched)
        step += 1
    return gone[0], gone[1]
