"""How many readers of both make a neighbour worth trusting? What strangers say of it.

    python -m bench.support [FOLDER] [--splits 5] [--n 10]

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data). The people
are parted at random into two halves. A model and four of other seeds are trained on one half, and
the N nearest of every article are put down by how many of that half read both. The other half,
which no model saw, then says whether the two belong together. A row is all pairs with so many
readers of both, or all neighbours of articles with so many readers, over all splits:

- held: pairs that at least one of the other half read both of, where each of the two has at least
  three readers there;
- lift: people of the other half who read both, summed over all pairs, by what would be so if
  readers chose by chance;
- seen by: share of the five models that have the pair among the article's nearest.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from bench.pipeline import FILES, FOLDER
from recsys.columns import Col
from recsys.dataset import Tables, read_tables
from recsys.formats import Source
from recsys.models import PRESETS
from recsys.neighbours import agreed_by, candidates
from recsys.strengths import build_interactions, default_weights
from recsys.training import train, train_ensemble

BINS = (0, 1, 2, 3, 4, 5, 7, 10, 20, 50)
LEAST = 3  # of the other half's readers that each of two articles needs to be held or not


def halves(tables: Tables, seed: int) -> tuple[Tables, Tables]:
    """The events of a random half of the people, and those of the others."""
    people = tables.events[Col.USER].cat.categories
    first = np.random.default_rng(seed).permutation(len(people)) < len(people) // 2
    among = first[tables.events[Col.USER].cat.codes]
    return tuple(replace(tables, events=tables.events[part]) for part in (among, ~among))


def pairs_of(tables: Tables, seed: int, n: int) -> Iterator[pd.DataFrame]:
    """For each article of one half its neighbours, beside what the other half says of them."""
    mine, theirs = halves(tables, seed)
    model = train(mine, default_weights(tables), PRESETS["Stable"])
    seeds = train_ensemble(model)
    other = build_interactions(theirs, default_weights(tables))
    matrix = other.user_items.copy()
    matrix.data[:] = 1
    people, counts = len(other.user_ids), (matrix.T @ matrix).tocsr()
    places = {item: place for place, item in enumerate(other.items[Col.ITEM])}
    readers = counts.diagonal()
    for item, own in zip(model.items[Col.ITEM], model.readers, strict=True):
        if item not in places:
            continue
        found = candidates(model, item)
        table = agreed_by(seeds, model, found, found.table(n))
        rows = np.array([places.get(near, -1) for near in table[Col.ITEM]])
        table, rows = table[rows >= 0], rows[rows >= 0]
        both = counts[[places[item]]].toarray().ravel()[rows]
        ours = readers[places[item]]
        yield table.assign(
            own=own,
            held=np.where(np.minimum(ours, readers[rows]) >= LEAST, both > 0, np.nan),
            theirs=both,
            expected=ours * readers[rows] / people,
        )


def show(pairs: pd.DataFrame, column: str, name: str) -> None:
    """Print a table by the values of one column."""
    print(f"\n{name:>16}{'pairs':>9}{'held':>7}{'lift':>7}{'seen by':>9}")
    ends = (*BINS[1:], np.inf)
    for low, high in zip(BINS, ends, strict=True):
        part = pairs[(pairs[column] >= low) & (pairs[column] < high)]
        if not len(part):
            continue
        label = (
            f"{low}" if high == low + 1 else f"{low}+" if high == np.inf else f"{low}–{high - 1}"
        )
        lift = part["theirs"].sum() / part["expected"].sum()
        print(
            f"{label:>16}{len(part):>9,}{part['held'].mean():7.2f}{lift:7.1f}"
            f"{part[Col.STABILITY].mean():9.2f}"
        )


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--n", type=int, default=10)
    options = parser.parse_args()
    tables = read_tables(*(Source.open(options.folder / name) for name in FILES))
    parts = [part for seed in range(options.splits) for part in pairs_of(tables, seed, options.n)]
    pairs = pd.concat(parts, ignore_index=True)
    show(pairs, Col.BOTH, "readers of both")
    show(pairs, "own", "readers")
    thin = pairs[pairs[Col.STABILITY] == 1]
    show(thin, Col.BOTH, "5 of 5, of both")


if __name__ == "__main__":
    main()
