"""What one article more, one less, or one otherwise liked does to all scores: exactly, at once.

With A = YᵀY + Yᵀ(C − I)Y + λI a reader's factors are x = A⁻¹ Σ_j c_j y_j (`explain`). Another
strength of the one article j changes A by δa y_j y_jᵀ and the sum by δb y_j, where

    unread → confidence c:   δa = c − 1,    δb = c
    c → c':                  δa = c' − c,   δb = c' − c
    c → unread:              δa = 1 − c,    δb = −c

By the formula of Sherman and Morrison (Annals of Mathematical Statistics 21, 1950, p. 124) the new
factors are x + g_j A⁻¹y_j with

    g_j = (δb − δa p_j) / (1 + δa q_j),     p_j = y_jᵀx,  q_j = y_jᵀ A⁻¹ y_j,

so the new score of any article i is its old one + g_j y_iᵀ A⁻¹ y_j. One matrix solved for all
articles' factors therefore gives all scores after every such change, without solving anew.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recsys.recommendations.explain import Solver, Taste


@dataclass(frozen=True, kw_only=True, eq=False)
class WhatIf:
    """All single changes of what a reader read.

    Attributes
    ----------
    solver
        Of the model.
    taste
        What the reader read.
    """

    solver: Solver
    taste: Taste

    @cached_property
    def factors(self) -> np.ndarray:
        """``(n_items, factors)`` float64 factors of the articles."""
        return self.solver.model.item_factors.astype(np.float64)

    @cached_property
    def solved(self) -> np.ndarray:
        """``(n_items, factors)`` A⁻¹y of each article."""
        found = self.solver.solved(self.taste.items, self.taste.strengths, self.factors.T)
        return np.ascontiguousarray(found.T)

    @cached_property
    def scores(self) -> np.ndarray:
        """``(n_items,)`` scores as they are."""
        return self.factors @ self.taste.factors

    @cached_property
    def confidences(self) -> np.ndarray:
        """``(n_items,)`` alpha × strength; 0 for what was not read."""
        found = np.zeros(len(self.factors))
        found[self.taste.items] = self.solver.model.params.alpha * self.taste.strengths
        return found

    @cached_property
    def _own(self) -> np.ndarray:
        """``(n_items,)`` q: how much of an article's own score a change of it moves."""
        return np.einsum("if,if->i", self.factors, self.solved)

    def steps(self, items: np.ndarray, strengths: np.ndarray) -> np.ndarray:
        """``(m,)`` g of each change: article `items` gets the strength; 0: it was not read."""
        before, after = self.confidences[items], self.solver.model.params.alpha * strengths
        in_matrix = np.where(after > 0, after, 1.0) - np.where(before > 0, before, 1.0)
        in_sum = after - before
        return (in_sum - in_matrix * self.scores[items]) / (1 + in_matrix * self._own[items])

    def moves(self, items: np.ndarray, of: np.ndarray | slice) -> np.ndarray:
        """``(m, k)`` how far one step of `items` moves the scores of the articles `of`."""
        return self.solved[items] @ self.factors[of].T

    def scores_of_changed(self, items: np.ndarray, strengths: np.ndarray) -> np.ndarray:
        """``(m,)`` the new score of what is changed itself."""
        return self.scores[items] + self.steps(items, strengths) * self._own[items]

    def scores_after(self, items: np.ndarray, strengths: np.ndarray) -> np.ndarray:
        """``(m, n_items)`` scores of all articles, a row for each change by itself."""
        step = self.steps(items, strengths)[:, None]
        return self.scores + step * self.moves(items, slice(None))
