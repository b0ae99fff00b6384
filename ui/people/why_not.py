"""Why an article is not among the recommendations, and what would bring it in."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import KindredError
from recsys.limits import Limit
from recsys.models import Model
from recsys.recommendations import Changes, WhyNotRecommended
from ui.beside import cached
from ui.frame.problems import problem
from ui.parts import focus
from ui.parts.article import find
from ui.parts.table import Column
from ui.parts.widgets import TEXT, article_table
from ui.people.suggestions import Suggestions
from ui.people.wishes import RARER, VARIED
from ui.text import counted, cut, plain

FOUND, SHOWN = 8, 10
_FIELD = "whynot-search"  # the key of the field
_REASONS = {
    Limit.READ: "this reader has already read it",
    Limit.REMOVED: "it was removed from the platform",
    Limit.EXCLUDED: "you chose not to recommend it",
    Limit.ONLY: "it is on another topic than those chosen",
    Limit.LANGUAGE: "it is in another language than those chosen",
    Limit.DATE: "it was not shared in the period chosen",
}
_THEN = "then"
_COLUMNS = {
    Col.EVENT: Column(
        label="Event", kind="text", width=110, help="What the reader would do with this article."
    ),
    _THEN: Column(
        label="New rank", width=86, help="The rank that the article would have in the list."
    ),
}
_HELP = (
    "Exact: for each line the reader's factors are solved again with that one change "
    "(Sherman–Morrison formula), and all articles are ranked again."
)


def ask(model: Model, tables: Tables, then: Callable[[str], None]) -> None:
    """A field in which an article is found; `then` gets its id."""
    index = cached.search_index(model, tables)

    def chosen(item: str) -> None:
        st.session_state[_FIELD] = ""
        then(item)

    def pick_first(typed: str) -> None:
        if typed.strip():
            for item in index.find(typed, 1).table[Col.ITEM]:
                chosen(item)

    with st.container(gap=None):
        words = st.text_input(
            "Why is an article not in the list?", key=_FIELD, type="search", live=True,
            placeholder="Search: an article that is not recommended",
        )  # fmt: skip
        focus.search_keys(_FIELD, pick_first)
    if not words.strip():
        return
    found = index.find(words, FOUND).table
    if not len(found):
        st.info("No article found. Try fewer words.")
        return
    article_table(
        found.drop(columns=[Col.MATCH]),
        key=f"whynot-found-{model.fingerprint}-{words}",
        then=chosen,
        alt=f"Articles found for {words}",
        name=None,
        height=300,
    )


def show(
    suggested: Suggestions,
    item: str,
    n: int,
    shown: list[str],
    change: Callable[[str, str], None],
    allow: Callable[[], None],
    close: Callable[[], None],
) -> None:
    """The answer for one article.

    Parameters
    ----------
    n, shown
        The length of the list, and the ids in it.
    change
        Called with the article and the event of a line that is clicked; the event is ``""`` where
        it says that the article had not been read.
    allow, close
        Takes the article off those that are never recommended; takes the answer away.
    """
    article = find(suggested.model, suggested.tables, item)
    title = plain(article.label if article else item, 120)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Why not** {title}?", width="content")
        st.button(
            "Close", key="whynot-close", icon=":material/close:", type="tertiary", on_click=close
        )
    if article is not None and article.position is None and suggested.blend is None:
        st.markdown("Nobody has read it yet, so readers alone say nothing about it.")
        st.button("Also use the text", icon=":material/text_fields:", on_click=_use_text)
        return
    try:
        found = suggested.why_not(item, n)
    except KindredError as error:
        problem(error)
        return
    st.markdown(in_words(found, item in shown))
    if Limit.EXCLUDED in found.removed_by:
        st.button("Allow it again", key="whynot-allow", icon=":material/undo:", on_click=allow)
    wish = suggested.wish
    if item in shown:
        return
    if found.changes is None:
        st.caption(
            f"To see which article would bring it in, set *{TEXT}* to 0: text makes every score "
            "depend on everything read."
        )
        return
    if found.rank is not None and found.rank <= found.n and not found.removed_by:
        return
    on = [f"*{name}*" for name, share in ((VARIED, wish.diversity), (RARER, wish.novelty)) if share]
    traded = f" (in the list without {' and '.join(on)})" if on else ""
    _show_changes(found.changes, suggested, traded, change)


def in_words(found: WhyNotRecommended, in_list: bool) -> str:
    """Its place, its score, and what removes it, as Markdown."""
    if found.rank is None:
        return "Nobody has read it, and its text has nothing in common with what this reader read."
    place = f"number {found.rank:,} of the {found.offered:,} that may be recommended"
    score = f"Its score is {found.score:.3f}"
    if found.gap is not None and found.gap > 0:
        score += f", {found.gap:.3f} below the last in the list ({found.last:.3f})"
    if in_list:
        return f"It is in the list: {place}. {score}."
    if found.removed_by:
        reasons = ", and ".join(_REASONS.get(limit, limit.value) for limit in found.removed_by)
        return f"It is left out: {reasons}. Otherwise it would be {place}. {score}."
    if found.rank <= found.n:
        return f"By its score it is {place}, but *{VARIED}* or *{RARER}* moved it out of the list."
    unread = ""
    if found.offered < found.unread:
        unread = f" (number {found.rank_of_unread:,} of the {found.unread:,} not read yet)"
    return f"It is {place}{unread}. {score}."


def _show_changes(
    changes: Changes, suggested: Suggestions, traded: str, change: Callable[[str, str], None]
) -> None:
    """What would bring it in, and what keeps it out; each line leads on."""
    table = changes.table
    more, less = table[table[Col.EVENT] != ""], table[table[Col.EVENT] == ""]
    if not len(table):
        st.markdown(f"No single article would bring it in{traded}.", help=_HELP)
        return
    if len(more):
        number = counted(len(more), "article")
        at_least = "" if changes.complete else "At least "
        first = f" The first {SHOWN}:" if len(more) > SHOWN else ""
        verb = "would each bring" if len(more) > 1 else "would bring"
        st.markdown(f"{at_least}{number} {verb} it in{traded}.{first}", help=_HELP)
        _changes_table(more.head(SHOWN), "more", suggested, change)
    if len(less):
        these = "this article" if len(less) == 1 else f"any one of these {len(less):,} articles"
        st.markdown(f"Had they not read {these}, it would be in the list.")
        _changes_table(less.head(SHOWN), "less", suggested, change)


def _changes_table(
    table: pd.DataFrame, which: str, suggested: Suggestions, change: Callable[[str, str], None]
) -> None:
    events = dict(zip(table[Col.ITEM], table[Col.EVENT], strict=True))
    shown = pd.DataFrame({Col.ITEM: table[Col.ITEM], Col.TITLE: table[Col.TITLE]})
    if which == "more":
        shown[Col.EVENT] = [
            f"{'another ' * read}{cut(event, 30)}"
            for event, read in zip(table[Col.EVENT], table[Col.READ], strict=True)
        ]
    shown[_THEN] = table[Col.RANK]
    shown[Col.READERS] = table[Col.READERS]
    article_table(
        shown.reset_index(drop=True),
        key=f"whynot-{which}-{suggested.model.fingerprint}-{suggested.reader.key}-"
        f"{'-'.join(events)}-{suggested.wish}",
        then=lambda item: change(item, events[item]),
        alt="Single articles that would bring it in" if which == "more" else "What keeps it out",
        name=f"why-not-{which}",
        taken=table,
        columns=_COLUMNS,
    )


def _use_text() -> None:
    st.session_state["content"] = 1.0
