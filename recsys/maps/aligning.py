"""One picture laid over another: turned, mirrored, moved and scaled, but not bent."""

from dataclasses import dataclass

import numpy as np

ALIKE = 3  # articles of both pictures, below which there is nothing to lay over


@dataclass(frozen=True, kw_only=True, eq=False)
class Alignment:
    """How to move a picture so that it lies over another.

    Attributes
    ----------
    turn
        ``(2, 2)`` rotation or reflection.
    scale
        By how much it grows.
    middle, onto
        ``(2,)`` what comes to lie where.
    """

    turn: np.ndarray
    scale: float
    middle: np.ndarray
    onto: np.ndarray

    def moved(self, xy: np.ndarray) -> np.ndarray:
        """``(n, 2)`` places as they lie over the other picture, float64."""
        return (xy - self.middle) @ self.turn * self.scale + self.onto


def alignment(xy: np.ndarray, onto: np.ndarray) -> Alignment:
    """The rotation, reflection and shift that bring places nearest to others, and their size.

    Orthogonal Procrustes: the turn minimises the sum of the squared distances (P. Schönemann, "A
    generalized solution of the orthogonal Procrustes problem", Psychometrika 31, 1966). The scale
    is that of the radii (root mean squares around the middle), not the one of least squares,
    which is the smaller the less alike both are: map after map would shrink.

    Parameters
    ----------
    xy, onto
        ``(n, 2)`` places of the same articles. All at one place: they are moved alone.
    """
    from scipy.linalg import orthogonal_procrustes  # is seldom needed

    if not len(xy):
        zero = np.zeros(2)
        return Alignment(turn=np.eye(2), scale=1.0, middle=zero, onto=zero)
    middle, other = (places.mean(axis=0, dtype=np.float64) for places in (xy, onto))
    here, there = xy - middle, onto - other
    size, aim = (float(np.sqrt((places**2).sum())) for places in (here, there))
    if size <= 0 or aim <= 0:
        return Alignment(turn=np.eye(2), scale=1.0, middle=middle, onto=other)
    turn, _ = orthogonal_procrustes(here / size, there / aim)
    return Alignment(turn=turn, scale=aim / size, middle=middle, onto=other)
