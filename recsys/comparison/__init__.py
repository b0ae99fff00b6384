"""Whether two models differ, and by more than another random start would make them.

In: two `recsys.models.Model`, and ensembles for the noise floor. Out: a `Comparison`. Begin with
`compare.compare_models`; `chance` says what a difference is worth.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
