"""How far to trust the list, said where it is met."""

import streamlit as st

from recsys.columns import Col
from recsys.pairs import Support, equal_for_one, support
from ui.similar.evidence import RULE, TEXT_ONLY
from ui.similar.neighbours import Answer
from ui.similar.question import Question, text_button
from ui.text import counted


def show_few(question: Question) -> None:
    """Under the title, that hardly anybody read the article, with a way to use the text too."""
    article = question.articles[0]
    # With fewer readers than strong evidence needs, no neighbour can have it.
    if question.several or article.position is None or support(article.readers) == Support.STRONG:
        return
    also = " Title and text decide as well." if question.choice.content else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/warning: **Only {counted(article.readers, 'reader')}: a guess.**{also}",
            width="content",
        )
        text_button(question.choice)


def show(found: Answer, question: Question) -> None:
    """How many rows are well supported, and which are equal for one reader alone."""
    table = found.table
    counts = table[Col.EVIDENCE].value_counts()
    order = (Support.STRONG, Support.FAIR, Support.THIN, TEXT_ONLY)
    said = [f"{counts[word]} {word}" for word in order if word in counts]
    grey = " (grey)" if Support.THIN in counts else ""
    st.caption(f"**Evidence:** {', '.join(said)}{grey}.", help=RULE)
    if question.several or not question.read:
        return
    ranks = table.set_index(Col.ITEM)[Col.RANK]
    as_shown = table.assign(**{Col.SCORE: table[Col.SCORE].round(3)})
    for group in equal_for_one(question.model, question.ids[0], as_shown):
        places = sorted(int(ranks[item]) for item in group.item_ids)
        st.caption(
            f"Numbers {places_in_words(places)} are equally similar because one reader read them "
            "all."
        )


def places_in_words(places: list[int]) -> str:
    """Ranks as they are read aloud.

    >>> places_in_words([2, 3, 4, 7]), places_in_words([1, 2])
    ('2, 3, 4 and 7', '1 and 2')
    """
    *first, last = map(str, places)
    return f"{', '.join(first)} and {last}"
