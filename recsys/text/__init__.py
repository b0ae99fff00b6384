"""What the titles and texts say: the search, and the likeness of contents.

In: ids, titles, texts. Out: an `Index` that finds articles by words, a `ContentIndex` that says how
near two are by what they say. Begin with `search` and `content`; `articles` searches those of a
model.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
