"""Topics within topics: planted ones, and what holds for any."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError, Stopped
from recsys.topics import finer as finer_module
from recsys.topics.clusters import SMALLEST
from recsys.topics.finer import LARGE, MOST_FINER, FinerTopics, finer_topics
from recsys.topics.topics import Topics, find_topics
from tests.recsys.topics.planting import model_of, two_levels


@pytest.fixture(scope="module")
def levels():
    model, broad, fine = two_levels()
    topics = find_topics(model, 3)
    return model, topics, finer_topics(model, topics), broad, fine


def holds(topics: Topics, finer: FinerTopics) -> None:
    """What is true of any division."""
    assert len(set(finer.names)) == len(finer.names) == len(finer.within) == len(finer.covered)
    has = topics.of >= 0
    assert (finer.within[finer.of[has]] == topics.of[has]).all() and (finer.of[~has] == -1).all()
    assert np.array_equal(finer.sizes, np.bincount(finer.of[has], minlength=len(finer.names)))
    assert (np.diff(finer.within) >= 0).all()
    assert set(finer.within) == set(range(len(topics.names)))
    for broad, name in enumerate(topics.names):
        own = np.flatnonzero(finer.within == broad)
        assert (np.diff(finer.sizes[own]) <= 0).all()
        if len(own) == 1:
            assert finer.names[own[0]] == name and finer.undivided[own[0]]
        else:
            assert finer.sizes[own].min() >= SMALLEST and not finer.undivided[own].any()
            assert not {finer.names[place] for place in own} & set(topics.names)


def test_planted_parts_are_found_within_their_topics(levels):
    _, topics, finer, broad, fine = levels
    assert len(topics.names) == 3
    holds(topics, finer)
    pairs = set(zip(finer.of.tolist(), fine.tolist(), strict=True))
    assert len(pairs) == len(finer.names) == 6


def test_a_part_is_named_by_what_tells_it_from_its_siblings_and_a_small_topic_stays(levels):
    model, topics, finer, _, _ = levels
    names = {name.lower() for name in finer.names}
    assert {"espresso italiano", "filtro japonês", "torra clara", "cargo", "gravel"} < names
    (chess,) = [place for place, name in enumerate(topics.names) if "Chess" in name]
    assert topics.sizes[chess] < LARGE and topics.names[chess] in finer.names
    place = finer.names.index(topics.names[chess])
    assert np.array_equal(finer.of == place, topics.of == chess)
    assert finer.closeness[finer.of == place] == pytest.approx(topics.closeness[topics.of == chess])


def test_closeness_is_to_the_centre_of_the_part(levels):
    model, _, finer, _, _ = levels
    unit = model.item_factors / model.item_norms[:, None]
    for place in range(len(finer.names)):
        members = unit[finer.of == place]
        centre = members.mean(axis=0)  # all have equally many readers, and equal say
        expected = members @ centre / np.linalg.norm(centre)
        assert finer.closeness[finer.of == place] == pytest.approx(expected, abs=1e-5)


def test_the_same_model_gives_the_same_parts_and_the_separation_is_of_what_is_divided(levels):
    model, topics, finer, _, _ = levels
    again = finer_topics(model, topics)
    assert again.names == finer.names and (again.of == finer.of).all()
    assert 0.8 < finer.separation <= 1
    whole = finer_topics(model, topics, len(topics.names))
    assert whole.names == topics.names and (whole.of == topics.of).all()
    assert whole.separation == 0 and whole.undivided.all()


@pytest.mark.parametrize("count", [3, 4, 6, 9, 20, MOST_FINER])
def test_there_are_no_more_than_asked_for(levels, count):
    model, topics, _, _, _ = levels
    finer = finer_topics(model, topics, count)
    holds(topics, finer)
    assert len(finer.names) <= count
    if count <= 6:
        assert len(finer.names) == count
    parts = np.bincount(finer.within)
    if count == 4:
        assert parts.argmax() == topics.sizes.argmax() == 0


def test_a_number_that_is_not_allowed_is_refused(levels):
    model, topics, _, _, _ = levels
    for count in (0, 2, MOST_FINER + 1):
        with pytest.raises(SettingError, match="number from 3 to 2,000"):
            finer_topics(model, topics, count)


def test_progress_counts_articles_and_can_end_the_work(levels):
    model, topics, finer, _, _ = levels
    told: list[tuple[int, int]] = []
    again = finer_topics(model, topics, on_progress=lambda *step: told.append(step))
    assert (again.of == finer.of).all()
    done = [step for step, _ in told]
    assert done == sorted(done) and told[-1] == (len(topics.of), len(topics.of))
    assert len(set(done)) > 10 and {total for _, total in told} == {len(topics.of)}

    def stop(done: int, total: int) -> None:
        if done > 20:
            raise Stopped

    with pytest.raises(Stopped):
        finer_topics(model, topics, on_progress=stop)


def test_equal_names_are_followed_by_those_of_their_topics(levels):
    _, topics, _, _, _ = levels
    broad = replace(topics, names=("Café, tea", "A very long name of bicycles", "Chess"))
    parts = ["filter", "cup", "filter", "Chess", "Chess"]
    assert finer_module._told_apart(parts, np.array([0, 0, 1, 1, 2]), broad) == (
        "filter (Café)", "cup", "filter (A very long name of bic…)",
        "Chess (A very long name of bic…)", "Chess",
    )  # fmt: skip


def test_parts_without_titles_say_which_they_are():
    model, _, _ = two_levels()
    model = replace(model, items=model.items.assign(title=""))
    topics = find_topics(model, 3)
    finer = finer_topics(model, topics)
    assert finer.names[:3] == tuple(f"Topic 1.{number} (no titles)" for number in (1, 2, 3))
    assert finer.names[-1] == topics.names[2] == "Topic 3 (no titles)"


def test_collapsed_factors_have_no_parts():
    model = model_of(np.full((30, 4), 1e-9), ["x"] * 30)
    finer = finer_topics(model, find_topics(model))
    assert finer.names == () and (finer.of == -1).all() and len(finer.sizes) == 0
    assert finer_topics(model, find_topics(model), 1).names == ()


@given(
    size=st.integers(1, 150),
    seed=st.integers(0, 99),
    same=st.booleans(),
    topics=st.integers(1, 3),
    more=st.one_of(st.none(), st.integers(0, 12)),
)
def test_whatever_the_factors_each_part_lies_in_one_topic(size, seed, same, topics, more):
    draw = np.random.default_rng(seed)
    factors = np.ones((size, 3)) if same else draw.normal(size=(size, 3))
    factors[draw.random(size) < 0.1] = 0
    words = ["one two", "two", "", "<b>x</b>", "three one"]
    model = model_of(factors, [words[i] for i in draw.integers(0, 5, size)])
    found = find_topics(model, topics)
    count = None if more is None else max(1, len(found.names)) + more
    finer = finer_topics(model, found, count)
    holds(found, finer)
    assert count is None or len(finer.names) <= count


def test_the_parts_take_the_names_that_their_undivided_topics_have_now(levels):
    model, topics, finer, _, _ = levels
    names = tuple(f"New {name}" for name in topics.names)
    now = finer.under(replace(topics, names=names, formerly={"Older": 2}))
    place = int(np.flatnonzero(finer.undivided)[0])
    assert now.names[place] == names[2]
    assert now.names[:place] == finer.names[:place]
    assert now.place(finer.names[place]) == now.place("Older") == place


def test_the_parts_of_the_sample_are_within_its_topics(sample_model, sample_topics):
    finer = finer_topics(sample_model, sample_topics)
    holds(sample_topics, finer)
    assert len(finer.names) > len(sample_topics.names)
    words = {word for name in finer.names for word in name.lower().replace(",", "").split()}
    assert not words & {"a", "o", "de", "the", "of", "com", "para", "que", "uma", "on", "how", "to"}
