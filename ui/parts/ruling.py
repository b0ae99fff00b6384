"""What was decided, in words: who, when, why, what it does, and a way to undo it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from recsys.errors import KindredError
from recsys.picks import Decision, Effect
from ui.frame import problems
from ui.session import decisions
from ui.session.workspace import Data
from ui.text import counted, cut, plain

_PLACE = "rules"  # where is said what was refused


def show_decisions(
    data: Data,
    made: Sequence[Decision],
    titles: Mapping[str, str],
    effects: Mapping[str, Sequence[Effect]],
    key: str,
) -> None:
    """A line for each decision, with a button that undoes it.

    Parameters
    ----------
    titles
        What each article is called, by id.
    effects
        By the key of a decision, what it does to the list of each article that it is about.
    """
    problems.show_refused(_PLACE)
    for one in made:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(gap=None):
                st.markdown(_sentence(one, titles))
                st.caption(" · ".join([*_by(one), *_does(one, effects.get(one.key, ()), titles)]))
            st.button(
                "Undo", key=f"{key}-undo-{one.key}", icon=":material/undo:", type="tertiary",
                on_click=undo, args=(data, one.key),
            )  # fmt: skip


def undo(data: Data, key: str) -> None:
    """Undo a decision."""
    try:
        decisions.change(data, lambda rules: [rules.undoing(key, who=decisions.who())])
    except KindredError as error:
        problems.refuse(error, _PLACE)


def decide(data: Data, made: Decision) -> None:
    """Add a decision."""
    try:
        decisions.change(data, lambda rules: [made])
    except KindredError as error:
        problems.refuse(error, _PLACE)


def _named(item: str, titles: Mapping[str, str]) -> str:
    return f"“{plain(cut(titles.get(item, '') or f'(no title) {item}', 70))}”"


def _sentence(one: Decision, titles: Mapping[str, str]) -> str:
    about = _named(one.item, titles)
    if one.kind == "picks":
        return f"**{counted(len(one.others), 'article')} picked** below {about}"
    other = _named(one.others[0], titles)
    if one.kind == "pin":
        return f"**Always first:** {other} below {about}"
    return f"**Never together:** {about} and {other}"


def _by(one: Decision) -> list[str]:
    who = plain(one.who, 60) or "Anonymous"
    why = [plain(one.why, 300)] if one.why else []
    return [who, f"{plain(one.when[:16].replace('T', ' '))} UTC", *why]


def _does(one: Decision, effects: Sequence[Effect], titles: Mapping[str, str]) -> list[str]:
    said = []
    for effect in effects:
        words = effect.in_words()
        place = f"below {_named(effect.item, titles)} it " if one.kind == "never" else ""
        said.append(f"**{place}{words}**")
    return said
