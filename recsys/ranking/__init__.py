"""The best few, the nearest of many, and how far two lists overlap. Pure numpy.

In: arrays of scores, factors or positions. Out: arrays of positions and shares. Begin with
`ordering`, the one order that all lists have; `nearness` finds neighbours of many at once by tiles,
`overlap` compares lists.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
