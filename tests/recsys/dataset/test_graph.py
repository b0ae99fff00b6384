"""The graph of users and items: distinct pairs."""

import numpy as np

from recsys.dataset import graph


def test_both_ways_of_finding_distinct_pairs_agree(monkeypatch):
    left, right = np.random.default_rng(0).integers(0, 9, (2, 200))
    marked = graph.distinct_pairs(left, right, 9)
    monkeypatch.setattr(graph, "BITMAP", 0)
    assert marked.tolist() == graph.distinct_pairs(left, right, 9).tolist()
    assert marked.tolist() == sorted({9 * a + b for a, b in zip(left, right, strict=True)})
