"""Files for others: all neighbours, everybody's recommendations, what to read next, the model.

In: a `recsys.models.Model`, and what editors decided. Out: tables, or the bytes of files. Begin
with `catalogue`, then `read_next`; `links` escapes what others wrote, in every format.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
