"""Numbers with what they count."""


def count_of(count: int, one: str, many: str | None = None) -> str:
    """A number and its noun, in the singular for 1.

    >>> count_of(1, "row"), count_of(1_200, "row"), count_of(2, "person", "people")
    ('1 row', '1,200 rows', '2 people')
    """
    return f"{count:,} {noun_for(count, one, many)}"


def noun_for(count: int, one: str, many: str | None = None) -> str:
    """The noun, or any other word, as it stands beside a number.

    >>> noun_for(1, "row"), noun_for(0, "row"), noun_for(1, "has", "have")
    ('row', 'rows', 'has')
    """
    return one if count == 1 else many or f"{one}s"
