"""How many of an article's nearest survive another seed: one model, and the consensus of several.

    python -m bench.stability [FOLDER] [--models 20] [--n 10]

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data). Each row
trains MODELS models that differ in the seed alone, and compares every two of them; a consensus of k
is compared with those of k other seeds. In brackets: articles with at least 20 readers. The last
column takes the first five models as the noise floor and asks of every other seed whether it looks
like a change larger than chance, which at 95 % few should.
"""

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.pipeline import FILES, FOLDER
from recsys.comparison import LARGER, Noise, verdict_of
from recsys.dataset import read_tables
from recsys.formats import Source
from recsys.models import ALSParams
from recsys.neighbours import lists_of, pair_overlaps
from recsys.ranking import nearest, shared, unit
from recsys.strengths import default_weights
from recsys.training import Ensemble, train, train_ensemble

ROWS = (
    ALSParams(),
    ALSParams(factors=64, iterations=15),
    ALSParams(factors=64, iterations=15, regularization=10),
    ALSParams(factors=64, iterations=15, regularization=100),
    ALSParams(alpha=1),
)
MANY = 20  # readers
SIZES = (2, 5, 10)
FLOOR = 5


def consensus_kept(ensemble: Ensemble, size: int, n: int) -> float | None:
    """Share of the nearest that the consensus of `size` seeds and of `size` others share."""
    starts = range(0, ensemble.size - size + 1, size)
    directions = [unit(factors) for factors in ensemble.item_factors]
    lists = [nearest(directions[start : start + size], n) for start in starts]
    kept = [shared(a, b).mean() for a, b in combinations(lists, 2)]
    return float(np.mean(kept)) if kept else None


def false_alarms(ensemble: Ensemble, n: int) -> tuple[int, int]:
    """How many seeds beyond the first five look larger than chance, and of how many."""
    lists = lists_of(ensemble, n)
    noise = Noise.of("A", lists[:FLOOR])
    changes = [shared(lists[0], other) for other in lists[FLOOR:]]
    return sum(verdict_of(noise.interval(kept)) == LARGER for kept in changes), len(changes)


def row(ensemble: Ensemble, readers: np.ndarray, n: int) -> str:
    """One line of the table."""
    pairs = pair_overlaps(lists_of(ensemble, n))
    means, many = pairs.mean(axis=1), pairs[:, readers >= MANY]
    params = ensemble.params
    name = (
        f"{params.factors} factors, λ {params.regularization:g}, {params.iterations} iterations, "
        f"alpha {params.alpha:g}"
    )
    busy = f"({many.mean():.2f})" if many.size else ""
    spread = f"{means.min():.2f}–{means.max():.2f}"
    agreed = [consensus_kept(ensemble, size, n) for size in SIZES]
    cells = "".join("       –" if kept is None else f"{kept:8.2f}" for kept in agreed)
    return f"{name:48}{means.mean():6.2f} {busy:7}{spread:>11}{cells}"


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--models", type=int, default=20)
    parser.add_argument("--n", type=int, default=10)
    options = parser.parse_args()
    tables = read_tables(*(Source.open(options.folder / name) for name in FILES))
    consensus = "".join(f"{f'of {size}':>8}" for size in SIZES)
    print(f"share of the {options.n} nearest kept, {options.models} models a row")
    print(f"{'':48}{'one':>6} {'':7}{'pairs':>11}{consensus}   larger than chance")
    for params in ROWS:
        model = train(tables, default_weights(tables), params)
        ensemble = train_ensemble(model, options.models)
        alarms, others = false_alarms(ensemble, options.n)
        print(row(ensemble, model.readers, options.n), f"  {alarms} of {others}", flush=True)


if __name__ == "__main__":
    main()
