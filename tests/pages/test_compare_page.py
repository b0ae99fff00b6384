"""Compare: two models on one article, one person, and all articles."""

import json
import threading
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from recsys.chance import overlap_in_words
from recsys.compare import compare_models
from recsys.ensemble import train_ensemble
from recsys.params import PRESETS, ALSParams
from recsys.weights import DEFAULT_STRENGTHS, EventWeights
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, press, said
from ui import background, cached, comparison, jobs, waiting
from ui.text import plain


@pytest.fixture
def busy_worker():
    """Other seeds wait their turn until the event is set."""
    go_on = threading.Event()
    seeds = background._ensembles(str(cached.store_folder()))
    seeds.of("busy", lambda follow: go_on.wait(60))
    yield go_on
    go_on.set()


def test_the_model_in_use_meets_the_tutorials_with_the_noise_floor(app, sample_model, start_model):
    fine(go(app, "compare"))
    seeds = [background.seeds_of(model).future.result(240) for model in (start_model, sample_model)]
    fine(app.run())
    expected = compare_models(start_model, sample_model, ensemble_a=seeds[0], ensemble_b=seeds[1])
    assert expected.sentence in said(app)
    assert overlap_in_words(expected.rbo, expected.noise) in said(app)
    assert "is the model in use: Stable" in said(app)


@pytest.mark.parametrize("what", ["One person", "One article"])
def test_one_list_in_two_models_stands_beside_the_noise_floor(app, sample_model, start_model, what):
    go(app, "compare")
    works = [background.seeds_of(model) for model in (start_model, sample_model)]
    assert all(work.future.result(240) for work in works)
    app.session_state["compare-what"] = what
    fine(app.run())
    assert "of 10 stayed, where another seed alone of model" in said(app)
    assert "(p = 0.9), where another seed alone has" in said(app)


@pytest.mark.parametrize("what", ["All articles", "One person", "One article"])
def test_the_seeds_of_one_model_alone_give_no_verdict(
    app, start_model, busy_worker, monkeypatch, what
):
    """The floor is the weaker of both models': with one of them the finding could turn."""
    there = background.Work(lambda: None)
    there.future.set_result(train_ensemble(start_model, 2))
    seeds_of = background.seeds_of
    monkeypatch.setattr(
        background,
        "seeds_of",
        lambda model: there if model.fingerprint == start_model.fingerprint else seeds_of(model),
    )
    app.session_state["compare-what"] = what
    fine(go(app, "compare"))
    assert "stayed. Whether that is more than chance shows once other seeds" in said(app)
    assert "where another seed alone" not in said(app)
    assert "(p = 0.9)" in said(app)


def test_another_seed_can_be_chosen(app):
    fine(go(app, "compare"))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    assert any(option.endswith(", seed 1") for option in box.options)


def test_the_other_model_is_in_the_address(app, sample_tables):
    fine(go(app, "compare"))
    here = app.session_state.workspace
    other = replace(here, params=ALSParams(factors=7, iterations=3))
    text = comparison._text(other)
    fine(go(app, "compare", data=sample_tables.fingerprint, against=text))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    assert box.value == text
    assert "factors 7" in comparison.described(other)


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
    fine(press(app, "Forget this part of the link"))
    assert "against" not in app.query_params


def test_a_hostile_event_type_is_shown_as_it_is_beside_the_ranks(app, sample_tables):
    kind = "![x](http://evil.example/x.png)"
    strengths = EventWeights.of({**DEFAULT_STRENGTHS, kind: 3}).as_text()
    query = {"data": sample_tables.fingerprint, "strengths": strengths, "factors": "4"}
    fine(go(app, "compare", iterations="2", **query))
    app.session_state["compare-what"] = "One article"
    fine(app.run())
    (ranks,) = [frame for frame in app.dataframe if "rank_a" in frame.value]
    assert json.loads(ranks.proto.columns)["rank_a"]["help"] == plain(
        comparison.described(app.session_state.workspace)
    )
    assert kind in comparison.described(app.session_state.workspace)


