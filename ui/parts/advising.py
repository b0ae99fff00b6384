"""What speaks against the strengths in the fields, one click that mends it, and its effect."""

from contextlib import suppress
from dataclasses import dataclass, replace

import streamlit as st

from recsys.dataset import Tables
from recsys.errors import KindredError
from recsys.evaluation import TOP, Quality
from recsys.models import ALSParams
from recsys.strengths import Advice, EventWeights
from ui.beside import cached
from ui.beside.cached import StrengthsCheck
from ui.frame import background, waiting
from ui.frame.background import Variant
from ui.frame.problems import problem
from ui.session.draft import Draft
from ui.session.workspace import Workspace

_AS_IT_IS = "with the settings above"
_SCALED = {"log2": "with log2", "rank": "with ranks"}


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """What somebody asked to compare, on which tables."""

    fingerprint: str
    variants: tuple[Variant, ...]


def show_advice(draft: Draft, tables: Tables, params: ALSParams, key: str) -> None:
    """Warnings about the strengths in the draft, and what is left out of the model by them.

    Settings that cannot be used are said where they are used, and nothing here.
    """
    try:
        weights = draft.weights()
        checked = _checked(tables, weights, params)
    except KindredError:
        return
    if checked.idle:
        st.caption(f"{checked.idle[0].upper()}{checked.idle[1:]}.")
    for advice in checked.advice:
        if advice.kind != "ratings":  # they are asked about in a field of their own
            _warning(advice, draft, tables, weights, params, key)
    compared: _Compared | None = st.session_state.get(f"{key}-compared")
    if compared is not None and compared.fingerprint == tables.fingerprint:
        _effect(compared, draft, tables, weights, key)


def show_idle(here: Workspace) -> None:
    """What the strengths in use leave out of the model, where they do."""
    with suppress(KindredError):  # said where a model is asked for
        idle = _checked(here.data.tables, here.weights, here.params).idle
        if idle:
            st.caption(f"{idle[0].upper()}{idle[1:]}.")


def _checked(tables: Tables, weights: EventWeights, params: ALSParams) -> StrengthsCheck:
    return cached.strengths_check(tables, weights, params.alpha, params.regularization)


def _warning(
    advice: Advice,
    draft: Draft,
    tables: Tables,
    weights: EventWeights,
    params: ALSParams,
    key: str,
) -> None:
    st.warning(advice.text, icon=":material/warning:")
    variants = _variants(advice, weights, params)

    def compare() -> None:
        chosen = _Compared(fingerprint=tables.fingerprint, variants=variants)
        st.session_state[f"{key}-compared"] = chosen
        background.effect_of(tables, variants, again=True)

    with st.container(horizontal=True):
        if advice.label and (advice.weights is not None or draft.params):
            st.button(
                advice.label, key=f"{key}-mend", icon=":material/check:", on_click=_mend,
                args=(draft, advice),
            )  # fmt: skip
        if len(variants) > 1:
            st.button(
                "Compare on this data",
                key=f"{key}-compare",
                icon=":material/compare_arrows:",
                on_click=compare,
                help="Trains each variant with one read of every reader hidden, and counts how "
                "many of these the model recovers.",
            )


def _mend(draft: Draft, advice: Advice) -> None:
    if advice.weights is not None:
        draft.rescale(advice.weights)
    draft.params |= advice.params


def _variants(advice: Advice, weights: EventWeights, params: ALSParams) -> tuple[Variant, ...]:
    """What is worth a comparison: what there is, what is advised, and ranks."""
    present = Variant(name=_AS_IT_IS, weights=weights, params=params)
    if advice.weights is None:
        if not advice.params:
            return (present,)
        named = " and ".join(f"{name} {value:g}" for name, value in advice.params.items())
        changed = replace(params, **advice.params)  # type: ignore[arg-type]
        return present, Variant(name=f"with {named}", weights=weights, params=changed)
    scales = dict.fromkeys((advice.weights.scale, "rank"))
    others = [replace(advice.weights, scale=scale) for scale in scales]
    return present, *(
        Variant(name=_SCALED[other.scale], weights=other, params=params) for other in others
    )


def _effect(
    compared: _Compared, draft: Draft, tables: Tables, weights: EventWeights, key: str
) -> None:
    """What the comparison found, or how far it is."""
    work = background.effect_of(tables, compared.variants)
    if not waiting.over(work):
        waiting.wait_for(work)
        st.caption("Comparing… results will appear here.")
    elif work.error is not None:
        problem(work.error)
    elif work.result is None:
        waiting.say_missing([work], "The comparison was stopped.", f"{key}-compare")
    else:
        st.info(in_words(compared.variants, work.result), icon=":material/compare_arrows:")
        best = max(zip(compared.variants, work.result, strict=True), key=lambda of: of[1].found)[0]
        if best.name in _SCALED.values() and best.weights != weights:
            st.button(
                f"Use {best.name.removeprefix('with ')}",
                key=f"{key}-best",
                icon=":material/check:",
                on_click=draft.rescale,
                args=(best.weights,),
            )


def in_words(variants: tuple[Variant, ...], found: tuple[Quality, ...]) -> str:
    """How many hidden reads each recovers, the best first, as Markdown."""
    counts = [(one.found, variant.name) for variant, one in zip(variants, found, strict=True)]
    counts.append((found[0].found_by_popularity, "with the most-read list"))
    listed = ", ".join(f"**{count:,}** {name}" for count, name in sorted(counts, reverse=True))
    return (
        f"Hidden reads recovered among the top {TOP} recommendations, of {found[0].people:,} "
        f"(one per reader): {listed}."
    )
