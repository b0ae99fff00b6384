"""What stands below every article: what editors picked, what the rules say, the model elsewhere."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.exports.ruled import by_position
from recsys.exports.tiles import near_tiles
from recsys.limits import Limits
from recsys.models import Model
from recsys.picks import NO_RULES, Rules, pins_of
from recsys.progress import OnProgress
from recsys.ranking import checked_count
from recsys.text import ContentIndex

PICKED, PINNED, BY_READERS, BY_TEXT = "picked", "pinned", "model", "text"
WELL_SUPPORTED = 3  # readers of both, from which a link is not one person's doing
LIMITS = Limits(least_both=WELL_SUPPORTED)


@dataclass(frozen=True, kw_only=True, eq=False)
class Pack:
    """What stands below every article.

    Attributes
    ----------
    links
        item_id, title, rank, neighbour_id, neighbour_title, url (of the neighbour), score (cosine;
        NaN where one of the two has no readers), readers_of_both, by (``picked``, ``pinned``,
        ``model``, ``text``). A row for each link, the articles in the order of the tables.
    orphans
        item_id, title, url, readers, most_readers_of_both: articles for which nothing is picked
        or pinned, and with which no allowed article shares enough readers. The most read first.
    articles
        item_id, title, url, readers, count (links): all that were asked about.
    unknown
        How many picks and pins are of articles that the data does not have; they are left out.
    """

    links: pd.DataFrame
    orphans: pd.DataFrame
    articles: pd.DataFrame
    unknown: int = 0


def read_next(
    model: Model,
    tables: Tables | None = None,
    n: int = 5,
    limits: Limits = LIMITS,
    rules: Rules = NO_RULES,
    *,
    contents: ContentIndex | None = None,
    fill: bool = False,
    on_progress: OnProgress | None = None,
) -> Pack:
    """What stands below every article that was not removed.

    Where somebody picked, all picks, in order. Elsewhere what is pinned, then the nearest articles
    under the limits, `n` in all. Two articles that never go together do not, picked or not.

    Parameters
    ----------
    tables
        What the model was trained on, for articles that nobody has read; None: only those that
        the model has.
    limits
        Which articles may be linked to by the model. With `least_both` below 1 an article is an
        orphan where it shares no reader with any other.
    contents
        With it, orphans are linked to what is like them by title and text, within the limits
        that are not about readers.
    fill
        Whether fewer than `n` picks are filled up by pins and by the model.
    on_progress
        Called as ``(articles done, articles)``; what it raises ends the work.

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> first, second, third = model.items["item_id"][:3]
    >>> picks = recsys.Decision(kind="picks", item=first, others=[third, second])
    >>> rules = recsys.Rules().add(picks)
    >>> pack = recsys.read_next(model, tables, 5, rules=rules)
    >>> pack.links[pack.links["item_id"] == first]["neighbour_id"].tolist() == [third, second]
    True
    """
    checked_count(n)
    every = model.items if tables is None else tables.articles
    articles = every
    if not limits.include_removed:
        articles = articles[~articles[Col.REMOVED].to_numpy(dtype=bool)]
    links, most = near_links(model, n, limits, rules, on_progress=on_progress)
    asked = frozenset(articles[Col.ITEM])
    decided, unknown = _decided(model, rules, frozenset(every[Col.ITEM]))
    links = together(pd.concat([decided, links], ignore_index=True), rules, n, fill)
    links = links[links[Col.ITEM].isin(asked)]
    linked = set(links[Col.ITEM])
    readers = articles[Col.ITEM].map(dict(zip(model.items[Col.ITEM], model.readers, strict=True)))
    known = articles[[Col.ITEM, Col.TITLE, Col.URL]].assign(
        **{Col.READERS: readers.fillna(0).astype(np.int64)}
    )
    orphans = known[~known[Col.ITEM].isin(linked)]
    shares = dict(zip(model.items[Col.ITEM], most, strict=True))
    orphans = orphans.assign(
        **{Col.MOST_BOTH: [int(shares.get(item, 0)) for item in orphans[Col.ITEM]]}
    )
    if contents is not None:
        links = pd.concat([links, _by_text(contents, every, orphans[Col.ITEM], n, limits, rules)])
    counts = links[Col.ITEM].value_counts()
    known = known.assign(**{Col.COUNT: known[Col.ITEM].map(counts).fillna(0).astype(np.int64)})
    order = [Col.READERS, Col.ITEM]
    return Pack(
        links=_titled(links, every),
        orphans=orphans.sort_values(order, ascending=[False, True], ignore_index=True),
        articles=known.reset_index(drop=True),
        unknown=unknown,
    )


def near_links(
    model: Model, n: int, limits: Limits, rules: Rules, on_progress: OnProgress | None = None
) -> tuple[pd.DataFrame, np.ndarray]:
    """The model's links of every article, and the most readers that each shares with another."""
    ids = model.items[Col.ITEM].to_numpy()
    without, _ = by_position(model, rules)
    parts, most = [], np.zeros(len(ids), dtype=np.int64)
    for tile in near_tiles(
        model, n, limits, without=without, count_both=True, on_progress=on_progress
    ):
        assert tile.most_both is not None
        most[tile.rows] = tile.most_both
        parts.append(
            pd.DataFrame(
                {
                    Col.ITEM: ids[tile.query],
                    Col.NEIGHBOUR: ids[tile.places],
                    Col.SCORE: tile.scores,
                    Col.BOTH: tile.both,
                    Col.BY: BY_READERS,
                }
            )
        )
    return pd.concat(parts, ignore_index=True), most


