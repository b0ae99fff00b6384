"""Names that people give, and where they go in the topics of other models."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from recsys.topics.finer import finer_topics
from recsys.topics.given_names import NO_NAMES, TopicNames
from recsys.topics.renaming import apply_names, core, homes, rename
from recsys.topics.topics import Topics, find_topics
from tests.recsys.topics.planting import model_of, topics_of, two_levels


def model_with(n: int, first: int = 0):
    """Articles of the ids ``i{first}`` to ``i{first + n - 1}``."""
    model = model_of(np.ones((n, 2)), [""] * n)
    items = [f"i{place}" for place in range(first, first + n)]
    return replace(model, items=model.items.assign(item_id=items))


MODEL, FOUND = model_with(60), topics_of([0] * 30 + [1] * 20 + [2] * 10)


def named(place: int, name: str, topics: Topics = FOUND, names: TopicNames = NO_NAMES):
    return names.add(rename(topics, MODEL, place, name))


def test_the_core_is_what_lies_nearest_to_the_centre():
    closeness = np.tile(np.linspace(0, 1, 30, dtype=np.float32), 5)
    topics = replace(topics_of([0] * 150), closeness=closeness)
    items = core(topics, model_with(150), 0)
    assert len(items) == 100 and items[:5] == ("i29", "i59", "i89", "i119", "i149")
    assert len(core(FOUND, MODEL, 2)) == 10


def test_a_name_shows_and_the_earlier_ones_still_lead_to_the_topic():
    names = named(1, "  Coffee\u202e  and tea ")
    now = apply_names(FOUND, MODEL, names)
    assert now.names == ("Topic 0", "Coffee and tea", "Topic 2")
    assert now.place("Topic 1") == now.place("Coffee and tea") == 1
    assert np.isnan(now.covered).tolist() == [False, True, False]
    later = apply_names(FOUND, MODEL, named(1, "Tea", now, names))
    assert later.names[1] == "Tea"
    assert [later.place(name) for name in ("Topic 1", "Coffee and tea", "Tea")] == [1, 1, 1]
    with pytest.raises(SettingError, match="no topic 'Topic 9'"):
        later.place("Topic 9")


def test_without_names_nothing_changes():
    assert apply_names(FOUND, MODEL, NO_NAMES) is FOUND


def test_the_last_name_counts_and_the_one_before_comes_back_with_an_undo():
    first = named(1, "Old")
    names = named(1, "New", names=first)
    assert apply_names(FOUND, MODEL, names).names[1] == "New"
    undone = names.add(names.undoing(names.entries[-1].key))
    now = apply_names(FOUND, MODEL, undone)
    assert now.names[1] == "Old" and now.place("New") == 1  # as of a link


def test_a_name_follows_its_articles_to_another_model():
    """Half of the known ones are enough; that articles came and went does not count."""
    names = named(1, "Coffee")  # of the articles 30 to 49
    model = model_with(80, first=40)  # ten of them are gone
    rest = [2] * 30 + [0] * 40
    half = topics_of([1] * 5 + [0] * 5 + rest)
    assert list(homes(half, model, names).values()) == [1]  # equally many are in a larger one
    assert apply_names(topics_of([1] * 6 + [0] * 4 + rest), model, names).names[1] == "Coffee"
    assert homes(topics_of([1] * 4 + [0] * 3 + [2] * 3 + rest), model, names) == {}


def test_a_name_needs_a_tenth_of_its_articles():
    names = named(1, "Coffee")
    for known, there in ((2, True), (1, False)):
        model = model_with(40, first=50 - known)
        topics = topics_of([0] * (known + 7) + [1] * (33 - known))
        assert bool(homes(topics, model, names)) == there
    assert not homes(FOUND, model_with(60, first=1_000), names)


def test_a_topic_of_more_than_twice_the_size_is_another():
    names = named(2, "Coffee")  # a sixth of the catalogue
    for size, there in ((20, True), (21, False)):
        topics = topics_of([0] * (60 - size) + [1] * size)
        assert bool(homes(topics, MODEL, names)) == there


def test_two_names_of_topics_that_are_one_now_give_it_the_last():
    names = named(2, "Tea", names=named(1, "Coffee"))
    now = apply_names(topics_of([0] * 42 + [1] * 18), MODEL, names)
    assert now.names == ("Topic 0", "Tea")
    both = apply_names(topics_of([0] * 30 + [1] * 30), MODEL, named(1, "Coffee"))
    assert both.names == ("Topic 0", "Coffee")


def test_the_best_half_of_a_topic_that_is_two_now_keeps_the_name():
    now = apply_names(topics_of([0] * 18 + [1] * 20 + [2] * 22), MODEL, named(0, "Coffee"))
    assert now.names == ("Coffee", "Topic 1", "Topic 2")


def test_names_stay_distinct():
    assert apply_names(
        topics_of([0] * 30 + [1] * 20 + [2] * 10, ["a", "b", "Coffee"]),
        MODEL,
        named(0, "Coffee"),
    ).names == ("Coffee", "b", "Coffee (2)")
    twice = named(1, "Coffee", names=named(0, "Coffee"))
    assert apply_names(FOUND, MODEL, twice).names == ("Topic 0", "Coffee", "Topic 2")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is empty"),
        (" \u200b\u202e\n", "is empty"),
        ("\u200d", "is empty"),
        ("x" * 81, "81 characters are too many"),
        ("topic 2", "name of another topic"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name, said):
    with pytest.raises(SettingError, match=said):
        rename(FOUND, MODEL, 1, name)


def test_any_text_of_up_to_eighty_signs_is_a_name():
    for name in ("x" * 80, "<script>alert(1)</script>", "**md** $x$", "👩\u200d💻", "مرحبا", "7"):
        assert apply_names(FOUND, MODEL, named(0, name)).names[0] == name
    assert rename(FOUND, MODEL, 1, "TOPIC 1").name == "TOPIC 1"  # its own, written otherwise
    for place in (-1, 3):
        with pytest.raises(SettingError, match="no topic"):
            rename(FOUND, MODEL, place, "x")


def test_a_name_stays_on_its_level():
    model, _, _ = two_levels()
    topics = find_topics(model, 3)
    finer = finer_topics(model, topics)
    names = NO_NAMES.add(
        rename(topics, model, 0, "All coffee"), rename(finer, model, 0, "One coffee")
    )
    assert apply_names(topics, model, names).names == ("All coffee", *topics.names[1:])
    now = apply_names(finer, model, names)
    assert now.names == ("One coffee", *finer.names[1:])
    assert (now.within == finer.within).all()


@given(
    of=st.lists(st.integers(-1, 3), min_size=1, max_size=60),
    again=st.lists(st.integers(-1, 3), min_size=60, max_size=60),
    texts=st.lists(st.sampled_from(["Topic 0", "Topic 1", "x", "X", "y"]), max_size=5),
)
def test_whatever_was_named_names_are_distinct_and_one_topic_has_one(of, again, texts):
    def packed(places):  # topics without gaps
        known = sorted({place for place in places if place >= 0})
        return [known.index(place) if place >= 0 else -1 for place in places]

    old, new = (topics_of(packed(places)) for places in (of, again))
    names = NO_NAMES
    for number, text in enumerate(texts):
        if old.names:
            place = number % len(old.names)
            names = names.add(
                replace(rename(old, model_with(len(of)), place, f"n{number}"), name=text)
            )
    now = apply_names(new, model_with(60), names)
    assert len(set(now.names)) == len(now.names) == len(new.names)
    assert not set(now.formerly) & set(now.names)
    assert all(0 <= place < len(now.names) for place in now.formerly.values())
    placed = set(homes(new, model_with(60), names).values())
    for place, name in enumerate(now.names):
        assert name == new.names[place] or place in placed or name.startswith(new.names[place])
