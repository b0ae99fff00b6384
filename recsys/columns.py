"""Every column name, once."""


class Csv:
    """The names in the Deskdrop files. Only the reader and the sample generator know them."""

    TIMESTAMP = "timestamp"
    EVENT = "eventType"
    ITEM = "contentId"
    USER = "personId"
    TITLE = "title"
    URL = "url"
    LANGUAGE = "lang"
    KIND = "contentType"
    SHARED = "CONTENT SHARED"
    REMOVED = "CONTENT REMOVED"


class Col:
    """The names in the library's own tables."""

    ITEM = "item_id"
    USER = "user_id"
    EVENT = "event_type"
    TITLE = "title"
    URL = "url"
    LANGUAGE = "language"
    KIND = "content_type"
    TIMESTAMP = "timestamp"
    REMOVED = "removed"
    RANK = "rank"
    SCORE = "score"
    READERS = "readers"
    BOTH = "readers_of_both"
    STRENGTH = "strength"
    COUNT = "count"
    SHARE = "share"
    VALUE = "value"
    X = "x"
    Y = "y"
