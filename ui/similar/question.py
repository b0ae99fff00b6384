"""What is asked: which articles, how similarity is judged, and what may come."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from recsys.dataset import Tables
from recsys.models import Model
from recsys.picks import NO_RULES, Rules
from recsys.training import SIZE
from ui.parts.article import Article
from ui.parts.widgets import content_field
from ui.similar.limits import Wanted

CONTENT = "content"  # the key of the field for the share of the text, on all pages
SHARE = 0.5  # of the text, with one click


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How similarity is judged. All of it is in the address."""

    agreed: bool = False
    content: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Question:
    """What the list answers.

    Attributes
    ----------
    articles
        What is asked about, one or several together.
    rules
        What was decided about the data; it holds for one article, not for several together.
    """

    articles: tuple[Article, ...]
    model: Model
    tables: Tables
    n: int
    choice: Choice
    wanted: Wanted
    rules: Rules = NO_RULES

    @property
    def ids(self) -> list[str]:
        """The ids of the articles asked about."""
        return [article.id for article in self.articles]

    @property
    def several(self) -> bool:
        """Whether more than one article is asked about."""
        return len(self.articles) > 1

    @property
    def ruled(self) -> bool:
        """Whether a rule holds for the list."""
        item = self.ids[0]
        return not self.several and (item in self.rules.pins or item in self.rules.nevers)

    @property
    def read(self) -> bool:
        """Whether anybody read any of them."""
        return any(article.position is not None for article in self.articles)

    @property
    def label(self) -> str:
        """What is asked about, in words."""
        return f"these {len(self.articles)} articles" if self.several else self.articles[0].label


def ranking() -> Choice:
    """The fields; what is set in them is in the address."""
    with st.popover("Ranking", icon=":material/tune:", key="ranking"):
        agreed = st.toggle(
            f"Mean of {SIZE} models",
            key="agreed",
            bind="query-params",
            help=f"The mean similarity over {SIZE} models from different random starts, instead "
            "of one model's. On CI&T's Deskdrop data, under the tutorial's parameters, another "
            "start keeps 50% of one model's ten nearest, and 74% of what five agree on.",
        )
        content = content_field(
            "articles with similar titles and texts rank higher, most of all those with few "
            "readers. Articles without readers can then appear.",
            disabled=agreed,
        )
    return Choice(agreed=agreed, content=0.0 if agreed else content)


def text_button(choice: Choice) -> None:
    """Use the text as well, or stop using it, with one click."""
    on = choice.content > 0
    label, icon, share = (
        ("Stop using the text", ":material/close:", 0.0)
        if on
        else ("Also use the text", ":material/article:", SHARE)
    )
    st.button(
        label, key="use-text", icon=icon, type="tertiary", on_click=use_text, args=(share,),
        help="Title and text decide together with the readers.",
    )  # fmt: skip


def use_text(share: float) -> None:
    """Give title and text this share, in the run that follows."""
    st.session_state[CONTENT] = share
    if share:
        st.session_state["agreed"] = False  # the mean of several models is by readers alone


Chosen = Callable[[str], None]  # what is called with the id of an article
