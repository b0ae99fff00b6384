"""Numbers with what they count."""


def word_for(count: int, one: str, many: str) -> str:
    """A word as it stands beside a number.

    >>> word_for(1, "has", "have"), word_for(0, "has", "have")
    ('has', 'have')
    """
    return one if count == 1 else many


def counted(count: int, phrase: str) -> str:
    """A number and a phrase that begins with its noun in the plural.

    >>> counted(1, "people with no other events"), counted(3, "reads with strength 0")
    ('1 person with no other events', '3 reads with strength 0')
    """
    noun, *rest = phrase.split(" ")
    one = "person" if noun == "people" else noun.removesuffix("s")
    return " ".join([f"{count:,}", word_for(count, one, noun), *rest])
