"""A list that the text has filled is spread by the text, too."""

import numpy as np
import pytest

from recsys.errors import UnknownItemError
from recsys.limits import Limits
from recsys.recommendations.tradeoffs import likeness, rerank, sameness
from tests.recsys.recommendations.blends import blended, people_of


def test_unread_articles_are_spread_by_their_contents(small):
    model, index = small.solver.model, small.index
    pool = blended(small, people_of(small)[0], 1.0).recommend(10, Limits(include_read=True))
    ids = pool["item_id"].tolist()
    alike = likeness(model, ids, index)
    for i, one in enumerate(ids):
        for j, other in enumerate(ids):
            if one in model.positions and other in model.positions:
                a, b = (model.item_factors[model.positions[x]].astype(float) for x in (one, other))
                expected = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
            else:
                expected = index.scores({one: 1.0})[index.row_of(other)]
            assert alike[i, j] == pytest.approx(expected, abs=1e-6)
    above = np.triu_indices(len(ids), k=1)
    assert sameness(model, ids, index) == pytest.approx(alike[above].mean())
    for diversity, novelty in ((0.0, 0.5), (0.7, 0.0), (1.0, 1.0)):
        got = rerank(pool, model, 5, diversity=diversity, novelty=novelty, contents=index)
        assert got["item_id"].tolist() == greedy(pool, alike, 5, diversity, novelty)
    with pytest.raises(UnknownItemError):
        rerank(pool, model, 5, diversity=0.5)


def greedy(pool, alike, n, diversity, novelty):
    """Maximal marginal relevance, one at a time."""

    def standard(values):
        return (values - values.mean()) / values.std()

    rarity = -np.log(np.maximum(pool["readers"].to_numpy(float), 1))
    worth = (1 - novelty) * standard(pool["score"].to_numpy()) + novelty * standard(rarity)
    relevance = (worth - worth.min()) / (worth.max() - worth.min())
    left, chosen = sorted(range(len(pool)), key=lambda place: -worth[place]), []
    while len(chosen) < n:
        chosen.append(
            max(
                left,
                key=lambda place: (
                    (1 - diversity) * relevance[place]
                    - diversity * max((alike[place, c] for c in chosen), default=0)
                ),
            )
        )
        left.remove(chosen[-1])
    return pool["item_id"].to_numpy()[chosen].tolist()
