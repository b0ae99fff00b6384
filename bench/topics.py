"""What topics and maps are worth: against the sample's true topics, and named on other data.

    python -m bench.topics [FOLDER] [--places FILE] [--names 10]

1. The sample data, whose topics are known, under two presets: how well the topics that are found,
   and the finer ones, agree with the true ones. Agreement is the adjusted mutual information
   (N. Vinh, J. Epps and J. Bailey, JMLR 11, 2010): 1 for the same groups, 0 for chance.
2. The sample's maps: the share of the ten nearest on the plane that are of the same true topic, and
   the agreement of k-means on the plane with the true topics, beside both for the factors' own
   directions and for what chance gives. FILE has the columns item_id, x and y of another map of the
   sample under Stable.
3. With FOLDER (shared_articles.csv and users_interactions.csv): its largest topics, with the finer
   ones in them and their most-read titles, under Stable.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from bench.pipeline import FILES
from recsys.columns import Col
from recsys.dataset import read_files, sample_tables
from recsys.maps import neighbour_places, pca_places
from recsys.models import PRESETS, Model
from recsys.ranking import unit
from recsys.sample.sample import generate
from recsys.strengths import default_weights
from recsys.topics import find_topics, finer_topics, topic_details
from recsys.training import train

NEAREST = 10
_LONGEST = 60  # signs of a title


def truth_of(model: Model) -> np.ndarray:
    """``(n_items,)`` true topic of each article of the sample, as a number."""
    known = generate().topics
    names = [known[item] for item in model.items[Col.ITEM]]
    return pd.factorize(pd.Series(names), sort=True)[0]


def agreement(truth: np.ndarray, of: np.ndarray) -> float:
    """Adjusted mutual information of two groupings, of the articles that are in both."""
    both = (truth >= 0) & (of >= 0)
    return float(adjusted_mutual_info_score(truth[both], of[both]))


def same_topic(points: np.ndarray, truth: np.ndarray, n: int = NEAREST) -> float:
    """Share of the `n` nearest of each point, itself left out, that have its true topic."""
    near = cKDTree(points).query(points, n + 1)[1]
    others = [row[row != place][:n] for place, row in enumerate(near)]
    return float(np.mean([(truth[row] == truth[at]).mean() for at, row in enumerate(others)]))


def grouped(points: np.ndarray, count: int) -> np.ndarray:
    """Groups of points by k-means."""
    return KMeans(count, n_init=10, random_state=0).fit_predict(points)


def topics_of_sample(model: Model, truth: np.ndarray) -> str:
    """A row: how many topics and finer ones, and how they agree with the truth."""
    topics = find_topics(model)
    finer = finer_topics(model, topics)
    language = pd.factorize(model.items[Col.LANGUAGE])[0]
    both = truth * (language.max() + 1) + language
    commonest = [np.bincount(truth[topics.of == place]).argmax() for place in topics.of]
    return (
        f"{len(topics.names):>8}{np.mean(truth == commonest):>8.2f}"
        f"{agreement(truth, topics.of):>11.2f}{len(finer.names):>8}"
        f"{agreement(truth, finer.of):>11.2f}{agreement(both, topics.of):>10.2f}"
        f"{agreement(both, finer.of):>8.2f}"
    )


def maps_of_sample(model: Model, places: Path | None) -> Iterator[tuple[str, np.ndarray]]:
    """Where the articles lie, in the order of the model: each map under its name."""
    yield "directions of the factors", unit(model.item_factors)
    yield "principal components", pca_places(model).xy
    yield "map of neighbours", neighbour_places(model).xy
    if places is not None:
        table = pd.read_csv(places, dtype={Col.ITEM: str}).set_index(Col.ITEM)
        yield places.name, table.loc[model.items[Col.ITEM], [Col.X, Col.Y]].to_numpy()


def show_names(folder: Path, count: int) -> None:
    """Print the largest topics of a data set."""
    tables = read_files(*(folder / name for name in FILES))
    model = train(tables, default_weights(tables), PRESETS["Stable"])
    topics = find_topics(model)
    finer = finer_topics(model, topics)
    table = topic_details(topics, model).head(count)
    for row in table.itertuples():
        print(f"\n{row.topic} · {row.items} articles, {row.readers:,} readers, "
              f"{row.share_reading_two:.0%} of them of two or more")  # fmt: skip
        parts = [finer.names[place] for place in np.flatnonzero(finer.within == row.Index)]
        if len(parts) > 1:
            print(f"    in it: {'; '.join(parts)}")
        for title in row.most_read:
            print(f"    - {title[:_LONGEST]}")


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--places", type=Path)
    parser.add_argument("--names", type=int, default=10)
    options = parser.parse_args()
    tables = sample_tables()
    print(f"{'':<12}{'topics':>8}{'purity':>8}{'agreement':>11}{'finer':>8}{'agreement':>11}"
          f"{'| and language':>18}")  # fmt: skip
    for name in ("Tutorial", "Stable"):
        model = train(tables, default_weights(tables), PRESETS[name])
        truth = truth_of(model)
        print(f"{name:<12}{topics_of_sample(model, truth)}")
    chance = float(((np.bincount(truth) / len(truth)) ** 2).sum())
    print(f"\n{'':<28}{'nearest of its topic':>22}{'k-means':>10}\n{'chance':<28}{chance:>22.2f}")
    for name, points in maps_of_sample(model, options.places):
        groups = grouped(points, truth.max() + 1)
        print(f"{name:<28}{same_topic(points, truth):>22.2f}{agreement(truth, groups):>10.2f}")
    if options.folder is not None:
        show_names(options.folder, options.names)


if __name__ == "__main__":
    main()
