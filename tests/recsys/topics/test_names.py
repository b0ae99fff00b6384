"""Names of topics, from titles of all kinds."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.topics.names import name_groups
from recsys.topics.topics import find_topics
from tests.recsys.topics.planting import FILLERS, model_of

THINGS = ("barco", "carro", "trem")


def test_a_word_of_every_topic_is_no_name_in_any_language():
    factors = np.repeat(np.eye(3), 20, axis=0)
    titles = [f"yksi {THINGS[i // 20]} kuin {FILLERS[i % 8]}" for i in range(60)]
    names = find_topics(model_of(factors, titles)).names
    assert sorted(name.split(",")[0] for name in names) == list(THINGS)


def test_the_commonest_spelling_is_shown_and_escapes_of_html_are_read():
    titles = ["O IoT &amp; a indústria", "iot na indústria", "IoT: Industria", "Iot e IoT"] * 3
    (name,) = find_topics(model_of(np.eye(1).repeat(12, axis=0), titles)).names
    assert "IoT" in name and "indústria" in name and "amp" not in name


def test_without_common_words_the_most_read_titles_near_the_centre_stand_for_a_topic():
    titles = ["Alfa", "Beta", "Gama", "Delta", "Eps", "Zeta", "Eta", "Theta"]
    factors = np.array([[1.0, 0.1 * place] for place in range(8)])
    readers = np.array([1, 5, 2, 3, 1, 9, 9, 9])
    (name,) = find_topics(model_of(factors, titles, readers), count=1).names
    near = np.argsort(-find_topics(model_of(factors, titles, readers), 1).closeness)[:4]
    best = near[np.argsort(-readers[near], kind="stable")[:2]]
    assert name == f"like “{titles[best[0]]}” and “{titles[best[1]]}”"


def test_topics_without_titles_say_so():
    factors = np.repeat(np.eye(2), 10, axis=0)
    topics = find_topics(model_of(factors, [""] * 10 + ["  "] * 10))
    assert topics.names == ("Topic 1 (no titles)", "Topic 2 (no titles)")
    assert np.isnan(topics.covered).all()


def test_equal_names_are_told_apart():
    topics = find_topics(model_of(np.repeat(np.eye(2), 10, axis=0), ["Same"] * 20))
    assert len(set(topics.names)) == 2 and topics.names[1].endswith("(2)")


def test_an_endless_word_in_one_title_takes_no_memory_for_all_others():
    draw = np.random.default_rng(0)
    titles = [f"{THINGS[i // 1_000]} {draw.integers(10**9)}x" for i in range(3_000)]
    titles[7] += " " + "y" * 20_000
    of, ones = np.repeat([0, 1, 2], 1_000), np.ones(3_000)
    tracemalloc.start()
    names, _ = name_groups(titles, of, ones, ones)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert names == list(THINGS)
    assert peak < 50e6  # 240 MB where every word takes the room of the longest


HOSTILE = (
    "<script>alert(1)</script>", "\u202eright to left\u202c", "مرحبا بالعالم", "😀😀 emoji 😀",
    "x" * 300, "&lt;b&gt;bold&lt;/b&gt;", "**md** $x$ :smile:", "", "\x00\x1b[31m",
    "深層学習入門", "हिन्दी शीर्षक", "a\nb\tc", "1234 5678",
)  # fmt: skip


@given(
    titles=st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), min_size=1,
                    max_size=40),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_any_titles_give_distinct_printable_names(titles, seed):
    factors = np.random.default_rng(seed).normal(size=(len(titles), 4))
    topics = find_topics(model_of(factors, titles))
    assert len(set(topics.names)) == len(topics.names) == len(topics.sizes)
    assert topics.sizes.sum() == len(titles)
    assert (np.diff(topics.sizes) <= 0).all()
    assert np.array_equal(topics.sizes, np.bincount(topics.of, minlength=len(topics.names)))
    assert all(name.strip() and len(name) < 260 and "\n" not in name for name in topics.names)


def test_a_name_covers_as_many_titles_as_hold_one_of_its_words(planted):
    topics, model, _ = planted
    titles = model.items["title"].str.lower()[topics.of == 2]
    assert topics.names[2] == "cargo bikes"
    holds = titles.str.contains("cargo") | titles.str.contains("bikes")
    assert topics.covered[2] == pytest.approx(holds.mean()) == 1
