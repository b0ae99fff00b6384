"""From the bytes of a file to batches of text cells: packing, encoding, delimiter, format.

In: a `Source`, a name with a path or bytes, and `ReadOptions`. Out: a `Layout`, which says how
the file is to be read, and its rows as `Batch`, a few thousand at a time, in bounded memory.
Nothing here knows what a column means. Begin with `anyfile`, which knows all formats; each is a
file of its own (`csvfile`, `jsonfile`, `workbook`, `parquetfile`), and so is another one.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
