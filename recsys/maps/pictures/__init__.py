"""The map as a picture for slides.

In: places, readers, a colouring and names. Out: the bytes of a PNG or an SVG. Begin with
`picture`; `text` finds room for what is written, `svg` tidies what Matplotlib wrote. That is
imported when a picture is drawn.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
