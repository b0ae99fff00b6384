"""Kindred's library: from files of articles and interactions to articles that belong together.

>>> import recsys
>>> tables = recsys.sample_tables()  # or recsys.read_files("articles.csv", "interactions.csv")
>>> model = recsys.train(tables)
>>> item = recsys.search_items(model, "marathon")["item_id"][0]
>>> recsys.evidence(model, item, recsys.similar_items(model, item, 5))["rank"].tolist()
[1, 2, 3, 4, 5]

Results are pandas tables and numpy arrays; ids are text. What goes wrong because of the input is a
`KindredError`, which says what, where and what to do. docs/library.md has a section for each task;
the wings below, each with a paragraph of its own, hold the rest.
"""

import lazy_loader

__version__ = "0.1.0"
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
