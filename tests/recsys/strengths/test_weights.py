"""The settings of strengths: as a text, from the shell, and what is refused."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, strategies as st

from recsys.__main__ import main
from recsys.errors import ModelFolderError, SettingError
from recsys.models.folder import load_model, save_model
from recsys.sample.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.strengths.weights import EventWeights, typed
from tests.conftest import DATA, articles_csv, events_csv

FILES = ["--articles", str(DATA / ARTICLES_FILE), "--interactions", str(DATA / INTERACTIONS_FILE)]

SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "normalise": st.booleans(),
        "scale": st.sampled_from(["sum", "log2", "rank"]),
        "low": st.floats(1e-6, 5),
        "high": st.floats(5, 1e6),
        "threshold": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    },
)
NAMES = st.text(min_size=1).filter(str.strip)


@given(st.dictionaries(NAMES, st.just(0) | st.floats(1e-6, 1e6), min_size=1), SETTINGS)
def test_the_text_is_an_exact_round_trip(strengths, settings):
    assume(any(strengths.values()))
    weights = EventWeights.of(strengths, **settings)
    again = EventWeights.parse(weights.as_text())
    assert again == weights and hash(again) == hash(weights)
    assert again.as_text() == weights.as_text()
    assert re.fullmatch(r"[\w.~/% ,;=+-]*", weights.as_text(), re.ASCII)


def test_the_text_is_readable_and_plain_weights_keep_theirs():
    assert EventWeights.of({"VIEW": 1, "LIKE": 2}).as_text() == "LIKE=2.0,VIEW=1.0"
    ranked = EventWeights.of({"views": 1, "likes": 2}, normalise=True, scale="rank")
    text = "likes=2.0,views=1.0;normalise;scale=rank;low=1.0;high=10.0"
    assert ranked.as_text() == text
    assert EventWeights.of({"a;b": 1}, threshold=3).as_text() == "a%3Bb=1.0;threshold=3.0"


def test_settings_without_effect_make_no_difference():
    plain = EventWeights.of({"x": 1})
    assert replace(plain, low=2, high=3) == plain != replace(plain, low=2, high=3, scale="rank")
    assert replace(plain, threshold=1, normalise=True) == replace(plain, threshold=1)
    assert EventWeights.of({"x": 1, "y": -0.0}).as_text() == "x=1.0,y=0.0"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"scale": "log"}, "scale: 'log' is not a scale. Choose one of sum, log2, rank"),
        ({"normalise": "yes"}, "normalise: 'yes' is neither"),
        ({"low": 0}, "range of strengths: 0 to 10 is not allowed"),
        ({"low": 5, "high": 4}, "5 to 4"),
        ({"high": 1e7}, "1e\\+07"),
        ({"low": "x"}, "low: 'x' is not a number"),
        ({"high": float("nan")}, "high: nothing is given"),
        ({"threshold": "x"}, "threshold: 'x' is not a number"),
        ({"threshold": float("inf")}, "threshold: inf is not allowed"),
    ],
)
def test_settings_out_of_range_are_refused(settings, words):
    with pytest.raises(SettingError, match=words):
        EventWeights.of({"x": 1}, **settings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x=1;scale", "'scale' is not a setting"),
        ("x=1;", "'' is not a setting"),
        ("x=1;normalise=1", "is not a setting"),
        ("x=1;colour=red", "is not a setting"),
        ("x=1;low=1;low=2", "is given twice"),
        ("x=1;threshold=much", "threshold: 'much'"),
        (";normalise", "not NAME=STRENGTH"),
        ("%20=1", "no name"),
    ],
)
def test_texts_that_are_no_weights_are_refused(text, words):
    with pytest.raises(SettingError, match=words):
        EventWeights.parse(text)


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        ([], {}),
        (["--scale", "log2"], {"scale": "log2"}),
        (["--scale=rank", "--range=1,5"], {"scale": "rank", "high": 5}),
    ],
)
def test_the_shell_sets_what_the_saved_model_holds(tmp_path, options, settings):
    folder = tmp_path / "m"
    assert main(["train", *FILES, "--iterations=1", *options, "--out", str(folder)]) == 0
    assert load_model(folder).weights == replace(EventWeights.default(), **settings)


def test_a_model_with_damaged_weights_is_refused(sample_model, tmp_path):
    path = save_model(sample_model, tmp_path / "m") / "model.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"weights": "VIEW=1;scale=log"}))
    with pytest.raises(ModelFolderError, match="damaged"):
        load_model(tmp_path / "m")


def test_a_single_unknown_event_type_needs_no_strength(tmp_path):
    articles = articles_csv("1,CONTENT SHARED,a,,,A,en", "1,CONTENT SHARED,b,,,B,en")
    plays = events_csv("1,play,a,p", "2,play,b,p", "3,play,a,q")
    names = [tmp_path / "articles.csv", tmp_path / "plays.csv"]
    for name, source in zip(names, (articles, plays), strict=True):
        name.write_bytes(source.data)
    files = ["--articles", str(names[0]), "--interactions", str(names[1])]
    assert main(["train", *files, "--iterations=1", "--out", str(tmp_path / "m")]) == 0
    assert load_model(tmp_path / "m").weights == EventWeights.of({"play": 1})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([*FILES, "--scale", "log"], "scale: 'log' is not a scale"),
        ([*FILES, "--range", "5", "--scale", "rank"], "--range: '5' is not LOW,HIGH"),
        ([*FILES, "--range", "5,1", "--scale", "rank"], "range of strengths: 5 to 1"),
        ([*FILES, "--range", "1,5"], "--range: the scale is sum"),
        ([*FILES, "--normalise"], "normalise: the data has no number column"),
        ([*FILES, "--threshold", "3"], "threshold: the data has no number column"),
        (["--articles", "/none", "--interactions", "/none", "--threshold=x"], "threshold: 'x'"),
        (["--model", "/none", "--no-normalise"], "--normalise cannot change"),
        (["--model", "/none", "--scale=sum", "--range=1,2"], "--scale, --range cannot change"),
    ],
)
def test_a_mistake_is_one_message_and_status_2(capsys, options, words):
    assert main(["similar", "--item", "x", *options]) == 2
    shown = capsys.readouterr()
    assert words in shown.err and "Traceback" not in shown.err and shown.out == ""


@given(NAMES)
def test_a_typed_name_is_read_as_that_name(name):
    text = typed(name)
    assert EventWeights.parse(f"{text}=2").as_dict() == {name: 2.0}
    assert text == text.strip() and text.isprintable()
