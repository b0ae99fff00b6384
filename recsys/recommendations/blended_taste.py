"""What a person would read next, with articles among it that nobody, or hardly anybody, has read.

Blended with weight w, the score of article i for a person with the factors x is

    (1 − sᵢ) yᵢᵀx + sᵢ c Σ_h w_h cos(h, i)      over the articles h of the person's past,

where sᵢ = w · HALF / (HALF + readers) is the share of the content, w_h the past article's share in
the strengths of the past, cos the cosine of contents, and c what brings contents onto the scale of
the scores. yᵢᵀx is a sum over the past as well (`explain`), so each past article h adds

    (1 − sᵢ) yᵢᵀ W y_h c_h + sᵢ c w_h cos(h, i),

and these add up to the score. See docs/recommendations.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import UnknownItemError
from recsys.limits import Limits
from recsys.models import Model
from recsys.neighbours import content_share, stretch
from recsys.ranking import checked_count, checked_share
from recsys.recommendations.explain import Solver, Taste, as_table, as_taste, solver_of
from recsys.recommendations.next_reads import best_of
from recsys.recommendations.why_not import WhyNotRecommended, standing
from recsys.text import ContentIndex

_COLUMNS = [Col.ITEM, Col.TITLE, Col.LANGUAGE, Col.KIND, Col.TIMESTAMP, Col.REMOVED]


@dataclass(frozen=True, kw_only=True, eq=False)
class Catalogue:
    """All articles, read or not, with what they say. Fit to be cached.

    Attributes
    ----------
    solver
        Of the model that knows those that were read.
    index
        The contents of at least all of the articles.
    articles
        As `recsys.dataset.Tables` has them; those that the model has may be missing.
    """

    solver: Solver
    index: ContentIndex
    articles: pd.DataFrame

    @cached_property
    def items(self) -> pd.DataFrame:
        """The articles: those of the model first, in its order, then those that nobody read."""
        model = self.solver.model
        unread = ~self.articles[Col.ITEM].isin(model.positions).to_numpy()
        return pd.concat(
            [model.items[_COLUMNS], self.articles.loc[unread, _COLUMNS]], ignore_index=True
        )

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position of each article id in `items`."""
        return {item: position for position, item in enumerate(self.items[Col.ITEM])}

    @cached_property
    def rows(self) -> np.ndarray:
        """``(n,)`` the articles' rows in the index."""
        return np.array([self.index.row_of(item) for item in self.items[Col.ITEM]], dtype=np.int64)

    @cached_property
    def readers(self) -> np.ndarray:
        """``(n,)`` number of readers."""
        return self.padded(self.solver.model.readers)

    def padded(self, values: np.ndarray) -> np.ndarray:
        """``(n,)`` values of the model's articles, and 0 for those that nobody read."""
        return np.concatenate([values, np.zeros(len(self.items) - len(values), dtype=values.dtype)])


