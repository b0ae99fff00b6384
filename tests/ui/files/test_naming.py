"""A short name from the names of the files."""

import pytest

from recsys.storage.data_store import MAX_NAME, checked_name
from ui.files.naming import suggested_name


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["ml-100k.item", "ml-100k.inter"], "ml-100k"),
        (["shop_articles.csv", "shop_events.csv.gz"], "shop"),
        (["customers.csv", "cups.csv"], "cups"),  # no whole word in common
        (["artists.dat", "user_artists.dat"], "user_artists"),
        (["steam-200k.csv"], "steam-200k"),
        (["export 2026 (1).xlsx"], "export 2026 (1)"),
        (["../of mine/x y.tsv"], "x y"),
        ([r"C:\files\x y.tsv"], "x y"),
        (["a" * 70 + ".csv"], "a" * 60),
        ([".csv"], "My data"),
        (["2026.01.csv", "2026.02.csv"], "2026"),
    ],
)
def test_a_name_is_what_the_files_have_in_common(names, name):
    assert suggested_name(names) == name == checked_name(name)
    assert len(name) <= MAX_NAME
