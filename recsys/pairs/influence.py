"""What of a similarity hangs on a single reader."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve, pinvh

from recsys.machine import one_blas_thread
from recsys.models import Model
from recsys.neighbours import position_of, readers_of_pair


@dataclass(frozen=True, kw_only=True)
class Influence:
    """The reader of both articles without whom their similarity falls most.

    Attributes
    ----------
    user_id
        The reader.
    similarity, without
        The cosine with all readers, and without this one.
    """

    user_id: str
    similarity: float
    without: float

    @property
    def share(self) -> float:
        """The share of the similarity that goes, 0 (nothing) to 1 (all of it)."""
        if self.similarity <= 0:
            return 0.0
        return float(np.clip(1 - self.without / self.similarity, 0, 1))


def most_influential(model: Model, a: str, b: str) -> Influence | None:
    """Leave out each reader of both articles in turn: whose absence lowers the cosine most?

    With the factors X of the people as they are, those of article a are the solution of

        A y = Σ_u c_u x_u,  A = XᵀX + λI + Σ_u (c_u − 1) x_u x_uᵀ     over the readers u of a

    (Y. Hu, Y. Koren, C. Volinsky, ICDM 2008). Without reader s, c_s is 1 and s adds nothing on the
    right: a change of A by a matrix of rank one, so that with z = A⁻¹ x_s (Sherman and Morrison)

        y' = w + (c_s − 1) z (x_sᵀ w) / (1 − (c_s − 1) x_sᵀ z),   w = y − c_s z.

    Exact for all readers at once, the people's factors as they are: those are not trained anew.

    Returns
    -------
    Influence or None
        None where nobody read both, or an article has no direction.

    Raises
    ------
    UnknownItemError
        If the model does not have an article.
    """
    places = position_of(model, a), position_of(model, b)
    shared = readers_of_pair(model, *places)
    if not len(shared):
        return None
    people = model.user_factors.astype(np.float64)
    with one_blas_thread():  # the matrices are small: several threads mostly wait for each other
        gram = people.T @ people + model.params.regularization * np.eye(people.shape[1])
        (whole_a, less_a), (whole_b, less_b) = (
            _without_each(model, people, gram, place, shared) for place in places
        )
    similarity = _cosine(whole_a, whole_b)
    if similarity is None:
        return None
    lengths = np.linalg.norm(less_a, axis=1) * np.linalg.norm(less_b, axis=1)
    without = np.einsum("ij,ij->i", less_a, less_b) / np.where(lengths > 0, lengths, 1)
    lowest = int(np.argmin(without))
    return Influence(
        user_id=str(model.user_ids[shared[lowest]]),
        similarity=similarity,
        without=float(without[lowest]),
    )


def _without_each(
    model: Model, people: np.ndarray, gram: np.ndarray, place: int, shared: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """``(factors,)`` of an article, and ``(shared, factors)`` without each of some readers."""
    matrix = model.item_users
    cells = slice(matrix.indptr[place], matrix.indptr[place + 1])
    readers, confidence = matrix.indices[cells], model.params.alpha * matrix.data[cells]
    own = people[readers]
    inverse = _inverse(gram + (own.T * (confidence - 1)) @ own)
    whole = inverse @ (own.T @ confidence)
    at = {reader: row for row, reader in enumerate(readers)}
    rows = [at[reader] for reader in shared]
    some, weight = own[rows], confidence[rows]
    solved = some @ inverse
    rest = whole - weight[:, None] * solved
    scale = (weight - 1) * np.einsum("ij,ij->i", some, rest)
    scale /= 1 - (weight - 1) * np.einsum("ij,ij->i", some, solved)
    return whole, rest + scale[:, None] * solved


def _inverse(matrix: np.ndarray) -> np.ndarray:
    try:
        return cho_solve(cho_factor(matrix), np.eye(len(matrix)))
    except LinAlgError:  # without regularization, fewer people than factors
        return pinvh(matrix)


def _cosine(a: np.ndarray, b: np.ndarray) -> float | None:
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length > 0 else None
