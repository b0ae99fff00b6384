"""Why one neighbour is in the list, beside the list: in a sentence, then in detail."""

from textwrap import shorten

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.neighbours import of_each
from recsys.pairs import LEAST_FAIR, Pair, SharedReaders, Support, pair
from ui.beside import cached
from ui.frame import background, waiting
from ui.parts.article import Article, facts, find, is_web
from ui.similar import evidence, why_not
from ui.similar.neighbours import Answer
from ui.similar.question import Chosen, Question
from ui.text import counted, cut, plain

EXCERPT = 220  # signs of a text
NAMED = 3  # topics in a sentence
WORDS = 8
TITLE = 45  # signs of a title in a sentence
STANDS_OUT = 1.5  # times everybody's share of a topic, from which it is said
HALF_ON_ONE = 0.3  # of the similarity that goes without one reader, from which it is said


def show(item: str, found: Answer, question: Question, open_article: Chosen) -> None:
    """The pair of what is asked about and one other article.

    Parameters
    ----------
    item
        The id of an article of the data, in the list or not.
    """
    other = find(question.model, question.tables, item)
    if other is None:
        st.caption(f"The link shows {plain(item, 60)}, which this data does not have.")
        return
    listed = item in set(found.table[Col.ITEM])
    ranks = found.table.set_index(Col.ITEM)[Col.RANK]
    number = f"{ranks[item]}. " if listed else ""
    with st.container(border=True, gap="small", key="pair"):
        st.markdown(f"**{number}{plain(other.label)}**")
        if not listed:
            why_not.show(other, found, question)
        lines = _evidence(other, found, question)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                "Open this article", key="open-pair", icon=":material/arrow_forward:",
                on_click=open_article, args=(item,),
            )  # fmt: skip
            if is_web(other.row[Col.URL]):
                st.link_button(
                    "Read it", other.row[Col.URL], icon=":material/open_in_new:", type="tertiary"
                )
        if lines:
            st.caption("\n".join(f"- {line}" for line in lines))
        _preview(other)
        if not question.several:
            _preview(question.articles[0], "The article above: ")


def _evidence(other: Article, found: Answer, question: Question) -> list[str]:
    """Say the main thing in a sentence; gives the rest, a line each, as Markdown."""
    if question.several:
        return _each(other, question)
    if question.read and other.position is not None:
        return _readers(other, found, question)
    return _by_text_alone(other, question)


def _readers(other: Article, found: Answer, question: Question) -> list[str]:
    # Topics and texts take a moment: the list does not wait for them.
    topics = background.topics_of(question.model, question.tables)
    texts = background.contents_of(question.tables)
    waiting.wait_for(topics, texts)
    named = None if topics.result is None else topics.result[1]
    article = question.articles[0]
    known = pair(
        question.model,
        article.id,
        other.id,
        tables=question.tables,
        topics=named,
        contents=texts.result,
        ensemble=found.seeds,
        n=question.n,
    )
    row = found.table[found.table[Col.ITEM] == other.id]
    text_only = len(row) > 0 and row[Col.EVIDENCE].iloc[0] == evidence.TEXT_ONLY
    st.markdown(sentence(known, article.label, text_only))
    said = (
        evidence.reason(row.iloc[0]) if len(row) else "",
        *_who(known, waiting.over(topics)),
        _texts(known, article, other, not waiting.over(texts)),
        _repeats(known, row),
    )
    return [line for line in said if line]


def sentence(known: Pair, title: str, text_only: bool = False) -> str:
    """How many readers the two share, and whether that is more than chance, as Markdown."""
    name = plain(_short(title))
    if not known.both:
        why = "in title and text" if text_only else "because their readers read similar articles"
        return f"**No reader of *{name}* has read this.** They are similar {why}."
    shared = (
        f"**{known.both:,} of the {counted(known.readers_a, 'reader')} of *{name}* also read this**"
    )
    if known.both < LEAST_FAIR:
        few = "One reader" if known.both == 1 else f"{known.both} readers"
        return f"{shared}. {few}: this may be chance."
    often = f"{known.lift:,.0f}" if known.lift >= 9.95 else f"{known.lift:.1f}"
    chance = f"about {known.expected:,.0f}" if known.expected >= 1 else "fewer than one"
    if known.beyond_chance:
        return f"{shared}, {often} times as many as by chance ({chance})."
    return f"{shared}. By chance it would be {chance}, so the number alone proves little."


def _short(title: str) -> str:
    """A title that is cut between words.

    >>> _short("Former Google career coach shares a visual trick"), _short("A" * 60)[-3:]
    ('Former Google career coach shares a visual…', 'AA…')
    """
    short = shorten(title, TITLE, placeholder="…")
    return short if len(short) > 1 else cut(title, TITLE)


