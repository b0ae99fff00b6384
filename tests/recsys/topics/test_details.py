"""What each topic is, against numbers worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recsys.topics.details import topic_details
from recsys.topics.finer import finer_topics
from recsys.topics.topics import find_topics, topic_table
from tests.recsys.topics.planting import model_of, topics_of, two_levels


def model_read(pairs, titles, **columns):
    """A model in which these pairs of a person and an article were read."""
    n, people = len(titles), 1 + max(person for person, _ in pairs)
    model = model_of(np.ones((n, 2)), titles)
    matrix = np.zeros((people, n))
    for person, item in pairs:
        matrix[person, item] = 5
    return replace(model, user_items=csr_matrix(matrix), items=model.items.assign(**columns))


def test_readers_are_counted_once_and_those_of_two_articles_apart():
    pairs = [(0, 0), (0, 1), (0, 3), (1, 1), (2, 2), (2, 1), (2, 0), (3, 3), (3, 5)]
    model = model_read(pairs, [f"Title {i}" for i in range(6)])
    table = topic_details(topics_of([0, 0, 0, 1, 1, -1]), model, 2)
    assert table["items"].tolist() == [3, 2]
    assert table["readers"].tolist() == [3, 2]
    assert table["pairs"].tolist() == [6, 2]
    assert table["share_reading_two"].tolist() == [2 / 3, 0]
    assert table["most_read"].tolist() == [["Title 1", "Title 0"], ["Title 3", "Title 4"]]
    assert table["most_read_ids"].tolist() == [["i1", "i0"], ["i3", "i4"]]
    assert table["rank"].tolist() == [1, 2] and "within" not in table


def test_it_agrees_with_the_short_table(sample_model, sample_topics):
    table, short = (
        topic_details(sample_topics, sample_model),
        topic_table(sample_topics, sample_model),
    )
    for column in ("rank", "topic", "items", "pairs", "covered", "most_read"):
        assert table[column].tolist() == short[column].tolist()
    unread = sample_model.user_items[:, sample_topics.of == 3].getnnz(axis=1)
    assert table["readers"][3] == np.count_nonzero(unread)
    assert table["share_reading_two"][3] == np.count_nonzero(unread > 1) / np.count_nonzero(unread)


def commonest(values, of, trait="language"):
    model = model_read([(0, 0)], [""] * len(of), **{trait: values})
    table = topic_details(topics_of(of), model)
    return table[[trait, f"{trait}_share", f"{trait}_share_of_all"]].to_numpy().tolist()


@pytest.mark.parametrize("trait", ["language", "content_type", "author"])
def test_the_commonest_value_is_told_where_more_of_the_topic_has_it_than_of_all(trait):
    values = ["pt"] * 9 + ["en"] + ["en"] * 9 + ["pt"] + ["en"] * 5 + ["pt"] * 5
    found = commonest(values, [0] * 10 + [1] * 10 + [2] * 10, trait)
    assert found[0] == ["pt", 0.9, 0.5] and found[1] == ["en", 0.9, 0.5]
    assert found[2][0] == "" and np.isnan(found[2][1:]).all()


def test_what_is_not_known_says_nothing():
    few = ["", "", "", "", "", "", "pt", "pt", "pt", "pt"] + ["en"] * 30
    assert commonest(few, [0] * 10 + [1] * 30)[0][0] == ""  # of most it is not known
    half = [""] * 5 + ["pt"] * 5 + ["en"] * 30
    assert commonest(half, [0] * 10 + [1] * 30)[0] == ["pt", 1.0, 5 / 35]
    assert commonest(["pt"] * 2 + ["en"] * 30, [0] * 2 + [1] * 30)[0][0] == ""  # two are few
    assert commonest([""] * 4, [0, 0, 1, 1])[0][0] == ""
    (nobody,) = topic_details(topics_of([0]), model_read([(0, 0)], ["x"]))["author"]
    assert nobody == ""  # a model that does not know authors


def test_the_words_are_others_than_those_of_the_name(planted):
    topics, model, _ = planted
    table = topic_details(topics, model)
    (docker,) = table["words"][[name.startswith("Kubernetes") for name in topics.names]]
    assert not any("kubernetes" in word.lower() for word in docker)
    called = replace(topics, names=("Breakfast", *topics.names[1:]))
    assert "café arábica" in [word.lower() for word in topic_details(called, model)["words"][0]]


def test_finer_topics_say_which_they_lie_in():
    model, _, _ = two_levels()
    topics = find_topics(model, 3)
    finer = finer_topics(model, topics)
    table = topic_details(finer, model, broader=topics)
    assert table["within"].tolist() == [topics.names[place] for place in finer.within]
    assert len(table) == len(finer.names) == len(table["words"])
    called = replace(finer, names=tuple(f"n{place}" for place in range(len(finer.names))))
    words = [word.lower() for words in topic_details(called, model)["words"] for word in words]
    assert {"espresso italiano", "filtro japonês", "cargo"} <= set(words)


def test_no_topics_are_an_empty_table():
    model = model_of(np.full((30, 4), 1e-9), ["x"] * 30)
    table = topic_details(find_topics(model), model)
    assert not len(table) and "readers" in table
