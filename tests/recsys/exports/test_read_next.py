"""What stands below every article, and its files."""

import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from recsys.errors import SettingError
from recsys.exports.catalogue import all_neighbours
from recsys.exports.pack_files import pack_bytes
from recsys.exports.read_next import read_next
from recsys.limits import Limits
from recsys.neighbours import candidates
from recsys.picks.applying import apply_rules
from recsys.picks.decisions import Decision
from recsys.picks.rules import Rules
from recsys.text import ContentIndex


def decided(kind, item, *others):
    return Decision(kind=kind, item=item, others=others)


@pytest.fixture(scope="module")
def rules(sample_model):
    ids = sample_model.items["item_id"].tolist()
    near = candidates(sample_model, ids[0]).table(2)["item_id"].tolist()
    return Rules().add(
        decided("pin", ids[0], ids[300]),
        decided("never", near[0], ids[0]),
        decided("picks", ids[5], ids[9], ids[8]),
        decided("picks", ids[6], near[0], "gone"),
        decided("never", ids[6], near[0]),
    )


def test_a_list_is_what_the_rules_make_of_the_nearest(sample_model, sample_tables, rules):
    limits = Limits(least_both=4)
    pack = read_next(sample_model, sample_tables, 5, limits, rules)
    lists = pack.links.groupby("item_id", sort=False)["neighbour_id"].agg(list)
    picked = set(rules.picked)
    ids = sample_model.items["item_id"]
    for item in [*rules.pins, *rules.nevers, *ids[::97]]:
        expected = apply_rules(rules, item, 5, limits, candidates(sample_model, item).table).table
        if item not in picked:
            assert lists.get(item, []) == expected["item_id"].tolist()
    assert lists[ids[5]] == [ids[9], ids[8]]
    assert pack.unknown == 1
    assert set(pack.links.loc[pack.links["item_id"] == ids[5], "by"]) == {"picked"}
    given = pack.links[pack.links["by"] == "model"]
    assert (given["readers_of_both"] >= 4).all() and pack.links["rank"].min() == 1


def test_short_picks_are_filled_where_that_is_wanted(sample_model, sample_tables, rules):
    pack = read_next(sample_model, sample_tables, 5, Limits(), rules, fill=True)
    item = sample_model.items["item_id"][5]
    rows = pack.links[pack.links["item_id"] == item]
    assert rows["by"].tolist() == ["picked"] * 2 + ["model"] * 3
    assert rows["rank"].tolist() == [1, 2, 3, 4, 5] and rows["neighbour_id"].is_unique


def test_orphans_are_those_that_share_too_few_readers_with_any_other(sample_model, sample_tables):
    pack = read_next(sample_model, sample_tables, 5, Limits(least_both=12))
    read = sample_model.user_items.astype(bool).astype(int)
    both = (read.T @ read).toarray()
    np.fill_diagonal(both, 0)
    removed = sample_model.items["removed"].to_numpy(dtype=bool)
    both[:, removed] = 0
    most = dict(zip(sample_model.items["item_id"], both.max(axis=1), strict=True))
    kept = sample_tables.articles[~sample_tables.articles["removed"]]["item_id"]
    assert set(pack.orphans["item_id"]) == {i for i in kept if most.get(i, 0) < 12}
    assert pack.orphans["most_readers_of_both"].tolist() == [
        most.get(item, 0) for item in pack.orphans["item_id"]
    ]
    assert pack.orphans["readers"].is_monotonic_decreasing
    assert 0 < len(pack.orphans) < len(pack.articles) == len(kept)


def test_picks_end_an_orphan_and_text_links_it(sample_model, sample_tables):
    limits = Limits(least_both=12)
    orphan = read_next(sample_model, sample_tables, 5, limits).orphans["item_id"].iloc[0]
    other = sample_model.items["item_id"][0]
    rules = Rules().add(decided("picks", orphan, other))
    contents = ContentIndex.of(sample_tables)
    pack = read_next(sample_model, sample_tables, 5, limits, rules, contents=contents)
    assert orphan not in set(pack.orphans["item_id"])
    by_text = pack.links[pack.links["by"] == "text"]
    assert set(by_text["item_id"]) <= set(pack.orphans["item_id"]) and len(by_text)
    removed = sample_tables.articles.set_index("item_id")["removed"]
    assert not removed[pack.links["neighbour_id"]].any()
    assert pack.links.groupby("item_id")["rank"].max().max() == 5


def test_the_export_of_all_neighbours_obeys_rules(sample_model, rules):
    rows = pd.concat(all_neighbours(sample_model, 5, rules=rules))
    plain = pd.concat(all_neighbours(sample_model, 5))
    about = set(rules.pins) | set(rules.nevers)
    for item in about:
        expected = apply_rules(rules, item, 5, Limits(), candidates(sample_model, item).table).table
        mine = rows[rows["item_id"] == item]
        assert mine["neighbour_id"].tolist() == expected["item_id"].tolist()
        assert mine["rank"].tolist() == expected["rank"].tolist()
    others = [~frame["item_id"].isin(about) for frame in (rows, plain)]
    pd.testing.assert_frame_equal(
        rows[others[0]].reset_index(drop=True), plain[others[1]].reset_index(drop=True)
    )


class Sections(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.sections, self.tags = {}, set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "section":
            self.sections[dict(attributes)["id"].removeprefix("article-")] = []
        if tag == "a":
            list(self.sections.values())[-1].append(dict(attributes)["href"])


def test_the_files_hold_the_same_links(sample_model, sample_tables):
    articles = sample_tables.articles.copy()
    first = articles.index[articles["item_id"] == sample_model.items["item_id"][0]][0]
    articles.loc[first, "title"] = '</h2><script>alert("x")</script>'
    tables = replace(sample_tables, articles=articles)
    pack = read_next(sample_model, tables, 3)
    frame = pd.read_parquet(io.BytesIO(pack_bytes(pack, "parquet")))
    pd.testing.assert_frame_equal(frame, pack.links, check_dtype=False)
    made = json.loads(pack_bytes(pack, "json"))
    assert list(made) == pack.articles["item_id"].tolist()
    html = Sections(pack_bytes(pack, "html").decode())
    assert "script" not in html.tags
    table = pd.read_csv(io.BytesIO(pack_bytes(pack, "csv")))
    assert len(table) == len(frame)
    for item, rows in frame.groupby("item_id", sort=False):
        assert [link["id"] for link in made[item]["links"]] == rows["neighbour_id"].tolist()
        assert html.sections[item] == rows["url"].tolist()
        assert made[item]["html"].count("<li>") == len(rows)
    assert table["Below this id"].str.removeprefix("id:").tolist() == frame["item_id"].tolist()
    with pytest.raises(SettingError, match="is not a format"):
        pack_bytes(pack, "txt")
