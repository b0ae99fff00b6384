"""A list of articles as links for other programs: HTML, Markdown, plain text, a table for a mail.

Titles and addresses are what others wrote. Each format escapes them, so that a title never becomes
a tag, a link or a heading; only http and https addresses become links.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~$#!{}()^=])")
_AUTOMATIC = re.compile(r"(?i)(:(?=//)|@|(?<=www)\.)")  # would be made a link without being asked
_BLOCK = re.compile(r"^([-+]|\d{1,9}(?=[.)]))")  # would begin a list within the list
_SAFE = "!#$&*+,-./:;=?@_~%[]"  # signs of an address that stay; not ( ) < > " ' \ |


@dataclass(frozen=True, kw_only=True)
class Link:
    """An article to link to.

    Attributes
    ----------
    item
        Its id.
    title, url
        As the data has them; may be empty or anything else.
    """

    item: str
    title: str = ""
    url: str = ""

    @property
    def label(self) -> str:
        """Its title on one line; without one its address, without that its id."""
        return one_line(self.title) or self.address or one_line(self.item)

    @property
    def address(self) -> str:
        """Its address, if that is one of the web; see `web_address`."""
        return web_address(self.url)


def one_line(text: str) -> str:
    """Text on one line, without signs that cannot be seen or that turn the text around.

    >>> one_line(" a\\n b\\u202e ")
    'a b'
    """
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def web_address(text: str) -> str:
    """An http or https address, with what could end it elsewhere percent-encoded; otherwise ``""``.

    >>> web_address("https://a.org/b(c)?d=e&f"), web_address("javascript:alert(1)")
    ('https://a.org/b%28c%29?d=e&f', '')
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return ""
    except ValueError:
        return ""
    if any(not sign.isprintable() for sign in text):  # urlsplit drops line ends, a browser too
        return ""
    return quote(text, safe=_SAFE)


def html_list(links: Sequence[Link]) -> str:
    """An unordered list, to be pasted into a page.

    >>> print(html_list([Link(item="1", title="A <b>", url="https://a.org/?x=1&y=2")]), end="")
    <ul>
      <li><a href="https://a.org/?x=1&amp;y=2">A &lt;b&gt;</a></li>
    </ul>
    """
    rows = "".join(f"  <li>{_html(link)}</li>\n" for link in links)
    return f"<ul>\n{rows}</ul>\n"


def markdown_list(links: Sequence[Link]) -> str:
    """A list in Markdown (CommonMark and GitHub's).

    >>> markdown_list([Link(item="1", title="A [b]", url="https://a.org")])
    '- [A \\\\[b\\\\]](https://a.org)\\n'
    """
    return "".join(f"- {_markdown(link)}\n" for link in links)


def plain_links(links: Sequence[Link]) -> str:
    """The title and below it the address of each, with an empty line between two.

    >>> plain_links([Link(item="1", title="A", url="https://a.org")])
    'A\\nhttps://a.org\\n'
    """
    return "\n".join(
        "".join(f"{line}\n" for line in dict.fromkeys((link.label, link.address)) if line)
        for link in links
    )


def mail_table(links: Sequence[Link]) -> str:
    """A table in HTML that programs for mail show: no style sheet, one row an article.

    >>> "<td" in mail_table([Link(item="1", title="A")])
    True
    """
    cell = 'style="padding:4px 12px 4px 0;text-align:left;vertical-align:top"'
    rows = "".join(
        f"<tr><td {cell}>{place}</td><td {cell}>{_html(link)}</td></tr>\n"
        for place, link in enumerate(links, 1)
    )
    head = f"<tr><th {cell}>#</th><th {cell}>Article</th></tr>\n"
    return f'<table style="border-collapse:collapse">\n{head}{rows}</table>\n'


def _html(link: Link) -> str:
    label = html.escape(link.label)
    return f'<a href="{html.escape(link.address)}">{label}</a>' if link.address else label


def _markdown(link: Link) -> str:
    label = _BLOCK.sub(_escaped_block, _MARKDOWN.sub(r"\\\1", link.label))
    label = _AUTOMATIC.sub(r"\\\1", label)
    return f"[{label}]({link.address})" if link.address else label


def _escaped_block(found: re.Match[str]) -> str:
    """``- a`` as ``\\- a``; of ``1. a`` the dot is what counts, and a digit cannot be escaped."""
    sign = found[0]
    return f"\\{sign}" if not sign.isdigit() else f"{sign}\\"


FORMATS: dict[str, Callable[[Sequence[Link]], str]] = {
    "html": html_list,
    "markdown": markdown_list,
    "plain": plain_links,
    "mail": mail_table,
}
