"""Who is looked at: any two readers are told apart."""

import pytest
from hypothesis import given

from recsys.recommendations.explain import Solver, taste_of
from tests.ui.session.test_links import CLICKS, TEXT
from ui.people.reader import Reader
from ui.session.links import write_clicks


@pytest.fixture(scope="module")
def taste(sample_model):
    return taste_of(Solver(sample_model), str(sample_model.user_ids[0]))


@given(clicks=CLICKS.filter(bool), others=CLICKS.filter(bool), user=TEXT)
def test_any_two_readers_have_two_keys(taste, clicks, others, user):
    def key(**who):
        return Reader(taste=taste, label="", **who).key

    new = key(clicks=tuple(clicks))
    assert (new == key(clicks=tuple(others))) == (clicks == others)
    for strange in (user, write_clicks(tuple(clicks)), new):
        assert new != key(user=strange)
