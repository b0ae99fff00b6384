"""Some articles of the map together: what they are about, who reads them, and what can be done."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b

import numpy as np
import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import by_time
from recsys.maps import beside_the_rest, words_of_group
from recsys.models import Model
from recsys.recommendations import fold_in, recommend
from ui.beside import cached, server
from ui.map.shown import Shown
from ui.parts import downloads, profile_figures
from ui.parts.widgets import article_table
from ui.text import counted, plain

LISTED = 100  # articles in the table; the file has all
NAMED = 3  # topics in a sentence
NEXT = "next-for-group"  # in the session: whether what to read next is asked for
MOST_KNOWN = 2_000  # articles that a new reader can have read, the most read ones


def table_of(model: Model, rows: np.ndarray, shown: Shown) -> pd.DataFrame:
    """Articles, the most read first, with their topics and places."""
    order = rows[np.argsort(-model.readers[rows], kind="stable")]
    topics = shown.topics
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(order) + 1),
            Col.ITEM: model.items[Col.ITEM].to_numpy()[order],
            Col.TITLE: model.items[Col.TITLE].to_numpy()[order],
            Col.READERS: model.readers[order],
            Col.TOPIC: "" if topics is None else topics.name_of(topics.of[order]),
            Col.X: shown.places.xy[order, 0],
            Col.Y: shown.places.xy[order, 1],
        }
    )


def key_of(rows: np.ndarray) -> str:
    """Stands for some articles of a model."""
    return blake2b(rows.astype(np.int64).tobytes(), digest_size=8).hexdigest()


def facts(shown: Shown, rows: np.ndarray) -> str:
    """How many articles, readers and reads, as Markdown."""
    matrix = shown.model.item_users[rows]
    readers = len(np.unique(matrix.indices))
    return (
        f"{counted(len(rows), 'article')} · {counted(readers, 'reader')} · "
        f"{counted(matrix.nnz, 'read')}"
    )


def about(shown: Shown, rows: np.ndarray) -> str:
    """The words that set these articles apart, and their topics, as Markdown."""
    model = shown.model
    if len(rows) == len(model.items):
        return "All articles of the map."
    words = server.shelf().get_or_make(
        f"words {model.fingerprint} {key_of(rows)}", lambda: words_of_group(model, rows)
    )
    said = f"**{plain(words, 80)}**"
    if shown.topics is not None:
        of = shown.topics.of[rows]
        sizes = np.bincount(of[of >= 0], minlength=len(shown.topics.names))
        top = np.argsort(-sizes, kind="stable")[:NAMED]
        named = [f"{plain(shown.topics.names[t], 60)} {sizes[t]:,}" for t in top if sizes[t]]
        if named:
            said += f". Topics: {'; '.join(named)}"
    return said


def show(shown: Shown, rows: np.ndarray, open_article: Callable[[str], None], name: str) -> None:
    """All that is known of these articles together; `name` is that of its files."""
    model = shown.model
    table = table_of(model, rows, shown)
    columns = [Col.RANK, Col.ITEM, Col.TITLE, Col.READERS]
    article_table(
        table[columns].head(LISTED),
        f"group-{model.fingerprint}-{key_of(rows)}",
        open_article,
        f"The {counted(len(rows), 'selected article')}, most read first",
        name=None,
        height=300,
    )
    if len(table) > LISTED:
        st.caption(f"The {LISTED} most read of {len(table):,}; the download has all.")
    with st.container(horizontal=True, vertical_alignment="center"):
        downloads.table_buttons(table, name, f"group-{name}")
        st.toggle(
            "Recommend for these",
            key=NEXT,
            help="What somebody would read next who read all of these",
        )
    _over_time(shown, rows)
    _compared(shown, rows)


def next_reads(shown: Shown, rows: np.ndarray, n: int) -> pd.DataFrame:
    """What somebody would read next who has read these: their factors are solved for (fold-in).

    Of more than 2,000 articles, the most read.
    """
    model = shown.model
    known = rows[np.argsort(-model.readers[rows], kind="stable")[:MOST_KNOWN]]
    ids = model.items[Col.ITEM].to_numpy()[known]
    strength = float(np.median(model.user_items.data)) if model.user_items.nnz else 1.0
    taste = fold_in(cached.solver(model), dict.fromkeys(ids, strength))
    return recommend(cached.solver(model), taste, n)


def show_next(
    shown: Shown, rows: np.ndarray, found: pd.DataFrame, open_article: Callable[[str], None]
) -> None:
    """The list of `next_reads`."""
    known = min(len(rows), MOST_KNOWN)
    st.markdown(f"**Read next, after {'this' if known == 1 else f'these {known:,}'}**")
    if found.empty:
        st.caption("No article is left.")
        return
    article_table(
        found[[Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE]],
        f"next-{shown.model.fingerprint}-{key_of(rows)}",
        open_article,
        "What somebody would read next who read these",
        name="read-next",
        score_help="How much the model expects somebody to read it who read these articles. It is "
        "not a probability.",
    )


def _over_time(shown: Shown, rows: np.ndarray) -> None:
    box = st.expander("Readers over time", key="group-time", on_change="rerun")
    if not box.open:
        return
    tables = shown.tables
    ids = set(shown.model.items[Col.ITEM].to_numpy()[rows])
    events = tables.events[tables.events[Col.ITEM].isin(ids)]
    events = events.assign(**{Col.EVENT: events[Col.EVENT].cat.remove_unused_categories()})
    with box:
        picture = profile_figures.over_time(by_time(replace(tables, events=events)))
        st.plotly_chart(
            picture.figure, alt=picture.alt, key="group-events", config={"displayModeBar": False}
        )


def _compared(shown: Shown, rows: np.ndarray) -> None:
    box = st.expander("Compare with the rest", key="group-rest", on_change="rerun")
    if not box.open:
        return
    with box:
        if len(rows) == len(shown.model.items):
            st.caption("These are all articles of the map: there is no rest.")
            return
        table = beside_the_rest(shown.model, shown.tables, rows, shown.topics)
        kinds = table[Col.KIND_OF_VALUE]
        said = {"What": table[Col.FEATURE]}
        for name, column in (("These", Col.THESE), ("All others", Col.OTHERS)):
            said[name] = [_said(*pair) for pair in zip(table[column], kinds, strict=True)]
        st.dataframe(
            pd.DataFrame(said), key="group-rest-table", hide_index=True, width="stretch",
            placeholder="–", alt="The selected articles beside all others",
        )  # fmt: skip
        downloads.offer(table, "compared-with-the-rest", "group-rest")


def _said(value: float, kind: str) -> str | None:
    if not np.isfinite(value):
        return None
    if kind == "share":
        return f"{value:.1%}"
    if kind == "day":
        return f"{pd.Timestamp(0) + pd.Timedelta(days=int(value)):%Y-%m-%d}"
    return f"{value:,.1f}"
