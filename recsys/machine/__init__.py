"""What the computer has and gives: threads, bytes in memory, folders on the disk.

In: an object, a path. Out: sizes, folders that are there whole or not at all, blocks of code with
one thread. It knows nothing of Kindred. Each file stands for itself.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
