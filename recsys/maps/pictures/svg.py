"""An SVG that Matplotlib wrote, without what changes each time and what lies elsewhere."""

import re
from xml.sax.saxutils import escape

import numpy as np

DOTS = "dots"  # id of the group that the circles come into
_DOTS = re.compile(rf'(<g id="{DOTS}")\s*(/?)>')  # it is closed at once where it is empty
_PROLOG = re.compile(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
_ROOT = re.compile(r"<svg\b[^>]*>")
_ID = re.compile(r'\bid="([^"]+)"')
_USED = re.compile(r'(\bid="|="#|url\(#)([^")]+)')
_OUTLINE = re.compile(r'\bd="[^"]*"')
_DIGITS = re.compile(r"(\.\d\d)\d+")  # a hundredth of a point is not seen
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not in XML 1.0


def tidied(svg: bytes, title: str, size: tuple[int, int], drawn: str = "") -> bytes:
    """The same picture: no document type (it is read from the network), ids that only count.

    Matplotlib makes ids of a random salt, which only a setting for the whole process changes.

    Parameters
    ----------
    title
        Read aloud by a screen reader.
    size
        Width and height in pixels.
    drawn
        What is put at the beginning of the group `DOTS`.
    """
    text = _METADATA.sub("", _PROLOG.sub("", svg.decode()))
    text = _OUTLINE.sub(lambda outline: _DIGITS.sub(r"\1", outline[0]), text)
    text = _DOTS.sub(lambda found: f"{found[1]}>\n{drawn}{'</g>' if found[2] else ''}", text, 1)
    numbers = {name: f"k{n}" for n, name in enumerate(dict.fromkeys(_ID.findall(text)))}
    text = _USED.sub(lambda found: found[1] + numbers.get(found[2], found[2]), text)
    said = escape(_CONTROL.sub(" ", title))
    root = _ROOT.search(text)
    box = re.search(r'viewBox="[^"]*"', root[0]) if root else None
    if root is None or box is None:
        raise ValueError("Matplotlib wrote no SVG")
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{size[0]}" height="{size[1]}" {box[0]} role="img">\n<title>{said}</title>'
    )
    return (head + text[root.end() :]).encode()


def circles(at: np.ndarray, radii: np.ndarray, colours: np.ndarray, edge: str) -> str:
    """A circle for each point, the first lowest.

    Parameters
    ----------
    at, radii
        ``(n, 2)`` and ``(n,)``, in the units of the picture.
    colours
        ``(n, 3)`` uint8.
    edge
        The colour of a thin line around each.
    """
    lines = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.2f}" fill="#{bytes(colour).hex()}"/>'
        for (x, y), r, colour in zip(at, radii, colours, strict=True)
    ]
    look = f'stroke="{edge}" stroke-width="0.4" fill-opacity="0.85" stroke-opacity="0.85"'
    return "\n".join([f"<g {look}>", *lines, "</g>"])
