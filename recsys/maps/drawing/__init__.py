"""The map as a picture that one can move in, on a page and in a file of its own.

In: places, titles and readers as a `Scene`. Out: its bytes, and the script that draws them in a
browser. Begin with `scene`; ``js/map.js`` draws, and `script` joins its parts.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
