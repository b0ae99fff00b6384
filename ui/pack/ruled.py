"""Picks and rules of the whole data set: what each does, what all cost, and their file."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.exports import RuleCost
from recsys.models import Model
from recsys.neighbours import candidates
from recsys.picks import Effect, Rules, effects_on
from ui.frame import problems, waiting
from ui.pack import making
from ui.pack.making import Choice
from ui.parts import downloads
from ui.parts.ruling import show_decisions
from ui.session import decisions
from ui.session.workspace import Data, Workspace
from ui.text import counted

SHOWN = 50
_PLACE = "rules-file"
HELP = (
    "One article of each reader is hidden and a model trained without it. For each of the reader's "
    "other articles we check whether the hidden one is linked below it; the recall is the share "
    "of those articles where it is, averaged over readers. It is always low: a list is short and "
    "the same for every reader."
)


def show(here: Workspace, model: Model, rules: Rules, choice: Choice) -> None:
    """What editors decided, newest first."""
    made = rules.standing[::-1]
    st.header("Picks and rules", anchor=False)
    if rules.damaged:
        st.warning(decisions.damage(rules))
    st.caption(decisions.where_kept(here.data))
    if not made:
        st.markdown(
            "None yet. Open an article on *Similar articles* to pick the links below it, to pin "
            "an article to the top, or to keep two apart."
        )
    titles = _titles(here.data.tables.articles)
    show_decisions(here.data, made[:SHOWN], titles, _effects(model, rules, choice), "pack")
    if len(made) > SHOWN:
        st.caption(f"The {SHOWN} newest of {len(made):,}; the file has all.")
    if made:
        decisions.ask_who("pack-who")
        _cost(here, rules, choice)
    _file(here.data, rules)


def _titles(articles: pd.DataFrame) -> dict[str, str]:
    return dict(zip(articles[Col.ITEM], articles[Col.TITLE], strict=True))


def _effects(model: Model, rules: Rules, choice: Choice) -> dict[str, list[Effect]]:
    """By decision, what it does to each list; nothing for what the model does not know."""
    found: dict[str, list[Effect]] = {}
    shown = [one for one in rules.standing[::-1][:SHOWN] if one.kind != "picks"]
    items = dict.fromkeys(item for one in shown for item in one.pair)
    for item in items:
        if item in model.positions:
            find = candidates(model, item).table
            for effect in effects_on(rules, item, choice.n, choice.limits, find):
                found.setdefault(effect.decision.key, []).append(effect)
    return found


def _cost(here: Workspace, rules: Rules, choice: Choice) -> None:
    """What all of them together cost in hidden reads; measured when it is asked for."""
    work = making.cost_if_begun(here, rules, choice)
    if work is None or work.failed or waiting.stopped(work):
        if work is not None and work.error is not None:
            problems.problem(work.error)
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Measure what they cost", key="cost", icon=":material/monitoring:"):
                making.cost_of(here, rules, choice)
                st.rerun()
            st.caption("Trains one model without hidden reads.", help=HELP, width="content")
        return
    if work.result is None:
        waiting.wait_for(work)
        st.info("Measuring what the picks and rules cost…")
        return
    st.markdown(in_words(work.result), help=HELP)


def in_words(cost: RuleCost) -> str:
    """What the rules cost, as Markdown.

    >>> in_words(RuleCost(readers=900, without_rules=0.02, with_rules=0.018,
    ...                   interval=(-0.003, -0.001), lost=40, won=5))
    'With picks and rules the links recover **1.80%** of hidden reads, without **2.00%**: \
−0.20 percentage points (95% interval −0.30 to −0.10), 900 readers. 40 places lost, 5 won.'
    """
    said = (
        f"With picks and rules the links recover **{cost.with_rules:.2%}** of hidden reads, "
        f"without **{cost.without_rules:.2%}**"
    )
    if not cost.lost and not cost.won:
        return (
            f"{said}: no difference for {counted(cost.readers, 'reader')}. The test covers only "
            "articles that readers in it have read."
        )
    low, high = (_points(end) for end in cost.interval)
    return (
        f"{said}: {_points(cost.difference)} percentage points (95% interval {low} to {high}), "
        f"{counted(cost.readers, 'reader')}. In {counted(cost.lost, 'list')} the hidden article is "
        f"lost, in {cost.won:,} it is found anew."
    )


def _points(share: float) -> str:
    text = f"{100 * share:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def _file(data: Data, rules: Rules) -> None:
    """Take the rules away as a file, bring one, or share what was decided before it was kept."""
    problems.show_refused(_PLACE)
    mine = decisions.here_alone(data)
    with st.container(horizontal=True, vertical_alignment="center"):
        if rules.entries:
            downloads.button(
                "Download rules.json", rules.as_json, "rules.json", key="take-rules",
                help_text="For the shell (--rules) and for another session.",
            )  # fmt: skip
        with st.popover("Upload rules.json", icon=":material/upload:", key="bring-rules"):
            given = st.file_uploader("rules.json", type="json", key="rules-file")
            if given is not None and st.button("Add these rules", key="add-rules"):
                try:
                    _add(data, Rules.parse(given.getvalue(), "rules.json"))
                    st.rerun()
                except KindredError as error:
                    problems.problem(error)
        if decisions.shared(data) and mine.entries:
            st.button(
                f"Share {counted(len(mine.standing), 'decision')} of this session",
                key="share-rules",
                on_click=_share,
                args=(data,),
                help="Made before the data was kept on the server. Everyone who opens it sees "
                "them then.",
            )


def _add(data: Data, given: Rules) -> None:
    """Add what a file holds and is not there yet."""

    def missing(rules: Rules) -> list:
        known = {entry.key for entry in rules.entries}
        return [entry for entry in given.entries if entry.key not in known]

    decisions.change(data, missing)


def _share(data: Data) -> None:
    try:
        decisions.share(data)
    except KindredError as error:
        problems.refuse(error, _PLACE)