def _who(known: Pair, topics_known: bool) -> list[str]:
    """Who the shared readers are, by topic, time and events."""
    shared = known.readers
    if shared is None or not known.both:
        return []
    said = [_topics(shared.topics)] if topics_known else []
    when = _when(shared.first, shared.last)
    if when:
        said.append(f"They read the later of the two {when}{_week(shared)}.")
    if len(shared.events) > 1:
        (kind, most), *more = shared.events.items()
        listed = ", ".join(f"{plain(kind, 30)} {n:,}" for kind, n in more)
        first = f"{plain(kind, 30)} {counted(most, 'reader')}"
        said.append(f"Their events on either article: {first}, {listed}.")
    leaning = known.influence
    if leaning is not None and leaning.share >= HALF_ON_ONE and known.both > 1:
        said.append(
            f"Without the one who counts most, the similarity would be {leaning.share:.0%} lower."
        )
    return said


def _topics(topics: pd.DataFrame) -> str:
    """What else they read more of than everybody does."""
    if not len(topics):
        return ""
    more = topics[Col.SHARE] - topics[Col.OF_EVERYBODY]
    out = topics[topics[Col.SHARE] >= STANDS_OUT * topics[Col.OF_EVERYBODY]]
    out = out.loc[more[out.index].sort_values(ascending=False, kind="stable").index]
    if not len(out):
        return "Otherwise they read much the same topics as all readers."
    listed = ", ".join(
        f"*{plain(cut(row.topic, 40))}* ({row.share:.0%}; all readers {row.share_of_everybody:.0%})"
        for row in out.head(NAMED).itertuples()
    )
    return f"Topics that they read more than others: {listed}."


def _week(shared: SharedReaders) -> str:
    """How many read the two soon after each other."""
    soon, timed = shared.within_a_week, shared.timed
    if timed == 1:
        return ", within a week of the other" if soon else ", more than a week after the other"
    some = {0: f"none of the {timed:,}", timed: f"all {timed:,}"}
    return f"; {some.get(soon, f'{soon:,} of {timed:,}')} within a week of the other"


def _when(first: float, last: float) -> str:
    if pd.isna(first) or pd.isna(last):
        return ""
    begin, end = (f"{pd.Timestamp(int(edge), unit='s'):%-d %b %Y}" for edge in (first, last))
    return f"on {begin}" if begin == end else f"from {begin} to {end}"


def _texts(known: Pair, article: Article, other: Article, waits: bool) -> str:
    """What titles and texts have in common."""
    if waits:
        return "Comparing titles and texts…"
    if known.by_content is None:
        return ""
    languages = [str(one.row[Col.LANGUAGE]).strip() for one in (article, other)]
    if all(languages) and languages[0] != languages[1]:
        spoken = " and ".join(plain(one, 20) for one in languages)
        return f"The texts are in different languages ({spoken}), so they share few words."
    if not len(known.words):
        return "Titles and texts have no word in common."
    listed = ", ".join(plain(word, 30) for word in known.words["word"].head(WORDS))
    return f"Words in both: {listed} (similarity of the texts {known.by_content:.2f})."


def _repeats(known: Pair, row: pd.DataFrame) -> str:
    """In how many models it is found again, and what that says where readers are few.

    Parameters
    ----------
    row
        Its row of the list, where limits and text count as well; empty where it is not listed.
    """
    seen = row[Col.SEEN_BY].iloc[0] if len(row) and Col.SEEN_BY in row else known.seen_by
    if seen is None or known.seeds is None:
        return ""
    verb = "lists" if seen == 1 else "list"
    said = f"{seen:.0f} of {known.seeds} models from different random starts {verb} it"
    if known.support is not Support.THIN or not seen or not known.both:
        return f"{said}."
    same = "reader" if known.both == 1 else f"{known.both} readers"
    return f"{said}, but all models learn from the same {same}."


def _each(other: Article, question: Question) -> list[str]:
    """For each article asked about: its similarity to this one, and their readers of both."""
    if other.position is None:
        st.markdown("**Nobody has read this article yet.** It is here by title and text.")
        return []
    table = pd.DataFrame({Col.ITEM: [other.id]})
    rows = of_each(question.model, question.ids, table)
    labels = {article.id: article for article in question.articles}
    sharing = int((rows[Col.BOTH] > 0).sum())
    st.markdown(
        f"**It shares readers with {sharing} of the {len(question.articles)} articles** that you "
        "ask about together."
    )
    return [
        f"*{plain(_short(labels[row.member_id].label))}*: {row.readers_of_both:,} of its "
        f"{counted(labels[row.member_id].readers, 'reader')} also read this, similarity "
        f"{row.score:.2f}"
        for row in rows.itertuples()
    ]


def _by_text_alone(other: Article, question: Question) -> list[str]:
    article = question.articles[0]
    who = (
        "Nobody has read it yet" if other.position is None else "Nobody has read the article above"
    )
    st.markdown(f"**{who}:** title and text alone decide.")
    contents = cached.content(question.tables)
    known = pair(question.model, article.id, other.id, contents=contents)
    return [_texts(known, article, other, False)]


def _preview(article: Article, before: str = "") -> None:
    """The facts of an article, and how its text begins."""
    st.caption(f"{before}{facts(article)}")
    text = str(article.row[Col.TEXT]).strip()
    if text:
        st.caption(plain(cut(text, EXCERPT)))
