"""How it all lies: factors as places on a plane.

In: a `recsys.models.Model`. Out: a table of places. Begin with `projection`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
