import math
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from recsys.errors import SettingError, Stopped, UnknownItemError
from recsys.text.content import ContentIndex
from tests.conftest import ROOT

TITLES = {
    "bike": "Cargo bikes in the city",
    "bike2": "A city for cargo bikes",
    "ai": "Inteligência artificial no hospital",
    "ai2": "INTELIGENCIA ARTIFICIAL e hospitais",
    "bread": "Sourdough bread at home",
    "none": "",
    "alone": "Zzyzx",
}


@pytest.fixture(scope="module")
def index():
    return ContentIndex.build(list(TITLES), list(TITLES.values()))


def plain(text):
    folds = str.maketrans("éêíçãá", "eeicaa")
    return text.lower().translate(folds)


def words_of(text):
    cut = "".join(sign if sign.isalnum() else " " for sign in plain(text))
    return Counter(word for word in cut.split() if len(word) > 1)


def letters_of(title):
    found = Counter()
    for word in plain(title).split():
        padded = f" {word} "
        for size in (3, 4):
            found.update(padded[i : i + size] for i in range(max(len(padded) - size + 1, 0)))
    return found


def unit(weights):
    length = math.sqrt(sum(value**2 for value in weights.values())) or 1
    return {term: value / length for term, value in weights.items()}


def tf_idf(counts):
    documents = Counter(term for counted in counts for term in counted)
    idf = {term: math.log((1 + len(counts)) / (1 + df)) + 1 for term, df in documents.items()}
    return [
        unit({term: (1 + math.log(tf)) * idf[term] for term, tf in counted.items()})
        for counted in counts
    ]


def by_hand(titles, texts):
    """``(n, n)`` cosines, by dictionaries."""
    words = tf_idf([words_of(f"{a} {b}") for a, b in zip(titles, texts, strict=True)])
    letters = tf_idf([letters_of(title) for title in titles])
    vectors = [
        unit(
            {("word", term): value * math.sqrt(0.7) for term, value in word.items()}
            | {("letter", term): value * math.sqrt(0.3) for term, value in letter.items()}
        )
        for word, letter in zip(words, letters, strict=True)
    ]
    return np.array(
        [[sum(a[term] * b.get(term, 0) for term in a) for b in vectors] for a in vectors]
    )


@pytest.mark.parametrize("with_texts", [False, True])
def test_the_order_is_that_of_the_formula(sample_model, with_texts):
    titles = list(TITLES.values())
    texts = ["bikes carry bread bread bread", "", "o hospital", "", "warm", "warm bread", ""]
    texts = texts if with_texts else [""] * len(titles)
    index = ContentIndex.build(list(TITLES), titles, texts)
    expected = by_hand(titles, texts)
    for row, item in enumerate(TITLES):
        got = index.neighbours(item)
        others = [i for i in range(len(TITLES)) if i != row and expected[row, i] > 0]
        others.sort(key=lambda i: -expected[row, i])
        assert got["item_id"].tolist() == [list(TITLES)[i] for i in others]
        np.testing.assert_allclose(got["score"], expected[row, others], atol=1e-6)
        assert got["rank"].tolist() == list(range(1, len(others) + 1))
        assert got["title"].tolist() == [titles[i] for i in others]


def test_accents_and_case_do_not_matter(index):
    same = ContentIndex.build(["a", "b", "c"], ["Inteligência ÀÉ", "inteligencia ae", "bread"])
    assert same.neighbours("a")["score"].tolist() == pytest.approx([1.0])
    assert index.neighbours("ai", 1)["item_id"].tolist() == ["ai2"]
    assert index.neighbours("bike", 1)["item_id"].tolist() == ["bike2"]


def test_letters_find_slips_of_the_pen_and_endings():
    index = ContentIndex.build(["a", "b", "c"], ["Kubernetes", "Kubernets", "Photography"])
    assert index.neighbours("a")["item_id"].tolist() == ["b"]


def test_escapes_of_html_are_no_words():
    index = ContentIndex.build(["a", "b"], ["Fish &amp; chips", "The loudest amp"])
    assert len(index.neighbours("a")) == 0
    assert index.titles[0] == "Fish &amp; chips"


def test_an_article_without_anything_to_go_by_has_no_neighbours(index):
    for item in ("none", "alone"):
        assert not index.says_something(item)
        assert len(index.neighbours(item)) == 0
    assert index.says_something("bike")
    assert not {"none", "alone"} & set(index.neighbours("bike", 1000)["item_id"])


@pytest.mark.parametrize("titles", [["", "", ""], [None, float("nan"), " "], ["?", "!", "…"]])
def test_a_catalogue_without_titles_and_texts_works(titles):
    index = ContentIndex.build(["a", "b", "c"], titles, [None, "", ""])
    got = index.neighbours("a")
    assert len(got) == 0 and list(got) == ["rank", "item_id", "title", "score"]


def test_only_those_among_come_and_n_of_them(index):
    everything = index.neighbours("bike", 1000)["item_id"].tolist()
    assert index.neighbours("bike", 1)["item_id"].tolist() == everything[:1]
    assert (
        index.neighbours("bike", among={"bike", everything[1]})["item_id"].tolist()
        == (everything[1:2])
    )
    assert len(index.neighbours("bike", among=())) == 0


def test_equal_articles_come_in_their_order():
    index = ContentIndex.build(list("dcba"), ["one two three"] * 4)
    assert index.neighbours("c")["item_id"].tolist() == ["d", "b", "a"]


def test_a_profile_is_the_weighted_mean_of_cosines(index):
    one, other = index.scores({"bike": 1.0}), index.scores({"ai": 5.0})
    np.testing.assert_allclose(index.scores({"bike": 3.0, "ai": 1.0}), (3 * one + other) / 4)
    assert one[list(TITLES).index("bike")] < 1.000001


def test_what_is_not_there_is_said(index):
    with pytest.raises(UnknownItemError, match="no article 'x'.*There are 7 articles"):
        index.neighbours("x")
    with pytest.raises(SettingError, match="from 1 to 1,000"):
        index.neighbours("bike", 0)


def test_progress_counts_each_article_for_its_words_and_its_letters_and_can_end_the_work():
    ids, titles = [str(i) for i in range(150)], ["The same title"] * 150
    told: list[tuple[int, int]] = []
    ContentIndex.build(ids, titles, on_progress=lambda *step: told.append(step))
    assert told == [(100, 300), (150, 300), (250, 300), (300, 300)]

    def stop(done: int, total: int) -> None:
        if done == 250:
            raise Stopped

    with pytest.raises(Stopped):
        ContentIndex.build(ids, titles, on_progress=stop)


def test_scikit_learn_is_not_imported_before_it_is_needed():
    code = (
        "import sys, recsys.text.content, recsys.commands.train; sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_shared_words_say_something_of_the_articles():
    titles = ["Whether she sells shells", "Whether she sells pearls", "Photography"]
    index = ContentIndex.build(["a", "b", "c"], titles)
    assert index.shared_words("a", "b")["word"].tolist() == ["sells"]
