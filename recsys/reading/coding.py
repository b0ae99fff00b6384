"""Columns of repeating texts as codes: brought together part by part, never as Python objects."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def unified(so_far: pa.Array, columns: list[pa.Array]) -> tuple[pa.Array, np.ndarray]:
    """All values, new ones at the end, and the codes of some columns in them."""
    first = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), so_far)
    joined = pa.chunked_array([first, *columns]).unify_dictionaries()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in joined.chunks[1:]])
    return joined.chunk(0).dictionary, codes


def joined(parts: list[np.ndarray], kind: type) -> np.ndarray:
    """One array of all parts, which are let go."""
    if not parts:
        return np.empty(0, dtype=kind)
    whole = np.concatenate(parts)
    parts.clear()
    return whole


def categorical(codes: np.ndarray, values: pa.Array) -> pd.Categorical:
    """Codes into values as a categorical whose categories are sorted and all used."""
    occurs = np.zeros(len(values), dtype=bool)
    occurs[codes] = True
    used = np.flatnonzero(occurs)
    kept = values.take(pa.array(used))
    order = pc.array_sort_indices(kept).to_numpy()
    place = np.zeros(len(values), dtype=codes.dtype)
    place[used[order]] = np.arange(len(order), dtype=codes.dtype)
    categories = pd.Index(kept.take(pa.array(order)).to_pandas(), dtype="str")
    return pd.Categorical.from_codes(place[codes], categories=categories, validate=False)


def alike(kinds: pd.Categorical) -> list[list[str]]:
    """Groups of categories that differ by case or white space, the most frequent one first."""
    if len({" ".join(name.casefold().split()) for name in kinds.categories}) == len(
        kinds.categories
    ):
        return []
    counts = np.bincount(kinds.codes, minlength=len(kinds.categories))
    rows = dict(zip(kinds.categories, counts.tolist(), strict=True))
    groups: dict[str, list[str]] = {}
    for name in sorted(rows, key=lambda name: (-rows[name], name)):
        groups.setdefault(" ".join(name.casefold().split()), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def merged(kinds: pd.Categorical) -> pd.Categorical:
    """The categories of each group of `alike` as one, without white space around it."""
    name_of = {name: " ".join(name.split()) for name in kinds.categories}
    for group in alike(kinds):
        name_of |= dict.fromkeys(group, " ".join(group[0].split()))
    names = sorted(set(name_of.values()))
    place = np.array([names.index(name_of[name]) for name in kinds.categories], kinds.codes.dtype)
    codes = place[kinds.codes] if len(place) else kinds.codes
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"), validate=False)
