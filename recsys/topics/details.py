"""What each topic is, in numbers: its readers, its most-read articles, and what they share."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.models import Model
from recsys.topics.finer import FinerTopics
from recsys.topics.names import further_words
from recsys.topics.scoring import Siblings, score_words
from recsys.topics.topics import Topics

WORDS = 5  # of a topic beside those of its name
LEAST = 3  # articles of a topic that share a language, a type or an author, at least
_BEYOND = 2.0  # standard errors by which a share is larger than that of all articles
_TRAITS = (
    (Col.LANGUAGE, Col.LANGUAGE_SHARE, Col.LANGUAGE_OF_ALL),
    (Col.KIND, Col.KIND_SHARE, Col.KIND_OF_ALL),
    (Col.AUTHOR, Col.AUTHOR_SHARE, Col.AUTHOR_OF_ALL),
)


def topic_details(
    topics: Topics, model: Model, n: int = 3, broader: Topics | None = None
) -> pd.DataFrame:
    """The topics with their readers and what their articles share, in the order of the topics.

    Parameters
    ----------
    n
        How many of the most-read articles of each.
    broader
        Where `topics` are finer ones, those that they lie in.

    Returns
    -------
    pandas.DataFrame
        rank, topic, within (the name of the broader topic, with `broader` alone), items (articles),
        readers (people who read at least one), pairs (of a person and an article that they read),
        share_reading_two (of the readers, those who read two of the articles or more), covered
        (see `Topics`), words (of the titles, beyond those of the name, a list), most_read and
        most_read_ids (lists), and for each of language, content_type and author the commonest
        value, where a larger share of the topic's articles has it than of all articles; ``""``
        where there is none. Its shares of both stand in language_share and language_share_of_all,
        and so on, as numbers from 0 to 1; NaN where there is none. Articles of which the value is
        not known do not count, and at least half of a topic's are known. A share is larger if it
        is so by two standard errors of a share, sqrt(p (1 - p) / articles), and three have it.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> table = recsys.topic_details(recsys.find_topics(model, 5), model)
    >>> all(table["readers"] <= table["pairs"]), all(table["share_reading_two"] <= 1)
    (True, True)
    """
    count = len(topics.names)
    readers, returning = _readers(topics, model)
    members = _members(topics)
    most = [rows[np.argsort(-model.readers[rows], kind="stable")[:n]] for rows in members]
    ids = model.items[Col.ITEM].to_numpy()
    columns: dict[str, object] = {Col.RANK: np.arange(1, count + 1), Col.TOPIC: list(topics.names)}
    if broader is not None and isinstance(topics, FinerTopics):
        columns[Col.WITHIN] = list(broader.name_of(topics.within))
    columns |= {
        Col.ITEMS: topics.sizes,
        Col.READERS: readers,
        Col.PAIRS: np.array([model.readers[rows].sum() for rows in members], dtype=np.int64),
        Col.RETURNING: returning / np.maximum(readers, 1),
        Col.COVERED: topics.covered,
        Col.WORDS: _words(topics, model),
        Col.MOST_READ: [[model.labels[row] for row in rows] for rows in most],
        Col.MOST_READ_IDS: [list(ids[rows]) for rows in most],
    }
    for trait, share, of_all in _TRAITS:
        values, shares, everywhere = _commonest(trait, members, model)
        columns |= {trait: values, share: shares, of_all: everywhere}
    return pd.DataFrame(columns)


def _members(topics: Topics) -> list[np.ndarray]:
    """The articles of each topic, in their order."""
    order = np.argsort(topics.of, kind="stable")
    ends = np.cumsum(topics.sizes)[:-1]
    return np.split(order[np.count_nonzero(topics.of < 0) :], ends)[: len(topics.sizes)]


def _readers(topics: Topics, model: Model) -> tuple[np.ndarray, np.ndarray]:
    """``(topics,)`` people who read an article of each, and those of them who read two or more."""
    count = len(topics.names)
    has = np.flatnonzero(topics.of >= 0)
    ones = np.ones(len(has), dtype=np.int32)
    member = csr_matrix((ones, (has, topics.of[has])), shape=(len(topics.of), max(count, 1)))
    read = model.user_items
    pattern = csr_matrix(
        (np.ones(read.nnz, dtype=np.int32), read.indices, read.indptr), shape=read.shape
    )
    often = (pattern @ member).tocsr()
    one, two = often.indices, often.indices[often.data >= 2]
    return np.bincount(one, minlength=count)[:count], np.bincount(two, minlength=count)[:count]


def _words(topics: Topics, model: Model) -> list[list[str]]:
    """Of each topic the words beyond its name; of finer ones those that tell siblings apart."""
    titles = model.items[Col.TITLE].to_numpy(dtype=object)
    if not isinstance(topics, FinerTopics):
        return further_words(list(titles), topics.of, topics.closeness, topics.names, WORDS)
    above = np.append(topics.within, -1)[topics.of]
    even = score_words(list(titles), above, topics.closeness).even
    words: list[list[str]] = []
    for broad in range(int(topics.within.max(initial=-1)) + 1):
        own = np.flatnonzero(topics.within == broad)
        rows = np.flatnonzero(above == broad)
        names = [topics.names[place] for place in own]
        siblings = Siblings(without=even) if len(own) > 1 else Siblings(without=even, apart=0.0)
        words += further_words(
            list(titles[rows]), topics.of[rows] - own[0], topics.closeness[rows], names, WORDS,
            siblings,
        )  # fmt: skip
    return words


def _commonest(
    trait: str, members: list[np.ndarray], model: Model
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The commonest value of each topic that stands out, with its share of it and of all."""
    count = len(members)
    values, shares, everywhere = [""] * count, np.full(count, np.nan), np.full(count, np.nan)
    if trait not in model.items:
        return values, shares, everywhere
    codes, known = pd.factorize(model.items[trait].where(model.items[trait] != ""), sort=True)
    if not len(known):
        return values, shares, everywhere
    of_all = np.bincount(codes[codes >= 0], minlength=len(known)) / np.count_nonzero(codes >= 0)
    for place, rows in enumerate(members):
        inside = codes[rows]
        inside = inside[inside >= 0]
        if 2 * len(inside) < len(rows) or not len(inside):
            continue
        numbers = np.bincount(inside)
        best = int(numbers.argmax())
        share, usual = numbers[best] / len(inside), of_all[best]
        error = np.sqrt(usual * (1 - usual) / len(inside))
        if numbers[best] >= LEAST and share > usual + _BEYOND * error:
            values[place], shares[place], everywhere[place] = str(known[best]), share, usual
    return values, shares, everywhere
