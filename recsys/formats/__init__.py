"""From the bytes of a file to batches of text cells: packing, encoding, delimiter, CSV, Parquet.

In: a `Source`, a name with a path or bytes, and `ReadOptions`. Out: a `Layout`, which says how
the file is to be read, and its rows as `Batch`, a few thousand at a time, in bounded memory.
Nothing here knows what a column means. Begin with `source`, then `layout`, then `csvfile`; another
format of files is another file beside `parquetfile`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
