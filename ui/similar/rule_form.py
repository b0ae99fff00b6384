"""Rules about one article: what is always first below it, and what never stands with it."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours import candidates
from recsys.picks import Decision, Effect, Rules, effects_on
from ui.beside import cached
from ui.parts.ruling import decide, show_decisions
from ui.session import decisions
from ui.session.workspace import Data
from ui.text import counted, cut, plain

FOUND = 6


def field(data: Data, item: str, model: Model, tables: Tables, found: pd.DataFrame) -> None:
    """Make a rule: search an article, or take one that the list shows."""
    with st.popover("Add a rule", icon=":material/push_pin:", key="rule-add"):
        st.caption("For everyone who opens this data set. " * decisions.shared(data) + "A rule "
                   "holds on this page, on *Read next* and in exports.")  # fmt: skip
        decisions.ask_who("rule-who")
        st.text_input("Why", max_chars=300, key="rule-why", placeholder="Optional")
        words = st.text_input(
            "The other article", key="rule-words", type="search", live=True,
            placeholder="Words of a title, or an id",
        )  # fmt: skip
        searched = bool((words or "").strip())
        rows = cached.search_index(model, tables).find(words, FOUND).table if searched else found
        rows = rows[rows[Col.ITEM] != item]
        if rows.empty:
            st.caption("No other article found.")
        for other, title in zip(rows[Col.ITEM], rows[Col.TITLE], strict=True):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(plain(cut(title.strip() or f"(no title) {other}", 60)), width="stretch")
                for kind, label, told in (
                    ("pin", "Pin", "Always first below this article."),
                    ("never", "Keep apart", "Neither is ever listed below the other."),
                ):
                    st.button(
                        label, key=f"rule-{kind}-{other}", type="tertiary", help=told,
                        on_click=_decide, args=(data, kind, item, other),
                    )  # fmt: skip


def _decide(data: Data, kind: str, item: str, other: str) -> None:
    made = Decision(
        kind=kind,  # type: ignore[arg-type]
        item=item,
        others=(other,),
        who=decisions.who(),
        why=str(st.session_state.get("rule-why", "")),
    )
    decide(data, made)
    st.session_state["rule-words"] = ""


def show(
    data: Data,
    rules: Rules,
    item: str,
    model: Model,
    tables: Tables,
    n: int,
    limits: Limits = NO_LIMITS,
) -> None:
    """The rules about one article, who made them, what each does, and a way to undo it."""
    mine = [one for one in rules.standing if one.kind != "picks" and item in one.pair]
    if not mine:
        return
    effects: dict[str, list[Effect]] = {}
    if item in model.positions:
        for effect in effects_on(rules, item, n, limits, candidates(model, item).table):
            effects.setdefault(effect.decision.key, []).append(effect)
    ids = {one for rule in mine for one in rule.pair}
    rows = tables.articles[tables.articles[Col.ITEM].isin(ids)]
    titles = dict(zip(rows[Col.ITEM], rows[Col.TITLE], strict=True))
    st.markdown(f"**{counted(len(mine), 'rule')} about this article**")
    show_decisions(data, mine, titles, effects, "similar")


def said(left_out: int) -> str:
    """What rules leave out of a list, in words.

    >>> said(1), said(0)
    ('1 article left out by a rule.', '')
    """
    return f"{counted(left_out, 'article')} left out by a rule." if left_out else ""
