"""The map as one HTML file that works from disk, without a network.

All that was uploaded stands in it as base64 of a compressed buffer, so that no title can be taken
for HTML or script; the browser shows it as text alone. The page's own rules (Content-Security-
Policy) let no other script run and nothing be fetched.
"""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recsys.errors import DataError
from recsys.maps.drawing.colours import Colours, packed_rows
from recsys.maps.drawing.saying import FILE_WORDS, WORDS
from recsys.maps.drawing.scene import Scene
from recsys.maps.drawing.source import script, style

_HERE = Path(__file__).parent / "file"
_PARTS = ("lists.js", "saving.js", "page.js")
_LEVEL = 9  # of gzip: the file is made once and sent often


def map_page(
    scene: Scene,
    *,
    title: str,
    said: str,
    about: str = "",
    colours: Sequence[Colours] = (),
    labels: Sequence[Mapping[str, Any]] = (),
    members: Mapping[str, np.ndarray] | None = None,
    neighbours: np.ndarray | None = None,
    addresses: Sequence[str] | None = None,
) -> bytes:
    """One self-contained HTML file: search, topics, colours, neighbours, areas.

    Parameters
    ----------
    scene
        What is drawn.
    title, about
        The heading, and a line below it: which data and which model.
    said
        How faithful the map is.
    colours
        What the points can be coloured by; the first one is shown.
    labels
        Names on the map, as `js/labels.js` takes them: ``text``, ``x``, ``y``, ``level`` (0 or 1),
        ``weight``, ``id``.
    members
        The rows of each topic by the ``id`` of its label, so that a click can list them.
    neighbours
        (n, k) rows of the most similar articles, nearest first; -1 for none. They come from the
        factors, not from the places.
    addresses
        n web addresses; one that does not begin with http:// or https:// is left out.

    Returns
    -------
    bytes
        UTF-8.

    Raises
    ------
    DataError
        If something is not about as many articles as the scene has.
    """
    n = len(scene.titles)
    counts = {"neighbours": neighbours, "addresses": addresses}
    counts |= {f"the colours of {one.title}": one.index for one in colours}
    for name, values in counts.items():
        if values is not None and len(values) != n:
            raise DataError(f"{name}: {len(values)} for {n} articles.", todo=f"Give {n} of them.")
    near = np.empty((n, 0), "i4") if neighbours is None else neighbours
    names = [dict(label) for label in labels]
    content = {
        "scene": base64.b64encode(scene.pack()).decode("ascii"),
        "colours": [one.state() for one in colours],
        "labels": names,
        "members": {name: packed_rows(rows) for name, rows in (members or {}).items()},
        "near": packed_rows(near),
        "count": near.shape[1],
        "addresses": [_address(one) for one in addresses or ()],
        "alt": f"{title}. {said}",
        "words": WORDS,
        "page": FILE_WORDS,
    }
    packed = gzip.compress(json.dumps(content, default=float).encode(), _LEVEL, mtime=0)
    code = "\n".join(
        ['"use strict";', "{", script(), *(_read(name) for name in _PARTS), "}"],
    )
    look = style() + _read("page.css")
    parts = {
        "TITLE": html.escape(title),
        "ABOUT": html.escape(about),
        "SAID": html.escape(said),
        "POLICY": _policy(code, look),
        "STYLE": look,
        "CODE": code,
        "DATA": base64.b64encode(packed).decode("ascii"),
        **{f"WORD_{name.upper()}": html.escape(word) for name, word in FILE_WORDS.items()},
    }
    # What has been put in is not looked at again: a title may look like a name of a part.
    pieces = _read("page.html").split("@@")
    whole = [parts[piece] if at % 2 else piece for at, piece in enumerate(pieces)]
    return "".join(whole).encode("utf-8", "replace")


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _policy(code: str, look: str) -> str:
    """Only this script and this style; no other file, no request, no form."""
    script_hash, style_hash = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
        for text in (code, look)
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}'; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _address(address: str) -> str:
    found = str(address).strip()
    return found if found.lower().startswith(("http://", "https://")) else ""
