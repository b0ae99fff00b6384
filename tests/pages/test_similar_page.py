"""Similar articles: evidence, stability, articles that nobody has read, files."""

import io
import json

import pandas as pd
import pytest

from recsys.neighbours.agreement import consensus, stability
from recsys.neighbours.kept import catalogue_stability
from recsys.neighbours.read_together import evidence
from recsys.neighbours.similarity import similar_items
from recsys.training.seeds import train_ensemble
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, made, press, said, tables
from ui.beside.work import Rank, Work
from ui.frame import background
from ui.parts.article import ONE_LINE
from ui.parts.trust import STEADY

ALL = ["Similarity", "Readers of both", "Evidence", "Text", "Repeats", "Lift", "Overlap", "Readers"]


def near(app):
    return next(frame.value for frame in tables(app) if "rank" in frame.value)


@pytest.fixture
def item(sample_model):
    return sample_model.items["item_id"].iloc[12]


def test_neighbours_come_with_their_stability(app, sample_model, sample_tables, item):
    query = {"data": sample_tables.fingerprint, "item": item, "columns": ALL}
    fine(go(app, "similar", **query))
    made(background.seeds_of(sample_model))
    fine(app.run())
    seeds = train_ensemble(sample_model)
    expected = stability(seeds, sample_model, item, similar_items(sample_model, item))
    counts = [f"{seen} of 5" for seen in expected["seen_by"]]
    assert near(app)["seen_by"].str.replace(r" \(.*", "", regex=True).tolist() == counts
    assert f"has {expected['stability'].mean():.0%} of these articles among its 10" in said(app)
    kept = made(background.kept_of(sample_model, seeds))
    assert kept == pytest.approx(catalogue_stability(seeds, sample_model)["stability"].mean())
    assert kept < STEADY
    finding = f"Over all articles, another start keeps {kept:.0%} of the most similar ones"
    assert f"{finding}; the mean of 5 models, under *Ranking*" in said(fine(app.run()))
    app.toggle(key="agreed").set_value(True)
    assert f"{finding}." in said(fine(app.run()))


def test_the_consensus_is_one_click_and_the_evidence_is_there(
    app, sample_model, sample_tables, item
):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item, columns=ALL))
    seeds = made(background.seeds_of(sample_model))
    app.toggle(key="agreed").set_value(True)
    fine(app.run())
    assert "Ranked by the mean similarity over 5 models" in said(app)
    scores = consensus(seeds, sample_model, item)
    expected = evidence(sample_model, item, similar_items(sample_model, item, scores=scores))
    assert near(app)["title"].tolist() == expected["title"].tolist()
    pd.testing.assert_series_equal(
        near(app)["jaccard"].reset_index(drop=True), expected["jaccard"] * 100, check_names=False
    )


def test_an_article_that_nobody_has_read_is_near_by_its_text(app):
    rows = SMALL[0].data.decode().splitlines()[1:]
    more = articles_csv(
        *rows,
        "1,CONTENT SHARED,new,HTML,,Title of bread and butter,en",
        "1,CONTENT SHARED,old,HTML,,Bread and butter for all,en",
    )
    views = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(app, more, events_csv(*views))
    press(app, "Use this data")
    fine(go(app, "similar"))
    app.text_input(key="search").set_value("bread butter").run()
    assert set(tables(app)[0].value["title"]) == {
        "Title of bread and butter", "Bread and butter for all",
    }  # fmt: skip
    here = app.session_state.workspace
    fine(go(app, "similar", data=here.data.fingerprint, item="new"))
    assert "ranked **by title and text**" in said(app) and "no readers yet" in said(app)
    assert near(app)["title"].iloc[0] == "Bread and butter for all"


def test_the_heading_counts_what_is_found(app):
    rows = SMALL[0].data.decode().splitlines()[1:]
    bring(app, articles_csv(*rows, "1,CONTENT SHARED,new,HTML,,Quartz,en"), SMALL[1])
    press(app, "Use this data")
    query = {"data": app.session_state.workspace.data.fingerprint, "strengths": "VIEW=1,CLAP=2"}
    fine(go(app, "similar", item="1", **query))
    assert len(near(app)) == 9 and "**The 9 most similar articles.**" in said(app)
    fine(go(app, "similar", item="new", **query))
    assert "No similar article" in said(app) and "no other has a similar title" in said(app)
    assert not tables(app)


def test_the_most_read_is_named_so_however_one_came_to_it(app, sample_tables, sample_model):
    items = sample_model.items["item_id"]
    fine(go(app, "similar", data=sample_tables.fingerprint))
    assert "· the most read" in said(app)
    most_read = items[int(sample_model.readers.argmax())]
    fine(go(app, "similar", data=sample_tables.fingerprint, item=most_read))
    assert "· the most read" in said(app)
    fine(go(app, "similar", data=sample_tables.fingerprint, item=items[12]))
    assert "· the most read" not in said(app)


def test_the_text_can_be_used_too(app, sample_tables, item, sample_model):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item, columns=ALL))
    assert made(background.seeds_of(sample_model))
    app.number_input(key="content").set_value(1.0)
    fine(app.run())
    assert near(app)["content"].between(0, 100).all()
    assert "**Text** is the share of the score" in said(app)
    evidence = ["seen_by", "readers_of_both", "jaccard", "lift"]
    assert set(evidence) < set(near(app)) and "**Repeats:** on average" in said(app)


