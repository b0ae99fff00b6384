"""The pack of what stands below every article, made beside the page, and its settings."""

from dataclasses import dataclass

import streamlit as st

from recsys.columns import Col
from recsys.exports import WELL_SUPPORTED, Pack, RuleCost, pack_bytes, read_next, rule_cost
from recsys.limits import Limits
from recsys.models import Model
from recsys.picks import Rules
from ui.beside import cached, server
from ui.beside.work import Rank, Work
from ui.session.workspace import Workspace

MOST_LINKS = 20


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How the lists are made. All of it is in the address."""

    n: int = 5
    least_both: int = WELL_SUPPORTED
    titled: bool = True
    fill: bool = False
    text: bool = False

    @property
    def limits(self) -> Limits:
        """Which articles the model may link to."""
        return Limits(least_both=self.least_both, titled=self.titled)


def settings(here: Workspace) -> Choice:
    """The fields; what is set in them is in the address."""
    have_titles = bool((here.data.tables.articles[Col.TITLE].str.strip() != "").any())
    with st.popover("Options", icon=":material/tune:", key="pack-options"):
        n = st.number_input(
            "Links below each article", 1, MOST_LINKS, 5, key="links", bind="query-params"
        )
        least = st.number_input(
            "Readers of both, at least",
            0,
            1000,
            WELL_SUPPORTED,
            key="least-both",
            bind="query-params",
            help="The model links two articles only if at least so many readers read both. An "
            "article without any such link is an orphan.",
        )
        titled = st.toggle(
            "Link only to articles with a title",
            True,
            key="titled",
            bind="query-params",
            disabled=not have_titles,
        )
        fill = st.toggle(
            "Fill up short picks",
            key="fill",
            bind="query-params",
            help="If fewer articles are picked than there is room for, the model adds the rest.",
        )
        text = st.toggle(
            "Link orphans by title and text",
            key="by-text",
            bind="query-params",
            help="They stay in the list of orphans: no readers support these links.",
        )
    return Choice(
        n=int(n), least_both=int(least), titled=titled and have_titles, fill=fill, text=text
    )


def pack_of(here: Workspace, model: Model, rules: Rules, choice: Choice) -> Work[Pack]:
    """What stands below every article; see `recsys.read_next`."""
    tables = here.data.tables

    def make(work: Work[Pack]) -> Pack:
        parts = 2 if choice.text else 1
        contents = None
        if choice.text:
            contents = cached.content_beside(
                tables, lambda done, total: work.follow(done, total * parts)
            )
        return read_next(
            model,
            tables,
            choice.n,
            choice.limits,
            rules,
            contents=contents,
            fill=choice.fill,
            on_progress=lambda done, total: work.follow(total * (parts - 1) + done, total * parts),
        )

    key = f"pack {model.fingerprint}-{tables.fingerprint}-{rules.fingerprint}-{choice}"
    return server.work(key, "Listing what to read next", make)


def file_of(pack: Pack, key: str, ending: str) -> bytes:
    """The pack as a file, made once."""
    made: bytes = server.shelf().get_or_make(
        f"file of {key} {ending}", lambda: pack_bytes(pack, ending)
    )
    return made


def cost_key(here: Workspace, rules: Rules, choice: Choice) -> str:
    """Stands for what the rules cost, by content."""
    return f"rule cost {here.key}-{rules.fingerprint}-{choice}"


def cost_if_begun(here: Workspace, rules: Rules, choice: Choice) -> Work[RuleCost] | None:
    """The measurement, if somebody asked for it."""
    return server.workers().known(cost_key(here, rules, choice))


def cost_of(here: Workspace, rules: Rules, choice: Choice) -> Work[RuleCost]:
    """What picks and rules cost in hidden reads; see `recsys.rule_cost`."""

    def make(work: Work[RuleCost]) -> RuleCost:
        total = here.params.iterations + 1
        return rule_cost(
            here.data.tables,
            here.weights,
            here.params,
            rules,
            choice.n,
            choice.limits,
            fill=choice.fill,
            on_iteration=lambda done, _: work.follow(done, total),
            check=work.check,
        )

    key = cost_key(here, rules, choice)
    return server.work(key, "Measuring what the rules cost", make, Rank.CLICKED, again=True)
