"""Times out of text: what a cell says is when, in seconds since 1970.

In: columns of text cells. Out: seconds in UTC, what forms they were written in, and an example of
each that cannot be read. Begin with `clock`; `written` knows the dates that people write, `serial`
the numbers that stand for one.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
