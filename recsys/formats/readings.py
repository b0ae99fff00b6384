"""How a file's first words beyond ASCII read in each encoding: something to choose by."""

from recsys.formats.decoding import first_words
from recsys.formats.encodings import ENCODINGS
from recsys.formats.head import HEAD
from recsys.formats.source import Source
from recsys.formats.unpack import unpacked


def readings_of(source: Source) -> dict[str, str]:
    """The first words by encoding; ``""`` where they cannot be read in it, or all is ASCII.

    Raises
    ------
    FileError
        If the file cannot be read or unpacked.
    """
    with unpacked(source) as plain:
        head = plain.read(HEAD)
    return {encoding: first_words(head, encoding) for encoding in ENCODINGS}
