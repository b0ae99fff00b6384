"""The orphans, and every article with what stands below it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.exports import Link, Pack
from ui.parts import downloads
from ui.parts.copying import copy_links
from ui.parts.table import Column
from ui.parts.widgets import article_table
from ui.text import counted, plain

SHOWN = 200
BY = {
    "picked": "picked",
    "pinned": "pinned",
    "model": "by readers",
    "text": "by title and text",
}
_MOST = Column(label="Most readers of both", width=120, help="The most readers that it shares "
               "with any one article that can be linked.")  # fmt: skip
_COUNT = Column(label="Links", width=70, help="How many articles are linked below it.")
_BY = Column(label="Chosen", kind="text", width=140, help="Who chose it: an editor (picked, "
             "pinned), the model (by readers), or title and text.")  # fmt: skip


def summary(pack: Pack) -> None:
    """What came of it, in a sentence, and what the orphans are."""
    linked = len(pack.articles) - len(pack.orphans)
    st.markdown(
        f"**{counted(len(pack.links), 'link')} below {counted(len(pack.articles), 'article')}.** "
        f"{counted(linked, 'article')} with at least one link that readers or editors support; "
        f"{len(pack.orphans):,} without such a link (orphans)."
    )
    if pack.unknown:
        st.warning(
            "Picks and pins left out, because this data does not have the article: "
            f"{pack.unknown:,}."
        )


def orphans(pack: Pack, least_both: int, then: Callable[[str], None]) -> None:
    """The articles for which nothing is well supported, the most read first."""
    count = len(pack.orphans)
    st.header(f"{count:,} orphan{'' if count == 1 else 's'}", anchor=False)
    if not count:
        st.success("Every article has a link that readers or editors support.")
        return
    rule = (
        f"They share fewer than {counted(least_both, 'reader')} with every article that can be "
        "linked, and nothing is picked or pinned. Open one to pick articles for it."
        if least_both
        else "Nobody read them, and nothing is picked or pinned. Open one to pick articles for it."
    )
    st.caption(rule + _first(count))
    table = pack.orphans.head(SHOWN)[[Col.ITEM, Col.TITLE, Col.READERS, Col.MOST_BOTH]]
    article_table(
        table,
        key="orphans",
        then=then,
        alt="Articles without a well supported link",
        name="orphans",
        taken=pack.orphans,
        height=330,
        columns={Col.MOST_BOTH: _MOST},
    )


def every_article(pack: Pack, item: str, then: Callable[[str], None]) -> None:
    """All articles, to be searched; the links of the one that is chosen."""
    st.header("All articles", anchor=False)
    words = st.text_input(
        "Search these articles", key="pack-words", type="search", live=True,
        placeholder="Words of a title, or an id", label_visibility="collapsed",
    )  # fmt: skip
    table = pack.articles
    if words and words.strip():
        table = _matching(table, words)
    table = table.sort_values([Col.READERS, Col.ITEM], ascending=[False, True], kind="stable")
    if table.empty:
        st.info("No article has these words in its title.")
    else:
        st.caption(f"Choose one to see the links below it.{_first(len(table))}")
        article_table(
            table.head(SHOWN)[[Col.ITEM, Col.TITLE, Col.READERS, Col.COUNT]],
            key=f"pack-{words}",
            then=then,
            alt="Articles and how many links each has",
            name=None,
            height=330,
            columns={Col.COUNT: _COUNT},
            chosen=item,
        )


def _matching(table: pd.DataFrame, words: str) -> pd.DataFrame:
    """The articles whose title has all the words, or whose id it is."""
    titles = table[Col.TITLE].str.casefold()
    found = pd.Series(True, index=table.index)
    for word in words.casefold().split():
        found &= titles.str.contains(word, regex=False)
    return table[found | (table[Col.ITEM] == words.strip())]


def _first(count: int) -> str:
    return f" The {SHOWN} most read are listed; the files have all." if count > SHOWN else ""


def below(pack: Pack, item: str, then: Callable[[str], None]) -> None:
    """What stands below one article, and its block to copy."""
    about = pack.articles[pack.articles[Col.ITEM] == item]
    if about.empty:
        return
    title = about[Col.TITLE].iloc[0].strip() or f"(no title) {item}"
    rows = pack.links[pack.links[Col.ITEM] == item]
    with st.container(border=True, key="below"):
        st.markdown(f"**Below “{plain(title, 120)}”: {counted(len(rows), 'link')}**")
        if len(rows):
            shown = pd.DataFrame(
                {
                    Col.RANK: rows[Col.RANK],
                    Col.ITEM: rows[Col.NEIGHBOUR],
                    Col.TITLE: rows[Col.NEIGHBOUR_TITLE],
                    Col.SCORE: rows[Col.SCORE],
                    Col.BOTH: rows[Col.BOTH],
                    Col.BY: rows[Col.BY].map(BY),
                }
            )
            article_table(
                shown, key=f"below-{item}", then=then, alt=f"Links below {title}", name=None,
                columns={Col.BY: _BY},
            )  # fmt: skip
        with st.container(horizontal=True):
            st.button(
                "Change this list", key="below-open", icon=":material/edit:",
                on_click=then, args=(item,), help="Opens it on Similar articles, to pick there.",
            )  # fmt: skip
            if len(rows):
                with st.popover("Copy as links", icon=":material/content_copy:"):
                    columns = (rows[name] for name in (Col.NEIGHBOUR, Col.NEIGHBOUR_TITLE, Col.URL))
                    copy_links(
                        [Link(item=i, title=t, url=u) for i, t, u in zip(*columns, strict=True)],
                        "below",
                    )


FILES = {
    "json": ("JSON", "One object by article id: its links and a block of HTML."),
    "html": ("HTML", "One page, a section for each article: copy the block below it."),
    "csv": ("CSV", "A row for each link, for a spreadsheet. Ids begin with *id:*, because a "
            "spreadsheet would round their digits."),
    "parquet": ("Parquet", "A row for each link, exact ids, the library's column names."),
}  # fmt: skip


def files(make: Callable[[str], bytes], name: str) -> None:
    """A button for each format of the whole pack."""
    for ending, (label, told) in FILES.items():
        downloads.button(
            label,
            lambda ending=ending: make(ending),  # type: ignore[misc]
            f"{name}-read-next.{ending}",
            key=f"take-pack-{ending}",
            help_text=told,
        )
