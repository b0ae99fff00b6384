"""What all sessions of the server share: the sample data, kept data sets, models, maps.

Everything is keyed by content. Sharing is safe: a key can only be made from data that a
session already has, so nobody reaches a model whose data they were not given.
"""

import os
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from recsys.blended_taste import Catalogue
from recsys.columns import Col
from recsys.content import ContentIndex, OnProgress
from recsys.errors import ModelFolderError
from recsys.explain import Solver
from recsys.files import Files
from recsys.filters import Effect, Filter, apply_filter, effect
from recsys.model import Model
from recsys.profile import Profile, profile_of
from recsys.projection import pca_map
from recsys.reading.source import Source
from recsys.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.search import Index, build_index
from recsys.store import DataStore, ModelStore
from recsys.tables import Tables
from recsys.topics import NO_TOPIC

ROOT = Path(__file__).resolve().parent.parent
MODELS_IN_MEMORY = 12


def store_folder() -> Path:
    """Where models and kept data sets live: ``KINDRED_STORE``, or ``.kindred`` in the project."""
    return Path(os.environ.get("KINDRED_STORE") or ROOT / ".kindred")


class Models:
    """Models by fingerprint: a few in memory, more on disk."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store
        self._held: OrderedDict[str, Model] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Model | None:
        """The model with that fingerprint, or None where it has to be trained."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        model = self._store.get(key)
        if model is not None:
            self._hold(model)
        return model

    def put(self, model: Model) -> None:
        """Keep a model. Where the disk refuses it, it is kept in memory alone."""
        self._hold(model)
        try:
            self._store.put(model)
        except (ModelFolderError, OSError):
            pass

    def _hold(self, model: Model) -> None:
        with self._lock:
            self._held[model.fingerprint] = model
            self._held.move_to_end(model.fingerprint)
            while len(self._held) > MODELS_IN_MEMORY:
                self._held.popitem(last=False)


def model_store() -> ModelStore:
    """The models on this server's disk."""
    return ModelStore(folder=store_folder() / "models")


@st.cache_resource(max_entries=2, show_spinner=False)
def _models(folder: Path) -> Models:
    return Models(model_store())


def models() -> Models:
    """The models that this server has."""
    return _models(store_folder())


def data_store() -> DataStore:
    """The data sets that their owners keep on this server."""
    return DataStore(folder=store_folder() / "data")


def sample_files() -> Files:
    """The two files of the sample data."""
    folder = ROOT / "data"
    return Files.of(Source.open(folder / ARTICLES_FILE), Source.open(folder / INTERACTIONS_FILE))


@st.cache_resource(max_entries=1, show_spinner="Reading the sample data")
def sample_tables() -> Tables:
    """The sample data, read once."""
    return sample_files().read()


@st.cache_resource(max_entries=4, show_spinner="Reading the data set")
def kept_tables(fingerprint: str, _files: Files) -> Tables:
    """A kept data set, read once."""
    return _files.read()


@st.cache_resource(max_entries=8, show_spinner="Filtering")
def _filtered(fingerprint: str, chosen: Filter, _tables: Tables) -> Tables:
    return apply_filter(_tables, chosen)


def filtered(tables: Tables, chosen: Filter) -> Tables:
    """What a filter leaves of the tables; see `apply_filter`."""
    return _filtered(tables.fingerprint, chosen, tables) if chosen != Filter() else tables


@st.cache_resource(max_entries=16, show_spinner="Counting what the filter leaves")
def _effect(fingerprint: str, chosen: Filter, _tables: Tables) -> Effect:
    return effect(_tables, chosen)


def filter_effect(tables: Tables, chosen: Filter) -> Effect:
    """What a filter would leave; see `recsys.filters.effect`."""
    return _effect(tables.fingerprint, chosen, tables)


@st.cache_resource(max_entries=8, show_spinner="Looking over the data")
def _profile(fingerprint: str, _tables: Tables) -> Profile:
    return profile_of(_tables)


def profile(tables: Tables) -> Profile:
    """The profile of the tables; see `recsys.profile`."""
    return _profile(tables.fingerprint, tables)


@st.cache_resource(max_entries=MODELS_IN_MEMORY, show_spinner=False)
def _map(key: str, _model: Model) -> tuple[pd.DataFrame, float]:
    return pca_map(_model)


def article_map(model: Model) -> tuple[pd.DataFrame, float]:
    """The model's map and the share of variance that it keeps; see `pca_map`."""
    return _map(model.fingerprint, model)


@st.cache_resource(max_entries=MODELS_IN_MEMORY, show_spinner="Reading the titles")
def _index(key: str, _model: Model, _articles: pd.DataFrame) -> Index:
    readers = _articles[Col.ITEM].map(
        dict(zip(_model.items[Col.ITEM], _model.readers, strict=True))
    )
    return build_index(
        _articles[Col.ITEM].to_numpy(),
        _articles[Col.TITLE].to_numpy(),
        readers.fillna(0).to_numpy(dtype=np.int64),
        languages=_articles[Col.LANGUAGE].to_numpy(),
        kinds=_articles[Col.KIND].to_numpy(),
        timestamps=_articles[Col.TIMESTAMP].to_numpy(),
    )


def search_index(model: Model, tables: Tables) -> Index:
    """What a search over all articles needs, those that nobody has read among them."""
    return _index(f"{model.fingerprint}-{tables.fingerprint}", model, tables.articles)


@st.cache_resource(max_entries=MODELS_IN_MEMORY, show_spinner=False)
def _topic_index(key: str, _index: Index, _items: pd.Series, _names: dict[str, str]) -> Index:
    return _index.with_topics([_names.get(item, NO_TOPIC) for item in _items])


def topic_index(model: Model, tables: Tables, names: dict[str, str]) -> Index:
    """The search index with the topics, by the name of each article's."""
    index, items = search_index(model, tables), tables.articles[Col.ITEM]
    return _topic_index(f"{model.fingerprint}-{tables.fingerprint}", index, items, names)


@st.cache_resource(max_entries=MODELS_IN_MEMORY, show_spinner=False)
def _solver(key: str, _model: Model) -> Solver:
    return Solver(_model)


def solver(model: Model) -> Solver:
    """What recommendations and their reasons need of a model."""
    return _solver(model.fingerprint, model)


@st.cache_resource(max_entries=4, show_spinner=False)
def _content(key: str, _articles: pd.DataFrame, _on_progress: OnProgress | None) -> ContentIndex:
    ids, titles, texts = (_articles[name].tolist() for name in (Col.ITEM, Col.TITLE, Col.TEXT))
    return ContentIndex.build(ids, titles, texts, _on_progress)


def content(tables: Tables) -> ContentIndex:
    """The contents of all articles."""
    with st.spinner("Reading what the articles say"):
        return _content(tables.fingerprint, tables.articles, None)


def content_beside(tables: Tables, on_progress: OnProgress) -> ContentIndex:
    """The same for work beside the page, which it ends where `on_progress` raises."""
    return _content(tables.fingerprint, tables.articles, on_progress)


@st.cache_resource(max_entries=4, show_spinner=False)  # each holds contents
def _catalogue(key: str, _solver: Solver, _tables: Tables, _index: ContentIndex) -> Catalogue:
    return Catalogue(solver=_solver, index=_index, articles=_tables.articles)


def catalogue(model: Model, tables: Tables) -> Catalogue:
    """All articles of the tables, read or not, with what they say."""
    key = f"{model.fingerprint}-{tables.fingerprint}"
    return _catalogue(key, solver(model), tables, content(tables))
