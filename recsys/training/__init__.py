"""From a matrix to a model, by an engine, alone or from several seeds.

In: `recsys.strengths.Interactions`, or tables and weights, and `recsys.models.ALSParams`. Out: a
`recsys.models.Model`, or an `Ensemble` of them. Begin with `pipeline.train`; an engine is one file
in ``engines/``, `seeds` trains again from other random starts.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
