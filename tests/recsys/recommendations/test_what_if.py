"""One article more, less or otherwise liked: held against solving everything anew."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.models.params import ALSParams
from recsys.recommendations.explain import Solver, fold_in, taste_of
from recsys.recommendations.what_if import WhatIf
from recsys.training.pipeline import train


def anew(solver, taste, place, strength):
    """The scores of somebody with that strength at that place, solved for by themselves."""
    ids = solver.model.items["item_id"]
    past = dict(zip(taste.items, taste.strengths, strict=True))
    past.pop(place, None)
    if strength > 0:
        past[place] = strength
    if not past:
        return np.zeros(len(ids))
    return solver.scores(fold_in(solver, {ids.iloc[i]: worth for i, worth in past.items()}))


@given(
    user=st.integers(0, 200),
    places=st.lists(st.integers(0, 400), min_size=1, max_size=6),
    strength=st.sampled_from([0.0, 0.01, 0.05, 1.0, 2.0, 3.0, 4.0, 5.0, 12.5, 1000.0]),
)
def test_new_scores_are_those_of_solving_anew(solver, user, places, strength):
    taste = taste_of(solver, solver.model.user_ids[user])
    what_if = WhatIf(solver=solver, taste=taste)
    chosen = np.array([*places, *taste.items[:3]])
    found = what_if.scores_after(chosen, np.full(len(chosen), strength))
    for row, place in enumerate(chosen):
        expected = anew(solver, taste, place, strength)
        np.testing.assert_allclose(found[row], expected, atol=1e-8, rtol=0)
    own = what_if.scores_of_changed(chosen, np.full(len(chosen), strength))
    np.testing.assert_allclose(own, found[np.arange(len(chosen)), chosen], atol=1e-12)


def test_what_stays_as_it_is_changes_nothing(solver):
    taste = taste_of(solver, solver.model.user_ids[0])
    what_if = WhatIf(solver=solver, taste=taste)
    np.testing.assert_allclose(what_if.steps(taste.items, taste.strengths), 0.0, atol=1e-12)


@pytest.mark.parametrize("alpha", [0.1, 40.0])
def test_it_is_exact_without_regularization_and_for_somebody_with_one_article(sample_tables, alpha):
    params = ALSParams(factors=8, iterations=3, regularization=0.0, alpha=alpha)
    solver = Solver(train(sample_tables, params=params))
    taste = fold_in(solver, {solver.model.items["item_id"].iloc[4]: 1.0})
    what_if = WhatIf(solver=solver, taste=taste)
    for place, strength in ((9, 3.0), (4, 2.0), (4, 0.0)):
        (found,) = what_if.scores_after(np.array([place]), np.array([strength]))
        np.testing.assert_allclose(found, anew(solver, taste, place, strength), atol=1e-8)
