"""What is held in memory is bounded by bytes."""

import threading

import numpy as np

from ui.beside.shelf import Shelf


def test_what_was_used_longest_ago_goes_first():
    shelf = Shelf(1000, recent=0)
    for key in "abc":
        shelf.put(key, key.upper(), 300)
    assert shelf.get("a") == "A" and shelf.bytes == 900
    shelf.put("d", "D", 300)
    assert shelf.get("b") is None and shelf.bytes == 900
    assert [shelf.get(key) for key in "acd"] == ["A", "C", "D"]


def test_a_large_thing_takes_the_room_of_many_small_ones_and_stays_itself():
    shelf = Shelf(1000, recent=0)
    for key in range(10):
        shelf.put(str(key), key, 100)
    shelf.put("large", "large", 5000)
    assert shelf.get("large") == "large" and shelf.bytes == 5000
    shelf.put("next", "next", 1)
    assert shelf.get("large") is None and shelf.get("next") == "next"


def test_what_is_put_again_counts_once():
    shelf = Shelf(1000, recent=0)
    shelf.put("a", 1, 400)
    shelf.put("a", 2, 500)
    assert shelf.get("a") == 2 and shelf.bytes == 500


def test_what_was_used_just_now_stays_beyond_the_bound():
    now = [0.0]
    shelf = Shelf(1000, recent=60, clock=lambda: now[0])
    shelf.put("model", "model", 900)
    now[0] = 400
    shelf.put("seeds", "seeds", 5000)
    assert shelf.get("model") is None
    shelf.put("model", "model", 900)  # it is read again, and both stay
    assert shelf.get("seeds") == "seeds" and shelf.bytes == 5900
    now[0] = 500
    shelf.put("other", "other", 10)
    assert shelf.get("seeds") is None and shelf.get("other") == "other" and shelf.bytes == 10


def test_arrays_count_by_their_bytes_and_what_is_held_elsewhere_does_not():
    shelf, shared = Shelf(1 << 30), np.zeros(1_000_000)
    shelf.get_or_make("own", lambda: np.zeros(500_000))
    assert 4_000_000 <= shelf.bytes < 4_100_000
    shelf.get_or_make("both", lambda: [shared, np.zeros(500_000)], but=(shared,))
    assert 8_000_000 <= shelf.bytes < 8_200_000


def test_what_several_ask_for_at_once_is_made_once():
    shelf, made, go_on = Shelf(1 << 20), [], threading.Event()

    def make() -> str:
        made.append(1)
        assert go_on.wait(20)
        return "made"

    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(shelf.get_or_make("key", make)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert found == ["made"] * 4 and len(made) == 1


def test_what_cannot_be_made_is_tried_again():
    shelf = Shelf(1 << 20)

    def fail() -> str:
        raise ValueError

    for _ in range(2):
        try:
            shelf.get_or_make("key", fail)
        except ValueError:
            continue
        raise AssertionError
    assert shelf.get_or_make("key", lambda: "made") == "made"
