"""What is worked out once from data or a model and held for all visitors, by content."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from recsys import strengths
from recsys.columns import Col
from recsys.dataset import Effect, Files, Filter, Profile, Tables, apply_filter, effect, profile_of
from recsys.formats import Source
from recsys.machine import nbytes
from recsys.maps import pca_map
from recsys.models import Model
from recsys.progress import OnProgress
from recsys.recommendations import Catalogue, Solver, readable_person
from recsys.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.strengths import Advice, EventWeights, RatingStep, build_interactions
from recsys.text import ContentIndex, Index, build_index
from recsys.topics import NO_TOPIC, Topics
from ui.beside import server

T = TypeVar("T")


def _once(key: str, make: Callable[[], T], words: str = "", *, but: tuple[Any, ...] = ()) -> T:
    """What `make` gives, made once; meanwhile the page says the words.

    Parameters
    ----------
    but
        What of it is held elsewhere.
    """
    found = server.shelf().get(key)
    if found is not None:
        return found
    if not words:
        return server.shelf().get_or_make(key, make, but=but)
    with st.spinner(words):
        return server.shelf().get_or_make(key, make, but=but)


def sample_files() -> Files:
    """The two files of the sample data."""
    folder = server.ROOT / "data"
    return Files.of(Source.open(folder / ARTICLES_FILE), Source.open(folder / INTERACTIONS_FILE))


def sample_tables() -> Tables:
    """The sample data, read once."""
    return _once("sample", lambda: sample_files().read(), "Reading the sample data")


def filtered(tables: Tables, chosen: Filter) -> Tables:
    """What a filter leaves of the tables; see `apply_filter`."""
    if chosen == Filter():
        return tables
    key = f"filtered {tables.fingerprint} {chosen.as_text()}"
    return _once(key, lambda: apply_filter(tables, chosen), "Filtering", but=(tables,))


def filter_effect(tables: Tables, chosen: Filter) -> Effect:
    """What a filter would leave; see `recsys.dataset.effect`."""
    key = f"effect {tables.fingerprint} {chosen.as_text()}"
    words = "Counting what the filter leaves"
    return _once(key, lambda: effect(tables, chosen), words, but=(tables,))


@dataclass(frozen=True, kw_only=True)
class StrengthsCheck:
    """What strengths leave out, in words, and what speaks against them."""

    idle: str
    advice: tuple[Advice, ...]


def strengths_check(
    tables: Tables, weights: EventWeights, alpha: float, regularization: float
) -> StrengthsCheck:
    """The matrix of the tables looked over; see `recsys.strengths.advice`."""

    def make() -> StrengthsCheck:
        made = build_interactions(tables, weights)
        found = strengths.advice(
            tables, weights, alpha=alpha, regularization=regularization, made=made
        )
        return StrengthsCheck(idle=made.idle, advice=found)

    key = f"strengths {tables.fingerprint} {weights.as_text()} {alpha!r} {regularization!r}"
    return _once(key, make, "Checking the strengths")


def rating_steps(tables: Tables) -> tuple[RatingStep, ...]:
    """The ratings to choose from; see `recsys.strengths.rating_steps`."""
    return _once(f"ratings {tables.fingerprint}", lambda: strengths.rating_steps(tables))


def profile(tables: Tables) -> Profile:
    """The profile of the tables; see `recsys.dataset.profile`."""
    key = f"profile {tables.fingerprint}"
    return _once(key, lambda: profile_of(tables), "Looking over the data", but=(tables,))


def article_map(model: Model) -> tuple[pd.DataFrame, float]:
    """The model's map and the share of variance that it keeps; see `pca_map`."""
    return _once(f"map {model.fingerprint}", lambda: pca_map(model), but=(model,))


def _index_of(model: Model, articles: pd.DataFrame) -> Index:
    readers = articles[Col.ITEM].map(dict(zip(model.items[Col.ITEM], model.readers, strict=True)))
    return build_index(
        articles[Col.ITEM].to_numpy(),
        articles[Col.TITLE].to_numpy(),
        readers.fillna(0).to_numpy(dtype=np.int64),
        languages=articles[Col.LANGUAGE].to_numpy(),
        kinds=articles[Col.KIND].to_numpy(),
        timestamps=articles[Col.TIMESTAMP].to_numpy(),
    )


def search_index(model: Model, tables: Tables) -> Index:
    """What a search over all articles needs, those that nobody has read among them."""
    key = f"index {model.fingerprint}-{tables.fingerprint}"
    return _once(key, lambda: _index_of(model, tables.articles), "Reading the titles")


def topic_index(model: Model, tables: Tables, topics: Topics, names: dict[str, str]) -> Index:
    """The search index with topics, by the name of each article's."""
    index, items = search_index(model, tables), tables.articles[Col.ITEM]
    return _once(
        f"topic index {model.fingerprint}-{tables.fingerprint} {json.dumps(topics.names)}",
        lambda: index.with_topics([names.get(item, NO_TOPIC) for item in items]),
        but=(index,),
    )


def solver(model: Model) -> Solver:
    """What recommendations and their reasons need of a model."""
    return _once(f"solver {model.fingerprint}", lambda: Solver(model), but=(model,))


def first_reader(model: Model) -> str:
    """The reader that the page begins with; see `recsys.recommendations.readable_person`."""
    key = f"first reader {model.fingerprint}"
    return _once(key, lambda: readable_person(model), but=(model,))


def content(tables: Tables) -> ContentIndex:
    """The contents of all articles."""
    words = "Reading what the articles say"
    return _once(f"content {tables.fingerprint}", lambda: ContentIndex.of(tables), words)


def content_beside(tables: Tables, on_progress: OnProgress) -> ContentIndex:
    """The same for work beside the page, which it ends where `on_progress` raises.

    It may pause meanwhile: a page that asks for the same does not wait for it.
    """
    key = f"content {tables.fingerprint}"
    found: ContentIndex | None = server.shelf().get(key)
    if found is None:
        found = ContentIndex.of(tables, on_progress)
        server.shelf().put(key, found, nbytes(found))
    return found


def catalogue(model: Model, tables: Tables) -> Catalogue:
    """All articles of the tables, read or not, with what they say."""
    taste, index, articles = solver(model), content(tables), tables.articles
    return _once(
        f"catalogue {model.fingerprint}-{tables.fingerprint}",
        lambda: Catalogue(solver=taste, index=index, articles=articles),
        but=(taste, index, articles),
    )
