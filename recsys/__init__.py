"""Kindred's library: from two CSV files to articles that belong together.

>>> import recsys
>>> recsys.__version__
'0.1.0'
"""

__version__ = "0.1.0"
