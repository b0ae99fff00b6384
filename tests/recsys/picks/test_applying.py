"""Rules on a list of neighbours: what comes first, what is left out, and what each rule did."""

import numpy as np
import pandas as pd
from hypothesis import given, strategies as st

from recsys.limits import Limits
from recsys.picks.applying import apply_rules, effects_on
from recsys.picks.decisions import Decision
from recsys.picks.rules import Rules

ALL = [f"n{place}" for place in range(20)]


def find(n, limits):
    """Twenty neighbours of ``q``, n0 the nearest; n7 was read by nobody and is not found."""
    score = {item: 1 - place / 20 for place, item in enumerate(ALL)}
    ids = [item for item in ALL if item != "n7" and item not in limits.exclude]
    ids = [item for item in ids if limits.only is None or item in limits.only][:n]
    columns = {"rank": range(1, len(ids) + 1), "item_id": ids, "title": [i.upper() for i in ids]}
    figures = {"score": [score[item] for item in ids], "readers_of_both": [4] * len(ids)}
    return pd.DataFrame(columns | figures)


def pin(other, item="q"):
    return Decision(kind="pin", item=item, others=(other,))


def never(other):
    return Decision(kind="never", item=other, others=("q",))


def applied(*made, n=5, articles=None):
    return apply_rules(Rules().add(*made), "q", n, Limits(), find, articles)


def test_without_a_rule_the_list_is_as_it_was_found():
    assert applied(pin("n9", item="other")).table["item_id"].tolist() == ALL[:5]


def test_pins_come_first_in_their_order_and_push_out_the_last():
    done = applied(pin("n12"), pin("n3"))
    assert done.table["item_id"].tolist() == ["n12", "n3", "n0", "n1", "n2"]
    assert done.table["rule"].tolist() == ["pinned", "pinned", "", "", ""]
    assert done.table["rank"].tolist() == [1, 2, 3, 4, 5] and done.left_out == 0
    assert applied(*map(pin, ALL[9:17])).table["item_id"].tolist() == ALL[9:14]


def test_what_never_goes_together_is_left_out_and_counted_where_it_would_have_stood():
    done = applied(never("n1"), never("n3"), never("n15"))
    assert done.table["item_id"].tolist() == ["n0", "n2", "n4", "n5", "n6"] and done.left_out == 2
    done = applied(never("n1"), pin("n1"))
    assert "n1" not in done.table["item_id"].tolist()


def test_a_pinned_article_that_nobody_read_has_a_title_and_no_figures():
    articles = pd.DataFrame({"item_id": ["n7"], "title": ["Seven"]})
    row = applied(pin("n7"), articles=articles).table.iloc[0]
    assert row["title"] == "Seven" and np.isnan(row["score"]) and row["readers_of_both"] == 0


def effects(*made, n=5):
    return [one.in_words() for one in effects_on(Rules().add(*made), "q", n, Limits(), find)]


def test_each_rule_says_what_it_did():
    assert effects(pin("n12")) == ["replaces 0.80 with 0.40"]
    assert effects(never("n1")) == ["replaces 0.95 with 0.75"]
    assert effects(pin("n3")) == ["moves it from place 4 to 1"]
    assert effects(never("n15")) == ["changes nothing"]
    assert effects(pin("n7")) == ["replaces 0.80 with an unknown similarity"]
    assert effects(never("n1"), pin("n1")) == ["replaces 0.95 with 0.75", "changes nothing"]
    assert effects(never("n1"), n=20)[0] == "leaves out 0.95; nothing takes its place"


made = st.lists(
    st.one_of(st.sampled_from(ALL).map(pin), st.sampled_from(ALL).map(never)), max_size=8
)


@given(made, st.integers(1, 8))
def test_all_that_the_rules_did_is_what_they_do_together(made, n):
    rules = Rules().add(*made)
    ids = find(n, Limits())["item_id"].tolist()
    for effect in effects_on(rules, "q", n, Limits(), find):
        ids = [item for item in ids if effect.gone is None or item != effect.gone[0]]
        ids += [effect.came[0]] if effect.came else []
    assert set(ids) == set(apply_rules(rules, "q", n, Limits(), find).table["item_id"])
