from datetime import UTC, date, datetime

import numpy as np
import pytest

from recsys.dataset.tables import read_tables
from recsys.errors import KindredError, SettingError, UnknownUserError
from recsys.limits import Limits
from recsys.models.params import ALSParams
from recsys.recommendations.explain import Solver, fold_in, taste_of
from recsys.recommendations.next_reads import history, recommend, strengths_of
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import articles_csv, events_csv, tables_of


def brute_force(model, user, n, keep):
    """Ids and scores: every article scored one by one, filtered, and sorted."""
    factors = taste_of(Solver(model), user).factors
    rows = []
    for place, article in model.items.iterrows():
        if keep(place, article):
            score = sum(
                float(a) * float(b) for a, b in zip(model.item_factors[place], factors, strict=True)
            )
            rows.append((article["item_id"], score))
    return sorted(rows, key=lambda row: -row[1])[:n]


def seconds(article):
    return float(article["timestamp"])


DAY = date(2025, 3, 1)
MIDNIGHT = datetime(2025, 3, 1, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("limits", "keep"),
    [
        (Limits(), lambda read, place, article: not read[place] and not article["removed"]),
        (Limits(include_removed=True), lambda read, place, article: not read[place]),
        (
            Limits(include_read=True, include_removed=True),
            lambda read, place, article: True,
        ),
        (
            Limits(languages=("pt",), include_removed=True),
            lambda read, place, article: not read[place] and article["language"] == "pt",
        ),
        (
            Limits(since=DAY, include_removed=True),
            lambda read, place, article: not read[place] and seconds(article) >= MIDNIGHT,
        ),
        (
            Limits(until=DAY, include_removed=True),
            lambda read, place, article: not read[place] and seconds(article) < MIDNIGHT + 86400,
        ),
    ],
)
def test_the_order_is_that_of_a_plain_loop(solver, sample_model, limits, keep):
    for row in (0, 400, 999):
        read = sample_model.user_items[row].toarray()[0] > 0
        user = sample_model.user_ids[row]

        def wanted(place, article, read=read):
            return keep(read, place, article)

        expected = brute_force(sample_model, user, 25, wanted)
        got = recommend(solver, user, 25, limits)
        assert got["item_id"].tolist() == [item for item, _ in expected]
        np.testing.assert_allclose(got["score"], [score for _, score in expected], atol=1e-9)
        assert got["rank"].tolist() == list(range(1, 26))
        places = [sample_model.positions[item] for item in got["item_id"]]
        assert got["readers"].tolist() == sample_model.readers[places].tolist()
        assert got["read"].tolist() == read[places].tolist()


def test_only_what_is_named_comes(solver, sample_model):
    user = str(sample_model.user_ids[3])
    some = frozenset(sample_model.items["item_id"].iloc[::7]) | {"strange"}
    whole = recommend(solver, user, 1000)
    found = recommend(solver, user, 10, Limits(only=some))
    assert found["item_id"].tolist() == [i for i in whole["item_id"] if i in some][:10]
    assert recommend(solver, user, 10, Limits(only=frozenset())).empty


def test_what_is_excluded_does_not_come_and_the_rest_moves_up(solver, sample_model):
    user = sample_model.user_ids[10]
    plain = recommend(solver, user, 12)["item_id"].tolist()
    disliked = (plain[0], plain[4], "an id of other data")
    got = recommend(solver, user, 10, Limits(exclude=disliked))["item_id"].tolist()
    assert got == [item for item in plain if item not in disliked][:10]


def test_there_is_no_padding_where_few_are_left(solver, sample_model):
    user, ids = sample_model.user_ids[0], sample_model.items["item_id"].tolist()
    read = set(history(solver, user)["item_id"])
    left = [item for item in ids if item not in read][:3]
    limits = Limits(exclude=tuple(set(ids) - set(left)), include_removed=True)
    got = recommend(solver, user, 10, limits)
    assert sorted(got["item_id"]) == sorted(left)
    assert np.isfinite(got["score"]).all()
    none = recommend(solver, user, 10, Limits(languages=("xx",)))
    assert len(none) == 0
    assert list(none) == list(got)
    assert len(recommend(solver, user, 1000, Limits(include_read=True, include_removed=True))) == (
        min(1000, len(ids))
    )


def test_equal_scores_are_in_the_order_of_the_articles():
    """Collapsed factors: every score is 0 to the last digit that counts."""
    rows = [f"1,VIEW,{item},{user}" for user in "pqr" for item in "abcdef" if user + item != "pf"]
    model = train(read_tables(None, events_csv(*rows)), EventWeights.default(), ALSParams())
    model.item_factors[:] = 0
    got = recommend(Solver(model), "p", 4, Limits(include_read=True))
    assert got["item_id"].tolist() == ["a", "b", "c", "d"]


