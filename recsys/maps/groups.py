"""Some articles of the map together: what sets them apart."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.models import Model
from recsys.times import has_time
from recsys.topics import Topics, name_groups

NONE = ""  # an empty cell of the tables: the language of an article that has none
_LISTED = 5  # languages, types and topics that are compared, the group's most frequent


def words_of_group(model: Model, rows: np.ndarray) -> str:
    """What these articles are about, beside all others; see `recsys.topics.names`."""
    of = np.ones(len(model.items), dtype=np.int32)
    of[rows] = 0
    names, _ = name_groups(
        model.items[Col.TITLE].tolist(), of, np.ones(len(of), dtype=np.float32), model.readers
    )
    return names[0]


def beside_the_rest(
    model: Model, tables: Tables, rows: np.ndarray, topics: Topics | None = None
) -> pd.DataFrame:
    """Some articles beside all others of the model.

    Parameters
    ----------
    rows
        Rows of these articles, at least one.

    Returns
    -------
    pandas.DataFrame
        feature, these, others, kind: what is compared, as text; its value for the articles and
        for the others (NaN where there are none); ``"number"``, ``"share"`` (0 to 1) or ``"day"``
        (days since 1970-01-01, UTC).
    """
    chosen = np.zeros(len(model.items), dtype=bool)
    chosen[rows] = True
    compared = list(_compared(model, tables, chosen, topics))
    return pd.DataFrame(compared, columns=[Col.FEATURE, Col.THESE, Col.OTHERS, Col.KIND_OF_VALUE])


def _compared(
    model: Model, tables: Tables, chosen: np.ndarray, topics: Topics | None
) -> Iterator[tuple[str, float, float, str]]:
    sides = (chosen, ~chosen)

    def both(values: np.ndarray, summary: str) -> tuple[float, float]:
        known = [values[side & np.isfinite(values)] for side in sides]
        one, other = (float(getattr(np, summary)(v)) if len(v) else np.nan for v in known)
        return one, other

    readers = model.readers.astype(np.float64)
    yield ("Readers per article (median)", *both(readers, "median"), "number")
    yield ("Strength per reader (mean)", *_strength(model, sides), "number")
    known = tables.articles.set_index(Col.ITEM).reindex(model.items[Col.ITEM])
    seconds = pd.to_numeric(known[Col.TIMESTAMP], errors="coerce").to_numpy(np.float64)
    days = np.where(has_time(seconds), seconds / 86_400, np.nan)
    if np.isfinite(days).any():
        yield ("Shared (median day)", *both(days, "median"), "day")
    counts = _events(model, tables, sides)
    for event in counts.index[(counts > 0).any(axis=1)]:
        shares = counts.loc[event] / counts.sum().where(counts.sum() > 0)
        yield (f"Events: {event}", float(shares[0]), float(shares[1]), "share")
    for name, what in ((Col.LANGUAGE, "Language"), (Col.KIND, "Type")):
        yield from _shares(known[name].fillna(NONE).to_numpy(object), sides, what)
    if topics is not None:
        yield from _shares(topics.name_of(topics.of), sides, "Topic")


def _strength(model: Model, sides: tuple[np.ndarray, np.ndarray]) -> tuple[float, float]:
    total = np.asarray(model.item_users.sum(axis=1)).ravel()
    found = []
    for side in sides:
        readers = int(model.readers[side].sum())
        found.append(float(total[side].sum() / readers) if readers else np.nan)
    return found[0], found[1]


def _events(model: Model, tables: Tables, sides: tuple[np.ndarray, np.ndarray]) -> pd.DataFrame:
    """Events by type, of these articles and of the others."""
    items = tables.events[Col.ITEM].cat.categories
    row = np.array([model.positions.get(str(item), -1) for item in items], dtype=int)
    rows = row[tables.events[Col.ITEM].cat.codes]
    types = tables.events[Col.EVENT]
    return pd.DataFrame(
        {place: types[(rows >= 0) & side[rows]].value_counts() for place, side in enumerate(sides)}
    ).fillna(0)


def _shares(
    values: np.ndarray, sides: tuple[np.ndarray, np.ndarray], what: str
) -> Iterator[tuple[str, float, float, str]]:
    here, rest = (pd.Series(values[side]) for side in sides)
    if pd.Series(values).nunique() < 2:
        return
    shares, others = (part.value_counts(normalize=True) for part in (here, rest))
    for value in shares.index[:_LISTED]:
        other = float(others.get(value, 0.0)) if len(rest) else np.nan
        yield (f"{what}: {value or '(none)'}", float(shares[value]), other, "share")
