"""Which strengths a model learns from: hidden readings found, by their size and their scale.

    python -m bench.scales [FOLDER] [--preset tutorial]

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data). Each event
gets a number, drawn from a log-normal distribution with the median and the spread of the row (the
spread is the standard deviation of the logarithm: 1 is usual for durations, 2 for play counts). The
number beside the last column is the largest singular value of the confidences divided by λ: at
most 1 where theory says that the factors shrink to nothing.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from bench.pipeline import FILES, FOLDER
from recsys.columns import Col
from recsys.dataset import Tables, fingerprint, read_tables
from recsys.evaluation import measure
from recsys.formats import Source
from recsys.models import ALSParams
from recsys.models.params import preset
from recsys.strengths import EventWeights, advice, build_interactions, largest_singular_value

ROWS = (
    *((median, 1.0) for median in (1e-10, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1)),
    *((1.0, spread) for spread in (0.0, 1.0, 1.5, 2.0)),
    *((10.0, spread) for spread in (0.0, 1.0, 2.0)),
    *((median, 1.0) for median in (100.0, 1_000.0, 1e5)),
)
SCALES = ("sum", "log2", "rank")
KIND = "duration"


def with_numbers(tables: Tables, numbers: np.ndarray) -> Tables:
    """The tables with a number for each event, all of one kind."""
    kinds = pd.Categorical([KIND] * len(numbers))
    events = tables.events.assign(**{Col.EVENT: kinds, Col.VALUE: numbers})
    return replace(tables, events=events, fingerprint=fingerprint(tables.articles, events))


def row(tables: Tables, params: ALSParams) -> str:
    """One line of the table: found by each scale and by the most-read list, and what is advised."""
    cells, popular = "", 0
    for scale in SCALES:
        weights = EventWeights.of({KIND: 1}, scale=scale)
        quality = measure(tables, weights, params)
        cells, popular = cells + f"{quality.found:7,}", quality.found_by_popularity
    weights = EventWeights.of({KIND: 1})
    made = build_interactions(tables, weights)
    given = {"alpha": params.alpha, "regularization": params.regularization}
    found = advice(tables, weights, made=made, **given)
    pull = largest_singular_value(made.user_items) * params.alpha / params.regularization
    return f"{cells}{popular:10,}{quality.people:8,}{pull:12.3g}  {found[0].kind if found else ''}"


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--preset", default="tutorial")
    options = parser.parse_args()
    tables = read_tables(*(Source.open(options.folder / name) for name in FILES))
    params = preset(options.preset)
    draw = np.random.default_rng(1).standard_normal(len(tables.events))
    print(f"hidden readings found, {params}")
    print(f"{'median':>9}{'spread':>8}" + "".join(f"{scale:>7}" for scale in SCALES)
          + f"{'most read':>10}{'of':>8}{'σ/λ':>12}  advice")  # fmt: skip
    for median, spread in ROWS:
        numbers = median * np.exp(spread * draw)
        print(f"{median:9g}{spread:8g}" + row(with_numbers(tables, numbers), params), flush=True)


if __name__ == "__main__":
    main()
