"""Two articles beside each other: how sure it is that they belong together, and why.

In: a `recsys.models.Model` and two ids; tables, topics, contents and other seeds say more. Out: the
figures behind one row of a table of neighbours. Begin with `pairing`; `worth` says how much so many
readers count, `influence` what hangs on one of them, `together_readers` who they are.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
