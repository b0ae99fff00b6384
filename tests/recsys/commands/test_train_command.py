"""The command that is shown trains the very model."""

import shlex

import pytest

from recsys.__main__ import main
from recsys.commands.train_command import train_command
from recsys.dataset import ArticlesFile, EventsFile, Files
from recsys.formats import ReadOptions, Source
from recsys.models import ALSParams, load_model
from recsys.reading import ArticleMapping, CellRules, EventMapping
from recsys.strengths import EventWeights
from recsys.training import train

EVENTS = """when;who, or what;what;"how";n
1;a ;x;=LIKE;1
2;b;x;VIEW;0
3;b;y;view;2
4;c;y;VIEW;3
5;NULL;x;VIEW;1
6;c;x;VIEW;4
7;a;y;VIEW;4
"""
ARTICLES = "id,name\nx,Ex\ny,Why\n"


def files_in(folder):
    (folder / "-i.csv").write_text(EVENTS)
    (folder / "a b.csv").write_text(ARTICLES)
    mapping = EventMapping(user="who, or what", item="what", event="how", value="n")
    return Files(
        interactions=EventsFile(
            source=Source.open(folder / "-i.csv", name="C:\\up\\-i.csv"),
            options=ReadOptions(delimiter=";", encoding="utf-8"),
            mapping=mapping,
            rules=CellRules(
                same_ids=("trim", "case"), same_events=True, zeros="one", no_ids=("NULL",)
            ),
        ),
        articles=ArticlesFile(
            source=Source.open(folder / "a b.csv", name="a b.csv"),
            mapping=ArticleMapping(item="id", title="name"),
        ),
    )


@pytest.mark.parametrize("weights", ["VIEW=1,%3DLIKE=2.5;scale=log2", "VIEW=2,%3DLIKE=1"])
def test_files_strengths_and_parameters_come_back(weights, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    files, params = files_in(tmp_path), ALSParams(factors=3, iterations=4, alpha=7.25, seed=5)
    strengths = EventWeights.parse(weights)
    expected = train(files.read(), strengths, params)
    command = shlex.split(train_command(files, strengths, params))
    assert command[:4] == ["python", "-m", "recsys", "train"]
    assert main(command[3:]) == 0, capsys.readouterr().err
    assert load_model(tmp_path / "model").fingerprint == expected.fingerprint
