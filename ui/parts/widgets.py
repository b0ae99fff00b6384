"""Tables of articles, and the fields that several pages have."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from recsys.columns import Col
from ui.parts import downloads

ROW = 35  # pixels of a table's row
_SHARES = {Col.JACCARD, Col.CONTENT, Col.KEPT, Col.NOISE}  # shown in whole percent
TEXT = "Let the text speak where readers are few"
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


def _clicked(key: str, ids: list[str], then: Callable[[str], None]) -> None:
    """What a click in the table `key` means: `then` with the article of that row."""
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        then(ids[cells[0][0]])


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


def content_slider(what: str, disabled: bool = False) -> float:
    """How much title and text count where readers are few; in the address, one for all pages."""
    return st.slider(
        TEXT, 0.0, 1.0, 0.0, 0.1, key="content",
        bind="query-params", disabled=disabled, help=f"At 0, readers alone decide. Above, {what}",
    )  # fmt: skip


def article_table(
    table: pd.DataFrame,
    key: str,
    then: Callable[[str], None],
    alt: str,
    *,
    name: str | None = "articles",
    taken: pd.DataFrame | None = None,
    height: int | None = None,
    title_width: int = 300,
    score_help: str = NOT_A_PROBABILITY,
) -> None:
    """Articles, one a row; a click anywhere in a row calls `then` with that article's id.

    Parameters
    ----------
    table
        item_id, title and any of rank, score, readers, readers_of_both.
    key
        Of the widget. It must name the content: a table with other rows is another widget.
    alt
        What the table shows, for a screen reader.
    name
        What its file is called; None where the page has its own buttons.
    taken
        What the file holds, if it is more than what is shown.
    height
        Pixels, beyond which it scrolls; as high as its rows without.
    title_width
        Pixels that the titles have at least; a table with more columns than room scrolls.
    score_help
        What the score is, where it is no similarity.
    """
    ids = table[Col.ITEM].tolist()
    shown = table.drop(columns=[Col.ITEM])
    shown[Col.TITLE] = titled(table[Col.TITLE], table[Col.ITEM])
    for share in _SHARES & set(shown):
        shown[share] = shown[share] * 100
    if Col.SCORE in table:  # no "-0.000"
        shown[Col.SCORE] = shown[Col.SCORE].where(shown[Col.SCORE].abs() >= SMALLEST, 0.0)
    lowest = min(0.0, float(table[Col.SCORE].min())) if Col.SCORE in table and len(table) else 0.0
    highest = max(1.0, float(table[Col.SCORE].max())) if Col.SCORE in table and len(table) else 1.0
    number = st.column_config.NumberColumn
    data_table(
        shown,
        key,
        alt,
        name=name,
        taken=table if taken is None else taken,
        height="content" if height is None else min(height, _height(len(shown))),
        on_select=lambda: _clicked(key, ids, then),
        selection_mode="single-cell",
        column_config={
            # A pinned column keeps its width; the others share what is left over.
            Col.RANK: number("#", width=36, pinned=True),
            Col.TITLE: st.column_config.TextColumn("Article", width=title_width),
            Col.SCORE: st.column_config.ProgressColumn(
                "Similarity" if score_help == NOT_A_PROBABILITY else "Score",
                help=score_help, format="%.3f", min_value=lowest, max_value=highest, width=88,
            ),
            Col.STRENGTH: number("Strength", format="%g", help="What their events on it are "
                "worth, added up.", width=66),
            Col.BEFORE: number("Before", help="The rank without the trade-offs.", width=60),
            Col.READ: st.column_config.CheckboxColumn("Read", width=60),
            Col.READERS: number(
                "Readers", help="People with at least one event on the article.", width=58
            ),
            Col.SEEN_BY: st.column_config.TextColumn(
                "Stable", help="Of 5 models from different random starts, how many have it among "
                "their nearest. What only one of them sees may be chance.", width=84,
            ),
            Col.CONTENT: number(
                "Text", help="The share of title and text in the score; the rest is readers.",
                format="%.0f%%", width=70,
            ),
            Col.JACCARD: number(
                "Overlap", help="Jaccard: people who read both / people who read either.",
                format="%.0f%%", width=58,
            ),
            Col.LIFT: number(
                "Lift", help="How many times as often both are read by one person as if readers "
                "chose by chance: |A ∩ B| · people / (|A| · |B|). Empty where fewer than 5 read "
                "both.", format="%.1f ×", width=52,
            ),
            Col.KEPT: number(
                "Kept", help="The share of its nearest in A that are so in B.", format="%.0f%%",
                width=60,
            ),
            Col.NOISE: number(
                "By chance", help="The share that another random start alone keeps.",
                format="%.0f%%", width=70,
            ),
            Col.MATCH: st.column_config.TextColumn("Found by", width=110),
            Col.BOTH: number(
                "Both", help="People who read both: this article and the chosen one.", width=44
            ),
        },
    )  # fmt: skip


def titled(titles: pd.Series, ids: pd.Series) -> pd.Series:
    """Titles for a table; where there is none, that and the id."""
    return titles.where(titles.str.strip() != "", "(no title) " + ids)


def _height(rows: int) -> int:
    """Pixels of a table with that many rows, its head and its frame."""
    return ROW * (rows + 1) + 2
