"""What each event is worth, and the matrix of people and articles that comes of it.

In: `recsys.dataset.Tables` and `EventWeights`. Out: `Interactions`, a sparse matrix of strengths
with the ids of its rows and columns: the one place where an id becomes a position. Begin with
`interactions.build_interactions`, then `sums`; `steps` shows the way on real rows. The formulas are
in docs/strengths.md.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
