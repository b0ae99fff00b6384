"""A pack of links as a file: CSV, Parquet, JSON by article, or a page of HTML blocks."""

import html
import io
import json
from collections.abc import Callable, Mapping

import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.exports.handed_over import HEADINGS, spreadsheet_id
from recsys.exports.links import Link, html_list, one_line, web_address
from recsys.exports.read_next import Pack
from recsys.writing import table_bytes, to_csv

_HEADINGS: Mapping[str, str] = {
    **HEADINGS,
    Col.ITEM: "Below this id",
    Col.TITLE: "Below this article",
    Col.NEIGHBOUR: "Article id",
    Col.NEIGHBOUR_TITLE: "Article",
}
_BY = {"picked": "an editor", "pinned": "a rule", "model": "the model", "text": "title and text"}


def pack_bytes(pack: Pack, ending: str) -> bytes:
    """A pack as one file.

    Parameters
    ----------
    ending
        ``csv``: a row for each link, for a spreadsheet: the words of the screen, ids as text.
        ``parquet``: the same with the library's names, exact ids.
        ``json``: an object by the id of the article, each with its links and a block of HTML.
        ``html``: a page with one ``<section id="article-ID">`` for each article.

    Raises
    ------
    SettingError
        If the format is another.

    Examples
    --------
    >>> import json
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> pack = recsys.read_next(model, tables, 3)
    >>> made = json.loads(recsys.pack_bytes(pack, "json"))
    >>> sorted(made[model.items["item_id"][0]])
    ['html', 'links', 'title', 'url']
    """
    check_format(ending)
    return PACK_FORMATS[ending](pack)


def check_format(ending: str) -> None:
    """Refuse what is no format of `pack_bytes`.

    Raises
    ------
    SettingError
        If it is none.
    """
    if ending not in PACK_FORMATS:
        raise SettingError(
            f"{ending!r:.40} is not a format.",
            where="format",
            todo=f"Known: {', '.join(PACK_FORMATS)}.",
        )


def _csv(pack: Pack) -> bytes:
    shown = pack.links.copy()
    for name in (Col.ITEM, Col.NEIGHBOUR):
        shown[name] = shown[name].map(spreadsheet_id)
    shown[Col.URL] = shown[Col.URL].map(web_address)
    shown[Col.BY] = shown[Col.BY].map(_BY)
    return to_csv(shown.rename(columns=_HEADINGS)).encode("utf-8-sig")


def _parquet(pack: Pack) -> bytes:
    return table_bytes(pack.links, "parquet")


def _json(pack: Pack) -> bytes:
    made = {}
    for item, title, url, links in _by_article(pack):
        made[item] = {
            "title": title,
            "url": url,
            "links": [
                {
                    "id": row[Col.NEIGHBOUR],
                    "title": row[Col.NEIGHBOUR_TITLE],
                    "url": row[Col.URL],
                    "by": row[Col.BY],
                    "similarity": None if pd.isna(row[Col.SCORE]) else round(row[Col.SCORE], 4),
                    "readers_of_both": row[Col.BOTH],
                }
                for row in links
            ],
            "html": html_list(_links(links)) if links else "",
        }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _html(pack: Pack) -> bytes:
    stream = io.StringIO()
    stream.write(
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        "<title>Read next</title>\n</head>\n<body>\n"
    )
    for item, title, _, links in _by_article(pack):
        if links:
            name = html.escape(one_line(item))
            label = html.escape(one_line(title) or item)
            stream.write(f'<section id="article-{name}">\n<h2>{label}</h2>\n')
            stream.write(html_list(_links(links)))
            stream.write("</section>\n")
    stream.write("</body>\n</html>\n")
    return stream.getvalue().encode()


def _by_article(pack: Pack) -> list[tuple[str, str, str, list[dict]]]:
    """Id, title, address and links of each article, in the order of the tables."""
    rows: dict[str, list[dict]] = {}
    for row in pack.links.to_dict(orient="records"):
        rows.setdefault(row[Col.ITEM], []).append(row)
    columns = (pack.articles[name] for name in (Col.ITEM, Col.TITLE, Col.URL))
    return [
        (item, title, url, rows.get(item, [])) for item, title, url in zip(*columns, strict=True)
    ]


def _links(rows: list[dict]) -> list[Link]:
    return [
        Link(item=row[Col.NEIGHBOUR], title=row[Col.NEIGHBOUR_TITLE], url=row[Col.URL])
        for row in rows
    ]


PACK_FORMATS: Mapping[str, Callable[[Pack], bytes]] = {
    "csv": _csv,
    "json": _json,
    "html": _html,
    "parquet": _parquet,
}
