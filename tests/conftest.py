"""What the tests share."""

import os
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from recsys.dataset.tables import Tables, read_tables
from recsys.evaluation.hidden import measure
from recsys.formats.source import Source
from recsys.models.model import Model
from recsys.models.params import PRESETS, ALSParams
from recsys.reading.report import FileReport, Report
from recsys.sample.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.storage.store import ModelStore
from recsys.strengths.interactions import Interactions
from recsys.strengths.weights import EventWeights
from recsys.topics.topics import Topics, find_topics
from recsys.training.pipeline import train
from recsys.training.seeds import train_ensemble

# No test asserts a time, an example's neither. The same examples every time where a change is
# judged; others each time at a desk, so that in the long run many are tried.
settings.register_profile("desk", deadline=None, max_examples=10)
settings.register_profile("judged", deadline=None, derandomize=True, max_examples=10)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("judged" if os.environ.get("CI") else "desk")
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a test of the browser mostly waits."""
    usable = getattr(os, "sched_getaffinity", None)
    return min((len(usable(0)) if usable else os.cpu_count() or 1) + 1, 8)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """No test is called after bytes: packed ones hold the second in which they were made."""
    return argname if isinstance(val, bytes) else None


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


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker of this run makes and all others wait for, to be read only."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, draft = base / name, base / f"{name}-in-the-making"
    deadline = time.monotonic() + 300
    while not folder.exists():
        try:
            draft.mkdir()
        except FileExistsError:
            if time.monotonic() > deadline:
                pytest.fail(f"another worker began to make {folder} and did not end")
            time.sleep(0.1)
        else:
            try:
                make(draft)
            except BaseException:
                shutil.rmtree(draft)  # the next one tries again
                raise
            draft.rename(folder)
    return folder


@pytest.fixture(scope="session")
def trained(
    tmp_path_factory: pytest.TempPathFactory,
    sample_tables: Tables,
    start_model: Model,
    sample_model: Model,
) -> Path:
    """A store with all that the sample's pages make of the two models most tests begin with."""

    def make(folder: Path) -> None:
        store = ModelStore(folder=folder / "models")
        for model in (start_model, sample_model):
            store.put(model)
            found = measure(sample_tables, model.weights, model.params)
            store.put_quality(model.fingerprint, found)
            store.put_ensemble(train_ensemble(model))

    return made_once(tmp_path_factory, "trained", make)


@pytest.fixture(scope="session")
def sample_topics(tmp_path_factory: pytest.TempPathFactory, sample_model: Model) -> Topics:
    """What `find_topics` finds for the sample's model."""
    return _topics(tmp_path_factory, sample_model)


@pytest.fixture(scope="session")
def start_topics(tmp_path_factory: pytest.TempPathFactory, start_model: Model) -> Topics:
    """What `find_topics` finds for the model that the app begins with."""
    return _topics(tmp_path_factory, start_model)


def _topics(factory: pytest.TempPathFactory, model: Model) -> Topics:
    """Found by the first worker that asks."""

    def make(folder: Path) -> None:
        found = dict(vars(find_topics(model)))
        assert not found.pop("formerly")  # nobody has renamed one
        np.savez(folder / "topics.npz", **found)

    folder = made_once(factory, f"topics-{model.fingerprint}", make)
    with np.load(folder / "topics.npz") as found:
        parts = {part: found[part] for part in found}
    names = tuple(parts.pop("names").tolist())
    return Topics(names=names, separation=parts.pop("separation").item(), **parts)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a store of its own; nothing is written into the project."""
    monkeypatch.setenv("KINDRED_STORE", str(tmp_path / "store"))
    return tmp_path / "store"