@dataclass(frozen=True, kw_only=True, eq=False)
class BlendedTaste:
    """A taste that lets content speak where there are few readers.

    An article without a title and text to go by, and everything for a person whose whole past is
    of such articles, is scored by readers alone.

    Attributes
    ----------
    catalogue
        What there is to recommend.
    taste
        Of a person of the model or of a new reader.
    weight
        0: the model alone, its scores and reasons to the last bit; 1: most for content.

    Raises
    ------
    SettingError
        If the weight is not between 0 and 1.
    """

    catalogue: Catalogue
    taste: Taste
    weight: float

    def __post_init__(self) -> None:
        checked_share(self.weight, "weight")

    @classmethod
    def of(
        cls,
        model: Model | Solver,
        tables: Tables,
        contents: ContentIndex,
        who: str | Taste,
        weight: float,
    ) -> "BlendedTaste":
        """The taste of a person of the model, or of a new reader (`recsys.fold_in`).

        Parameters
        ----------
        contents
            ``ContentIndex.of(tables)``.

        Raises
        ------
        UnknownUserError
            If the model does not have the person.
        SettingError
            If the weight is not between 0 and 1.

        Examples
        --------
        >>> import recsys
        >>> tables = recsys.sample_tables()
        >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
        >>> contents = recsys.ContentIndex.of(tables)
        >>> user = model.user_ids[0]
        >>> taste = recsys.BlendedTaste.of(model, tables, contents, user, weight=0.5)
        >>> list(taste.recommend(5))
        ['rank', 'item_id', 'title', 'score', 'readers', 'read', 'content']
        """
        solver = solver_of(model)
        catalogue = Catalogue(solver=solver, index=contents, articles=tables.articles)
        return cls(catalogue=catalogue, taste=as_taste(solver, who), weight=weight)

    @cached_property
    def by_readers(self) -> np.ndarray:
        """``(n,)`` the model's scores; 0 for what nobody read."""
        return self.catalogue.padded(self.catalogue.solver.scores(self.taste))

    @cached_property
    def by_content(self) -> np.ndarray:
        """``(n,)`` mean likeness to the past, weighed by its strengths; 0 to 1."""
        profile = dict(zip(self._past, self.taste.strengths, strict=True))
        return self.catalogue.index.scores(profile)[self.catalogue.rows]

    @cached_property
    def share(self) -> np.ndarray:
        """``(n,)`` share of the content in each score."""
        speaks = self.catalogue.index.speaks[self.catalogue.rows]
        heard = speaks[self.taste.items].any()
        return np.where(speaks & heard, content_share(self.catalogue.readers, self.weight), 0.0)

    @cached_property
    def stretch(self) -> float:
        """What a content is multiplied by: the best of what the person has not read are as high.

        It is the same under all limits, so that a filter changes no score.
        """
        new = np.ones(len(self.by_content), dtype=bool)
        new[self.taste.items] = False
        return stretch(self.by_content, self.by_readers, new)

    @cached_property
    def scores(self) -> np.ndarray:
        """``(n,)`` blended scores of all articles."""
        return (1 - self.share) * self.by_readers + self.share * self.stretch * self.by_content

    @cached_property
    def scored(self) -> np.ndarray:
        """``(n,)`` bool: what somebody read, or what is like something of the past."""
        known = np.arange(len(self.scores)) < len(self.catalogue.solver.model.items)
        return known | ((self.share > 0) & (self.by_content > 0))

    def recommend(self, n: int = 10, limits: Limits | None = None) -> pd.DataFrame:
        """The `n` best; what nobody read only where it is like something of the past.

        Returns
        -------
        pandas.DataFrame
            As `next_reads.recommend` gives it, and content: its share, 0 to 1. Equal scores are in
            the order of the catalogue.

        Raises
        ------
        SettingError
            If `n` is not between 1 and 1,000.
        """
        checked_count(n)
        catalogue, limits = self.catalogue, limits or Limits()
        allowed = limits.allowed(catalogue.items, catalogue.readers) & self.scored
        table = best_of(
            catalogue.items, self.scores, catalogue.readers, self.taste, allowed, n, limits
        )
        chosen = [catalogue.positions[item] for item in table[Col.ITEM]]
        table[Col.CONTENT] = self.share[chosen]
        return table

    def contributions(self, item_ids: Sequence[str]) -> pd.DataFrame:
        """What each article of the past adds to the scores of some articles.

        Returns
        -------
        pandas.DataFrame
            As `explain.contributions` gives it. An article's contributions add up to its blended
            score.

        Raises
        ------
        UnknownItemError
            If there is no such article.
        """
        catalogue, taste = self.catalogue, self.taste
        places = np.array([self._position(item) for item in item_ids], dtype=np.int64)
        factors = catalogue.solver.model.item_factors
        known = places < len(factors)
        by_readers = np.zeros((len(places), len(taste.items)))
        by_readers[known] = factors[places[known]].astype(np.float64) @ taste.parts
        vectors = catalogue.index.vectors
        past = vectors[catalogue.rows[taste.items]].astype(np.float64)
        cosines = (vectors[catalogue.rows[places]].astype(np.float64) @ past.T).toarray()
        share = self.share[places][:, None]
        by_content = cosines * (taste.strengths / taste.strengths.sum())
        parts = (1 - share) * by_readers + share * self.stretch * by_content
        return as_table(catalogue.solver.model, taste, item_ids, parts)

    def why_not(self, item_id: str, n: int = 10, limits: Limits | None = None) -> WhyNotRecommended:
        """Where an article stands that is not in the list of `recommend`.

        Which single article would bring it in is not told: what is read changes how alike in
        content everything is to the past, and c with it, so the change is no longer of one term.

        Raises
        ------
        UnknownItemError
            If there is no such article.
        SettingError
            If `n` is not between 1 and 1,000.
        """
        checked_count(n)
        catalogue = self.catalogue
        return standing(
            catalogue.items,
            catalogue.readers,
            self.scores,
            self.taste,
            self._position(item_id),
            n,
            limits or Limits(),
            rankable=self.scored,
        )

    def share_of(self, item_id: str) -> float:
        """The share of the content in the score of one article, or `UnknownItemError`."""
        return float(self.share[self._position(item_id)])

    @property
    def _past(self) -> list[str]:
        return self.catalogue.items[Col.ITEM].iloc[self.taste.items].tolist()

    def _position(self, item_id: str) -> int:
        try:
            return self.catalogue.positions[item_id]
        except KeyError:
            raise UnknownItemError(
                f"no article {item_id!r} in this catalogue.",
                where="item",
                todo=f"It has {len(self.catalogue.items):,} articles.",
            ) from None
