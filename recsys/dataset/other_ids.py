"""Another column of the articles file, where most events are about none of its ids.

Of the books of goodbooks-10k, ``book_id`` is what Goodreads calls them, and ``id`` what the ratings
do.
"""

from contextlib import closing

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.counting import counted, word_for
from recsys.formats import TEXT, ReadOptions, Source, batches
from recsys.reading import ArticleMapping, Hint, columns_option, look, may_be_ids

_MOST = 8  # columns that are looked at


def other_column(
    source: Source,
    options: ReadOptions | None,
    mapping: ArticleMapping,
    ids: pa.Array,
    rows: np.ndarray,
    n_kept: int,
) -> Hint | None:
    """The hint that another column of the articles file holds the ids of more than half the rows.

    Parameters
    ----------
    mapping
        The columns of the articles file as it was read.
    ids, rows
        The ids that are none of its articles, and how many events each has.
    n_kept
        How many events are about one of its articles.
    """
    found = look(source, options)
    columns = [
        name
        for name in found.layout.columns
        if name and name != mapping.item and found.layout.columns.count(name) == 1
    ]
    columns = [name for name in columns if _may_match(found.sample[name], ids)][:_MOST]
    fits = {name: np.zeros(len(ids), dtype=bool) for name in columns}
    if not columns:
        return None
    with closing(batches(source, found.layout, dict.fromkeys(columns, TEXT))) as parts:
        for batch in parts:
            for name in columns:
                met = pc.is_in(ids, value_set=batch.columns[name])
                fits[name] |= met.to_numpy(zero_copy_only=False)
    counts = {name: int(rows[met].sum()) for name, met in fits.items()}
    best = max(counts, key=counts.__getitem__)
    if 2 * counts[best] <= rows.sum() + n_kept:
        return None
    example = ids.filter(pa.array(fits[best]))[0].as_py()
    parts_of = {part: name for part, name in mapping.as_dict().items() if name != best}
    shell = columns_option(ArticleMapping.from_dict(parts_of | {"item": best}))
    return Hint(
        text=f"{counted(counts[best], 'rows')} that {word_for(counts[best], 'was', 'were')} left "
        f"out would match an article if its ids in {source.name} were taken from {best}, not "
        f"{mapping.item}: {example[:40]!r} is found there.",
        shell=f"--article-columns {shell}",
    )


def _may_match(cells: pd.Series, ids: pa.Array) -> bool:
    """Whether the first cells of a column may be ids, of which some are met."""
    met = pc.is_in(pa.array(cells.to_numpy(object), TEXT), value_set=ids)
    return may_be_ids(cells) and bool(pc.any(met).as_py())
