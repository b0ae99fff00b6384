"""Neighbours of an article as a table for a spreadsheet: the words of the screen, ids as text."""

from collections.abc import Mapping

import pandas as pd

from recsys.columns import Col
from recsys.exports.links import Link, web_address
from recsys.writing import to_csv

ID_MARK = "id:"
HEADINGS: Mapping[str, str] = {
    Col.RANK: "#",
    Col.TITLE: "Article",
    Col.URL: "Address",
    Col.ITEM: "Article id",
    Col.SCORE: "Similarity",
    Col.CONTENT: "Text",
    Col.READERS: "Readers",
    Col.BOTH: "Readers of both",
    Col.SEEN_BY: "Repeats (of 5 models)",
    Col.ONE_SEED: "Repeats in one model only",
    Col.STABILITY: "Stability",
    Col.LIFT: "Lift",
    Col.JACCARD: "Overlap",
    Col.EVIDENCE: "Evidence",
    Col.LANGUAGE: "Language",
    Col.KIND: "Type",
    Col.RULE: "Rule",
    "by": "Chosen by",
}
ABOUT = ("Below this article", "Its address", "Its id")
_ABOUT = ("about_title", "about_url", "about_item_id")


def spreadsheet_id(item: str) -> str:
    """An id that every spreadsheet takes as text.

    Excel and LibreOffice read a cell of digits as a number of 15 to 17 figures, so that an id such
    as -4029704725707465084 comes back as another article's; they take quotation marks off first, so
    that these do not help. A word before it makes it text, in pandas too.

    >>> spreadsheet_id("-4029704725707465084")
    'id:-4029704725707465084'
    """
    return f"{ID_MARK}{item}"


def with_addresses(table: pd.DataFrame, about: Link, articles: pd.DataFrame) -> pd.DataFrame:
    """A table of articles with the address of each, and with the article that was asked about.

    Parameters
    ----------
    table
        With item_id.
    about
        The article that was asked about.
    articles
        With item_id and url, as `recsys.dataset.Tables` has them.

    Returns
    -------
    pandas.DataFrame
        about_item_id, about_title and about_url first, url behind the title. Addresses as the data
        has them.
    """
    known = dict(zip(articles[Col.ITEM], articles[Col.URL], strict=True))
    found = table.drop(columns=Col.URL, errors="ignore")
    place = list(found).index(Col.TITLE) + 1
    found.insert(place, Col.URL, [known.get(item, "") for item in found[Col.ITEM]])
    for name, text in zip(_ABOUT, (about.title, about.url, about.item), strict=True):
        found.insert(_ABOUT.index(name), name, text)
    return found


def spreadsheet(table: pd.DataFrame) -> bytes:
    """What `with_addresses` gives as CSV for a spreadsheet.

    The columns are called as on the screen; ids are `spreadsheet_id`s; addresses that are not of
    the web are left empty. It begins with a byte order mark, without which Excel takes UTF-8 for
    another encoding.
    """
    shown = table.copy()
    for name in (Col.ITEM, "about_item_id"):
        shown[name] = shown[name].map(spreadsheet_id)
    for name in (Col.URL, "about_url"):
        shown[name] = shown[name].map(web_address)
    known = {**HEADINGS, **dict(zip(_ABOUT, ABOUT, strict=True))}
    text = to_csv(shown.rename(columns=lambda name: known.get(name, name)))
    return text.encode("utf-8-sig")
