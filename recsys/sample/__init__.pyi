from .sample import (
    ARTICLES_FILE as ARTICLES_FILE,
    INTERACTIONS_FILE as INTERACTIONS_FILE,
    write_sample as write_sample,
)
