"""An SVG that Matplotlib wrote, made the same every time."""

from xml.etree import ElementTree

import numpy as np

from recsys.maps.pictures.svg import circles, tidied

WRITTEN = b"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="1pt" viewBox="0 0 72 36"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><a/>
 </metadata>
 <defs><path id="m1f" d="M 1.23456 -0.5 L 3 1.000001"/></defs>
 <g id="dots"/>
 <g id="patch"><use xlink:href="#m1f" clip-path="url(#p9)"/></g>
 <clipPath id="p9"><rect/></clipPath>
</svg>
"""


def test_nothing_is_read_from_elsewhere_and_ids_only_count():
    text = tidied(WRITTEN, "A < B", (100, 50)).decode()
    assert "DOCTYPE" not in text and "metadata" not in text
    assert "A &lt; B</title>" in text and 'width="100" height="50" viewBox="0 0 72 36"' in text
    assert 'd="M 1.23 -0.5 L 3 1.00"' in text
    assert '<path id="k0"' in text and 'href="#k0" clip-path="url(#k3)"' in text
    assert (
        text
        == tidied(
            WRITTEN.replace(b"m1f", b"m77").replace(b"p9", b"pa"), "A < B", (100, 50)
        ).decode()
    )


def test_circles_come_into_the_group_of_dots_whether_it_is_empty_or_not():
    drawn = circles(np.array([[1.0, 2.0]]), np.array([3.0]), np.array([[255, 0, 16]], "u1"), "#fff")
    full = WRITTEN.replace(b'<g id="dots"/>', b'<g id="dots"><path/></g>')
    for written in (WRITTEN, full):
        svg = ElementTree.fromstring(tidied(written, "", (1, 1), drawn))
        group = svg.find("{*}g")
        circle = next(group.iter("{http://www.w3.org/2000/svg}circle"))
        assert circle.attrib == {"cx": "1.0", "cy": "2.0", "r": "3.00", "fill": "#ff0010"}


def test_a_title_that_xml_cannot_hold_is_made_one_that_it_can():
    svg = ElementTree.fromstring(tidied(WRITTEN, "a\x00b\ud800c\ufffe]]>&", (1, 1)))
    assert svg.find("{*}title").text == "a b c ]]>&"
