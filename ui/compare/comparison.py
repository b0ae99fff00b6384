"""Two models beside each other: what moved for one article or person, and for all articles."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.comparison import (
    Comparison,
    Noise,
    article_noise,
    compare_lists,
    list_change,
    overlap_in_words,
    person_noise,
)
from recsys.errors import SettingError
from recsys.models import BOUNDS, PRESETS, ALSParams, Model, in_full
from recsys.neighbours import similar_items
from recsys.ranking import P, rbo, weight_of_top
from recsys.recommendations import recommend
from recsys.strengths import EventWeights, default_weights
from recsys.training import SIZE, Ensemble
from ui.beside import cached
from ui.compare import compare_figures
from ui.frame import background, waiting
from ui.parts.widgets import article_table, data_table, titled
from ui.session import links, workspace
from ui.session.links import AGAINST
from ui.session.workspace import Workspace
from ui.text import plain

Noises = tuple[Noise, ...]
MOST_CHANGED = 20
NAMED = 8  # event types in a sentence
_PLAIN = {"displayModeBar": False}


def others(here: Workspace) -> dict[str, Workspace]:
    """What the model in use can be compared with, by a text for the address.

    The models that this session has used on the same data, the presets with the strengths in use,
    and the model in use from another seed.
    """
    found = [one for one in workspace.recent() if one.data.fingerprint == here.data.fingerprint]
    found += [replace(here, params=params) for params in PRESETS.values()]
    another = (here.params.seed + 1) % int(BOUNDS["seed"].high)
    found.append(replace(here, params=replace(here.params, seed=another)))
    asked = st.query_params.get(AGAINST)
    if asked:
        found.append(_parsed(asked, here))
    return {_text(one): one for one in found if one.key != here.key}


def choose(here: Workspace) -> Workspace:
    """The other model; the address holds it.

    Raises
    ------
    SettingError
        If the address names no model, or one that has no strength for events of this data.
    """
    known = others(here)
    asked = st.query_params.get(AGAINST)
    first = _text(_parsed(asked, here)) if asked else _default(here)
    links.keep_against(here, asked or "")
    key = f"against-{here.key}-{asked}"

    def note() -> None:
        st.query_params[AGAINST] = st.session_state[key]
        links.keep_against(here, st.session_state[key])

    names = list(known)
    chosen = st.selectbox(
        "Against",
        names,
        label_visibility="collapsed",
        index=names.index(first) if first in names else 0,
        format_func=lambda text: described(known[text]),
        key=key,
        on_change=note,
    )
    return _weighed(known[chosen])


def _weighed(other: Workspace) -> Workspace:
    """The other model, unless events of the data have no strength in it: that cannot be trained."""
    missing = other.unknown_events
    if missing:
        named = ", ".join(missing[:NAMED])
        more = f" and {len(missing) - NAMED:,} more" if len(missing) > NAMED else ""
        raise SettingError(
            f"Model B ({described(other)}) has no strength for these events of the data: "
            f"{named}{more}.",
            where=f"{AGAINST} in the address",
            todo="Choose another model above, or forget this part of the link.",
        )
    return other


def _default(here: Workspace) -> str:
    """The tutorial's model; for the tutorial's own, the stable one."""
    tutorial = replace(here, params=ALSParams(), weights=default_weights(here.data.tables))
    stable = replace(here, params=PRESETS["Stable"])
    return _text(stable if tutorial.key == here.key else tutorial)


def described(one: Workspace) -> str:
    """A model by what sets it apart: its preset or parameters, and its strengths."""
    seed, standard = one.params.seed, ALSParams()
    unseeded = replace(one.params, seed=standard.seed)
    differs = [
        f"{name} {in_full(value)}"
        for name, value in unseeded.as_dict().items()
        if value != getattr(standard, name)
    ]
    names = [name for name, params in PRESETS.items() if params == unseeded]
    words = f"{names[0]} ({', '.join(differs)})" if names and differs else ", ".join(differs)
    words = words or "Tutorial"
    if seed != standard.seed:
        words += f", seed {seed}"
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
            todo="Forget this part, or copy the whole link again.",
        )
    try:
        named = {name: value for name, _, value in pairs}
        return replace(
            here,
            params=ALSParams(**named),  # type: ignore[arg-type]
            weights=EventWeights.parse(weights),
        )
    except SettingError as error:
        where = f"{error.where} of {AGAINST} in the address"
        raise SettingError(error.what, where=where, todo=error.todo) from None
    except TypeError:
        raise SettingError(
            f"{text[:40]!r} is no model.",
            where=f"{AGAINST} in the address",
            todo="Forget this part, or copy the whole link again.",
        ) from None


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """The two models, A and B, what to call them, and other seeds of both, once all are trained.

    With the seeds of one alone the finding could still turn: nothing is said of chance before.
    """

    models: tuple[Model, Model]
    names: tuple[str, str]
    seeds: tuple[Ensemble, Ensemble] | None

    def noise(
        self, of: Callable[[str, Model, Ensemble, str, int], Noise], one: str, n: int
    ) -> Noises:
        """What chance does to a list in both models, by `article_noise` or `person_noise`."""
        if self.seeds is None:
            return ()
        both = zip("AB", self.models, self.seeds, strict=True)
        return tuple(of(name, model, seeds, one, n) for name, model, seeds in both)


def pair_of(a: Model, b: Model, names: tuple[str, str]) -> Pair:
    """Both models with what chance does to each; shows how far that is."""
    works = [background.seeds_of(model) for model in (a, b)]
    waiting.wait_for(*works)
    missing = [work for work in works if waiting.over(work) and work.result is None]
    if missing:
        text = "What chance alone does is not known: its models were not trained."
        waiting.say_missing(missing, text, "seeds")
    elif not all(map(waiting.over, works)):
        st.caption(f"Training {SIZE - 1} more models of each, to know what chance alone does.")
    seeds_a, seeds_b = (work.result for work in works)
    seeds = None if seeds_a is None or seeds_b is None else (seeds_a, seeds_b)
    return Pair(models=(a, b), names=names, seeds=seeds)


def show_item(pair: Pair, item: str, n: int, then: Callable[[str], None]) -> None:
    """The nearest of an article in both models; a click on one calls `then` with its id."""
    lists = [similar_items(model, item, n) for model in pair.models]
    noise = pair.noise(article_noise, item, n)
    _show_lists(lists[0], lists[1], noise, pair.names, f"item-{item}", then)


def show_person(pair: Pair, user: str, n: int, then: Callable[[str], None]) -> None:
    """The recommendations to a person in both models; a click on one calls `then` with its id."""
    lists = [recommend(cached.solver(model), user, n) for model in pair.models]
    noise = pair.noise(person_noise, user, n)
    _show_lists(lists[0], lists[1], noise, pair.names, f"user-{user}", then)


def _show_lists(
    a: pd.DataFrame,
    b: pd.DataFrame,
    noise: Noises,
    names: tuple[str, str],
    key: str,
    then: Callable[[str], None],
) -> None:
    """Two ranked lists: what stayed, moved, came and went, and whether that is chance."""
    changes = compare_lists(a, b)
    overlap = rbo(a[Col.ITEM].tolist(), b[Col.ITEM].tolist())
    st.info(list_change(a, b, noise).sentence, icon=":material/balance:")
    words = overlap_in_words(overlap.value, noise)
    st.caption(
        f"{words[0].upper()}{words[1:]}.",
        help=f"With p = {P:g} the first ten ranks carry {weight_of_top(10):.0%} of the weight. 1 "
        "is the same list, 0 nothing in common (Webber, Moffat & Zobel 2010).",
    )

    def clicked() -> None:
        cells = st.session_state[f"changes-{key}"]["selection"]["cells"]
        if cells:
            then(changes[Col.ITEM].iloc[cells[0][0]])

    picture = compare_figures.slopes(changes, "A", "B")
    grid = st.grid(2, min_column_width=420, gap="large")
    with grid.cell():
        data_table(
            changes.drop(columns=[Col.ITEM]).assign(
                **{Col.TITLE: titled(changes[Col.TITLE], changes[Col.ITEM])}
            ),
            f"changes-{key}",
            picture.alt,
            name="changes",
            taken=changes,
            on_select=clicked,
            selection_mode="single-cell",
            column_config={
                Col.TITLE: st.column_config.TextColumn("Article", width=200),
                Col.CHANGE: st.column_config.TextColumn("What it did", width=70),
                Col.RANK_A: st.column_config.NumberColumn("In A", width=50, help=plain(names[0])),
                Col.RANK_B: st.column_config.NumberColumn("In B", width=50, help=plain(names[1])),
            },
        )
    with grid.cell():
        st.plotly_chart(picture.figure, key=f"slopes-{key}", alt=picture.alt, config=_PLAIN)


def show_catalogue(pair: Pair, n: int, then: Callable[[str], None]) -> None:
    """All articles: how much of their nearest stayed, and whether that is more than chance."""
    a, b = pair.models
    work = background.comparison_of(a, b, n, pair.seeds)
    work.wait(waiting.PATIENCE)
    if not waiting.over(work):
        waiting.wait_for(work)
        st.caption("Comparing the neighbours of all articles…")
        return
    if work.error is not None:
        raise work.error
    if (found := work.result) is None:
        waiting.say_missing([work], "Comparing all articles was stopped.", "catalogue")
        return
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
            name="articles-by-change",
            taken=found.table,
            height=390,
            title_width=200,
        )


def _what_it_says(found: Comparison) -> None:
    words = [f"{found.common:,} articles are in both models"]
    if found.only_a or found.only_b:
        words.append(f"{found.only_a:,} only in A, {found.only_b:,} only in B")
    words.append(f"mean {overlap_in_words(found.rbo, found.noise, found.p)}")
    if found.interval is not None:
        low, high = found.interval
        words.append(
            f"kept by the change minus kept by another seed: {low * 100:+.1f} to "
            f"{high * 100:+.1f} percentage points (95% interval)"
        )
    st.caption(plain("; ".join(words) + "."))
