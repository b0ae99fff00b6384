"""What the tests share."""

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from recsys.interactions import Interactions
from recsys.model import Model
from recsys.params import PRESETS, ALSParams
from recsys.pipeline import train
from recsys.reading.report import FileReport, Report
from recsys.reading.source import Source
from recsys.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.tables import Tables, read_tables
from recsys.weights import EventWeights

# No test asserts a time, an example's neither. The same examples every time where a change is
# judged; others each time at a desk.
settings.register_profile("desk", deadline=None)
settings.register_profile("judged", deadline=None, derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
DESKDROP = ROOT.parent / "shared" / "data" / "deskdrop"
ML_100K = ROOT.parent / "shared" / "data" / "ml_100k"


def articles_csv(*rows: str) -> Source:
    """An articles file with the columns that are read, and these rows."""
    header = "timestamp,eventType,contentId,contentType,url,title,lang"
    return Source(name="a.csv", data="\n".join([header, *rows, ""]).encode())


def events_csv(*rows: str) -> Source:
    """An interactions file with these rows."""
    header = "timestamp,eventType,contentId,personId"
    return Source(name="i.csv", data="\n".join([header, *rows, ""]).encode())


def tables_of(rows: Iterable[tuple[str, str, str, float]], values: bool = True) -> Tables:
    """Tables of ``(user, item, event type, value)`` rows."""
    events = pd.DataFrame(rows, columns=["user_id", "item_id", "event_type", "value"])
    for name in ("user_id", "item_id", "event_type"):
        events[name] = events[name].astype("category")
    events["timestamp"] = np.nan
    events["value"] = events["value"].astype(float)
    items = list(events["item_id"].cat.categories)
    articles = pd.DataFrame({"item_id": items})
    file = FileReport(name="i.csv", rows=len(events), kept=len(events))
    return Tables(
        articles=articles,
        events=events if values else events.drop(columns="value"),
        report=Report(articles=file, events=file),
        fingerprint="0" * 32,
    )


def cells(made: Interactions) -> dict[tuple[str, str], float]:
    """The matrix as a mapping of (user, item) to strength."""
    found = made.user_items.tocoo()
    items = made.items["item_id"].to_numpy()
    return {
        (made.user_ids[row], items[column]): value
        for row, column, value in zip(found.row, found.col, found.data, strict=True)
    }


@pytest.fixture(scope="session")
def sample_tables() -> Tables:
    return read_tables(Source.open(DATA / ARTICLES_FILE), Source.open(DATA / INTERACTIONS_FILE))


@pytest.fixture(scope="session")
def sample_model(sample_tables: Tables) -> Model:
    return train(sample_tables, EventWeights.default(), ALSParams())


@pytest.fixture(scope="session")
def start_model(sample_tables: Tables) -> Model:
    """The model that the app begins with."""
    return train(sample_tables, EventWeights.default(), PRESETS["Stable"])


@pytest.fixture(scope="session")
def deskdrop() -> Tables:
    if not DESKDROP.is_dir():
        pytest.skip("the Deskdrop files are not here (../shared/data/deskdrop)")
    return read_tables(
        Source.open(DESKDROP / ARTICLES_FILE), Source.open(DESKDROP / INTERACTIONS_FILE)
    )


@pytest.fixture(scope="session")
def deskdrop_model(deskdrop: Tables) -> Model:
    return train(deskdrop, EventWeights.default(), ALSParams())


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a store of its own; nothing is written into the project."""
    monkeypatch.setenv("KINDRED_STORE", str(tmp_path / "store"))
    return tmp_path / "store"