def _decided(model: Model, rules: Rules, there: frozenset[str]) -> tuple[pd.DataFrame, int]:
    """Links that are picked or pinned, picks first, and how many the data does not have."""
    pairs = [
        (item, other, PICKED) for item, entry in rules.picked.items() for other in entry.others
    ]
    pairs += [(item, other, PINNED) for item in rules.pins for other in pins_of(rules, item)]
    known = [pair for pair in pairs if pair[0] in there and pair[1] in there]
    table = pd.DataFrame(known, columns=[Col.ITEM, Col.NEIGHBOUR, Col.BY], dtype=object)
    where = model.positions
    scores, both = np.full(len(known), np.nan), np.zeros(len(known), dtype=np.int64)
    for row, (item, other, _) in enumerate(known):
        if item in where and other in where:
            a, b = where[item], where[other]
            lengths = model.item_norms[a] * model.item_norms[b]
            product = float(model.item_factors[a] @ model.item_factors[b])
            scores[row] = product / lengths if lengths > 0 else 0.0
            both[row] = model.item_users[a].multiply(model.item_users[b]).nnz
    return table.assign(**{Col.SCORE: scores, Col.BOTH: both}), len(pairs) - len(known)


def together(links: pd.DataFrame, rules: Rules, n: int, fill: bool) -> pd.DataFrame:
    """One list for each article out of links that stand in the order of what goes first.

    All picks stay; of the rest so many that there are `n`. A link that comes twice counts once.
    """
    pairs = list(zip(links[Col.ITEM], links[Col.NEIGHBOUR], strict=True))
    banned = [other in rules.nevers.get(item, ()) for item, other in pairs] if rules.nevers else []
    kept = links[~np.array(banned, dtype=bool)] if banned else links
    kept = kept.drop_duplicates([Col.ITEM, Col.NEIGHBOUR])
    picked = (kept[Col.BY] == PICKED).to_numpy()
    if not fill:
        kept = kept[picked | ~kept[Col.ITEM].isin(set(kept[Col.ITEM][picked])).to_numpy()]
        picked = (kept[Col.BY] == PICKED).to_numpy()
    rank = kept.groupby(Col.ITEM, sort=False).cumcount().to_numpy() + 1
    return kept.assign(**{Col.RANK: rank})[picked | (rank <= n)]


def _by_text(
    contents: ContentIndex,
    articles: pd.DataFrame,
    items: pd.Series,
    n: int,
    limits: Limits,
    rules: Rules,
) -> pd.DataFrame:
    """Links of orphans to what is like them by title and text."""
    about_texts = replace(limits, least_readers=0, least_both=0)
    allowed = about_texts.allowed(articles, np.zeros(len(articles)))
    ids = articles[Col.ITEM].to_numpy()
    offered = np.isin(contents.item_ids, ids[allowed])
    parts = [pd.DataFrame(columns=[Col.ITEM, Col.NEIGHBOUR, Col.RANK], dtype=object)]
    for item in items:
        scores = np.where(offered, contents.scores({item: 1.0}), 0.0)
        scores[[contents.row_of(one) for one in (item, *rules.nevers.get(item, ()))
                if one in contents.positions]] = 0.0  # fmt: skip
        found = np.argsort(-scores, kind="stable")[:n]
        found = found[scores[found] > 0]
        columns = {Col.NEIGHBOUR: contents.item_ids[found], Col.RANK: np.arange(len(found)) + 1}
        parts.append(pd.DataFrame({Col.ITEM: item, **columns}))
    links = pd.concat(parts, ignore_index=True)
    return links.assign(**{Col.BY: BY_TEXT, Col.SCORE: np.nan, Col.BOTH: 0})


def _titled(links: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The links with titles and addresses, in the order of the articles."""
    place = {item: place for place, item in enumerate(articles[Col.ITEM])}
    titles, urls = articles[Col.TITLE].to_numpy(), articles[Col.URL].to_numpy()
    links = links.iloc[np.lexsort((links[Col.RANK], links[Col.ITEM].map(place)))]
    own, other = (links[name].map(place).to_numpy(dtype=int) for name in (Col.ITEM, Col.NEIGHBOUR))
    return pd.DataFrame(
        {
            Col.ITEM: links[Col.ITEM].to_numpy(),
            Col.TITLE: titles[own],
            Col.RANK: links[Col.RANK].to_numpy(),
            Col.NEIGHBOUR: links[Col.NEIGHBOUR].to_numpy(),
            Col.NEIGHBOUR_TITLE: titles[other],
            Col.URL: urls[other],
            Col.SCORE: links[Col.SCORE].to_numpy(dtype=np.float64),
            Col.BOTH: links[Col.BOTH].to_numpy(dtype=np.int64),
            Col.BY: links[Col.BY].to_numpy(),
        }
    )
