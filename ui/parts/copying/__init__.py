"""A button that copies text, or a table for a mail, and says that it did."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from recsys.exports import FORMATS, Link
from ui.text import counted

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "kindred_copying",
    html="""<div><button type="button"></button><span role="status"></span>
<table hidden><thead><tr><th scope="col">#</th><th scope="col">Article</th></tr></thead>
<tbody></tbody></table></div>""",
    css=(_HERE / "copying.css").read_text(encoding="utf-8"),
    js=(_HERE / "copying.js").read_text(encoding="utf-8"),
)
NAMES = {
    "html": "HTML list",
    "markdown": "Markdown",
    "plain": "Plain links",
    "mail": "Table for a mail",
}
_LANGUAGES = {"html": "html", "markdown": "markdown", "plain": None}


def copy_links(links: Sequence[Link], key: str) -> None:
    """The links in one of the formats, with a button that copies them."""
    chosen = st.radio(
        "Format",
        list(NAMES),
        format_func=NAMES.__getitem__,
        key=f"{key}-format",
        horizontal=True,
        label_visibility="collapsed",
    )
    text = FORMATS[chosen](links)
    mail = chosen == "mail"
    _component(
        key=f"{key}-button",
        data={
            "label": "Copy the table" if mail else "Copy",
            "text": FORMATS["plain"](links) if mail else text,
            "html": text if mail else "",
            "rows": [[place, link.label, link.address] for place, link in enumerate(links, 1)]
            if mail
            else [],
            "done": f"Copied {counted(len(links), 'article')}.",
            "failed": "The browser did not allow it. Select the text below and copy it.",
        },
    )
    if not mail:
        st.code(text, language=_LANGUAGES[chosen], wrap_lines=True)
    without = sum(not link.address for link in links)
    if without:
        st.caption(f"{counted(without, 'article')} without a web address: not a link.")
    ids = sum(not link.address and not link.title.strip() for link in links)
    if ids:
        st.warning(f"{counted(ids, 'article')} without a title: only the id is copied.")
