"""The parts of the Data page: bringing files, the columns, the filter, the profile.

Begin with `intake`.
"""
