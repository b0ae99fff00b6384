"""What was learned: factors with what they belong to, the parameters, and their folder on disk.

In: arrays, or a folder. Out: a `Model`. Nothing here depends on an engine, and no pickle is ever
loaded. Begin with `model`, then `params`; `folder` saves and loads.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
