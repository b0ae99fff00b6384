"""What the catalogue is about: groups of articles that the same people read, with names.

In: a `recsys.models.Model`. Out: `Topics`. Begin with `topics.find_topics`; `clusters` groups the
factors, `scoring` and `names` name the groups by their titles, `finer` divides topics, `renaming`
gives them the names that people chose, of which `given_names` is what is written down;
`details` says what the articles of each share.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
