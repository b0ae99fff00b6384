"""A scene comes out of its bytes as it went in, whatever the titles are."""

import gzip
import json
import struct

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.errors import DataError
from recsys.maps.drawing.scene import Scene

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "مرحبا بالعالم",
    "x" * 300,
    "",
    "👩‍👩‍👧 and \u202eturned",
    "a\0b",
]


def scene_of(titles: list[str]) -> Scene:
    n = len(titles)
    return Scene(
        xy=np.arange(2 * n, dtype="float32").reshape(n, 2) / 3,
        titles=titles,
        readers=np.arange(n) * 7,
    )


def unpacked(data: bytes) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """As the browser reads it: js/scene.js."""
    assert data[:4] == b"KMAP"
    (length,) = struct.unpack_from("<I", data, 4)
    header = json.loads(data[8 : 8 + length])
    base = -(-(8 + length) // 8) * 8
    parts = {}
    for name, (start, size) in header["parts"].items():
        assert (base + start) % 8 == 0, "a Float32Array begins at a multiple of its width"
        parts[name] = data[base + start : base + start + size]
    ends = np.frombuffer(parts["ends"], "<u4")
    titles = [parts["titles"][a:b].decode() for a, b in zip(ends[:-1], ends[1:], strict=True)]
    assert len(titles) == header["n"]
    places = np.frombuffer(parts["places"], "<f4").reshape(-1, 2)
    return places, np.frombuffer(parts["readers"], "<u4"), titles


@pytest.mark.parametrize("titles", [HOSTILE, ["one"], []], ids=["hostile", "one", "none"])
def test_what_goes_in_comes_out(titles):
    scene = scene_of(titles)
    places, readers, back = unpacked(scene.pack())
    assert np.array_equal(places, scene.xy)
    assert np.array_equal(readers, scene.readers)
    assert back == titles


@given(st.lists(st.text()))
def test_any_text_is_a_title(titles):
    assert unpacked(scene_of(titles).pack())[2] == titles


def test_half_a_pair_of_surrogates_becomes_the_sign_for_what_cannot_be_shown():
    title = "half \ud83d of a pair, and a \ud83d\ude00 whole one"
    (back,) = unpacked(scene_of([title]).pack())[2]
    assert back == "half \ufffd of a pair, and a 😀 whole one"


def test_packed_is_the_same_smaller_and_always_alike():
    scene = scene_of(["the same title"] * 500)
    assert gzip.decompress(scene.packed()) == scene.pack()
    assert len(scene.packed()) < len(scene.pack()) / 2
    assert scene.packed() == scene.packed()


def test_readers_beyond_what_the_buffer_holds_are_the_most_it_holds():
    scene = Scene(xy=np.zeros((2, 2), "f4"), titles=["a", "b"], readers=np.array([2**40, -1]))
    assert unpacked(scene.pack())[1].tolist() == [2**32 - 1, 0]


@pytest.mark.parametrize(
    ("places", "readers"),
    [((2, 2), 3), ((3, 3), 3), ((3, 2), 2)],
    ids=["places", "flat", "readers"],
)
def test_what_does_not_belong_together_is_refused(places, readers):
    with pytest.raises(DataError, match="do not belong together"):
        Scene(xy=np.zeros(places, "f4"), titles=["a", "b", "c"], readers=np.zeros(readers, int))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_place_that_is_no_number_is_refused(bad):
    with pytest.raises(DataError, match="not a number"):
        Scene(xy=np.full((1, 2), bad, "f4"), titles=["a"], readers=np.ones(1, int))
