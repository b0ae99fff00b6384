from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError, UnknownItemError
from recsys.limits import Limits
from recsys.recommendations.blended_taste import Catalogue
from recsys.recommendations.explain import Solver, contributions, fold_in, taste_of
from recsys.recommendations.next_reads import recommend
from recsys.text.content import ContentIndex
from tests.recsys.recommendations.blends import TITLES, UNREAD, blended, catalogue_of, people_of


def everything(blend):
    return blend.recommend(1000, Limits(include_read=True, include_removed=True))


def by_loop(catalogue, user, weight):
    """Score and share by article id, by the formula, one article at a time."""
    model, index = catalogue.solver.model, catalogue.index
    taste = taste_of(catalogue.solver, user)
    past = model.items["item_id"].iloc[taste.items].tolist()
    ids = index.item_ids.tolist()
    vectors = index.vectors.toarray().astype(float)
    total = taste.strengths.sum()
    by_readers, by_content = {}, {}
    for item in ids:
        by_content[item] = sum(
            strength / total * float(vectors[ids.index(h)] @ vectors[ids.index(item)])
            for h, strength in zip(past, taste.strengths, strict=True)
        )
        if item in model.positions:
            factors = model.item_factors[model.positions[item]].astype(float)
            by_readers[item] = float(factors @ taste.factors)
    new = [item for item in ids if item not in past]
    stretch = max(by_readers[i] for i in new if i in by_readers) / max(by_content[i] for i in new)
    found = {}
    for item in ids:
        readers = int(model.readers[model.positions[item]]) if item in by_readers else 0
        share = weight * 5 / (5 + readers) if vectors[ids.index(item)].any() else 0.0
        score = (1 - share) * by_readers.get(item, 0.0) + share * stretch * by_content[item]
        found[item] = (score, share)
    return found


def test_the_list_is_that_of_the_formula(small):
    person = next(user for user in people_of(small) if stretched(small, user))
    for weight in (0.3, 1.0):
        expected = by_loop(small, person, weight)
        got = everything(blended(small, person, weight))
        assert set(got["item_id"]) == set(TITLES) - {"mute", "other"}
        for row in got.itertuples():
            assert row.score == pytest.approx(expected[row.item_id][0], abs=1e-12)
            assert row.content == pytest.approx(expected[row.item_id][1], abs=1e-12)
        assert got["score"].is_monotonic_decreasing
        assert got["readers"][got["item_id"].isin(UNREAD)].tolist() == [0, 0]


def stretched(catalogue, user):
    return blended(catalogue, user, 1.0).stretch != 1.0


@given(weight=st.floats(0, 1))
def test_contributions_add_up_for_everybody(small, weight):
    for user in people_of(small):
        blend = blended(small, user, weight)
        shown = everything(blend)
        parts = blend.contributions(shown["item_id"].tolist())
        assert list(parts) == list(contributions(small.solver, user, ["a"]))
        sums = parts.groupby("item_id", sort=False)["contribution"].sum()
        np.testing.assert_allclose(sums[shown["item_id"]], shown["score"], rtol=0, atol=1e-9)


def test_each_contribution_is_its_two_parts(small):
    user = people_of(small)[1]
    blend = blended(small, user, 0.8)
    taste = blend.taste
    plain = contributions(small.solver, user, ["b"]).set_index("history_item_id")
    got = blend.contributions(["b", "new"]).set_index(["item_id", "history_item_id"])
    assert (got.loc["b"]["strength"].sort_index() == plain["strength"].sort_index()).all()
    for item in ("b", "new"):
        share = blend.share[small.positions[item]]
        for h, strength in zip(taste.items, taste.strengths, strict=True):
            past = small.items["item_id"][h]
            cosine = small.index.scores({past: 1.0})[small.index.row_of(item)]
            content = share * blend.stretch * strength / taste.strengths.sum() * cosine
            readers = plain["contribution"][past] * (1 - share) if item == "b" else 0.0
            assert got["contribution"][(item, past)] == pytest.approx(readers + content, abs=1e-9)


def test_deskdrops_contributions_add_up(deskdrop, deskdrop_model):
    articles = deskdrop.articles
    index = ContentIndex.build(
        articles["item_id"].tolist(), articles["title"].tolist(), articles["text"].tolist()
    )
    catalogue = Catalogue(solver=Solver(deskdrop_model), index=index, articles=articles)
    for user in people_of(catalogue)[::150]:
        blend = blended(catalogue, user, 0.7)
        shown = blend.recommend(50)
        parts = blend.contributions(shown["item_id"].tolist())
        sums = parts.groupby("item_id")["contribution"].sum()
        np.testing.assert_allclose(sums[shown["item_id"]], shown["score"], rtol=0, atol=1e-9)
        plain = recommend(catalogue.solver, user, 50)
        pd.testing.assert_frame_equal(
            blended(catalogue, user, 0).recommend(50).drop(columns="content"), plain,
            check_exact=True,
        )  # fmt: skip


