from .alphabets import LATIN1 as LATIN1, Doubt as Doubt
from .anyfile import all_rows as all_rows, batches as batches, begin as begin
from .batch import (
    CODED as CODED,
    TEXT as TEXT,
    Batch as Batch,
    is_blank as is_blank,
    text_sizes as text_sizes,
)
from .csvfile import OtherEncoding as OtherEncoding
from .encodings import ENCODINGS as ENCODINGS, MIXED as MIXED, UTF8 as UTF8
from .layout import (
    DELIMITERS as DELIMITERS,
    Layout as Layout,
    ReadOptions as ReadOptions,
)
from .readings import readings_of as readings_of
from .source import Source as Source
