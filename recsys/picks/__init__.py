"""What editors decided: picks for an article, pinned pairs, pairs that never go together.

In: decisions, and lists of neighbours. Out: `Rules`, and lists to which they are applied. Begin
with `rules`; `decisions` is what is written down, `applying` what the rules do to a list.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
