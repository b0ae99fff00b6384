"""Articles with which a new reader begins."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.ranking import checked_count
from recsys.topics import NO_TOPIC


def starters(model: Model, topics: Mapping[str, str], n: int = 20) -> pd.DataFrame:
    """Popular articles of all topics, to be clicked by a reader of whom nothing is known.

    The most read of each topic, the largest topic first; then the second of each, and so on. What
    was removed later and what has no title comes last of its topic, what is of no topic after all
    that is of one.

    Parameters
    ----------
    topics
        The topic of each article by its id; see `recsys.topic_names`. Where it is empty, these are
        the most read articles.
    n
        How many; fewer come back where there are fewer.

    Returns
    -------
    pandas.DataFrame
        item_id, title, topic, readers.

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> names = recsys.topic_names(recsys.find_topics(model), model)
    >>> table = recsys.starters(model, names, 6)
    >>> list(table), len(set(table["topic"])) > 1
    (['item_id', 'title', 'topic', 'readers'], True)
    """
    checked_count(n)
    table = model.items[[Col.ITEM, Col.TITLE]].assign(
        **{
            Col.TOPIC: [topics.get(item, NO_TOPIC) for item in model.items[Col.ITEM]],
            Col.READERS: model.readers,
        }
    )
    unfit = model.items[Col.REMOVED].to_numpy(dtype=bool) | (table[Col.TITLE].str.strip() == "")
    table = table.iloc[np.lexsort((-table[Col.READERS], unfit))]
    turn = table.groupby(Col.TOPIC, sort=False).cumcount()
    size = table.groupby(Col.TOPIC, sort=False)[Col.ITEM].transform("size")
    first = {name: place for place, name in enumerate(dict.fromkeys(table[Col.TOPIC]))}
    order = np.lexsort((table[Col.TOPIC].map(first), -size, turn, table[Col.TOPIC] == NO_TOPIC))
    return table.iloc[order[:n]].reset_index(drop=True)
