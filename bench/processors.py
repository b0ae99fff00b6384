"""What another kind of processor changes in a model of the same seed.

    python -m bench.processors [FOLDER] [--seeds 3] [--n 10]

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data). Each model
is trained once more in a process for each kind of x86 processor, whose part of OpenBLAS is chosen
by OPENBLAS_CORETYPE; on one that has not all its instructions a process for a newer kind fails.
Prints the share of the N nearest that are the same as on this machine, over all articles, the
least of SEEDS seeds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.pipeline import FILES, FOLDER
from recsys.dataset import read_tables
from recsys.formats import Source
from recsys.models import PRESETS
from recsys.ranking import nearest, shared, unit
from recsys.strengths import default_weights
from recsys.training import train

NAMES = "Tutorial", "Stable"
KINDS = {"SkylakeX": "AVX-512", "Haswell": "AVX2", "Sandybridge": "AVX", "Prescott": "SSE3"}


def train_all(folder: Path, seeds: int, out: Path) -> None:
    """Write the factors of the articles by preset and seed."""
    tables = read_tables(*(Source.open(folder / name) for name in FILES))
    weights = default_weights(tables)
    factors = {
        f"{name} {seed}": train(tables, weights, replace(PRESETS[name], seed=seed)).item_factors
        for name in NAMES
        for seed in range(seeds)
    }
    np.savez(out, **factors)


def trained(kind: str, folder: Path, seeds: int) -> dict[str, np.ndarray]:
    """The factors that a process of its own learns as a processor of that kind; "" for this one."""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    if kind:
        environment["OPENBLAS_CORETYPE"] = kind
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "factors.npz"
        command = [sys.executable, "-m", "bench.processors", str(folder), "--out", str(out)]
        subprocess.run([*command, "--seeds", str(seeds)], env=environment, check=True)
        with np.load(out) as file:
            return dict(file)


def kept(one: np.ndarray, other: np.ndarray, n: int) -> float:
    """Share of the `n` nearest of all articles that are the same."""
    return float(shared(*(nearest(unit(factors)[None], n) for factors in (one, other))).mean())


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--n", type=int, default=10)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.out:
        train_all(options.folder, options.seeds, options.out)
        return
    here = trained("", options.folder, options.seeds)
    print(f"least share of the {options.n} nearest that are as on this machine")
    print(f"{'':24}" + "".join(f"{name:>10}" for name in NAMES))
    for kind, has in KINDS.items():
        there = trained(kind, options.folder, options.seeds)
        cells = ""
        for name in NAMES:
            mine = [one for one in here if one.startswith(name)]
            cells += f"{min(kept(here[one], there[one], options.n) for one in mine):10.3f}"
        print(f"{f'{kind} ({has})':24}{cells}", flush=True)


if __name__ == "__main__":
    main()
