"""What somebody would read next, with limits, trade-offs and reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.models import Model
from recsys.recommendations import (
    BlendedTaste,
    Solver,
    WhyNotRecommended,
    contributions,
    list_stability,
    pool_size,
    recommend,
    rerank,
    sameness,
    why_not_recommended,
)
from recsys.training import Ensemble
from ui.beside import cached
from ui.parts import trust
from ui.parts.article import find
from ui.parts.widgets import article_table
from ui.people.reader import Reader
from ui.people.wishes import Wish
from ui.text import plain

LISTED = 5  # names in a sentence
_BY_READERS = (
    "How much the model expects this reader to read it: about 1 for what was read, about 0 for "
    "most other articles. It ranks articles; it is not a probability."
)
_BLENDED = (
    "(1 − s) · the model's estimate + s · similarity of title and text to what was read, with the "
    "share s under Text. It ranks articles; it is not a probability."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Suggestions:
    """What one reader would read next under some wishes, and why."""

    model: Model
    tables: Tables
    reader: Reader
    wish: Wish

    @property
    def solver(self) -> Solver:
        """What the model's recommendations need."""
        return cached.solver(self.model)

    @cached_property
    def blend(self) -> BlendedTaste | None:
        """The taste with content beside readers; None where readers alone decide."""
        if not self.wish.content:
            return None
        catalogue = cached.catalogue(self.model, self.tables)
        return BlendedTaste(catalogue=catalogue, taste=self.reader.taste, weight=self.wish.content)

    def best(self, n: int) -> pd.DataFrame:
        """The list without trade-offs."""
        if self.blend is not None:
            return self.blend.recommend(n, self.wish.limits)
        return recommend(self.solver, self.reader.taste, n, self.wish.limits)

    def table(self, n: int) -> pd.DataFrame:
        """The list, with the rank that each had without trade-offs where there are any."""
        wish, pool = self.wish, self.best(pool_size(n))
        if not wish.diversity and not wish.novelty:
            return pool.head(n)
        return rerank(
            pool,
            self.model,
            n,
            diversity=wish.diversity,
            novelty=wish.novelty,
            contents=None if self.blend is None else self.blend.catalogue.index,
        )

    @property
    def by_model_alone(self) -> bool:
        """Whether other models can be asked: they know no new reader, and rank by scores alone."""
        wish = self.wish
        return bool(self.reader.user) and not (wish.content or wish.diversity or wish.novelty)

    def with_stability(self, table: pd.DataFrame, seeds: Ensemble | None) -> pd.DataFrame:
        """The list with how many of the models make each recommendation, if they can be asked."""
        if seeds is None or not self.by_model_alone:
            return table
        return list_stability(seeds, self.model, self.reader.user, table, self.wish.limits)

    def why_not(self, item: str, n: int) -> WhyNotRecommended:
        """Why an article is not in the list; see `recsys.recommendations.why_not`.

        Raises
        ------
        UnknownItemError
            If it cannot be ranked: nobody has read it and the text does not count, or the data
            has no such article.
        """
        if self.blend is not None:
            return self.blend.why_not(item, n, self.wish.limits)
        who = self.reader.user or self.reader.taste
        return why_not_recommended(self.solver, who, item, n, self.wish.limits)

    def sameness(self, table: pd.DataFrame) -> float:
        """Mean similarity of the articles of a list."""
        contents = None if self.blend is None else self.blend.catalogue.index
        return sameness(self.model, list(table[Col.ITEM]), contents)

    def reasons(self, item: str) -> pd.DataFrame:
        """What each article of the past adds to the score of one."""
        if self.blend is not None:
            return self.blend.contributions([item])
        return contributions(self.solver, self.reader.taste, [item])


def show_excluded(
    excluded: tuple[str, ...], model: Model, tables: Tables, allow: Callable[[], None]
) -> None:
    """What is never recommended, and a way to allow it again."""
    if not excluded:
        return
    ids = tables.articles[Col.ITEM]
    known = set(ids[ids.isin(excluded)])
    strange = [plain(item, 60) for item in excluded if item not in known]
    found = [(item, find(model, tables, item)) for item in excluded[:LISTED]]
    names = [plain(article.label if article else item, 60) for item, article in found]
    with st.container(horizontal=True, vertical_alignment="center"):
        which = "it" if len(excluded) == 1 else f"all {len(excluded):,}"
        st.button(f"Allow {which} again", icon=":material/undo:", on_click=allow)
        more = f" and {len(excluded) - LISTED:,} more" if len(excluded) > LISTED else ""
        st.caption(f"Never recommended: {'; '.join(names)}{more}.", width="stretch")
    if strange:
        st.warning(f"Excluded, but not in this data: {', '.join(strange[:LISTED])}.")


def show_recommended(
    table: pd.DataFrame, suggested: Suggestions, asked: str, then: Callable[[str], None]
) -> None:
    """The list; a click on an article shows its reasons."""
    wish, reader = suggested.wish, suggested.reader
    st.markdown("**Recommended articles.** Click one to see why.")
    columns = [Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE, Col.SEEN_BY, Col.BEFORE]
    columns += [Col.READ] if wish.limits.include_read else []
    columns += [Col.READERS, Col.CONTENT] if wish.content else []
    shown = table[[name for name in columns if name in table]].copy()
    if Col.SEEN_BY in table:
        shown[Col.SEEN_BY] = trust.seen_by(table)
    article_table(
        shown,
        key=f"next-{suggested.model.fingerprint}-{reader.key}-{len(table)}-{wish}",
        then=then,
        alt=f"Recommendations for {reader.label}",
        name="recommendations",
        taken=table,
        score_help=_BLENDED if wish.content else _BY_READERS,
        chosen=asked,
    )
    if Col.SEEN_BY in table and len(table):
        trust.sentence(table, "recommended to this reader")
    if wish.content and len(table):
        st.caption(_unread(int((table[Col.READERS] == 0).sum())))
    if Col.BEFORE in table and len(table):
        before, after = (
            (suggested.sameness(part), part[Col.READERS].mean())
            for part in (suggested.best(len(table)), table)
        )
        st.caption(
            f"Similarity within the list {before[0]:.2f} → {after[0]:.2f}, readers per article "
            f"{before[1]:.0f} → {after[1]:.0f}."
        )


def _unread(count: int) -> str:
    if count == 0:
        return "Text is the share of the score that comes from title and text."
    if count == 1:
        return "1 article has no readers yet: it is listed for its title and text alone."
    return f"{count} articles have no readers yet: they are listed for their title and text alone."
