"""Search against hand-made catalogues, and against a plain computation of the same ranking."""

import csv
import io
import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.__main__ import main
from recsys.errors import SettingError
from recsys.models.model import save_model
from recsys.text.search import MAX_WORDS, Index, build_index, find_items, index_of
from recsys.text.search_filter import SearchFilter
from recsys.text.words import Match, folded, read_words, words_of

DAY = 86_400
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


def test_filters_are_taken_before_the_ranking():
    index = index_for(
        *["same word"] * 5,
        readers=[5, 4, 3, 2, 1],
        languages=["en", "pt", "en", "", "en"],
        kinds=["HTML", "HTML", "VIDEO", "HTML", ""],
        timestamps=["0", str(DAY - 1), str(DAY), str(2 * DAY), ""],
    )

    def places(**conditions):
        return [p for p, _ in found(index, "word", chosen=SearchFilter(**conditions))]

    assert places() == [0, 1, 2, 3, 4]
    assert places(languages=("en",)) == [0, 2, 4]
    assert places(languages=("pt", "")) == [1, 3]
    assert places(kinds=("VIDEO", "")) == [2, 4]
    assert places(since=date(1970, 1, 2)) == [2, 3]
    assert places(until=date(1970, 1, 1)) == [0, 1]
    assert places(since=date(1970, 1, 2), until=date(1970, 1, 2)) == [2]
    assert places(min_readers=2, max_readers=4) == [1, 2, 3]
    assert places(languages=("en",), min_readers=2) == [0, 2]
    assert places(languages=("xx",)) == []


def test_what_the_filter_hides_does_not_stand_in_the_way_of_typos_or_some_words():
    index = index_for("machine", "machines", "machine room", languages=["en", "pt", "en"])
    only = SearchFilter(languages=("pt",))
    assert found(index, "machine", 1, only) == [(1, "beginnings of words")]
    assert found(index, "machien", 1, only) == [(1, "similar words")]
    assert found(index, "machine room", chosen=only) == [(1, "some of the words")]


def test_an_index_may_be_empty():
    assert found(index_for(), "word") == [] and found(index_for(), "") == []


@pytest.mark.parametrize(
    "conditions",
    [
        {"since": date(2020, 1, 2), "until": date(2020, 1, 1)},
        {"min_readers": -1},
        {"min_readers": 5, "max_readers": 4},
    ],
)
def test_a_filter_that_nothing_can_pass_is_refused(conditions):
    with pytest.raises(SettingError):
        SearchFilter(**conditions)


@pytest.mark.parametrize("n", [0, 1001])
def test_n_has_bounds(n):
    with pytest.raises(SettingError, match="not allowed"):
        index_for("a").find("a", n)


# ---------------------------------------------------------------- a plain computation of the same