@pytest.mark.parametrize(
    ("what", "missing", "there"),
    [
        ("compare", "What chance alone does is not known", "where another seed alone of model"),
        ("similar", "How stable these are is not known: this was stopped", "counts in how many"),
    ],
)
def test_other_seeds_can_be_stopped_and_begun_again(
    app, sample_tables, busy_worker, what, missing, there
):
    query = {"data": sample_tables.fingerprint, "factors": "4", "iterations": "2"}
    fine(go(app, what, **query))
    fine(press(app, "Stop"))
    works = list(background._ensembles(str(cached.store_folder()))._held.values())
    busy_worker.set()
    assert all(work.wait(60) for work in works)
    assert missing in said(fine(app.run()))
    fine(press(app, "Begin again"))
    works = list(background._ensembles(str(cached.store_folder()))._held.values())
    assert all(work.wait(60) and work.result is not None for work in works)
    assert there in said(fine(app.run()))


def test_comparing_all_articles_can_be_stopped_and_begun_again(app, sample_tables, monkeypatch):
    app.session_state["compare-what"] = "One article"
    fine(go(app, "compare", data=sample_tables.fingerprint, factors="4", iterations="2"))
    seeds = background._ensembles(str(cached.store_folder()))
    assert all(work.wait(240) for work in seeds._held.values())
    comparisons, go_on = background._comparisons(str(cached.store_folder())), threading.Event()
    comparisons.of("busy", lambda follow: go_on.wait(60))
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    app.session_state["compare-what"] = "All articles"
    fine(app.run())
    fine(press(app, "Stop"))
    go_on.set()
    assert all(work.wait(60) for work in comparisons._held.values())
    assert "Comparing all articles was stopped." in said(fine(app.run()))
    monkeypatch.setattr(waiting, "PATIENCE", 60.0)
    assert "of the 10 nearest stayed" in said(fine(press(app, "Begin again")))


def compare_in_the_menu(app):
    (link,) = [link.proto for link in app.get("page_link") if link.proto.label == "Compare"]
    return dict(parse_qsl(link.query_string))


def test_other_pages_lead_back_to_the_same_comparison(app, sample_tables):
    fine(go(app, "compare"))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    seed = comparison._text(
        replace(app.session_state.workspace, params=replace(PRESETS["Stable"], seed=1))
    )
    fine(box.set_value(seed).run())
    assert compare_in_the_menu(app)["against"] == seed
    fine(go(app, "people"))
    fine(go(app, "compare", **compare_in_the_menu(app)))
    (box,) = [box for box in app.selectbox if box.label == "Against"]
    assert box.value == seed
    go(app, "compare", data=sample_tables.fingerprint)
    assert "against" not in compare_in_the_menu(fine(go(app, "similar")))


def test_an_article_that_nobody_read_is_named_and_is_no_error(app):
    rows = SMALL[0].data.decode().splitlines()[1:]
    views = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(app, articles_csv(*rows, "1,CONTENT SHARED,new,HTML,,Title anew,en"), events_csv(*views))
    press(app, "Use this data")
    fine(go(app, "compare"))
    app.session_state["compare-what"] = "One article"
    app.query_params["item"] = "new"
    fine(app.run())
    assert "Title anew" in [heading.value for heading in app.subheader]
    assert "Nobody has read this article yet" in said(app)


def test_trainings_that_the_strip_follows_are_not_followed_twice(app, sample_tables, monkeypatch):
    fine(go(app, "compare"))
    here = app.session_state.workspace
    queued = jobs.Job(replace(here, params=ALSParams(seed=9)))  # it is never run
    app.session_state["jobs"] = {queued.key: queued}
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    other = comparison._text(replace(here, params=ALSParams(factors=64, iterations=400)))
    go(app, "compare", data=sample_tables.fingerprint, against=other)
    assert not app.exception
    jobs_here = app.session_state["jobs"].values()
    assert len(jobs_here) == 2
    for job in jobs_here:
        job.stop()
