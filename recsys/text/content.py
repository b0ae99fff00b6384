"""Which articles speak of the same things: for those that nobody, or hardly anybody, has read.

An article is a vector of TF-IDF weights, of its words (title and text) and of the three and four
letters in a row of its title, which catch compounds, endings and slips of the pen; accents and
case do not matter. Likeness is the cosine. See docs/recommendations.md.
"""

import html
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack

from recsys.columns import Col
from recsys.errors import UnknownItemError
from recsys.progress import OnProgress
from recsys.ranking import best, checked_count

if TYPE_CHECKING:  # whoever loads a model reads no files
    from recsys.dataset import Tables

_WORDS, _LETTERS = 0.7, 0.3  # shares in the squared length of a vector
_LONGEST = 20_000  # signs of a text that are looked at
_LONG, _MANY = 100, 20  # words of a long text, and how many of these tell what words are common
_BLOCK = 100  # articles from one word of progress to the next


@dataclass(frozen=True, kw_only=True, eq=False)
class ContentIndex:
    """The contents of articles, read or not. Takes memory in proportion to the texts.

    Attributes
    ----------
    items
        The articles with item_id, title, language, content_type, timestamp, removed.
    vectors
        ``(n, terms)`` float32 CSR, rows of length 1; a row is empty where there is nothing to go
        by. Terms of one article alone count in its length but are not kept.
    words
        The words that the first columns of `vectors` stand for, lower case and without accents;
        the columns after these are letters in a row.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> contents = recsys.ContentIndex.of(tables)
    >>> len(contents.neighbours(tables.articles["item_id"][0], 3))
    3
    """

    items: pd.DataFrame
    vectors: csr_matrix
    words: np.ndarray

    @classmethod
    def of(cls, tables: "Tables", on_progress: OnProgress | None = None) -> "ContentIndex":
        """The contents of all articles of the tables; see `build`."""
        articles = tables.articles
        ids, titles, texts = (articles[name].tolist() for name in (Col.ITEM, Col.TITLE, Col.TEXT))
        details = articles[[Col.LANGUAGE, Col.KIND, Col.TIMESTAMP, Col.REMOVED]]
        return cls.build(ids, titles, texts, on_progress, details=details)

    @classmethod
    def build(
        cls,
        item_ids: Sequence[str],
        titles: Sequence[str],
        texts: Sequence[str] | None = None,
        on_progress: OnProgress | None = None,
        *,
        details: pd.DataFrame | None = None,
    ) -> "ContentIndex":
        """Weigh the terms of all articles; what is missing may be ``""`` or None.

        Parameters
        ----------
        on_progress
            Called as ``(done, total)`` articles, each read for its words and for its letters;
            what it raises ends the work.
        details
            Language, content_type, timestamp and removed of each, for limits; by default unknown,
            and none removed.
        """
        heads = [_plain(title) for title in titles]
        bodies = (
            [_plain(text)[:_LONGEST] for text in texts] if texts is not None else [""] * len(heads)
        )
        n = len(item_ids)

        def follow(done: int) -> None:
            if on_progress is not None:
                on_progress(done, 2 * n)

        words, names = _tf_idf(
            [f"{head} {body}" for _, head, body in zip(item_ids, heads, bodies, strict=True)],
            "word",
            (1, 1),
            follow,
        )
        letters, _ = _tf_idf(heads, "char_wb", (3, 4), lambda done: follow(n + done))
        both = hstack([words * _WORDS**0.5, letters * _LETTERS**0.5]).tocsr()
        lengths = np.sqrt(np.asarray(both.multiply(both).sum(axis=1)).ravel())
        both.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(both.indptr))
        shared = np.flatnonzero(np.bincount(both.indices, minlength=both.shape[1]) > 1)
        known = [title if isinstance(title, str) else "" for title in titles]
        items = pd.DataFrame({Col.ITEM: list(item_ids), Col.TITLE: known}, dtype=object)
        unknown = {Col.LANGUAGE: "", Col.KIND: "", Col.TIMESTAMP: "", Col.REMOVED: False}
        for name, value in unknown.items():
            items[name] = value if details is None else details[name].to_numpy()
        return cls(
            items=items,
            vectors=both[:, shared].astype(np.float32),
            words=names[shared[shared < len(names)]],
        )

    @cached_property
    def item_ids(self) -> np.ndarray:
        """``(n,)`` text."""
        return self.items[Col.ITEM].to_numpy()

    @cached_property
    def titles(self) -> np.ndarray:
        """``(n,)`` text."""
        return self.items[Col.TITLE].to_numpy()

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position of each article id."""
        return {item: position for position, item in enumerate(self.item_ids)}

    @cached_property
    def speaks(self) -> np.ndarray:
        """``(n,)`` bool: whether an article has a word or letters in common with any other."""
        return np.diff(self.vectors.indptr) > 0

    def says_something(self, item_id: str) -> bool:
        """Whether an article has a word or letters in common with any other."""
        return bool(self.speaks[self.row_of(item_id)])

    def scores(self, profile: Mapping[str, float]) -> np.ndarray:
        """Mean likeness of all articles to some, weighted: to one article, to a person's past.

        Parameters
        ----------
        profile
            Weight, above 0, by article id.

        Returns
        -------
        numpy.ndarray
            ``(n,)`` float64, 0 to 1: Σ weight × cosine / Σ weight.

        Raises
        ------
        UnknownItemError
            If an article is not in the index.
        """
        rows = [self.row_of(item) for item in profile]
        weights = np.array(list(profile.values()), dtype=np.float64)
        query = csr_matrix(weights / weights.sum()) @ self.vectors[rows]
        return (self.vectors @ query.T).toarray().ravel()

    def neighbours(
        self, item_id: str, n: int = 10, among: Collection[str] | None = None
    ) -> pd.DataFrame:
        """The articles whose content is nearest, the article itself left out.

        Parameters
        ----------
        among
            Ids that may come; None: all.

        Returns
        -------
        pandas.DataFrame
            rank, item_id, title, score (cosine above 0), best first, equal scores in the order
            of the articles. Empty where the article has no title and no text to go by.

        Raises
        ------
        UnknownItemError
            If the article is not in the index.
        SettingError
            If `n` is not between 1 and 1,000.
        """
        checked_count(n)
        scores = self.scores({item_id: 1.0})
        offered = (scores > 0) & self.offered(item_id, among)
        chosen = best(scores, np.flatnonzero(offered), n)
        return pd.DataFrame(
            {
                Col.RANK: np.arange(1, len(chosen) + 1),
                Col.ITEM: self.item_ids[chosen],
                Col.TITLE: self.titles[chosen],
                Col.SCORE: scores[chosen],
            }
        )

    def shared_words(self, a: str, b: str, n: int = 10) -> pd.DataFrame:
        """The words that bring the contents of two articles together.

        Parameters
        ----------
        n
            How many at most. Words that a fifth of the long texts have ("the", "para") say
            little, and are not listed; where there are no long texts, those that a twentieth of
            all articles have. Nor are scikit-learn's English stop words ("she", "whether").

        Returns
        -------
        pandas.DataFrame
            word (lower case, without accents) and weight: what it adds to the cosine; the
            largest first. The weights of all words, those that are not listed too, and of the
            letters in a row of the titles add up to the cosine.

        Raises
        ------
        UnknownItemError
            If an article is not in the index.
        """
        product = self.vectors[[self.row_of(a)]].multiply(self.vectors[[self.row_of(b)]]).tocsr()
        listed = product.indices < len(self.words)
        columns, weights = product.indices[listed], product.data[listed].astype(np.float64)
        telling = self._telling[columns]
        columns, weights = columns[telling], weights[telling]
        order = np.argsort(-weights, kind="stable")[:n]
        return pd.DataFrame({Col.WORD: self.words[columns[order]], Col.WEIGHT: weights[order]})

    @cached_property
    def _telling(self) -> np.ndarray:
        """``(words,)`` bool: which of them are so rare that they say something of an article."""
        by_words = self.vectors[:, : len(self.words)]
        long = np.diff(by_words.indptr) >= _LONG
        among, common = (long, 0.2) if long.sum() >= _MANY else (np.ones(len(long), bool), 0.05)
        share = np.bincount(by_words[among].indices, minlength=len(self.words)) / among.sum()
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # slow to import

        empty = [word.isdecimal() or word in ENGLISH_STOP_WORDS for word in self.words]
        return (share < max(common, 2.5 / among.sum())) & ~np.array(empty, dtype=bool)

    def offered(self, item_id: str, among: Collection[str] | None) -> np.ndarray:
        """``(n,)`` bool: the articles of `among`, or all where it is None, but not this one."""
        if among is None:
            offered = np.ones(len(self.item_ids), dtype=bool)
        else:
            offered = np.fromiter((item in among for item in self.item_ids), bool)
        offered[self.row_of(item_id)] = False
        return offered

    def row_of(self, item_id: str) -> int:
        """The row of an article, or `UnknownItemError`."""
        try:
            return self.positions[item_id]
        except KeyError:
            raise UnknownItemError(
                f"no article {item_id!r} among the contents.",
                where="item",
                todo=f"There are {len(self.item_ids):,} articles.",
            ) from None


def _followed(texts: list[str], follow: Callable[[int], None]) -> Iterator[str]:
    """The texts, with a word of progress after each block of them."""
    for done, text in enumerate(texts, 1):
        yield text
        if done % _BLOCK == 0 or done == len(texts):
            follow(done)


def _tf_idf(
    texts: list[str], analyzer: str, lengths: tuple[int, int], follow: Callable[[int], None]
) -> tuple[csr_matrix, np.ndarray]:
    """``(n, terms)`` weights (1 + log tf) · idf, rows of length 1, and the terms."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import, seldom needed

    weigh = TfidfVectorizer(
        analyzer=analyzer, ngram_range=lengths, strip_accents="unicode", sublinear_tf=True
    )
    try:
        weights = weigh.fit_transform(_followed(texts, follow)).tocsr()
    except ValueError:  # no text has a term
        return csr_matrix((len(texts), 0)), np.array([], dtype=object)
    return weights, weigh.get_feature_names_out()


def _plain(text: str | None) -> str:
    """Text without the escapes of HTML; ``""`` for what is missing."""
    return html.unescape(text) if isinstance(text, str) else ""
