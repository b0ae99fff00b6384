"""The exported file: small, whole, and with nothing of a title in its HTML."""

import base64
import gzip
import hashlib
import html
import json
import re

import numpy as np
import pytest

from recsys.errors import DataError
from recsys.maps.drawing.colours import Colours
from recsys.maps.drawing.page import map_page
from recsys.maps.drawing.scene import Scene
from recsys.maps.drawing.source import script

HOSTILE = "</script><img src=x onerror=alert(1)><!--@@DATA@@"


def page_of(n: int = 3, title: str = "A map", **more: object) -> str:
    scene = Scene(
        xy=np.random.default_rng(0).normal(size=(n, 2)).astype("f4"),
        titles=[HOSTILE] * n,
        readers=np.arange(n),
    )
    return map_page(scene, title=title, said="Keeps 40% of the ten nearest.", **more).decode()


def content_of(page: str) -> dict:
    (data,) = re.findall(
        r'<script type="application/octet-stream" id="data">([^<]*)</script>', page
    )
    return json.loads(gzip.decompress(base64.b64decode(data)))


def test_no_title_is_in_the_html():
    page = page_of(
        title=HOSTILE, about=HOSTILE, labels=[{"text": HOSTILE, "x": 0, "y": 0, "id": 1}]
    )
    assert "<img" not in page and "<!--" not in page
    assert page.count(html.escape(HOSTILE)) == 3  # the heading, the name of the window, the line
    assert page.count("</script>") == 2
    assert content_of(page)["labels"][0]["text"] == HOSTILE


def test_it_runs_only_its_own_script_and_fetches_nothing():
    page = page_of()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    (code,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (look,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for kind, text in (("script", code), ("style", look)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert script() in code
    assert not re.search(r"<link(?! rel=\"icon\" href=\"data:,\")|<img|<iframe|<object| src=", page)


def test_three_thousand_articles_with_ten_neighbours_are_less_than_a_megabyte():
    rng = np.random.default_rng(0)
    n = 3_000
    words = np.array([f"{rng.integers(1 << 30):x}" for _ in range(4_000)])
    titles = [" ".join(words[rng.integers(len(words), size=10)]) for _ in range(n)]
    scene = Scene(
        xy=rng.normal(size=(n, 2)).astype("f4"), titles=titles, readers=rng.integers(500, size=n)
    )
    shades = ["#123456"] * 256
    colours = [
        Colours(
            title=f"By {one}",
            kind="scale",
            index=rng.integers(256, size=n),
            light=shades,
            dark=shades,
        )
        for one in range(8)
    ]
    made = map_page(
        scene,
        title="A map",
        said="Keeps 40%.",
        colours=colours,
        members={str(one): rng.integers(n, size=n // 20) for one in range(20)},
        neighbours=rng.integers(n, size=(n, 10)),
        addresses=[f"https://example.org/{one:x}/article" for one in rng.integers(1 << 60, size=n)],
    )
    assert len(made) < 1_000_000


def test_only_web_addresses_are_kept():
    addresses = ["https://example.org/a", " HTTP://example.org", "javascript:alert(1)"]
    kept = content_of(page_of(addresses=addresses))["addresses"]
    assert kept == ["https://example.org/a", "HTTP://example.org", ""]


def test_neighbours_and_members_are_whole_numbers_by_row():
    near = np.array([[1, 2], [0, -1], [0, 1]])
    content = content_of(page_of(neighbours=near, members={"7": np.array([2, 0])}))
    assert content["count"] == 2
    assert np.frombuffer(base64.b64decode(content["near"]), "<i4").tolist() == [1, 2, 0, -1, 0, 1]
    assert np.frombuffer(base64.b64decode(content["members"]["7"]), "<i4").tolist() == [2, 0]


@pytest.mark.parametrize("wrong", [{"neighbours": np.zeros((2, 1))}, {"addresses": ["a"]}])
def test_what_is_about_other_articles_is_refused(wrong):
    with pytest.raises(DataError, match="for 3 articles"):
        page_of(**wrong)


@pytest.mark.parametrize("n", [0, 1])
def test_a_map_of_one_article_or_of_none_is_a_page(n):
    assert "createMap" in page_of(n)
