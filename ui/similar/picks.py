"""What an editor picks among the neighbours of an article: put in order, and handed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import KindredError
from recsys.exports import Link, spreadsheet, with_addresses
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.picks import NO_RULES, Decision, Rules
from recsys.writing import table_bytes
from ui.beside import cached
from ui.frame import problems
from ui.frame.problems import problem
from ui.parts import downloads
from ui.parts.article import Article
from ui.parts.copying import copy_links
from ui.session import decisions
from ui.session.workspace import Data
from ui.similar import rule_form
from ui.text import counted, cut, plain

FOUND = 6
_PLACE = "picks"  # where is said what was refused


@dataclass(frozen=True, kw_only=True, eq=False)
class Picks:
    """The picks for one article.

    Attributes
    ----------
    ids
        The articles picked, in order.
    rules
        All that was decided about the data.
    """

    data: Data
    item: str
    rules: Rules

    @property
    def ids(self) -> tuple[str, ...]:
        """The articles picked, in order."""
        return self.rules.picks_of(self.item)

    def toggle(self, other: str) -> None:
        """Pick an article, as the last, or take it out."""
        self._change(
            lambda ids: [one for one in ids if one != other] if other in ids else [*ids, other]
        )

    def move(self, other: str, by: int) -> None:
        """Move a pick so many places down; up where it is negative."""

        def moved(ids: Sequence[str]) -> list[str]:
            rest = [one for one in ids if one != other]
            if len(rest) < len(ids):
                rest.insert(max(0, list(ids).index(other) + by), other)
            return rest

        self._change(moved)

    def clear(self) -> None:
        """Pick nothing any more."""
        self._change(lambda ids: [])

    def undo(self) -> None:
        """Take the last change of the picks back."""

        def undoing(rules: Rules) -> list[Decision]:
            last = rules.last_picks(self.item)
            return [] if last is None else [rules.undoing(last.key, who=decisions.who())]

        self._decide(undoing)

    def _change(self, change: Callable[[Sequence[str]], list[str]]) -> None:
        def decided(rules: Rules) -> list[Decision]:
            before = rules.picks_of(self.item)
            after = change(before)
            if tuple(after) == before:
                return []
            who = decisions.who()
            return [Decision(kind="picks", item=self.item, others=tuple(after), who=who)]

        self._decide(decided)

    def _decide(self, decide: Callable[[Rules], list[Decision]]) -> None:
        try:
            decisions.change(self.data, decide)
        except KindredError as error:
            problems.refuse(error, _PLACE)


def picks_of(data: Data, item: str) -> Picks:
    """The picks for an article, on the server or in the session; see `ui.session.decisions`.

    What cannot be read is said where this is called.
    """
    try:
        rules = decisions.rules_of(data)
    except KindredError as error:
        problem(error)
        rules = NO_RULES
    if rules.damaged:
        st.warning(decisions.damage(rules))
    return Picks(data=data, item=item, rules=rules)


def show(
    picks: Picks,
    article: Article,
    model: Model,
    tables: Tables,
    found: pd.DataFrame,
    limits: Limits = NO_LIMITS,
) -> None:
    """The picks in order, with what is done with them: added to, copied, downloaded.

    Parameters
    ----------
    found
        The neighbours as the page shows them; they are copied where nothing is picked.
    limits
        Under which they were found.
    """
    problems.show_refused(_PLACE)
    with st.container(border=True, key="picks"):
        ids = picks.ids
        named = _titles(tables, ids)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{counted(len(ids), 'article')} picked**"
                if ids
                else "**Nothing picked yet.** Pick articles in the table, or search for one.",
                width="stretch",
            )
            if ids:
                st.button("Clear", key="picks-clear", type="tertiary", on_click=picks.clear)
            if picks.rules.last_picks(picks.item) is not None:
                st.button(
                    "Undo", key="picks-undo", icon=":material/undo:", type="tertiary",
                    on_click=picks.undo, help="Undo the last change to these picks.",
                )  # fmt: skip
        with st.container(gap=None):
            for place, item in enumerate(ids):
                _row(picks, place, item, named[item], last=place == len(ids) - 1)
        with st.container(horizontal=True, vertical_alignment="center"):
            _add(picks, model, tables, found)
            rule_form.field(picks.data, picks.item, model, tables, found)
            _hand_over(picks, article, tables, found)
        rule_form.show(
            picks.data, picks.rules, picks.item, model, tables, max(len(found), 1), limits
        )
        who = decisions.ask_who("picks-who") if decisions.shared(picks.data) else ""
        by = picks.rules.picked.get(picks.item)
        said = decisions.where_kept(picks.data)
        if by is not None and by.who and by.who != who:
            said = f"Last changed by {plain(by.who, 60)}. {said}"
        st.caption(said)


def _row(picks: Picks, place: int, item: str, title: str, *, last: bool) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f"{place + 1}\\. {plain(title, 120)}", width="stretch")
        for label, icon, by, off in (
            ("Move up", "arrow_upward", -1, place == 0),
            ("Move down", "arrow_downward", 1, last),
        ):
            st.button(
                label, key=f"pick-{label[5:]}-{item}", icon=f":material/{icon}:", type="tertiary",
                on_click=picks.move, args=(item, by), disabled=off,
            )  # fmt: skip
        st.button(
            "Remove", key=f"pick-out-{item}", icon=":material/close:", type="tertiary",
            on_click=picks.toggle, args=(item,),
        )  # fmt: skip


def _add(picks: Picks, model: Model, tables: Tables, found: pd.DataFrame) -> None:
    """Search any article and pick it; without words, those that the table shows."""
    with st.popover("Add an article", icon=":material/add:", key="picks-add"):
        words = st.text_input(
            "Search the articles", key="picks-words", type="search", live=True,
            placeholder="Words of a title, or an id",
        )  # fmt: skip
        searched = bool((words or "").strip())
        rows = cached.search_index(model, tables).find(words, FOUND).table if searched else found
        rows = rows[~rows[Col.ITEM].isin([picks.item, *picks.ids])]
        if rows.empty:
            st.caption("No other article found." if searched else "All articles shown are picked.")
        for item, title in zip(rows[Col.ITEM], rows[Col.TITLE], strict=True):
            label = title.strip() or f"(no title) {item}"
            st.button(
                plain(cut(label, 80)), key=f"pick-in-{item}", icon=":material/add:",
                type="tertiary", on_click=picks.toggle, args=(item,),
            )  # fmt: skip


def _hand_over(picks: Picks, article: Article, tables: Tables, found: pd.DataFrame) -> None:
    ids = picks.ids or tuple(found[Col.ITEM])
    if not ids:
        return
    what = "picked" if picks.ids else "shown"
    with st.popover("Copy as links", icon=":material/content_copy:", key="picks-copy"):
        st.markdown(f"**{counted(len(ids), 'article')} {what}**")
        copy_links(links_of(tables, ids), "picks")
    if picks.ids:
        table, about = picked_table(picks, tables, found), about_of(article)
        downloads.button(
            "CSV of the picks",
            lambda: spreadsheet(with_addresses(table, about, tables.articles)),
            "picks.csv",
            key="picks-csv",
            help_text=CSV_HELP,
        )


def take_table(found: pd.DataFrame, article: Article, tables: Tables, name: str) -> None:
    """A button for each format of the neighbours shown, with addresses and what was asked about."""
    table = with_addresses(found, about_of(article), tables.articles)
    downloads.button(
        "CSV", lambda: spreadsheet(table), f"{name}.csv", key="take-table-csv", help_text=CSV_HELP
    )
    downloads.button(
        "Parquet",
        lambda: table_bytes(table, "parquet"),
        f"{name}.parquet",
        key="take-table-parquet",
        help_text="What the table shows, as Parquet: exact ids, the library's column names.",
    )


CSV_HELP = (
    "For spreadsheets: with addresses and the article that they belong to. Ids begin with *id:*, "
    "because a spreadsheet would round their digits."
)


def about_of(article: Article) -> Link:
    """The article that was asked about, for a file."""
    row = article.row
    return Link(item=article.id, title=str(row[Col.TITLE]), url=str(row[Col.URL]))


def links_of(tables: Tables, ids: Sequence[str]) -> list[Link]:
    """Articles as links, in this order."""
    rows = tables.articles.set_index(Col.ITEM)
    known = rows[rows.index.isin(ids)]
    found = {
        item: Link(item=item, title=title, url=url)
        for item, title, url in zip(known.index, known[Col.TITLE], known[Col.URL], strict=True)
    }
    return [found.get(item, Link(item=item)) for item in ids]


def picked_table(picks: Picks, tables: Tables, found: pd.DataFrame) -> pd.DataFrame:
    """The picks in order, with what the table shown knows of them."""
    ids = list(picks.ids)
    links = links_of(tables, ids)
    rows = found.drop(columns=[Col.RANK, Col.TITLE], errors="ignore").set_index(Col.ITEM)
    rows = rows[~rows.index.duplicated()].reindex(ids).reset_index(drop=True)
    first = {Col.RANK: range(1, len(ids) + 1), Col.ITEM: ids, Col.TITLE: [x.title for x in links]}
    return pd.concat([pd.DataFrame(first), rows], axis=1)


def _titles(tables: Tables, ids: Sequence[str]) -> dict[str, str]:
    return {
        link.item: link.label if link.title.strip() else f"(no title) {link.label}"
        for link in links_of(tables, ids)
    }
