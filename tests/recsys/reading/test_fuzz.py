"""Some of the files of tests/fuzz.py; many more are judged by hand, see there."""

import os

import pytest

from tests.fuzz import run

FILES = 240 if os.environ.get("CI") else 160
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_file_is_accounted_for_or_refused(part):
    found = [run(0, number) for number in range(part, FILES, PARTS)]
    assert {"read", "refused"} == set(found)
