"""How faithful a map of the catalogue is, what it costs, and how far it moves.

    python -m bench.projection [FOLDER] [--movielens FOLDER] [--sizes 20000] [--rounds 3]
    python -m bench.projection FOLDER --moves

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data), the one of
MovieLens 100k ml-100k.inter and ml-100k.item; SIZES are of made-up catalogues. Models are those of
the preset Stable. The first way prints each map of each catalogue: share of the ten nearest kept
and trustworthiness (recsys.maps.faithfulness), seconds of processor time, all threads together
(median of rounds in turn; one round of more than 10,000 articles), and their ratio to those of our
t-SNE. All get the articles' directions; UMAP and PaCMAP take part where they can be imported.

With --moves: how far the articles of FOLDER move, in shares of the map's radius (root mean square),
from another seed of the map, of the training, and from the data without its last month to all of
it; with the map drawn anew and laid over the other, and following it. The last column is the share
of articles that moved further than four other seeds of the training moved them
(recsys.maps.moves).
"""

import argparse
import importlib
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from bench.pipeline import FILES, FOLDER
from recsys.columns import Col
from recsys.dataset import Tables, fingerprint, read_files, read_tables
from recsys.formats import Source
from recsys.maps import (
    Before,
    Faithfulness,
    Places,
    faithfulness_of,
    moved_by_seeds,
    moved_more,
    movement,
    neighbour_places,
    pca_places,
)
from recsys.models import PRESETS, ALSParams, Model
from recsys.ranking import unit
from recsys.strengths import EventWeights, default_weights
from recsys.training import train

FACTORS = 64
MANY = 10_000  # articles beyond which one round is enough
OURS = "t-SNE"


Picture = Callable[[Model], tuple[np.ndarray, Faithfulness]]


