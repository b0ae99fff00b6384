"""Compare: two models on one article, one person, and all articles."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from recsys.comparison.chance import overlap_in_words
from recsys.comparison.compare import compare_models
from recsys.models.params import PRESETS, ALSParams
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from recsys.training.seeds import train_ensemble
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, made, press, said, settle, stop, tables
from ui.beside.work import Rank, State, Work
from ui.compare import other_model
from ui.frame import background, waiting
from ui.session import against
from ui.text import plain


def test_the_model_in_use_meets_the_tutorials_with_the_noise_floor(app, sample_model, start_model):
    fine(go(app, "compare"))
    seeds = [made(background.seeds_of(model)) for model in (start_model, sample_model)]
    fine(app.run())
    expected = compare_models(start_model, sample_model, ensemble_a=seeds[0], ensemble_b=seeds[1])
    assert expected.sentence in said(app)
    assert overlap_in_words(expected.rbo, expected.noise) in said(app)
    assert "is the model in use: Stable" in said(app)


@pytest.mark.parametrize("what", ["One reader", "One article"])
def test_one_list_in_two_models_stands_beside_the_noise_floor(app, sample_model, start_model, what):
    go(app, "compare")
    works = [background.seeds_of(model) for model in (start_model, sample_model)]
    assert all(made(work) for work in works)
    app.session_state["compare-what"] = what
    fine(app.run())
    assert "of 10 stayed. With another seed alone, model" in said(app)
    assert "(p = 0.9); with another seed alone" in said(app)


@pytest.mark.parametrize("what", ["All articles", "One reader", "One article"])
def test_the_seeds_of_one_model_alone_give_no_verdict(app, start_model, monkeypatch, what):
    """The floor is the weaker of both models': with one of them the finding could turn."""
    there, coming = (Work(key, key, None, Rank.SHOWN) for key in ("seeds a", "seeds b"))
    there.result, there.state = train_ensemble(start_model, 2), State.OVER
    monkeypatch.setattr(
        background,
        "seeds_of",
        lambda model: there if model.fingerprint == start_model.fingerprint else coming,
    )
    app.session_state["compare-what"] = what
    fine(go(app, "compare"))
    assert "stayed. Whether this is more than random variation is known once" in said(app)
    assert "With another seed alone" not in said(app)
    assert "(p = 0.9)" in said(app)


def test_another_seed_can_be_chosen(app):
    fine(go(app, "compare"))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    assert any(option.endswith(", seed 1") for option in box.options)


def test_the_other_model_is_in_the_address(app, sample_tables):
    fine(go(app, "compare"))
    here = app.session_state.workspace
    other = replace(here, params=ALSParams(factors=7, iterations=3))
    text = against.text_of(other)
    fine(go(app, "compare", data=sample_tables.fingerprint, against=text))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    assert box.value == text
    assert "factors 7" in other_model.described(other)


def test_it_begins_with_the_model_that_was_in_use_before(app):
    fine(go(app, "train"))
    before = app.session_state.workspace
    app.number_input(key="param-factors").set_value(8).run()
    fine(press(app, "Train"))
    fine(go(app, "compare"))
    [choice] = [box for box in app.selectbox if box.label == "Against"]
    assert choice.value == against.text_of(before)
    named = [option for option in choice.options if "(the model before)" in option]
    assert named == [f"{other_model.described(before)} (the model before)"]
    assert compare_in_the_menu(app)["against"] == choice.value


def test_a_bad_model_in_the_address_is_said(app, sample_tables):
    for text in ("nonsense", "factors=x|VIEW=1", "best=3|VIEW=1", "factors=3|VIEW=-1"):
        go(app, "compare", data=sample_tables.fingerprint, against=text)
        assert not app.exception and "against in the address" in said(app)
        assert "below" not in said(app)  # no other model is offered here


def test_a_model_without_strengths_for_events_of_the_data_is_named_with_a_way_out(app):
    rows = SMALL[1].data.decode().splitlines()[1:]
    rows += [row.replace("CLAP", "**WAVE**") for row in rows if "CLAP" in row]
    bring(app, SMALL[0], events_csv(*rows))
    press(app, "Use this data")
    here = {
        "data": app.session_state.workspace.data.fingerprint, "iterations": "2",
        "strengths": EventWeights.of({"VIEW": 1, "CLAP": 2, "**WAVE**": 3}).as_text(),
    }  # fmt: skip
    params = ",".join(f"{name}={value!r}" for name, value in ALSParams(factors=3).as_dict().items())
    go(app, "compare", **here, against=f"{params}|{EventWeights.of({'VIEW': 4}).as_text()}")
    assert not app.exception and not app.warning
    (error,) = app.error
    text = error.value.replace("\\", "")
    assert "against in the address" in text and "Choose another model above" in text
    assert "Model B (factors 3; VIEW 4) has no strength for these events of the data" in text
    assert "**WAVE**" in text and "CLAP" in text and "VIEW," not in text
    assert plain("**WAVE**") in error.value
    fine(press(app, "Ignore this part of the link"))
    assert "against" not in app.query_params


