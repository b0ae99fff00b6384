"""The checked data: tables of events and articles, parts of them, their profile.

In: the two files. Out: `Tables`, what a `Filter` leaves of them, a `Profile`. Begin with
`tables.read_tables`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