def test_unknown_dates_are_left_out_of_a_span_only():
    articles = articles_csv(
        "1735689600,CONTENT SHARED,old,,,Old,en",  # 2025-01-01
        "1740787199,CONTENT SHARED,last,,,Last second of February,en",
        "1740787200,CONTENT SHARED,new,,,First of March,pt",
    )
    events = [f"1,VIEW,{item},{user}" for user in "pq" for item in ("old", "last", "new")]
    model = train(read_tables(articles, events_csv(*events)), EventWeights.default(), ALSParams())
    model.items.loc[model.items["item_id"] == "old", "timestamp"] = ""

    def ids(**limits):
        found = recommend(Solver(model), "p", 10, Limits(include_read=True, **limits))
        return set(found["item_id"])

    assert ids() == {"old", "last", "new"}
    assert ids(since=date(2025, 3, 1)) == {"new"}
    assert ids(until=date(2025, 2, 28)) == {"last"}
    assert ids(since=date(2025, 2, 28), until=date(2025, 3, 1)) == {"last", "new"}
    assert ids(languages=("en",)) == {"old", "last"}
    assert ids(since=date.min, until=date.max) == {"last", "new"}
    for never in ("-90000000000", "1500000000000"):
        model.items.loc[model.items["item_id"] == "old", "timestamp"] = never
        assert ids(since=date(2025, 2, 28)) == ids(until=date(2025, 3, 1)) == {"last", "new"}


def test_history_is_strongest_first(solver, sample_model):
    user = sample_model.user_ids[20]
    row = sample_model.user_items[20].toarray()[0]
    order = sorted(np.flatnonzero(row), key=lambda place: (-row[place], place))
    got = history(solver, user)
    ids = sample_model.items["item_id"].to_numpy()
    assert got["item_id"].tolist() == ids[order].tolist()
    assert got["strength"].tolist() == row[order].tolist()
    assert got["readers"].tolist() == sample_model.readers[order].tolist()


def test_what_is_not_allowed_is_said(solver, sample_model):
    user = sample_model.user_ids[0]
    with pytest.raises(UnknownUserError, match="no reader 'nobody'"):
        recommend(solver, "nobody")
    for n in (0, -1, 1001):
        with pytest.raises(SettingError, match="from 1 to 1,000"):
            recommend(solver, user, n)
    with pytest.raises(SettingError, match="2025-03-01 is after 2025-02-01"):
        Limits(since=date(2025, 3, 1), until=date(2025, 2, 1))
    assert issubclass(UnknownUserError, KindredError)
    assert hash(Limits(exclude=["a"])) == hash(Limits(exclude=("a",)))


def small(weights, *rows):
    return train(read_tables(None, events_csv(*rows)), weights, ALSParams(iterations=2))


ROWS = ("1,VIEW,a,p", "2,VIEW,a,p", "3,LIKE,a,p", "1,LIKE,b,p", "1,VIEW,b,q", "1,VIEW,a,q")


@pytest.mark.parametrize("scale", ["sum", "log2"])
def test_clicks_weigh_what_the_same_events_weighed_in_training(scale):
    model = small(EventWeights.of({"VIEW": 1, "LIKE": 2.5}, scale=scale), *ROWS)
    clicks = [("a", "VIEW", 1.0), ("b", "LIKE", 1.0), ("a", "LIKE", 1.0), ("a", "VIEW", 1.0)]
    strengths = strengths_of(model, clicks)
    known = history(Solver(model), "p")
    expected = dict(zip(known["item_id"], known["strength"], strict=True))
    assert strengths == expected == ({"a": 4.5, "b": 2.5} if scale == "sum" else expected)
    new, old = fold_in(Solver(model), strengths), taste_of(Solver(model), "p")
    assert np.array_equal(new.factors, old.factors)


def test_on_the_scale_of_ranks_a_click_has_the_median_strength():
    model = small(EventWeights.of({"VIEW": 1, "LIKE": 2}, scale="rank", low=1, high=10), *ROWS)
    assert sorted(model.user_items.data) == [1, 1, 5.5, 10]
    assert strengths_of(model, [("a", "LIKE", 1.0), ("b", "VIEW", 1.0)]) == {"a": 3.25, "b": 3.25}


def test_clicks_that_weigh_nothing_or_are_not_known():
    model = small(EventWeights.of({"VIEW": 1, "LIKE": 0}), *ROWS, "1,VIEW,b,p")
    assert strengths_of(model, [("a", "LIKE", 1.0), ("b", "VIEW", 3.0)]) == {"b": 3.0}
    assert strengths_of(model, []) == {}
    with pytest.raises(SettingError, match="'SHARE' has no strength. Choose one of LIKE, VIEW"):
        strengths_of(model, [("a", "SHARE", 1.0)])
    for value in (-1.0, float("nan"), float("inf")):
        with pytest.raises(SettingError, match="from 0 up"):
            strengths_of(model, [("a", "VIEW", value)])


def test_a_click_without_a_value_counts_one_whatever_the_threshold():
    rows = [(user, item, "RATING", 5.0) for user in "pq" for item in "ab"]
    model = train(
        tables_of(rows), EventWeights.of({"RATING": 2}, threshold=4), ALSParams(iterations=2)
    )
    clicks = [("a", "RATING", None), ("b", "RATING", 1.0)]
    assert strengths_of(model, clicks) == {"a": 2.0}
