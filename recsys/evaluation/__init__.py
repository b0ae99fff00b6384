"""How good a model is.

In: tables, weights and parameters. Out: figures with intervals. Begin with `hidden`, the test with
one reading of each person hidden; another metric or protocol is another file.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
