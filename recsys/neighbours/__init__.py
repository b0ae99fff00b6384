"""What belongs with an article, and how far to trust it.

In: a `recsys.models.Model` and an article's id. Out: a ranked table with evidence. Begin with
`similarity`; `agreement` is what other seeds say of it, `blending` also uses contents where
readers are few. Another column of evidence goes into `similarity.evidence`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
