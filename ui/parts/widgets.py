"""Tables of articles, and the fields that several pages have."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from recsys.columns import Col
from ui.parts import downloads
from ui.parts.table import Column, choice_table

_SHARES = {Col.JACCARD, Col.CONTENT, Col.KEPT, Col.NOISE}  # shown in whole percent
TEXT = "Also use the text (when readers are few)"
SMALLEST = 0.0005  # that a score shows
NOT_A_PROBABILITY = (
    "Cosine similarity of the two articles' factors, from −1 to 1: V[i] · V[j] / (|V[i]| |V[j]|). "
    "It ranks neighbours within one model; it is not a probability."
)


def fill(key: str, value: object) -> str:
    """Put a value into the field `key`, which is yet to be drawn; gives the key.

    Only where it holds another one: a field that is filled again loses what is being typed.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def data_table(
    table: pd.DataFrame,
    key: str,
    alt: str,
    *,
    name: str | None,
    taken: pd.DataFrame | None = None,
    **settings: Any,
) -> None:
    """A table, and below it a way to take it away.

    Parameters
    ----------
    table, alt
        What is shown, and what it is, for a screen reader.
    name
        What its file is called, without an ending; None where the page has its own buttons.
    taken
        What the file holds, if it is more than what is shown.
    **settings
        Of `st.dataframe`.
    """
    st.dataframe(
        table, key=key, alt=alt, placeholder="–", hide_index=True, width="stretch", **settings
    )
    if name is not None and len(table):
        downloads.offer(table if taken is None else taken, name, key)


def content_field(what: str, disabled: bool = False) -> float:
    """How much title and text count where readers are few; in the address, one for all pages."""
    # A slider writes its value in the accent colour, which is too dark to read on a dark page.
    return st.number_input(
        TEXT, 0.0, 1.0, 0.0, 0.1, key="content",
        bind="query-params", disabled=disabled, help=f"At 0, readers alone decide. Above, {what}",
    )  # fmt: skip


def _article_columns(score: Column) -> dict[str, Column]:
    """How each column of an article is shown."""
    percent = partial(Column, suffix="%")
    return {
        Col.RANK: Column(label="#", width=36),
        Col.TITLE: Column(label="Article", kind="title", width=0),
        Col.SCORE: score,
        Col.STRENGTH: Column(
            label="Strength", digits=None, width=76, help="Their events on it, each times its "
            "strength, added up.",
        ),
        Col.BEFORE: Column(label="Before", width=60, help="The rank without the trade-offs."),
        Col.READ: Column(label="Read", kind="check", width=56),
        Col.READERS: Column(
            label="Readers", width=70, help="Readers with at least one event on the article."
        ),
        Col.SEEN_BY: Column(
            label="Repeats", kind="text", width=88, help="How many of 5 models from different "
            "random starts list it too. What only one of them lists may be random.",
        ),
        Col.CONTENT: percent(
            label="Text", width=56, help="The share of title and text in the score; the rest is "
            "readers.",
        ),
        Col.JACCARD: percent(
            label="Overlap", width=70, help="Jaccard: readers of both / readers of either.",
        ),
        Col.LIFT: Column(
            label="Lift", digits=1, suffix=" ×", width=70, help="How many times as many readers "
            "read both as by chance: |A ∩ B| · readers / (|A| · |B|). "
            "Empty where fewer than 5 read both.",
        ),
        Col.KEPT: percent(
            label="Kept", width=60, help="Share of its most similar articles in A "
            "that are also most similar in B."
        ),
        Col.NOISE: percent(
            label="Other seed", width=72, help="Share that training again with another seed keeps."
        ),
        Col.MATCH: Column(label="Found by", kind="text", width=100),
        Col.BOTH: Column(
            label="Both", width=52, help="Readers of both: this article and the chosen one."
        ),
        Col.CHANGE: Column(label="Change", kind="text", width=90),
    }  # fmt: skip


