from .articles import (
    find_items as find_items,
    index_of as index_of,
    most_read as most_read,
    search_items as search_items,
)
from .content import ContentIndex as ContentIndex
from .search import Found as Found, Index as Index, build_index as build_index
from .search_filter import ALL as ALL, SearchFilter as SearchFilter
from .words import folded as folded, read_words as read_words, words_of as words_of
