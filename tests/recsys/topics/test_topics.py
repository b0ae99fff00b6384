"""Topics against planted ones, and against those of the sample data."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from recsys.errors import SettingError, Stopped
from recsys.models.params import PRESETS
from recsys.recommendations.explain import Solver, contributions
from recsys.recommendations.next_reads import recommend
from recsys.sample.sample import generate
from recsys.strengths.weights import EventWeights
from recsys.text.content import ContentIndex
from recsys.topics.topics import (
    NO_TOPIC,
    by_topic,
    find_topics,
    topic_names,
    topic_table,
    topics_by_content,
)
from recsys.training.pipeline import train
from tests.recsys.topics.planting import model_of


def test_planted_topics_are_recovered_largest_first_and_named_by_their_words(planted):
    topics, _, truth = planted
    assert (topics.of == truth).all()
    assert topics.sizes.tolist() == [24, 16, 12]
    assert "café arábica" in topics.names[0].lower()
    assert topics.names[1].startswith("Kubernetes")
    assert topics.names[2].lower().startswith("cargo bikes")


def test_closeness_is_the_cosine_with_the_mean_direction_of_the_topic(planted):
    topics, model, _ = planted
    unit = model.item_factors / model.item_norms[:, None]
    for place in range(3):
        members = unit[topics.of == place]
        centre = members.mean(axis=0)  # all have equally many readers, and equal say
        expected = members @ centre / np.linalg.norm(centre)
        assert topics.closeness[topics.of == place] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(("preset", "purity", "agreement"), [("Tutorial", 0.9, 0.83),
                                                             ("Stable", 0.83, 0.78)])  # fmt: skip
def test_the_topics_of_the_sample_data_are_found(sample_tables, preset, purity, agreement):
    """The least of 30 seeds: purity 0.92 and 0.85, agreement 0.86 and 0.81, 17 to 20 topics."""
    model = train(sample_tables, EventWeights.default(), PRESETS[preset])
    topics = find_topics(model)
    named = generate().topics
    truth = np.array([named[item] for item in model.items["item_id"]])
    assert 16 <= len(topics.names) <= 21  # of 18
    assert adjusted_mutual_info_score(truth, topics.of) > agreement
    commonest = [pd.Series(truth[topics.of == place]).mode()[0] for place in topics.of]
    assert (truth == commonest).mean() > purity


def test_no_topic_of_the_sample_data_is_just_popular_or_named_by_stop_words(
    sample_model, sample_topics
):
    topics = sample_topics
    popular = sample_model.readers >= np.quantile(sample_model.readers, 0.9)
    shares = [popular[topics.of == place].mean() for place in range(len(topics.names))]
    assert max(shares) < 0.25  # of 0.1 everywhere
    words = {word for name in topics.names for word in name.lower().replace(",", "").split()}
    assert not words & {"a", "o", "de", "the", "of", "com", "para", "que", "uma", "on", "how", "to"}
    assert any("coffee" in name for name in topics.names)
    assert any("kubernetes" in name.lower() for name in topics.names)


def test_the_same_model_gives_the_same_topics(sample_model, sample_topics):
    one, other = sample_topics, find_topics(sample_model)
    assert one.names == other.names
    assert (one.of == other.of).all()


@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_few_articles_are_one_topic(n):
    draw = np.random.default_rng(n)
    topics = find_topics(model_of(draw.normal(size=(n, 4)), [f"Title {i}" for i in range(n)]))
    assert len(topics.names) == 1
    assert (topics.of == 0).all()


def test_collapsed_factors_have_no_topics_and_a_zero_vector_has_none():
    collapsed = find_topics(model_of(np.full((30, 4), 1e-9), ["x"] * 30))
    assert collapsed.names == () and (collapsed.of == -1).all()
    assert len(topic_table(collapsed, model_of(np.full((30, 4), 1e-9), ["x"] * 30))) == 0
    factors = np.repeat(np.eye(2), 10, axis=0)
    factors[3] = 0
    topics = find_topics(model_of(factors, ["a thing"] * 20))
    assert topics.of[3] == -1 and topics.closeness[3] == 0
    assert (np.delete(topics.of, 3) >= 0).all()


def test_a_count_is_kept_and_a_senseless_one_refused(sample_model):
    assert len(find_topics(sample_model, 7).names) == 7
    for count in (0, 201):
        with pytest.raises(SettingError, match="count"):
            find_topics(sample_model, count)


def test_an_unread_article_gets_the_topic_of_what_it_speaks_of(planted):
    topics, model, _ = planted
    new = {"n1": "More about cargo bikes", "n2": "Docker and Kubernetes", "n3": "", "n4": "Zzyzx"}
    index = ContentIndex.build([*new, *model.items["item_id"]],
                               [*new.values(), *model.items["title"]])  # fmt: skip
    places = topics_by_content(topics, model, index)
    assert places[:4].tolist() == [2, 1, -1, -1]
    assert (places[4:] == topics.of).all()
    names = topic_names(topics, model, index)
    assert names["n1"] == topics.names[2] and names["n3"] == NO_TOPIC
    alone = topic_names(topics, model)
    assert alone == {item: names[item] for item in model.items["item_id"]}


def test_the_unread_topic_is_that_of_the_plain_sum_over_the_ten_nearest(
    sample_model, sample_tables, sample_topics
):
    topics = sample_topics
    articles = sample_tables.articles
    index = ContentIndex.build(articles["item_id"].tolist(), articles["title"].tolist())
    places = topics_by_content(topics, sample_model, index)
    vectors = index.vectors.toarray().astype(float)
    known = [row for row, item in enumerate(index.item_ids) if item in sample_model.positions]
    unread = sorted(set(range(len(places))) - set(known))
    assert len(unread) > 20
    for row in unread[:10]:
        cosines = {other: float(vectors[row] @ vectors[other]) for other in known}
        near = sorted(known, key=lambda other: -cosines[other])[:10]
        sums = np.zeros(len(topics.names))
        for other in near:
            sums[places[other]] += cosines[other]
        assert sums[places[row]] == pytest.approx(sums.max(), abs=1e-3)


def test_the_topics_of_unread_articles_of_the_sample_are_mostly_right(
    sample_model, sample_tables, sample_topics
):
    topics, truth = sample_topics, generate().topics
    articles = sample_tables.articles
    index = ContentIndex.build(*(articles[name].tolist() for name in ("item_id", "title", "text")))
    places = topics_by_content(topics, sample_model, index)
    of = pd.Series([truth[item] for item in index.item_ids])
    read = np.array([item in sample_model.positions for item in index.item_ids])
    commonest = [of[read & (places == place)].mode()[0] for place in range(len(topics.names))]
    right = [commonest[places[row]] == of[row] for row in np.flatnonzero(~read)]
    assert np.mean(right) > 0.85


def test_progress_is_told_and_can_end_the_work(
    planted, sample_model, sample_tables, sample_topics, monkeypatch
):
    topics, model, _ = planted
    told: list[tuple[int, int]] = []
    assert find_topics(model, on_progress=lambda *step: told.append(step)).names == topics.names
    assert told[-1][0] == told[-1][1] == len(told)

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        find_topics(model, on_progress=stop)
    topics = sample_topics
    articles = sample_tables.articles
    index = ContentIndex.build(articles["item_id"].tolist(), articles["title"].tolist())
    unread = len(articles) - len(sample_model.items)
    monkeypatch.setattr("recsys.topics.topics._BLOCK", unread - 1)
    told.clear()
    topic_names(topics, sample_model, index, on_progress=lambda *step: told.append(step))
    assert told == [(unread - 1, unread), (unread, unread)]
    with pytest.raises(Stopped):
        topic_names(topics, sample_model, index, on_progress=stop)


def test_the_table_says_sizes_readings_and_the_most_read(planted):
    topics, model, truth = planted
    model = replace(model, user_items=model.user_items.copy())
    table = topic_table(topics, model, 2)
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["topic"].tolist() == list(topics.names)
    assert table["items"].sum() == len(truth)
    assert table["pairs"].tolist() == [72, 48, 36]
    first = np.flatnonzero(truth == 0)[:2]
    assert table["most_read"][0] == [model.labels[row] for row in first]


def test_an_unknown_name_is_refused_with_the_known_ones(planted):
    topics, _, _ = planted
    assert topics.place("cargo bikes") == 2
    with pytest.raises(SettingError, match="cargo bikes"):
        topics.place("sailing")


def test_the_topics_of_deskdrop_say_what_people_read_about(deskdrop_model):
    names = " ".join(find_topics(deskdrop_model).names).lower()
    for word in ("machine learning", "drupal", "iot", "android"):  # from each of 20 seeds
        assert word in names


def test_contributions_of_a_topic_are_the_sum_of_those_of_its_articles(sample_model):
    solver = Solver(sample_model)
    topics = find_topics(sample_model)
    names = topic_names(topics, sample_model)
    user = str(sample_model.user_ids[4])
    item = recommend(solver, user, 1)["item_id"].iloc[0]
    parts = contributions(solver, user, [item])
    strange = parts["history_item_id"].iloc[0]
    names.pop(strange)
    found = by_topic(parts, names).set_index("topic")
    assert found["contribution"].sum() == pytest.approx(parts["contribution"].sum(), abs=1e-12)
    assert found["items"].sum() == len(parts)
    assert found["contribution"].is_monotonic_decreasing
    for name, row in found.iterrows():
        mine = [names.get(past, NO_TOPIC) == name for past in parts["history_item_id"]]
        assert row["contribution"] == pytest.approx(parts["contribution"][mine].sum(), abs=1e-12)
        assert row["strength"] == pytest.approx(parts["strength"][mine].sum())
    assert found.loc[NO_TOPIC, "items"] >= 1
