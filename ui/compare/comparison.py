"""Two models beside each other: what moved for one article or person, and for all articles."""

from collections.abc import Callable
from dataclasses import dataclass

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
from recsys.models import Model
from recsys.neighbours import similar_items
from recsys.ranking import P, rbo, weight_of_top
from recsys.recommendations import recommend
from recsys.training import SIZE, Ensemble
from ui.beside import cached
from ui.compare import compare_figures
from ui.frame import background, waiting
from ui.parts.table import Column
from ui.parts.widgets import article_table
from ui.text import plain

Noises = tuple[Noise, ...]
MOST_CHANGED = 20
_PLAIN = {"displayModeBar": False}


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
        text = "Random variation is not known: training with other seeds was stopped."
        waiting.say_missing(missing, text, "seeds")
    elif not all(map(waiting.over, works)):
        st.caption(
            f"Training each model {SIZE - 1} more times with other seeds, to measure random "
            "variation."
        )
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
    st.expander("Details").caption(
        f"{words[0].upper()}{words[1:]}.",
        help=f"With p = {P:g} the first ten ranks carry {weight_of_top(10):.0%} of the weight. 1 "
        "is the same list, 0 nothing in common (Webber, Moffat & Zobel 2010).",
    )

    picture = compare_figures.slopes(changes, "A", "B")
    grid = st.grid(2, min_column_width=420, gap="medium")
    with grid.cell():
        article_table(
            changes,
            key=f"changes-{key}",
            then=then,
            alt=picture.alt,
            name="changes",
            columns={
                Col.RANK_A: Column(label="In A", width=52, help=names[0]),
                Col.RANK_B: Column(label="In B", width=52, help=names[1]),
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
        st.caption("Comparing all articles…")
        return
    if work.error is not None:
        raise work.error
    if (found := work.result) is None:
        waiting.say_missing([work], "Comparing all articles was stopped.", "catalogue")
        return
    st.info(found.sentence, icon=":material/balance:")
    grid = st.grid(2, min_column_width=420, gap="medium")
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
            alt="The articles whose similar articles changed most",
            name="articles-by-change",
            taken=found.table,
            height=390,
        )
    _what_it_says(found)


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
    st.expander("Details").caption(plain("; ".join(words) + "."))
