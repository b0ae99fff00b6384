"""Which articles may come, whoever asks: by language, time, readers, id.

In: the articles of a model or of tables. Out: a mask of those that may be offered. Begin with
`limits`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
