"""The parts of the Readers page: whom it is about, the list, the reasons, and what is not in it.

Begin with `reader` and `new_reader`, then `wishes`, `suggestions`, `reasons` and `why_not`.
"""
