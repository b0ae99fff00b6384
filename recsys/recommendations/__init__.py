"""What a person would read next, and why.

In: a `recsys.models.Model` and a person's id, or articles that somebody liked. Out: a ranked table,
and what of the past adds how much to each score. Begin with `next_reads`, then
`explain`; `tradeoffs` rearranges a list, `blended_taste` also uses contents, `readers` lists
people.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
