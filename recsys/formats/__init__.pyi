from .alphabets import LATIN1 as LATIN1, Doubt as Doubt
from .batch import CODED as CODED, TEXT as TEXT, Batch as Batch, is_blank as is_blank
from .chunks import csv_records as csv_records
from .csvfile import OtherEncoding as OtherEncoding, csv_batches as csv_batches
from .decoding import ENCODINGS as ENCODINGS
from .head import head_of as head_of
from .layout import (
    DELIMITERS as DELIMITERS,
    Layout as Layout,
    ReadOptions as ReadOptions,
)
from .parquetfile import (
    is_parquet as is_parquet,
    parquet_batches as parquet_batches,
    parquet_layout as parquet_layout,
    parquet_records as parquet_records,
)
from .readings import readings_of as readings_of
from .records import cells as cells
from .source import Source as Source
