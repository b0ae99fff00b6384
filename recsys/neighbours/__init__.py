"""What belongs with an article, and how far to trust it.

In: a `recsys.models.Model` and an article's id. Out: a ranked table with evidence. Begin with
`similarity`; `blending` also uses contents where readers are few, `together` asks about several
articles. All of them rank `ranked.Candidates`, which limits then thin out; `agreement` is what
other seeds say of a table, `absence` why an article is not in it. Another column of evidence goes
into `read_together.evidence`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
