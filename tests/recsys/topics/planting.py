"""Models made by hand, with topics that were planted."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.models.model import Model
from recsys.models.params import ALSParams
from recsys.strengths.weights import EventWeights
from recsys.topics.topics import Topics

PLANTED = {
    "Café arábica": ["Café {}", "O café arábica de {}", "Arábica: {}", "café arábica e {}"],
    "Kubernetes": ["Kubernetes {}", "The Kubernetes of {}", "Why Kubernetes {}", "A {} on Docker"],
    "bikes": ["Cargo bikes {}", "The {} of cargo bikes", "cargo bikes and {}", "bikes {}"],
}
FILLERS = ("one", "two", "ten", "noon", "home", "work", "night", "snow")


def model_of(factors: np.ndarray, titles: list[str], readers: np.ndarray | None = None) -> Model:
    """A model with these item factors; article i is read by the first readers[i] people."""
    n = len(titles)
    counts = np.full(n, 3) if readers is None else readers
    people = max(int(counts.max(initial=0)), 1)
    matrix = csr_matrix((np.arange(people)[:, None] < counts).astype(float))
    texts = {name: [""] * n for name in ("url", "language", "content_type", "timestamp")}
    items = pd.DataFrame(
        {"item_id": [f"i{i}" for i in range(n)], "title": titles, **texts, "removed": [False] * n}
    )
    return Model(
        user_factors=np.zeros((people, factors.shape[1]), dtype=np.float32),
        item_factors=factors.astype(np.float32),
        user_items=matrix,
        user_ids=np.array([f"u{u}" for u in range(people)], dtype=object),
        items=items,
        params=ALSParams(factors=factors.shape[1]),
        weights=EventWeights.default(),
        fingerprint="f",
        data_fingerprint="d",
        losses=(),
        seconds=0.0,
        trained="",
    )


def planted_model() -> tuple[Model, np.ndarray]:
    """Three topics of 24, 16 and 12 articles, in a random order."""
    draw = np.random.default_rng(0)
    sizes = dict(zip(PLANTED, (24, 16, 12), strict=True))
    titles, of = [], []
    for place, (name, phrases) in enumerate(PLANTED.items()):
        for number in range(sizes[name]):
            titles.append(phrases[number % 4].format(FILLERS[number % 8]))
            of.append(place)
    order = draw.permutation(len(of))
    truth = np.array(of)[order]
    factors = np.eye(6)[truth] + 0.1 * draw.normal(size=(len(of), 6))
    lengths = draw.uniform(0.1, 9, (len(of), 1))
    return model_of(factors * lengths, [titles[i] for i in order]), truth


INNER = (  # broader topics, and the words of their parts
    ("Café", ("espresso italiano", "filtro japonês", "torra clara")),
    ("Bikes", ("cargo", "gravel")),
    ("Chess", ("",)),
)


def two_levels(each: int = 40) -> tuple[Model, np.ndarray, np.ndarray]:
    """A model of topics with parts of `each` articles, the true topic and part of each article.

    The parts of one topic lie nearer to each other than to those of others.
    """
    draw = np.random.default_rng(0)
    titles, broad, fine, directions = [], [], [], []
    axes = np.eye(12)
    for place, (name, parts) in enumerate(INNER):
        for words in parts:
            part = fine[-1] + 1 if fine else 0
            for number in range(each - part):  # of different sizes, so that their order is known
                titles.append(f"{name} {words} {FILLERS[number % 8]}")
                broad.append(place)
                fine.append(part)
                directions.append(axes[place] + 0.6 * axes[4 + part])
    factors = np.array(directions) + 0.05 * draw.normal(size=(len(titles), 12))
    order = draw.permutation(len(titles))
    model = model_of(factors[order], [titles[i] for i in order])
    return model, np.array(broad)[order], np.array(fine)[order]


def topics_of(of, names=None) -> Topics:
    """Topics by the place of each article; the later ones of a topic lie farther out."""
    of = np.array(of)
    sizes = np.bincount(of[of >= 0])
    return Topics(
        names=tuple(names or (f"Topic {place}" for place in range(len(sizes)))),
        of=of,
        sizes=sizes,
        closeness=np.where(of >= 0, 1 - np.arange(len(of)) / 1_000, 0).astype(np.float32),
        covered=np.full(len(sizes), 0.5),
        separation=0.5,
    )
