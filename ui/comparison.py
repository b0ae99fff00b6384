"""Two models beside each other: what moved for one article or person, and for all articles."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.compare import MOVED, STAYED, Comparison, compare_lists
from recsys.ensemble import SIZE
from recsys.errors import SettingError
from recsys.model import Model
from recsys.overlap import P, rbo, weight_of_top
from recsys.params import PRESETS, ALSParams
from recsys.weights import EventWeights, default_weights
from ui import background, cached, compare_figures, workspace
from ui.text import plain
from ui.widgets import article_table
from ui.workspace import Workspace

AGAINST = "against"
MOST_CHANGED = 20
_PLAIN = {"displayModeBar": False}


def others(here: Workspace) -> dict[str, Workspace]:
    """What the model in use can be compared with, by a text for the address.

    The models that this session has used on the same data, and the presets with the strengths
    in use.
    """
    found = [one for one in workspace.recent() if one.data.fingerprint == here.data.fingerprint]
    found += [replace(here, params=params) for params in PRESETS.values()]
    asked = st.query_params.get(AGAINST)
    if asked:
        found.append(_parsed(asked, here))
    return {_text(one): one for one in found if one.key != here.key}


def choose(here: Workspace) -> Workspace:
    """The other model; the address holds it."""
    known = others(here)
    asked = st.query_params.get(AGAINST)
    first = _text(_parsed(asked, here)) if asked else _default(here)
    key = f"against-{here.key}-{asked}"

    def note() -> None:
        st.query_params[AGAINST] = st.session_state[key]

    names = list(known)
    chosen = st.selectbox(
        "Against",
        names,
        index=names.index(first) if first in names else 0,
        format_func=lambda text: described(known[text]),
        key=key,
        on_change=note,
    )
    return known[chosen]


def _default(here: Workspace) -> str:
    """The tutorial's model; for the tutorial's own, the stable one."""
    tutorial = replace(here, params=ALSParams(), weights=default_weights(here.data.tables))
    stable = replace(here, params=PRESETS["Stable"])
    return _text(stable if tutorial.key == here.key else tutorial)


def described(one: Workspace) -> str:
    """A model by what sets it apart: its preset or parameters, and its strengths."""
    names = [name for name, params in PRESETS.items() if params == one.params]
    standard = ALSParams().as_dict()
    differs = [f"{k} {v:g}" for k, v in one.params.as_dict().items() if v != standard[k]]
    words = f"{names[0]} ({', '.join(differs)})" if names and differs else ", ".join(differs)
    words = words or "Tutorial"
    base = default_weights(one.data.tables)
    if one.weights != base:
        before = base.as_dict()
        own = [f"{k} {v:g}" for k, v in one.weights.strengths if v != before.get(k)]
        if one.weights.scale != base.scale:
            own.append(one.weights.scale)
        words += f"; {', '.join(own) or 'other strengths'}"
    return words


def _text(one: Workspace) -> str:
    params = ",".join(f"{name}={value!r}" for name, value in one.params.as_dict().items())
    return f"{params}|{one.weights.as_text()}"


def _parsed(text: str, here: Workspace) -> Workspace:
    """The workspace that a text in the address names, on the data in use.

    Raises
    ------
    SettingError
        If it is not what it should be.
    """
    params, sign, weights = text.partition("|")
    pairs = [part.partition("=") for part in params.split(",")]
    if not sign or not all(equals for _, equals, _ in pairs):
        raise SettingError(
            f"{text[:40]!r} is no model.",
            where=f"{AGAINST} in the address",
            todo="Choose the other model below.",
        )
    try:
        named = {name: value for name, _, value in pairs}
        return replace(
            here,
            params=ALSParams(**named),  # type: ignore[arg-type]
            weights=EventWeights.parse(weights),
        )
    except TypeError:
        raise SettingError(
            f"{text[:40]!r} is no model.", where=f"{AGAINST} in the address"
        ) from None


def show_lists(a: pd.DataFrame, b: pd.DataFrame, names: tuple[str, str], key: str) -> None:
    """Two ranked lists: what stayed, moved, came and went, and how alike they are."""
    changes = compare_lists(a, b)
    overlap = rbo(a[Col.ITEM].tolist(), b[Col.ITEM].tolist())
    kept = changes[Col.CHANGE].isin([STAYED, MOVED]).sum()
    st.markdown(
        f"**{kept} of {len(a)} are in both lists.** Rank-biased overlap {overlap.value:.2f}",
        help=f"p = {P:g}: the first ten ranks carry {weight_of_top(10):.0%} of the weight. 1 is "
        "the same list, 0 nothing in common (Webber, Moffat & Zobel 2010).",
    )
    grid = st.grid(2, min_column_width=420, gap="large")
    with grid.cell():
        picture = compare_figures.slopes(changes, "A", "B")
        st.plotly_chart(picture.figure, key=f"slopes-{key}", alt=picture.alt, config=_PLAIN)
    with grid.cell():
        st.dataframe(
            changes.drop(columns=[Col.ITEM]),
            hide_index=True,
            alt=picture.alt,
            column_config={
                Col.TITLE: st.column_config.TextColumn("Article", width=200),
                Col.CHANGE: st.column_config.TextColumn("What it did", width=70),
                Col.RANK_A: st.column_config.NumberColumn("In A", width=50, help=names[0]),
                Col.RANK_B: st.column_config.NumberColumn("In B", width=50, help=names[1]),
            },
        )


def show_catalogue(a: Model, b: Model, n: int, then: Callable[[str], None]) -> None:
    """All articles: how much of their nearest stayed, and whether that is more than chance."""
    works = [background.seeds_of(model) for model in (a, b)]
    if not all(work.done for work in works):

        @st.fragment(run_every=0.5)
        def follow() -> None:
            share = sum(work.share for work in works) / len(works)
            st.progress(
                min(share, 1.0),
                text=f"Training {SIZE - 1} more models of each, to know what chance alone does",
            )
            if all(work.done for work in works):
                st.rerun()

        follow()
    ready = [work.result for work in works]
    found = cached.comparison(a, b, n, ready[0], ready[1])
    st.info(found.sentence, icon=":material/balance:")
    _what_it_says(found)
    grid = st.grid(2, min_column_width=420, gap="large")
    with grid.cell():
        picture = compare_figures.overlaps(found)
        st.plotly_chart(
            picture.figure, key=f"overlaps-{a.fingerprint}-{b.fingerprint}", alt=picture.alt,
            config=_PLAIN,
        )  # fmt: skip
    with grid.cell():
        st.markdown("**The articles that changed most.** Click one to see how.")
        article_table(
            found.table.head(MOST_CHANGED)[[Col.ITEM, Col.TITLE, Col.READERS, Col.KEPT, Col.NOISE]],
            key=f"changed-{a.fingerprint}-{b.fingerprint}-{n}",
            then=then,
            alt="The articles whose neighbours changed most",
            height=390,
            narrow=True,
        )


def _what_it_says(found: Comparison) -> None:
    words = [f"{found.common:,} articles are in both models"]
    if found.only_a or found.only_b:
        words.append(f"{found.only_a:,} only in A, {found.only_b:,} only in B")
    words.append(f"mean rank-biased overlap {found.rbo:.2f}")
    if found.interval is not None:
        low, high = found.interval
        words.append(
            f"kept by the change minus kept by another seed: {low:+.1%} to {high:+.1%} (95 %)"
        )
    st.caption(plain("; ".join(words) + "."))
