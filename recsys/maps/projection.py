"""Principal components of the articles' directions: a map at once, that keeps little."""

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.machine import one_blas_thread
from recsys.models import Model
from recsys.ranking import unit

_BLOCK = 1 << 16  # directions that are in memory in double precision at once


def pca_map(model: Model) -> tuple[pd.DataFrame, float]:
    """Principal components of the item factors, each article scaled to length 1.

    Scaled, because likeness is the cosine: two articles that point the same way lie together
    whatever their popularity. The sign of each axis is fixed (largest loading positive), so
    that the same model always gives the same picture.

    Returns
    -------
    pandas.DataFrame
        item_id, x, y in the order of the articles.
    float
        Share of the variance that the two axes keep, 0 to 1.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> places, kept = recsys.pca_map(model)
    >>> places.shape, 0 < kept < 1
    ((1459, 3), True)
    """
    points, kept = principal(unit(model.item_factors))
    frame = pd.DataFrame(
        {Col.ITEM: model.items[Col.ITEM], Col.X: points[:, 0], Col.Y: points[:, 1]}
    )
    return frame, kept


def principal(directions: np.ndarray) -> tuple[np.ndarray, float]:
    """Directions on their two principal axes, in blocks of bounded memory.

    The axes are eigenvectors of the covariance, which is summed up in double precision.

    Parameters
    ----------
    directions
        ``(n, factors)``.

    Returns
    -------
    numpy.ndarray
        ``(n, 2)`` float64 around 0; an axis that does not exist is 0.
    float
        Share of the variance that the two axes keep, 0 to 1; 0 where there is no variance.
    """
    points = np.zeros((len(directions), 2))
    if not len(directions):
        return points, 0.0
    centre = directions.mean(axis=0, dtype=np.float64)
    with one_blas_thread():  # the same sums whatever the machine
        covariance = np.zeros((len(centre), len(centre)))
        for start in range(0, len(directions), _BLOCK):
            block = directions[start : start + _BLOCK] - centre
            covariance += block.T @ block
        values, vectors = np.linalg.eigh(covariance)
        axes = vectors.T[::-1][:2]
        largest = np.abs(axes).argmax(axis=1)
        axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
        for start in range(0, len(directions), _BLOCK):
            block = directions[start : start + _BLOCK] - centre
            points[start : start + _BLOCK, : len(axes)] = block @ axes.T
    total = float(values.sum())
    alike = total <= len(directions) * 1e-12  # what is left of directions that are all the same
    return points, 0.0 if alike else min(float(values[::-1][:2].sum() / total), 1.0)
