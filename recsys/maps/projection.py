"""The catalogue in two dimensions."""

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model


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
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0)
    unit = (model.item_factors / norms[:, None]).astype(np.float64)
    centred = unit - unit.mean(axis=0)
    _, singular, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2]
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    points = np.zeros((len(unit), 2))
    points[:, : len(axes)] = centred @ axes.T
    total = float((singular**2).sum())
    kept = float((singular[:2] ** 2).sum() / total) if total > 0 else 0.0
    frame = pd.DataFrame(
        {Col.ITEM: model.items[Col.ITEM], Col.X: points[:, 0], Col.Y: points[:, 1]}
    )
    return frame, kept
