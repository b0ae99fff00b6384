"""What a new reader begins with: popular articles of all topics."""

import pytest

from recsys.errors import SettingError
from recsys.recommendations.starters import starters
from recsys.topics.topics import topic_names


@pytest.fixture(scope="module")
def names(sample_model, sample_topics):
    return topic_names(sample_topics, sample_model)


def test_they_are_spread_over_the_topics_the_most_read_of_each(sample_model, names):
    table = starters(sample_model, names, 20)
    shown = table[table["topic"] != ""]["topic"]
    assert len(table) == 20 and table["item_id"].is_unique
    assert shown.value_counts().max() - shown.value_counts().min() <= 1
    assert set(shown) == set(names.values()) - {""} or shown.is_unique
    items = sample_model.items.assign(
        topic=[names.get(item, "") for item in sample_model.items["item_id"]],
        readers=sample_model.readers,
    )
    fit = items[~items["removed"] & (items["title"].str.strip() != "")]
    most = fit.groupby("topic")["readers"].max()
    first = table.drop_duplicates("topic")
    assert first["readers"].tolist() == [most[name] for name in first["topic"]]
    sizes = items["topic"].value_counts()
    assert [sizes[name] for name in first["topic"] if name] == sorted(
        (sizes[name] for name in first["topic"] if name), reverse=True
    )


def test_without_topics_they_are_the_most_read(sample_model):
    table = starters(sample_model, {}, 5)
    fit = sample_model.items["title"].str.strip() != ""
    fit &= ~sample_model.items["removed"]
    expected = sorted(sample_model.readers[fit.to_numpy()], reverse=True)[:5]
    assert table["readers"].tolist() == expected and (table["topic"] == "").all()


def test_what_is_of_no_topic_comes_last_and_a_number_out_of_range_is_refused(sample_model, names):
    few = dict(list(names.items())[:30])
    topics = starters(sample_model, few, 100)["topic"].tolist()
    of_one = [name for name in topics if name]
    assert len(of_one) == sum(item in sample_model.positions and few[item] != "" for item in few)
    assert topics == [*of_one, *[""] * (100 - len(of_one))]
    with pytest.raises(SettingError):
        starters(sample_model, names, 0)
