"""Files for others: all neighbours, or everybody's recommendations.

In: a `recsys.models.Model`. Out: parts of one table, to be written by `recsys.writing`. Begin with
`catalogue`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
