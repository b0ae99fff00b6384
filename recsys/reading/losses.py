"""Who and what is lost with the rows that are left out: ids that stand in no other row."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.columns import Col
from recsys.formats import TEXT, is_blank
from recsys.reading.account import Account
from recsys.reading.matching import Known


class Losses:
    """Collects the ids of rows that are left out.

    Parameters
    ----------
    roles
        Of which columns: people, articles.
    no_ids
        Words that are no ids.
    known
        Ids of the articles, or None where every item is one.
    """

    def __init__(
        self, roles: Collection[str], no_ids: Collection[str], known: Known | None
    ) -> None:
        self._ids: dict[str, list[pa.Array]] = {role: [pa.array([], TEXT)] for role in roles}
        self._no_ids, self._known = pa.array(no_ids, TEXT), known

    def take(self, ids: dict[str, pa.DictionaryArray], out: np.ndarray) -> None:
        """Take the ids of the rows that `out` names."""
        if not out.any():
            return
        for role, found in self._ids.items():
            codes = np.unique(ids[role].indices.to_numpy()[out])
            values = ids[role].dictionary.take(pa.array(codes))
            nobody = pc.is_in(pc.utf8_trim_whitespace(values), value_set=self._no_ids)
            nobody = pc.or_(nobody, pa.array(is_blank(values)))
            values = values.filter(pc.invert(nobody))
            found.append(values)

    def say(self, account: Account, events: pd.DataFrame, people: pa.Array) -> None:
        """Put into the account how many of them are in no row of `events`.

        Parameters
        ----------
        people
            Of rows that were good by themselves, those about no article as well.
        """
        kept = events[Col.USER].cat.categories
        if len(people) == len(kept):
            people = people.slice(0, 0)
        account.lost_people = _others(pa.concat_arrays([*self._ids[Col.USER], people]), kept)
        if Col.ITEM in self._ids:
            items = pa.concat_arrays(self._ids[Col.ITEM]).unique()
            if self._known is not None:
                items = items.filter(pa.array(self._known.matched(items)))
            account.lost_articles = _others(items, events[Col.ITEM].cat.categories)


def _others(ids: pa.Array, kept: pd.Index) -> int:
    """How many different ids are not among those that were kept."""
    if not len(ids):
        return 0
    there = pc.is_in(ids.unique(), value_set=pa.array(kept, TEXT))
    return len(there) - there.true_count
