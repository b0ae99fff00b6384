"""The neighbours of an article, and how far to trust them."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.limits import Limits
from recsys.models import Model
from recsys.neighbours import (
    LEAST_BOTH,
    blended_neighbours,
    blended_stability,
    consensus,
    evidence,
    similar_items,
    stability,
)
from recsys.training import SIZE, Ensemble
from ui.beside import cached
from ui.parts import trust
from ui.parts.article import Article
from ui.parts.widgets import article_table, content_slider

_COLUMNS = (Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE, Col.CONTENT, Col.SEEN_BY, Col.BOTH)
_EVIDENCE = (Col.LIFT, Col.JACCARD, Col.READERS)  # the last of them scroll where there is no room


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How neighbours are chosen. All of it is in the address."""

    agreed: bool = False
    content: float = 0.0
    removed: bool = False
    evidence: bool = True

    @property
    def limits(self) -> Limits:
        """Which articles may come."""
        return Limits(include_removed=self.removed)


def settings() -> Choice:
    """The fields; what is set in them is in the address."""
    with st.popover("How they are chosen", icon=":material/tune:"):
        agreed = st.toggle(
            f"What {SIZE} models agree on",
            key="agreed",
            bind="query-params",
            help=f"The mean similarity over {SIZE} models from different random starts, instead "
            "of one model's. On CI&T's Deskdrop data, under the tutorial's parameters, another "
            "start keeps 50% of one model's ten nearest, and 74% of what five agree on.",
        )
        content = content_slider(
            "articles whose title and text are alike come nearer, the more so the fewer people "
            "have read them; articles that nobody has read can then appear.",
            disabled=agreed,
        )
        removed = st.toggle("Offer removed articles, too", key="removed", bind="query-params")
        shown = st.toggle(
            "Show all evidence",
            True,
            key="evidence",
            bind="query-params",
            help="Readers, overlap and lift; without them titles have more room.",
        )
    return Choice(
        agreed=agreed, content=0.0 if agreed else content, removed=removed, evidence=shown
    )


def heading(count: int) -> str:
    """What stands above so many neighbours, as Markdown.

    >>> heading(0), heading(1)[:30]
    ('**No article is near it.**', '**The article nearest to it.**')
    """
    if not count:
        return "**No article is near it.**"
    named = "article" if count == 1 else f"{count} articles"
    return f"**The {named} nearest to it.** Click one to make it the question."


def neighbours_of(
    article: Article,
    model: Model,
    tables: Tables,
    n: int,
    choice: Choice,
    seeds: Ensemble | None,
) -> tuple[pd.DataFrame | None, str]:
    """The neighbours, and what is to be said of how they were found.

    None instead of neighbours where they are chosen by the other seeds, which are not there yet.
    """
    if article.position is None:
        found = blended_neighbours(model, cached.content(tables), article.id, n, choice.limits)
        return found, (
            "Nobody has read this article yet, so these are near **by their title and text**."
            if len(found)
            else "Nobody has read this article yet, and no other is like it by title or text."
        )
    if choice.content > 0:
        found = blended_neighbours(
            model,
            cached.content(tables),
            article.id,
            n,
            choice.limits,
            weight=choice.content,
        )
        found[Col.CONTENT] = found[Col.CONTENT].clip(0, 1)
        return found, "The text speaks with the share shown, the more the fewer the readers."
    scores, said = None, ""
    if choice.agreed:
        if seeds is None:
            return None, ""
        scores = consensus(seeds, model, article.id)
        said = f"Ranked by the mean similarity over {SIZE} models from different random starts."
    found = similar_items(model, article.id, n, choice.limits, scores=scores)
    return found, said


def _stable(
    seeds: Ensemble, model: Model, tables: Tables, item: str, table: pd.DataFrame, choice: Choice
) -> pd.DataFrame:
    if choice.content == 0:
        return stability(seeds, model, item, table, choice.limits)
    index = cached.content(tables)
    return blended_stability(seeds, model, index, item, table, choice.limits, weight=choice.content)


def show(
    table: pd.DataFrame,
    article: Article,
    model: Model,
    tables: Tables,
    choice: Choice,
    seeds: Ensemble | None,
    then: Callable[[str], None],
) -> pd.DataFrame:
    """The table with what is known of each neighbour; returns it as it is downloaded."""
    read = article.position is not None
    if read and len(table):
        if seeds is not None:
            table = _stable(seeds, model, tables, article.id, table, choice)
        if choice.evidence:
            table = evidence(model, article.id, table)
    columns = [*_COLUMNS, *(_EVIDENCE if choice.evidence else ())]
    shown = table[[name for name in columns if name in table]].copy()
    if Col.SEEN_BY in table:
        shown[Col.SEEN_BY] = trust.seen_by(table)
    article_table(
        shown,
        # The same rows are the same table, before and after their stability is known.
        key=f"near-{model.fingerprint}-{article.id}-{len(table)}-{choice}",
        then=then,
        alt=f"The {len(table)} articles nearest to {article.label}",
        name=None,
    )
    if read and seeds is None:
        trust.wait_for_seeds(model)
    elif seeds is not None and Col.STABILITY in table:
        trust.sentence(
            table,
            "nearest",
            trust.of_all_articles(model, seeds, choice.agreed),
            f"Read together: lift, how many times as often both are read by one person as if "
            f"readers chose by chance; only where at least {LEAST_BOTH} people read both.",
        )
    return table
