"""Search against hand-made catalogues, and in models."""

from datetime import date

import numpy as np
import pytest

from recsys.errors import SettingError
from recsys.text.articles import find_items, index_of
from recsys.text.search import MAX_WORDS, Index, build_index
from recsys.text.search_filter import SearchFilter
from recsys.text.words import folded

ANY = SearchFilter()


def index_for(*titles: str | None, readers: list[int] | None = None, **columns) -> Index:
    ids = columns.pop("ids", [f"id{place}" for place in range(len(titles))])
    counts = np.array(readers if readers is not None else [1] * len(titles), dtype=np.int64)
    return build_index(ids, titles, counts, **columns)


def found(index: Index, words: str, n: int = 100, chosen: SearchFilter = ANY):
    """Positions and kinds of match."""
    result = index.find(words, n, chosen)
    return list(zip(result.positions.tolist(), result.table["match"], strict=True))


def test_whole_words_come_before_beginnings_before_parts_before_typos():
    index = index_for(
        "Clearing", "Lear jets", "A learner", "To lear", "Leap", readers=[9, 1, 8, 2, 10]
    )
    assert found(index, "lear") == [
        (3, "words"),
        (1, "words"),
        (2, "beginnings of words"),
        (0, "parts of words"),
        (4, "similar words"),
    ]


def test_the_worst_word_decides_then_all_then_the_readers_then_the_order():
    titles = ["deep learning", "deepest learning", "deepest learnings", "deep learnings", "deep"]
    index = index_for(*titles, "deep learning", readers=[1, 5, 9, 5, 99, 1])
    assert found(index, "LEARNING deep")[:5] == [
        (0, "words"),
        (5, "words"),
        (1, "beginnings of words"),
        (3, "beginnings of words"),
        (2, "beginnings of words"),
    ]


def test_accents_and_case_are_folded_both_ways():
    index = index_for("Inteligência ARTIFICIAL", "inteligencia", "Straße", "Łódź", "İstanbul")
    for words in ("inteligencia", "INTELIGÊNCIA", "inteligência"):
        assert [place for place, _ in found(index, words)] == [0, 1]
    assert found(index, "strasse") == [(2, "words")]
    assert found(index, "lodz") == [(3, "words")]
    assert found(index, "istanbul") == [(4, "words")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("machien", "machine"),  # two exchanged
        ("machne", "machine"),  # one missing
        ("machinne", "machine"),  # one too many
        ("mochine", "machine"),  # one wrong
        ("nachine", "machine"),  # the first one
        ("inteligensias", "inteligencia"),  # two of a long word
        ("inteligemc", "inteligencia"),  # in a word that is not finished
        ("dta", None),  # a short word has none
        ("mochime", None),  # a word of seven letters has one
        ("nntelig", None),  # a beginning has its first two letters right
    ],
)
def test_typos_by_the_length_of_the_word(typed, meant):
    titles = ["machine", "inteligencia", "data"]
    assert found(index_for(*titles), typed) == (
        [(titles.index(meant), "similar words")] if meant else []
    )


def test_two_words_may_be_typed_as_one():
    index = index_for("Deep learning", "Learning is deep", "Deep", "Learning", "No one", "Noone")
    assert found(index, "deeplearning") == [(0, "similar words"), (1, "similar words")]
    assert found(index, "deeplearning is") == [(1, "similar words")]
    assert found(index, "noone") == [(5, "words")]  # short words are in too many


def test_without_a_title_that_has_all_words_those_with_most_are_found():
    index = index_for("red green blue", "red green", "green", "black", readers=[1, 2, 9, 9])
    assert found(index, "green white red") == [(1, "some of the words"), (0, "some of the words")]
    assert found(index, "red blue") == [(0, "words")]
    assert found(index, "purple") == []


def test_an_id_is_found_whole_before_all_and_by_its_beginning_after_beginnings_of_words():
    index = index_for("20 ways", "The 2016s", "x2016", "Other", ids=["-77", "2016", "a", "2016-b"])
    assert found(index, " 2016 ") == [
        (1, "id"),
        (3, "beginning of the id"),
        (2, "parts of words"),
    ]
    assert found(index, "-7") == [(0, "beginning of the id")]
    assert found(index, "2016-B") == [(3, "id")]