def article_table(
    table: pd.DataFrame,
    key: str,
    then: Callable[[str], None],
    alt: str,
    *,
    name: str | None = "articles",
    taken: pd.DataFrame | None = None,
    height: int | None = None,
    score_help: str = NOT_A_PROBABILITY,
    columns: Mapping[str, Column] | None = None,
    chosen: str = "",
    faint: Collection[str] = (),
    faint_help: str = "",
    picked: Collection[str] | None = None,
    pick: Callable[[str], None] | None = None,
) -> None:
    """Articles, one a row; a click anywhere in a row, or Enter on it, calls `then` with its id.

    Parameters
    ----------
    table
        item_id, title and any of rank, score, readers, readers_of_both.
    key
        Of the widget. While it is the same, focus and scroll position stay: the same list has the
        same key, also when a column arrives or another row is chosen.
    alt
        What the table shows, for a screen reader.
    name
        What its file is called; None where the page has its own buttons.
    taken
        What the file holds, if it is more than what is shown.
    height
        Pixels, beyond which it scrolls; as high as its rows without.
    score_help
        What the score is, where it is no similarity.
    columns
        How columns are shown that only this table has.
    chosen
        The id of the article that is shown beside the table: its row is marked.
    faint, faint_help
        The ids of articles that stand back, and why, which is said in each of their rows.
    picked, pick
        The ids that are picked, and what is called with the id of a row whose button "Pick" is
        pressed; no buttons without.
    """
    ids = table[Col.ITEM].tolist()
    shown = table.drop(columns=[Col.ITEM])
    shown[Col.TITLE] = titled(table[Col.TITLE], table[Col.ITEM])
    for share in _SHARES & set(shown):
        shown[share] = shown[share] * 100
    lowest, highest = 0.0, 1.0
    if Col.SCORE in table and len(table):
        # no "-0.000"
        shown[Col.SCORE] = shown[Col.SCORE].where(shown[Col.SCORE].abs() >= SMALLEST, 0.0)
        lowest = min(lowest, float(table[Col.SCORE].min()))
        highest = max(highest, float(table[Col.SCORE].max()))
    score = Column(
        label="Similarity" if score_help == NOT_A_PROBABILITY else "Score", kind="bar", digits=3,
        help=score_help, low=lowest, high=highest, width=96,
    )  # fmt: skip
    choice_table(
        shown, ids, key, then, alt, {**_article_columns(score), **(columns or {})}, height=height,
        chosen=chosen, faint=faint, faint_help=faint_help, picked=picked, pick=pick,
    )  # fmt: skip
    if name is not None and len(table):
        downloads.offer(table if taken is None else taken, name, key)


def people_table(
    table: pd.DataFrame, key: str, then: Callable[[str], None], alt: str, name: str | None
) -> None:
    """Readers, one a row; a click anywhere in a row, or Enter on it, calls `then` with the id.

    Parameters
    ----------
    table
        user_id and any of rank, items, strength, score, items_of_both.
    key, then, alt, name
        As of `article_table`.
    """
    ids = [str(user) for user in table[Col.USER]]
    lowest = min(0.0, float(table[Col.SCORE].min())) if Col.SCORE in table and len(table) else 0.0
    columns = {
        Col.RANK: Column(label="#", width=36),
        Col.USER: Column(label="Reader", kind="title", width=0),
        Col.ITEMS: Column(label="Articles read", width=80),
        Col.STRENGTH: Column(label="Strength", digits=None, width=80),
        Col.SCORE: Column(
            label="Similarity", kind="bar", digits=3, low=lowest, width=96,
            help="Cosine similarity of the two readers' factors.",
        ),
        Col.ITEMS_OF_BOTH: Column(label="Read by both", width=80),
    }  # fmt: skip
    choice_table(table, ids, key, then, alt, columns)
    if name is not None and len(table):
        downloads.offer(table, name, key)


def titled(titles: pd.Series, ids: pd.Series) -> pd.Series:
    """Titles for a table; where there is none, that and the id."""
    return titles.where(titles.str.strip() != "", "(no title) " + ids)
