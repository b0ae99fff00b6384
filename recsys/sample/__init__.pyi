from .example import EXAMPLE_NAMES as EXAMPLE_NAMES, example_csv as example_csv
from .sample import (
    ARTICLES_FILE as ARTICLES_FILE,
    INTERACTIONS_FILE as INTERACTIONS_FILE,
    sample_csv as sample_csv,
    write_sample as write_sample,
)
