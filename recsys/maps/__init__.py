"""How it all lies: the articles of a model as places on a plane, and what moved between two maps.

In: a `recsys.models.Model`. Out: `Places`, and how faithful they are. Begin with `places`;
`projection` has principal components, `neighbouring` t-SNE, `placing` what a large catalogue's map
was not learned from, `aligning` lays one map over another, `moves` says what moved.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
