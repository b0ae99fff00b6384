"""The parts of the People page: whom it is about, the list, the reasons.

Begin with `reader`, then `suggestions`, then `reasons`.
"""
