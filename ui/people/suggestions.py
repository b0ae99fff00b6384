"""What somebody would read next, with limits, trade-offs and reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.limits import Limits
from recsys.models import Model
from recsys.recommendations import (
    BlendedTaste,
    Solver,
    contributions,
    history,
    list_stability,
    pool_size,
    recommend,
    rerank,
    sameness,
)
from recsys.training import Ensemble
from ui.beside import cached
from ui.parts import topics, trust
from ui.parts.article import find
from ui.parts.search_box import span_of
from ui.parts.widgets import TEXT, article_table, content_slider
from ui.people.reader import Reader
from ui.session import bound
from ui.text import counted, cut, plain

LISTED = 5  # names in a sentence
RARER, VARIED = "Less of what everybody reads", "Less of the same"
_BY_READERS = (
    "The model's estimate that this article is read: about 1 for what was read, about 0 for most "
    "others. It ranks; it is no probability."
)
_BLENDED = (
    "(1 − s) · the model's estimate + s · likeness of title and text to what was read, with the "
    "share s under Text. It ranks; it is no probability."
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What may be recommended, and what is traded for relevance."""

    limits: Limits
    topics: tuple[str, ...] = ()
    diversity: float = 0.0
    novelty: float = 0.0
    content: float = 0.0


def wishes(model: Model, tables: Tables, excluded: tuple[str, ...]) -> Wish:
    """The fields; what is set in them is in the address."""
    popover = st.popover(
        "Limits and taste", icon=":material/tune:", key="limits", on_change="rerun"
    )
    with popover:
        novelty = st.slider(
            RARER, 0.0, 1.0, 0.0, 0.05, key="novelty",
            bind="query-params",
            help="Trades the score for rarity: −log(readers), both standardised over the best "
            "candidates.",
        )  # fmt: skip
        diversity = st.slider(
            VARIED, 0.0, 1.0, 0.0, 0.05, key="diversity", bind="query-params",
            help="Maximal marginal relevance: each next article also has to differ from those "
            "above it.",
        )  # fmt: skip
        content = content_slider(
            "articles whose title and text are like what was read come higher, the more so the "
            "fewer people have read them; articles that nobody has read can then appear."
        )
        read = st.toggle("Offer what was read already", key="read", bind="query-params")
        values = sorted(tables.articles[Col.LANGUAGE].unique())
        languages = bound.choices("Only these languages", "language", values, "languages")
        of_topics, only = _topics(model, tables, bool(popover.open))
        span = span_of(cached.search_index(model, tables))
        since, until = (bound.day(f"Shared {edge}", edge, span) for edge in ("since", "until"))
    return Wish(
        limits=Limits(
            include_read=read,
            exclude=excluded,
            only=only,
            languages=languages,
            since=since,
            until=until,
        ),
        topics=of_topics,
        diversity=diversity,
        novelty=novelty,
        content=content,
    )


def _topics(
    model: Model, tables: Tables, open_: bool
) -> tuple[tuple[str, ...], frozenset[str] | None]:
    """Topics to keep to, and the articles that are of them; None where any may come.

    Topics take a moment: they are looked for when somebody may ask for them.
    """
    label, key = "Only these topics", "topics"
    if not open_ and not topics.asks_for_topics(key):
        return (), None
    work = topics.topics_of(model, tables)
    if work.result is None:
        asked = topics.hold_choice(label, key)
        if not asked:
            topics.say_wait(work, "limits")
        return asked, None
    found, names = work.result
    chosen = bound.choices(label, "topic", found.names, key, of="model", help=topics.HELP)
    return chosen, frozenset(i for i, name in names.items() if name in chosen) if chosen else None


def show_wish(wish: Wish) -> None:
    """What is set, in one line: after a link, the fields are behind a closed button."""
    limits = wish.limits
    said = [
        f"{name} {share:.2f}"
        for name, share in ((RARER, wish.novelty), (VARIED, wish.diversity), (TEXT, wish.content))
        if share
    ]
    if limits.include_read:
        said.append("with what was read already")
    for what, values in (("language", limits.languages), ("topic", wish.topics)):
        if values:
            named = ", ".join(cut(value or "(unknown)", 60) for value in values[:LISTED])
            more = f" and {len(values) - LISTED:,} more" if len(values) > LISTED else ""
            said.append(f"only {what}{'s' * (len(values) > 1)} {named}{more}")
    days = (("shared since", limits.since), ("shared until", limits.until))
    said += [f"{edge} {day}" for edge, day in days if day is not None]
    if said:
        st.caption(f"**Set under Limits and taste:** {plain('; '.join(said), 600)}.")


def show_not_kept(suggested: "Suggestions") -> None:
    """What of the wishes the list does not keep to, or not yet: parts of a link, topics."""
    bound.show_left_out("languages", "topics", "since", "until")
    if suggested.wish.topics and suggested.wish.limits.only is None:
        work = topics.topics_of(suggested.model, suggested.tables)
        topics.say_wait(work, "wish", "What is recommended may be of any topic.")


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

    def sameness(self, table: pd.DataFrame) -> float:
        """Mean likeness of the articles of a list."""
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
        which = "it" if len(excluded) == 1 else f"the {len(excluded):,} excluded"
        st.button(f"Allow {which} again", icon=":material/undo:", on_click=allow)
        more = f" and {len(excluded) - LISTED:,} more" if len(excluded) > LISTED else ""
        st.caption(f"Never recommended: {'; '.join(names)}{more}.", width="stretch")
    if strange:
        st.warning(f"Excluded, but no article of this data: {', '.join(strange[:LISTED])}.")


def show_history(solver: Solver, reader: Reader, then: Callable[[str], None]) -> None:
    """What the reader read, strongest first."""
    table = history(solver, reader.taste)
    st.markdown(f"**Read so far: {counted(len(table), 'article')}**")
    article_table(
        table[[Col.ITEM, Col.TITLE, Col.STRENGTH]],
        key=f"history-{solver.model.fingerprint}-{reader.key}",
        then=then,
        alt="What was read, strongest first",
        name="history",
        height=400,
    )


def show_recommended(
    table: pd.DataFrame, suggested: Suggestions, then: Callable[[str], None]
) -> None:
    """The list; a click on an article shows its reasons."""
    wish, reader = suggested.wish, suggested.reader
    st.markdown("**What to read next.** Click one to see why.")
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
    )
    if Col.SEEN_BY in table and len(table):
        trust.sentence(table, "best for this person")
    if wish.content and len(table):
        st.caption(_unread(int((table[Col.READERS] == 0).sum())))
    if Col.BEFORE in table and len(table):
        before, after = (
            (suggested.sameness(part), part[Col.READERS].mean())
            for part in (suggested.best(len(table)), table)
        )
        st.caption(
            f"Likeness within the list {before[0]:.2f} → {after[0]:.2f}, readers per article "
            f"{before[1]:.0f} → {after[1]:.0f}."
        )


def _unread(count: int) -> str:
    if count == 0:
        return "All of these have readers; the text speaks with the share shown."
    if count == 1:
        return "Nobody has read the one with 0 readers yet; it is here by its title and text alone."
    return f"Nobody has read the {count} with 0 readers yet; they are here by title and text alone."
