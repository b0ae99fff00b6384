"""A colour for each article of the map, with a legend that says what the colours mean.

In: a model, tables or arrays in the order of its articles. Out: a `Colouring`. Begin with
`colour_by`; `colouring` makes one of any groups or amounts, `palette` has the colours.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
