"""Models whose articles lie where they were put."""

from dataclasses import replace

import numpy as np

from recsys.models.model import Model
from tests.recsys.topics.planting import model_of


def model_with(factors: np.ndarray, name: str = "f") -> Model:
    """A model with these item factors, and that fingerprint."""
    return replace(model_of(factors, [""] * len(factors)), fingerprint=name)


def groups(sizes: tuple[int, ...], factors: int = 12, spread: float = 0.25) -> np.ndarray:
    """Factors of groups of articles, each around an axis of its own."""
    draw = np.random.default_rng(4)
    of = np.repeat(np.arange(len(sizes)), sizes)
    made = np.eye(factors)[of] + draw.normal(0, spread / np.sqrt(factors), (len(of), factors))
    return made * draw.uniform(0.5, 3, (len(of), 1))
