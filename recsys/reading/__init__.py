"""From batches of text cells to checked columns, with an account of every row.

In: a `recsys.formats.Source` and a mapping, which column is what; found where none is given. Out:
parts of tables, and a `FileReport` that says of each row that was left out why. Begin with
`looking`, what a file seems to be, then `events` and `articles`. The names of CSV columns live here
and nowhere else.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
