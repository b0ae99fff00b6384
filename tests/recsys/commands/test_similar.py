"""The command ``similar``: limits, several articles, one pair, and why not."""

import csv
import io
import json

import pytest

from recsys.__main__ import main
from recsys.limits import Limits
from recsys.neighbours.absence import why_not
from recsys.neighbours.blending import candidates
from recsys.neighbours.similarity import similar_items
from recsys.neighbours.together import similar_to_all
from recsys.pairs.pairing import pair


@pytest.fixture
def said(folder, capsys):
    """What the command says to some options."""

    def ask(*options: str, status: int = 0) -> str:
        assert main(["similar", "--model", folder, *options]) == status
        shown = capsys.readouterr()
        return shown.err if status else shown.out

    return ask


@pytest.fixture(scope="module")
def item(sample_model):
    """The article that most people read."""
    return sample_model.items["item_id"].iloc[int(sample_model.readers.argmax())]


def ids_of(text: str) -> list[str]:
    return [row["item_id"] for row in csv.DictReader(io.StringIO(text))]


def test_limits(said, sample_model, item):
    options = "--language=pt --least-readers=12 --least-both=3 --titled --removed"
    options += " --since=2025-01-01 --until=2026-01-01"
    limits = Limits(
        languages=("pt",), least_readers=12, least_both=3, titled=True, include_removed=True
    )
    expected = similar_items(sample_model, item, 6, limits)
    found = said(f"--item={item}", *options.split(), "--n=6", "--format=csv")
    assert ids_of(found) == expected["item_id"].tolist() and len(expected)
    table = said(f"--item={item}", "--language=pt", "--n=6")
    left_out = candidates(sample_model, item).left_out(6, Limits(languages=("pt",)))
    assert table.splitlines()[-1].startswith(f"{sum(left_out.values()):,} left out: ")
    assert f"{left_out['language']:,} in another language" in table


def test_topics_and_types(said, sample_model, sample_topics, item):
    topics = sample_topics
    name = topics.names[0]
    only = frozenset(sample_model.items["item_id"][topics.of == 0])
    kind = sample_model.items["content_type"].mode()[0]
    expected = similar_items(sample_model, item, 5, Limits(only=only, kinds=(kind,)))
    found = said(f"--item={item}", f"--topic={name}", f"--type={kind}", "--n=5", "--format=csv")
    assert ids_of(found) == expected["item_id"].tolist()


def test_several_together(said, sample_model):
    ids = sample_model.items["item_id"].iloc[[3, 11, 40]].tolist()
    found = said(*(f"--item={one}" for one in ids), "--n=7", "--format=csv")
    assert ids_of(found) == similar_to_all(sample_model, ids, 7)["item_id"].tolist()
    assert "least_score,readers_of_all" in found.splitlines()[0]


def test_one_pair(said, sample_model, item):
    other = similar_items(sample_model, item, 1)["item_id"].iloc[0]
    expected = pair(sample_model, item, other)
    found = json.loads(said(f"--item={item}", f"--pair={other}", "--format=json"))
    assert (found["a"], found["b"], found["rank_of_b"]) == (item, other, 1)
    for name in ("readers_a", "readers_b", "both", "people", "beyond_chance", "support"):
        assert found[name] == getattr(expected, name)
    assert found["chance"] == pytest.approx(expected.chance)
    assert found["without_that_reader"] == pytest.approx(expected.influence.without, abs=1e-6)
    assert "support" in said(f"--item={item}", f"--pair={other}")


def test_why_not(said, sample_model, item):
    far = similar_items(sample_model, item, 40)["item_id"].iloc[-1]
    limits = Limits(languages=("pt",))
    expected = why_not(sample_model, candidates(sample_model, item), far, 10, limits)
    options = [f"--item={item}", f"--why-not={far}", "--language=pt"]
    found = json.loads(said(*options, "--format=json"))
    assert found["rank"] == expected.rank and found["shown"] is expected.shown
    assert found["removed_by"] == list(expected.removed_by)
    assert found["gap"] == pytest.approx(expected.gap)
    assert "removed_by" in said(*options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--pair=ITEM"], "compared with itself"),
        (["--why-not=ITEM"], "asked about itself"),
        (["--why-not=nope"], "no article 'nope'"),
        (["--pair=nope"], "nobody read an article 'nope'"),
        (["--item=nope"], "no article 'nope'"),
        (["--item=OTHER", "--pair=OTHER"], "a pair has one --item"),
        (["--item=OTHER", "--rules=r.json"], "rules apply to the list of one article"),
        (["--language=xx"], "no article has 'xx'"),
        (["--topic=xx"], "no topic 'xx'"),
        (["--type=xx"], "no article has 'xx'"),
        (["--since=soon"], "'soon' is not a day"),
        (["--least-both=-1"], "-1 is not allowed"),
        (["--n=0"], "0 is not allowed"),
    ],
)
def test_what_makes_no_sense(said, sample_model, item, options, words):
    other = next(one for one in sample_model.items["item_id"] if one != item)
    options = [one.replace("ITEM", item).replace("OTHER", other) for one in options]
    assert words in said(f"--item={item}", *options, status=2)


def test_nothing_is_left(said, item):
    found = said(f"--item={item}", "--least-readers=100000")
    assert "left out" in found and "with fewer than 100,000 readers" in found