def test_seeds_that_are_done_while_the_page_is_drawn_are_shown(
    app, sample_model, sample_tables, item, monkeypatch
):
    done = background.seeds_of(sample_model)
    made(done)
    asked = []

    def seeds_of(model):
        asked.append(model)
        return Work("seeds", "seeds", None, Rank.SHOWN) if len(asked) == 1 else done

    monkeypatch.setattr(background, "seeds_of", seeds_of)
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    assert "trained from different random starts" in said(app)


def test_all_evidence_fits_beside_a_title_that_takes_the_rest(
    app, sample_model, sample_tables, item
):
    made(background.seeds_of(sample_model))
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item, columns=ALL))
    widths = {column["name"]: column["width"] for column in tables(app)[0].spec["columns"]}
    assert widths.pop("title") == 0 and len(widths) == 9
    begin = widths["rank"] + sum(widths[name] for name in ("score", "readers_of_both", "evidence"))
    assert begin <= 300  # of 560 that a window of 1280 leaves beside menu and evidence


def test_its_most_engaged_readers_and_what_it_says_open_in_place(
    app, sample_tables, item, sample_model
):
    app.session_state["about"] = True
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    people = next(f.value for f in tables(app) if list(f.value) == ["user_id", "strength"])
    readers = sample_model.item_users[sample_model.positions[item]]
    assert people["strength"].tolist() == sorted(readers.data, reverse=True)[:10]
    title = sample_model.labels[sample_model.positions[item]]
    assert len(title) <= ONE_LINE  # it stands whole in the heading
    text = sample_tables.articles.set_index("item_id")["text"][item]
    assert app.text[0].value.startswith(text[:50])


def test_a_title_that_the_heading_cuts_stands_whole_below_it(app):
    title = "**Long** " + "x" * 291
    others = [f"1,CONTENT SHARED,{i},HTML,,Title {i},en" for i in range(1, 10)]
    bring(app, articles_csv(f"1,CONTENT SHARED,0,HTML,,{title},en", *others), SMALL[1])
    press(app, "Use this data")
    app.session_state["about"] = True
    data = app.session_state.workspace.data.fingerprint
    fine(go(app, "similar", data=data, item="0", strengths="VIEW=1,CLAP=2"))
    assert [text.value for text in app.text] == [title]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "::"])
def test_only_web_addresses_are_offered_as_links(address):
    from ui.parts.article import is_web

    assert not is_web(address) and is_web("https://a.example/b")


def test_all_neighbours_are_made_beside_the_page(sample_model):
    work = background.export_of(sample_model, "neighbours", 3, "parquet")
    table = pd.read_parquet(io.BytesIO(made(work)))
    assert len(table) == 3 * len(sample_model.items)
    first = table[table["item_id"] == sample_model.items["item_id"].iloc[0]]
    expected = similar_items(sample_model, sample_model.items["item_id"].iloc[0], 3)
    assert first["neighbour_id"].tolist() == expected["item_id"].tolist()


def test_about_an_article_leads_to_the_others_of_its_topic(
    app, sample_tables, sample_model, sample_topics
):
    topics = sample_topics
    place = int(sample_model.readers.argmax())
    name = topics.names[topics.of[place]]
    item = sample_model.items["item_id"].iloc[place]
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    assert name not in said(app)
    app.session_state["about"] = True
    fine(app.run())
    assert f"Topic: **{name}**" in said(app)
    fine(press(app, "Show the others"))
    (box,) = [box for box in app.multiselect if box.label == "Topics"]
    assert box.value == [name]
    assert "found, the first 20 shown" in said(app)


def test_a_topic_that_all_articles_have_leads_to_no_others(app):
    bring(app, *SMALL)
    press(app, "Use this data")
    data = app.session_state.workspace.data.fingerprint
    query = {"strengths": "VIEW=1,CLAP=2", "factors": "1", "iterations": "2"}
    fine(go(app, "similar", data=data, item="3", **query))
    app.session_state["about"] = True
    fine(app.run())
    assert "Topic: **" in said(app)
    assert "Show the others" not in [button.label for button in app.button]


def few(app):
    """Bring an article that one person read, who read nothing else; the workspace."""
    rows = SMALL[0].data.decode().splitlines()[1:]
    events = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(
        app,
        articles_csv(*rows, "1,CONTENT SHARED,lonely,HTML,,Alone,en"),
        events_csv(*events, "1,VIEW,lonely,hermit"),
    )
    press(app, "Use this data")
    return app.session_state.workspace


def test_one_is_counted_as_one(app):
    data = few(app).data.fingerprint
    fine(go(app, "similar", data=data, item="lonely"))
    assert "1 reader ·" in said(app)
    fine(go(app, "people", data=data, user="hermit"))
    assert "Read so far: 1 article**" in said(app)
    assert "the sum of what 1 article read so far adds or takes away" in said(app)


def test_readers_over_time_show_the_events_that_the_article_has(app):
    data = few(app).data.fingerprint
    app.session_state["about"] = True
    fine(go(app, "similar", data=data, item="lonely"))
    figures = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    (lines,) = [figure for figure in figures if "Busiest" in figure["layout"]["title"]["text"]]
    assert lines["layout"]["title"]["text"] == "Busiest day: 1 January 1970, 1 event"
    assert len(lines["data"]) == 1


@pytest.mark.parametrize(
    ("page", "field"), [("similar", "Limits* and *Ranking"), ("people", "Options")]
)
def test_the_file_of_all_says_which_settings_it_leaves_aside(app, sample_tables, page, field):
    fine(go(app, page, data=sample_tables.fingerprint))
    assert f"settings under *{field}* do not apply" in said(app)