def distance(left: str, right: str) -> int:
    """Letters too many, missing, wrong or exchanged: the table of the textbook."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, start=1):
        rows.append([i])
        for j, b in enumerate(right, start=1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


def kind_of(typed: str, word: str) -> Match:
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    cut = word[: len(typed)] if len(typed) >= 6 and word[:2] == typed[:2] else word
    if word == typed:
        return Match.WORDS
    if word.startswith(typed):
        return Match.BEGINNINGS
    if typed in word:
        return Match.PARTS
    if allowed and min(distance(typed, word), distance(typed, cut)) <= allowed:
        return Match.TYPOS
    return Match.SOME


def parted(typed: str, words: list[str]) -> bool:
    return any({typed[:cut], typed[cut:]} <= set(words) for cut in range(3, len(typed) - 2))


def plainly(titles: list[str], readers: list[int], typed: str) -> list[int]:
    asked = words_of(typed)
    keys = []
    for place, title in enumerate(titles):
        kinds = [
            min(
                Match.TYPOS if parted(word, words_of(title)) else Match.SOME,
                *(kind_of(word, other) for other in words_of(title)),
                Match.SOME,
            )
            for word in asked
        ]
        missing = kinds.count(Match.SOME)
        keys.append((missing, max(kinds), sum(kinds), -readers[place], place))
    fewest = min(missing for missing, *_ in keys)
    return [key[-1] for key in sorted(keys) if key[0] == fewest < len(asked)]


WORDS = st.one_of(st.text("abé", min_size=1, max_size=9), st.text("ab", min_size=6, max_size=10))
TITLES = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=12)


@given(
    titles=TITLES,
    typed=st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    draw=st.randoms(use_true_random=False),
)
def test_the_ranking_is_that_of_a_plain_computation(titles, typed, draw):
    readers = [draw.randint(0, 3) for _ in titles]
    index = index_for(*titles, readers=readers, ids=["#"] * len(titles))
    positions = index.find(typed, 1000).positions.tolist()
    assert positions == plainly(titles, readers, typed)
    for n in range(1, len(titles) + 1):
        assert index.find(typed, n).positions.tolist() == positions[:n]


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_a_title_has_the_words_of_its_text(text):
    vocabulary, has = read_words(np.array([text, "other"], dtype=object))
    of_text = [vocabulary.words[place] for place in np.flatnonzero(has.toarray()[:, 0])]
    assert [word for word in of_text if word] == sorted(words_of(text))


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


def test_of_very_many_words_the_longest_count():
    words = ["w" * length for length in range(1, MAX_WORDS + 5)]
    index = index_for(" ".join(words[4:]), " ".join(words[:4]))
    assert found(index, " ".join(words)) == [(0, "words")]


# ------------------------------------------------------------------------- models and the command


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


@pytest.fixture(scope="module")
def folder(sample_model, tmp_path_factory):
    return str(save_model(sample_model, tmp_path_factory.mktemp("search") / "model"))


def test_the_command_prints_csv_and_json(capsys, folder, sample_model):
    ask = ["search", "--model", folder, "introducao", "--n", "3", "--language", "pt"]
    assert main([*ask, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    chosen = SearchFilter(languages=("pt",))
    table = index_of(sample_model).find("introducao", 3, chosen).table
    assert rows == table.to_dict(orient="records") and len(rows) == 3
    assert main([*ask, "--format", "csv"]) == 0
    assert [row[0] for row in csv.reader(io.StringIO(capsys.readouterr().out))][1:] == [
        row["item_id"] for row in rows
    ]


def test_the_command_takes_an_id_that_begins_with_a_minus(capsys, folder, sample_model):
    item = next(item for item in sample_model.items["item_id"] if item.startswith("-"))
    assert main(["search", "--model", folder, item, "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["item_id"], row["match"]) == (item, "id")
    assert main(["search", "--model", folder, item[1:], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0] == row


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (["xqxqxq"], 0, "No article has any"),
        (["xqxqxq", "--language", "pt"], 0, "No article that passes these filters has any"),
        (["", "--since", "2100-01-01"], 0, "No article passes these filters"),
        (["xqxqxq", "--min-readers", "9000"], 0, "No article passes these filters"),
        (["a", "--language", "xx"], 2, "--language: no article has 'xx'. Known: "),
        (["a", "--kind", "pt"], 2, "--kind: no article has 'pt'. Known: HTML"),
        (["a", "--since", "yesterday"], 2, "--since: 'yesterday' is no day"),
        (["a", "--n", "0"], 2, "0 is not allowed"),
        (["a", "--min-readers", "9", "--max-readers", "1"], 2, "max_readers"),
    ],
)
def test_the_command_says_what_is_wrong(capsys, folder, options, status, words):
    assert main(["search", "--model", folder, *options]) == status
    shown = capsys.readouterr()
    assert words in shown.out + shown.err and "Traceback" not in shown.err


def test_topics_are_filtered_by_name_whenever_they_are_given():
    later = index_for("One", "Two", "Three", readers=[1, 3, 2]).with_topics(["a", "b", ""])
    at_once = index_for("One", "Two", "Three", readers=[1, 3, 2], topics=["a", "b", ""])
    for index in (later, at_once):
        assert [place for place, _ in found(index, "", chosen=SearchFilter(topics=("b",)))] == [1]
        both = SearchFilter(topics=("", "a"))
        assert [place for place, _ in found(index, "", chosen=both)] == [2, 0]
        assert len(found(index, "")) == 3
        assert found(index, "one", chosen=SearchFilter(topics=("c",))) == []