def test_without_weight_all_is_as_without_contents_to_the_last_bit(small):
    for user in people_of(small):
        blend = blended(small, user, 0)
        for limits in (Limits(), Limits(include_read=True)):
            got, expected = blend.recommend(10, limits), recommend(small.solver, user, 10, limits)
            assert (got.pop("content") == 0).all()
            pd.testing.assert_frame_equal(got, expected, check_exact=True)
            ids = expected["item_id"].tolist()
            pd.testing.assert_frame_equal(
                blend.contributions(ids), contributions(small.solver, user, ids), check_exact=True
            )


def test_what_nobody_read_comes_with_weight_and_only_where_it_is_like_the_past(small):
    user = people_of(small)[0]
    assert not set(UNREAD) & set(everything(blended(small, user, 0))["item_id"])
    got = set(everything(blended(small, user, 0.5))["item_id"])
    assert {"new", "old"} <= got and not {"mute", "other"} & got


def test_limits_hold_for_what_nobody_read(small):
    blend = blended(small, people_of(small)[0], 1.0)

    def ids(**limits):
        return set(blend.recommend(100, Limits(include_read=True, **limits))["item_id"])

    assert {"new", "old"} <= ids()
    assert "new" not in ids(exclude=("new", "not there"))
    assert ids(languages=("pt",)) == {"old"}
    day = date(1970, 1, 1 + list(TITLES).index("new"))
    assert ids(since=day, until=day) == {"new"}


def test_a_limit_changes_no_score(small):
    blend = blended(small, people_of(small)[0], 0.6)
    whole = blend.recommend(100).set_index("item_id")["score"]
    few = blend.recommend(100, Limits(exclude=tuple(whole.index[:2]))).set_index("item_id")
    assert few["score"].equals(whole.iloc[2:])


def test_the_best_by_content_is_as_high_as_the_best_by_readers(small):
    for user in filter(lambda user: stretched(small, user), people_of(small)):
        blend = blended(small, user, 0.4)
        new = np.setdiff1d(np.arange(len(small.items)), blend.taste.items)
        highest = (blend.stretch * blend.by_content[new]).max()
        assert highest == pytest.approx(blend.by_readers[new].max(), abs=1e-12)


def test_a_new_reader_is_offered_what_nobody_read(small):
    taste = fold_in(small.solver, {"c": 2.0, "a": 1.0})
    blend = blended(small, taste, 1.0)
    shown = blend.recommend(10)
    assert "new" in set(shown["item_id"]) and not {"a", "c"} & set(shown["item_id"])
    parts = blend.contributions(["new"])
    assert set(parts["history_item_id"]) == {"a", "c"}
    assert parts["contribution"].sum() == pytest.approx(
        shown.set_index("item_id")["score"]["new"], abs=1e-9
    )


def test_without_titles_and_texts_readers_alone_decide():
    mute = catalogue_of(dict.fromkeys(TITLES, ""))
    for user in people_of(mute):
        got = blended(mute, user, 1.0).recommend(10)
        assert (got.pop("content") == 0).all()
        pd.testing.assert_frame_equal(got, recommend(mute.solver, user, 10), check_exact=True)


def test_a_past_without_text_is_not_held_against_anything():
    titles = {item: "" if item in "abce" else title for item, title in TITLES.items()}
    some = catalogue_of(titles)
    taste = fold_in(some.solver, {"a": 1.0, "c": 1.0})
    got = blended(some, taste, 1.0).recommend(10)
    expected = recommend(some.solver, taste, 10)
    pd.testing.assert_frame_equal(got.drop(columns="content"), expected, check_exact=True)


def test_an_article_without_text_keeps_its_score_by_readers(small):
    user = people_of(small)[0]
    blend = blended(small, user, 1.0)
    place = small.positions["e"]
    assert blend.scores[place] == blend.by_readers[place] and blend.share[place] == 0


def test_what_is_not_there_is_said(small):
    blend = blended(small, people_of(small)[0], 0.5)
    with pytest.raises(UnknownItemError, match="no article 'x'.*It has 10 articles"):
        blend.contributions(["x"])
    with pytest.raises(SettingError, match="from 1 to 1,000"):
        blend.recommend(0)
    for weight in (-0.1, 1.1, float("nan")):
        with pytest.raises(SettingError, match="from 0 to 1"):
            blended(small, people_of(small)[0], weight)