def made_up(n: int, seed: int = 0) -> Model:
    """A model of articles around subtopics, and these around topics; sizes by chance."""
    draw = np.random.default_rng(seed)
    subtopics = 12 * max(8, int(n**0.5) // 4)
    middles = draw.normal(size=(subtopics // 12, FACTORS))
    middles = middles[draw.integers(len(middles), size=subtopics)]
    middles += 0.8 * draw.normal(size=middles.shape)
    factors = middles[draw.integers(subtopics, size=n)] + 0.8 * draw.normal(size=(n, FACTORS))
    factors *= (1 + np.arange(FACTORS)) ** -0.5
    counts = np.minimum(draw.zipf(1.8, n), 200)
    rows = np.concatenate([np.arange(count) for count in counts])
    read = csr_matrix((np.ones(len(rows)), (rows, np.repeat(np.arange(n), counts))))
    return Model(
        user_factors=np.zeros((read.shape[0], FACTORS), dtype=np.float32),
        item_factors=factors.astype(np.float32),
        user_items=read,
        user_ids=np.array([str(user) for user in range(read.shape[0])], dtype=object),
        items=pd.DataFrame({Col.ITEM: [str(item) for item in range(n)]}),
        params=ALSParams(factors=FACTORS),
        weights=EventWeights.default(),
        fingerprint=f"{n}-{seed}",
        data_fingerprint="",
        losses=(),
        seconds=0.0,
        trained="",
    )


def ours(make: Callable[[Model], Places]) -> Picture:
    """One of the library's maps."""

    def picture(model: Model) -> tuple[np.ndarray, Faithfulness]:
        places = make(model)
        return places.xy, places.faithfulness

    return picture


def theirs(make: Callable[[], Any]) -> Picture:
    """A map by what has `fit_transform`."""

    def picture(model: Model) -> tuple[np.ndarray, Faithfulness]:
        directions = unit(model.item_factors)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a seed means one thread
            xy = make().fit_transform(directions)
        return xy, faithfulness_of(directions, xy)

    return picture


def pictures() -> dict[str, Picture]:
    """Each way by its name; what cannot be imported is said and left out."""
    found = {"PCA": ours(pca_places), OURS: ours(neighbour_places)}
    for name, package, options in (
        ("UMAP", "umap", {"metric": "cosine"}),
        ("PaCMAP", "pacmap", {}),
    ):
        try:
            maker = getattr(importlib.import_module(package), name)
        except ImportError as error:
            print(f"{name} is left out: {error}.")
        else:
            found[name] = theirs(partial(maker, random_state=0, **options))
            found[name](made_up(500))  # compiles
    return found


def compare(sets: list[tuple[str, Callable[[], Model]]], rounds: int) -> None:
    """Print the first table."""
    ways = pictures()
    print(f"\n{'':26}{'':9}{'kept':>7}{'trust':>8}{'seconds':>9}{'ratio':>7}", flush=True)
    for title, make in sets:
        model = make()
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        found: dict[str, Faithfulness] = {}
        for _ in range(1 if len(model.items) > MANY else rounds):
            for name, way in ways.items():
                start = time.process_time()
                found[name] = way(model)[1]
                seconds[name].append(time.process_time() - start)
        label = f"{title}, {len(model.items):,}"
        base = statistics.median(seconds[OURS])
        for name, faithful in found.items():
            middle = statistics.median(seconds[name])
            print(
                f"{label:26}{name:9}{faithful.kept:7.3f}{faithful.trustworthiness:8.3f}"
                f"{middle:9.1f}{middle / base:7.2f}",
                flush=True,
            )
            label = ""


def without_last_month(tables: Tables) -> Tables:
    """The tables up to a month before their last event."""
    end = pd.Timestamp(tables.events[Col.TIMESTAMP].max(), unit="s") - pd.DateOffset(months=1)
    events = tables.events[tables.events[Col.TIMESTAMP] < end.timestamp()]
    key = fingerprint(tables.articles, events)
    return replace(tables, events=events, fingerprint=key)


def move(tables: Tables, params: ALSParams) -> None:
    """Print the second table."""
    weights = default_weights(tables)
    model = train(tables, weights, params)
    first = neighbour_places(model)
    seeds = [train(tables, weights, replace(params, seed=params.seed + 1 + n)) for n in range(5)]
    earlier = train(without_last_month(tables), weights, params)
    of_earlier = neighbour_places(earlier)
    following = [neighbour_places(seed, before=Before.of(model, first)) for seed in seeds]
    by_seeds = moved_by_seeds(first.xy, [places.xy for places in following[1:]])
    print(f"\n{'':44}{'kept':>7}{'trust':>8}{'median':>8}{'95 %':>7}{'further than seeds':>20}")

    def row(name: str, was: Model, old: Places, now: Model, new: Places) -> None:
        ids = [one.items[Col.ITEM].to_numpy() for one in (was, now)]
        moved = movement(ids[0], old.xy, ids[1], new.xy)
        radius = np.sqrt(((old.xy - old.xy.mean(axis=0)) ** 2).sum(axis=1).mean())
        distance = moved[Col.DISTANCE].to_numpy()
        at = [model.positions[item] for item in moved[Col.ITEM]]
        further = f"{moved_more(distance, by_seeds[at]).mean():.1%}" if new.aligned_to else ""
        half, most = np.quantile(distance, [0.5, 0.95]) / radius
        faithful = new.faithfulness
        print(
            f"{name:44}{faithful.kept:7.3f}{faithful.trustworthiness:8.3f}"
            f"{half:8.3f}{most:7.3f}{further:>20}",
            flush=True,
        )

    again = neighbour_places(model, seed=1)
    row("another seed of the map", model, first, model, again)
    row("another seed of the training, anew", model, first, seeds[0], neighbour_places(seeds[0]))
    row("another seed of the training, following", model, first, seeds[0], following[0])
    row("all but the last month to all, anew", earlier, of_earlier, model, first)
    follows = neighbour_places(model, before=Before.of(earlier, of_earlier))
    row("all but the last month to all, following", earlier, of_earlier, model, follows)


def main() -> None:
    """Read, train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--movielens", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--moves", action="store_true")
    options = parser.parse_args()
    params = PRESETS["Stable"]
    others = options.movielens or options.sizes
    folder = options.folder or (None if others else FOLDER)
    sets: list[tuple[str, Callable[[], Model]]] = []
    if folder:
        tables = read_tables(*(Source.open(folder / name) for name in FILES))
        sets.append((folder.name, lambda: train(tables, default_weights(tables), params)))
    if options.movielens:
        movies = read_files(*(options.movielens / f"ml-100k.{end}" for end in ("item", "inter")))
        sets.append(("MovieLens 100k", lambda: train(movies, default_weights(movies), params)))
    sets += [("made up", partial(made_up, size)) for size in options.sizes]
    if options.moves and folder:
        move(tables, params)
    else:
        compare(sets, options.rounds)


if __name__ == "__main__":
    main()