def test_an_id_is_found_without_its_minus_and_by_a_part():
    ids = ["-4029704725707465084", "4029704725707465084", "-40297", "b-40297", "7-4029x"]
    index = index_for(*"abcde", ids=ids)
    assert found(index, ids[1]) == [(1, "id"), (0, "id")]
    assert found(index, ids[0]) == [(0, "id")]
    assert found(index, "40297") == [
        (2, "id"),
        (1, "beginning of the id"),
        (0, "beginning of the id"),
        (3, "part of the id"),
    ]
    assert found(index, "4029") == [(place, "beginning of the id") for place in (1, 0, 2)]
    assert found(index, "7257074") == [(0, "part of the id"), (1, "part of the id")]
    assert found(index, "7257") == []  # too little to be asked for
    assert found(index_for("a", ids=["news-cloud-7"]), "s-cloud-7") == [(0, "part of the id")]
    assert found(index_for("a", ids=["news-cloud-7"]), "cloud") == []  # a word


def test_titles_of_all_kinds():
    titles = [None, "", "  ", "<b>Bold</b> &amp; <script>", "שלום עולם", "مَرحَبا", "機械学習入門"]
    index = index_for(*titles, "long " * 60 + "end", "Same", "Same", "हिन्दी समाचार", "C++ & C#")
    assert found(index, "bold") == [(3, "words")]
    assert found(index, "<script>")[0] == (3, "words")
    assert found(index, "עולם") == [(4, "words")]
    assert found(index, "مرحبا") == [(5, "words")]
    assert found(index, "学習") == [(6, "parts of words")]
    assert found(index, "end long") == [(7, "words")]
    assert found(index, "same") == [(8, "words"), (9, "words")]
    assert found(index, "हिन्दी") == [(10, "words")]
    assert found(index, "c++")[0] == (11, "words")
    for words in ("+++", "\udc80", "%", "\x00"):
        assert found(index, words) == []


def test_nothing_typed_gives_the_most_read_under_the_filter():
    index = index_for("a", "b", "c", "d", readers=[1, 7, 7, 3])
    assert found(index, " ", 3) == [(1, "most read"), (2, "most read"), (3, "most read")]
    assert index.find("").total == 4
    less = SearchFilter(max_readers=3)
    assert [place for place, _ in found(index, "", chosen=less)] == [3, 0]


def test_an_index_may_be_empty():
    assert found(index_for(), "word") == [] and found(index_for(), "") == []


@pytest.mark.parametrize("n", [0, 1001])
def test_n_has_bounds(n):
    with pytest.raises(SettingError, match="not allowed"):
        index_for("a").find("a", n)


def test_of_very_many_words_the_longest_count():
    words = ["w" * length for length in range(1, MAX_WORDS + 5)]
    index = index_for(" ".join(words[4:]), " ".join(words[:4]))
    assert found(index, " ".join(words)) == [(0, "words")]


def test_a_model_is_searched_by_all_it_knows(sample_model):
    index = index_of(sample_model)
    chosen = SearchFilter(languages=("pt",), since=date(2025, 6, 1), min_readers=3)
    result = index.find("guia", 1000, chosen)
    items, readers = sample_model.items, sample_model.readers
    expected = {
        place
        for place, (title, language, when) in enumerate(
            zip(items["title"], items["language"], items["timestamp"], strict=True)
        )
        if language == "pt"
        and int(when) >= 1_748_736_000
        and readers[place] >= 3
        and "guia" in folded(title)
    }
    assert expected and expected == set(result.positions.tolist())
    assert result.total == len(expected)
    assert result.table.columns.tolist() == ["item_id", "title", "readers", "match"]
    assert (
        result.table["item_id"].tolist() == items["item_id"].to_numpy()[result.positions].tolist()
    )
    assert result.table["readers"].tolist() == readers[result.positions].tolist()


def test_find_items_is_the_index_without_its_table(sample_model):
    index = index_of(sample_model)
    for words in ("guide to", "", "gude"):
        assert (
            find_items(sample_model, words, 7).tolist() == index.find(words, 7).positions.tolist()
        )
