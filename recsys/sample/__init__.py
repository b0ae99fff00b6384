"""The sample data set: made up, the same bytes from the same seed.

In: a seed. Out: the two files that stand in ``data/``. Begin with `sample`; `text` has the words.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