def test_a_hostile_event_type_is_shown_as_it_is_beside_the_ranks(app, sample_tables):
    kind = "![x](http://evil.example/x.png)"
    strengths = EventWeights.of({**DEFAULT_STRENGTHS, kind: 3}).as_text()
    query = {"data": sample_tables.fingerprint, "strengths": strengths, "factors": "4"}
    fine(go(app, "compare", iterations="2", **query))
    app.session_state["compare-what"] = "One article"
    fine(app.run())
    (ranks,) = [frame for frame in tables(app) if "rank_a" in frame.value]
    helps = {column["name"]: column["help"] for column in ranks.spec["columns"]}
    assert helps["rank_a"] == other_model.described(app.session_state.workspace)
    assert kind in other_model.described(app.session_state.workspace)


@pytest.mark.parametrize(
    ("what", "missing", "there"),
    [
        ("compare", "Random variation is not known", "With another seed alone, model"),
        (
            "similar",
            "How much of this list repeats is not known: this was stopped",
            "**Repeats:** on average",
        ),
    ],
)
def test_other_seeds_can_be_stopped_and_begun_again(
    app, sample_tables, hold_up, what, missing, there
):
    query = {"data": sample_tables.fingerprint, "factors": "4", "iterations": "2"}
    go_on = hold_up("train_ensemble")
    fine(go(app, what, **query))
    assert missing not in said(app) and there not in said(app)
    assert missing in said(stop(app, "seeds"))
    go_on.set()
    fine(press(app, "Start again"))
    assert there in said(settle(app))


def test_comparing_all_articles_can_be_stopped_and_begun_again(
    app, sample_tables, hold_up, monkeypatch
):
    app.session_state["compare-what"] = "One article"
    fine(go(app, "compare", data=sample_tables.fingerprint, factors="4", iterations="2"))
    settle(app)
    go_on = hold_up("compare_models")
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    app.session_state["compare-what"] = "All articles"
    fine(app.run())
    assert "Comparing all articles was stopped." in said(stop(app, "comparison"))
    go_on.set()
    fine(press(app, "Start again"))
    assert "of the 10 most similar articles stayed" in said(settle(app))


def compare_in_the_menu(app):
    (link,) = [link.proto for link in app.get("page_link") if link.proto.label == "Compare"]
    return dict(parse_qsl(link.query_string))


def test_other_pages_lead_back_to_the_same_comparison(app, sample_tables):
    fine(go(app, "compare"))
    start = app.session_state.workspace
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    seed = against.text_of(
        replace(app.session_state.workspace, params=replace(PRESETS["Stable"], seed=1))
    )
    fine(box.set_value(seed).run())
    assert compare_in_the_menu(app)["against"] == seed
    fine(go(app, "people"))
    fine(go(app, "compare", **compare_in_the_menu(app)))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    assert box.value == seed
    # With another model in use, it is the one before.
    fine(go(app, "compare", data=sample_tables.fingerprint))
    assert compare_in_the_menu(fine(go(app, "similar")))["against"] == against.text_of(start)


def test_an_article_that_nobody_read_is_named_and_is_no_error(app):
    rows = SMALL[0].data.decode().splitlines()[1:]
    views = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(app, articles_csv(*rows, "1,CONTENT SHARED,new,HTML,,Title anew,en"), events_csv(*views))
    press(app, "Use this data")
    fine(go(app, "compare"))
    app.session_state["compare-what"] = "One article"
    app.query_params["item"] = "new"
    fine(app.run())
    assert "Title anew" in [heading.value for heading in app.main.header]
    assert "Nobody has read this article" in said(app)


def test_what_one_asked_to_train_and_what_the_page_waits_for_stand_in_one_bar(
    app, sample_tables, hold_up, monkeypatch
):
    settle(fine(go(app, "compare")))
    here = app.session_state.workspace
    hold_up("train")
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    app.session_state["wanted"] = replace(here, params=ALSParams(seed=9))
    other = replace(here, params=ALSParams(factors=64, iterations=400))
    fine(go(app, "compare", data=sample_tables.fingerprint, against=against.text_of(other)))
    wanted = app.session_state["wanted"]
    waits = [work.key for work in app.session_state["waits"] if work.key.startswith("model")]
    assert waits == [f"model {wanted.key}", f"model {other.key}"]
    bars = [element for element in app.get("progress")]
    assert len(bars) == 1
    stop(app, "model")
