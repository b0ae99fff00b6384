"""What it does to recommendations to let content speak where readers are few.

    python -m bench.content [FOLDER] [--people 300] [--hidden 100]

FOLDER holds shared_articles.csv and users_interactions.csv (default: the sample data). Three
tables, a column for each weight:

1. How many of the ten best change against weight 0, over PEOPLE people drawn at random.
2. All events of HIDDEN articles with at least 5 readers, drawn at random, are taken out, so that
   nobody has read them, and a model is trained. How often is one of them among the ten best? In how
   many of the readings taken out is the article among the reader's 10 and 50 best?
3. What that costs: the hidden-reading test (recsys.evaluation.hidden), where the article that is
   looked for has other readers.
"""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.pipeline import FILES, FOLDER
from recsys.columns import Col
from recsys.dataset import Tables, read_tables
from recsys.evaluation import hide_one
from recsys.formats import Source
from recsys.models import ALSParams
from recsys.recommendations import BlendedTaste, Catalogue, Solver, taste_of
from recsys.strengths import default_weights
from recsys.text import ContentIndex
from recsys.training import train

WEIGHTS = (0.0, 0.2, 0.5, 0.8, 1.0)
TOPS = (10, 50)
LEAST_READERS = 5
SEED = 0


def catalogue_of(tables: Tables, index: ContentIndex) -> Catalogue:
    """Train on the tables with the tutorial's parameters."""
    model = train(tables, default_weights(tables), ALSParams())
    return Catalogue(solver=Solver(model), index=index, articles=tables.articles)


def changes(catalogue: Catalogue, people: int) -> list[tuple[str, list[str]]]:
    """How the lists of some people change, and what in them nobody has read."""
    users = catalogue.solver.model.user_ids
    drawn = np.random.default_rng(SEED).choice(users, min(people, len(users)), replace=False)
    lists = np.array(
        [
            [_list(catalogue, str(user), weight) for weight in WEIGHTS]
            for user in drawn
        ],
        dtype=object,
    )  # fmt: skip
    changed = [[len(set(a) - set(rows[0])) for a in rows] for rows in lists]
    known = catalogue.solver.model.positions
    unread = np.array([[sum(item not in known for item in a) for a in rows] for rows in lists])
    return [
        ("of the ten best have changed", [f"{x:.1f}" for x in np.mean(changed, axis=0)]),
        ("of the ten best nobody has read", [f"{x:.2f}" for x in unread.mean(axis=0)]),
        ("people with one of those", [f"{x:.0%}" for x in (unread > 0).mean(axis=0)]),
    ]


def _list(catalogue: Catalogue, user: str, weight: float) -> list[str]:
    taste = taste_of(catalogue.solver, user)
    blend = BlendedTaste(catalogue=catalogue, taste=taste, weight=weight)
    return blend.recommend(10)[Col.ITEM].tolist()


def hide_articles(tables: Tables, count: int) -> tuple[Tables, list[tuple[str, str]]]:
    """Tables in which nobody read some articles, and the (user, item) readings taken out."""
    pairs = tables.events[[Col.USER, Col.ITEM]].astype(str).drop_duplicates()
    readers = pairs[Col.ITEM].value_counts()
    enough = sorted(readers.index[readers >= LEAST_READERS])
    drawn = np.random.default_rng(SEED).choice(enough, min(count, len(enough)), replace=False)
    hidden = pairs[pairs[Col.ITEM].isin(drawn)]
    left = tables.events[~tables.events[Col.ITEM].isin(drawn)]
    readings = list(zip(hidden[Col.USER], hidden[Col.ITEM], strict=True))
    return replace(tables, events=left), readings


def recalls(catalogue: Catalogue, readings: Iterable[tuple[str, str]]) -> list[tuple[str, list]]:
    """Rows with the share of readings that are among the best of their reader.

    Each is ranked among all articles that the reader has not read. A reader or an article that
    the catalogue does not know is not counted.
    """
    known = set(catalogue.solver.model.user_ids)
    by_user: dict[str, list[int]] = {}
    for user, item in readings:
        if user in known and item in catalogue.positions:
            by_user.setdefault(user, []).append(catalogue.positions[item])
    ranks = np.concatenate([_ranks(catalogue, user, places) for user, places in by_user.items()])
    print(
        f"  {len(ranks):,} readings by {len(by_user):,} people, {len(catalogue.items):,} articles"
    )
    rows = [(f"Recall@{top}", [f"{x:.3f}" for x in (ranks <= top).mean(axis=0)]) for top in TOPS]
    middle = np.median(ranks, axis=0)
    return [*rows, ("median rank", [f"{x:.0f}" if np.isfinite(x) else "–" for x in middle])]


def _ranks(catalogue: Catalogue, user: str, places: list[int]) -> np.ndarray:
    """``(places, weights)`` ranks, infinite where an article is not offered."""
    taste = taste_of(catalogue.solver, user)
    found = np.empty((len(places), len(WEIGHTS)))
    for column, weight in enumerate(WEIGHTS):
        blend = BlendedTaste(catalogue=catalogue, taste=taste, weight=weight)
        scores = np.where(blend.scored, blend.scores, -np.inf)
        scores[taste.items] = -np.inf
        above = (scores[None, :] > scores[places][:, None]).sum(axis=1)
        found[:, column] = np.where(blend.scored[places], 1 + above, np.inf)
    return found


def show(title: str, rows: list[tuple[str, list[str]]]) -> None:
    """Print a table."""
    print(f"{title:36}" + "".join(f"{weight:>8g}" for weight in WEIGHTS))
    for name, cells in rows:
        print(f"  {name:34}" + "".join(f"{cell:>8}" for cell in cells))
    print(flush=True)


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--hidden", type=int, default=100)
    options = parser.parse_args()
    tables = read_tables(*(Source.open(options.folder / name) for name in FILES))
    articles = tables.articles
    index = ContentIndex.build(
        *(articles[name].tolist() for name in (Col.ITEM, Col.TITLE, Col.TEXT))
    )
    whole = catalogue_of(tables, index)
    unread = ~articles[Col.ITEM].isin(whole.solver.model.positions)
    offered = unread & ~articles[Col.REMOVED].astype(bool)
    print(f"{len(articles):,} articles, {offered.sum():,} of them unread and not removed\n")
    show("1. the ten best, by weight", changes(whole, options.people))
    left, readings = hide_articles(tables, options.hidden)
    fresh = catalogue_of(left, index)
    rows = changes(fresh, options.people)
    show("2. articles made unread, by weight", [*rows, *recalls(fresh, readings)])
    split = hide_one(tables, default_weights(tables))
    pairs = zip(split.users, split.items, strict=True)
    show("3. one hidden reading a person", recalls(catalogue_of(split.tables, index), pairs))


if __name__ == "__main__":
    main()
