"""The command that trains exactly the model that a page shows."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from recsys.models.params import ALSParams
from recsys.strengths import EventWeights

if TYPE_CHECKING:
    from recsys.dataset import ArticlesFile, EventsFile, Files

OUT = "model"


def train_command(files: Files, weights: EventWeights, params: ALSParams) -> str:
    """``python -m recsys train`` with files, strengths and parameters, for a shell.

    The files are looked for in the folder in which it is run. The command has no filter: what is
    trained on a part of the data is trained by the library.
    """
    options = ["--interactions", _name(files.interactions), *_told(files.interactions, "")]
    if files.articles is not None:
        options += ["--articles", _name(files.articles), *_told(files.articles, "article-")]
    options += ["--weights", weights.as_text()]
    for name, value in params.as_dict().items():
        options += [f"--{name}", repr(value)]
    return shlex.join(["python", "-m", "recsys", "train", *options, "--out", OUT])


def _name(file: EventsFile | ArticlesFile) -> str:
    """The last part of the name that a file came under."""
    name = PureWindowsPath(file.source.name).name or "file"
    return f"./{name}" if name.startswith("-") else name


def _told(file: EventsFile | ArticlesFile, part: str) -> list[str]:
    """The options for what was set about a file; ``article-`` begins those of the articles."""
    options, rules = file.options, file.rules
    found: dict[str, Any] = {
        f"{part}delimiter": options.delimiter,
        f"{part}encoding": options.encoding,
        f"{part}dates": rules.dates and rules.dates.replace(" ", "-"),
    }
    if file.mapping is not None:
        columns = file.mapping.as_dict()
        features = columns.pop("features", ())
        found[f"{part}columns"] = ",".join(f"{key}={_word(name)}" for key, name in columns.items())
        found["features"] = ",".join(map(_word, features))
    switches = {
        f"{part}no-header": options.header is False,
        f"{part}quoting": options.quoting is True,
        f"{part}no-quoting": options.quoting is False,
    }
    if not part:  # what is said of ids and events holds for both files
        found |= {
            "same-ids": ",".join(rules.same_ids),
            "no-ids": _list(rules.no_ids),
            "several": rules.several,
            "zeros": rules.zeros and rules.zeros.replace(" ", "-"),
        }
        switches["same-events"] = rules.same_events
    told = [word for name, value in found.items() if value for word in (f"--{name}", str(value))]
    return told + [f"--{name}" for name, on in switches.items() if on]


def _list(words: Iterable[str]) -> str:
    return ",".join(map(_word, words))


def _word(text: str) -> str:
    """A word that commas, signs and blanks at its ends do not change."""
    return quote(text, safe=" /:()") if text.strip() == text else quote(text, safe="")
