"""Tables as text and as files, in which nothing runs when a spreadsheet opens them.

In: a table, or parts of one. Out: text, bytes, a file that is there whole or not at all. Begin with
`tables.table_bytes`; another format of files is another pair there.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
