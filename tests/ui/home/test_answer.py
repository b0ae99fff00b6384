"""What Home says of its example."""

import numpy as np
import pandas as pd
import pytest

from ui.home.answer import evidence_in_words


@pytest.mark.parametrize(
    ("both", "lift", "words"),
    [
        (
            [25, 24],
            [23.1, 27.5],
            "25 of its 50 readers also read the first, 23 times as many as by chance; "
            "all 2 share at least 24 readers with it.",
        ),
        ([25], [3.14], "25 of its 50 readers also read the first, 3.1 times as many as by chance."),
        # too few for a lift, or fewer than by chance
        ([1, 0], [np.nan, np.nan], "1 of its 50 readers also read the first."),
        (
            [5, 1],
            [0.9, np.nan],
            "5 of its 50 readers also read the first; all 2 share at least 1 reader with it.",
        ),
    ],
)
def test_the_evidence_is_what_the_table_says(both, lift, words):
    assert evidence_in_words(pd.DataFrame({"readers_of_both": both, "lift": lift}), 50) == words
