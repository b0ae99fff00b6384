"""A short name for a data set, from the names of its files."""

import re
from collections.abc import Sequence
from os.path import commonprefix
from pathlib import PurePosixPath

from recsys.storage import MAX_NAME

_SHORTEST = 3  # signs of a common beginning that is a name
_KINDS = re.compile(
    r"(?i)\.(csv|tsv|txt|dat|data|inter|item|user|parquet|pq|jsonl?|ndjson|xlsx?|gz|gzip|zip)$"
)
_EDGES = " ._-+"


def suggested_name(names: Sequence[str]) -> str:
    """What the names of the files have in common, or else the last one's, without its ending.

    Parameters
    ----------
    names
        Of the files, that of the interactions last.

    Examples
    --------
    >>> suggested_name(["ml-100k.item", "ml-100k.inter"])
    'ml-100k'
    >>> suggested_name(["shared_articles.csv", "users_interactions.csv.gz"])
    'users_interactions'
    """
    stems = [_stem(name) for name in names]
    common = commonprefix(stems)
    if any(stem[len(common) : len(common) + 1].isalnum() for stem in stems):
        common = re.sub(r"[^\W_]*$", "", common)  # whole words alone: "hm_cu" of customers, cups
    common = common.strip(_EDGES)
    found = common if len(common) >= _SHORTEST else stems[-1]
    return found[:MAX_NAME].strip() or "My data"


def _stem(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).name
    while _KINDS.search(stem):
        stem = _KINDS.sub("", stem)
    return " ".join(stem.split()).strip(_EDGES)
