"""The command line: ``python -m recsys COMMAND``, see ``--help``."""

import io
import json
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

from recsys.commands.arguments import Unusable
from recsys.commands.parser import parse, run
from recsys.errors import KindredError, SettingError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and write what it says.

    Returns
    -------
    int
        The exit status: 0 where it worked; otherwise with a message: 1 where the files cannot be
        read or leave nothing to train on with the standard strengths, 2 where the command asks for
        what cannot be done, 3 where it failed by a mistake of the program's own, 130 where it was
        interrupted.
    """
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:  # they are for whoever works on the program
                warnings.simplefilter("ignore")
            return _run(arguments)
    except KeyboardInterrupt:
        return _failed("stopped.", 130)
    except Unusable as error:
        return _failed(error.in_shell(), error.status)
    except KindredError as error:
        return _failed(error.in_shell(), 2)
    except Exception as error:
        if os.environ.get("KINDRED_DEBUG"):
            traceback.print_exc()
        return _failed(_unexpected(error), 3)


def _unexpected(error: Exception) -> str:
    """One sentence of what no one foresaw, with the place in the program for whoever mends it."""
    if isinstance(error, MemoryError):
        return "this machine does not have enough memory for it."
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return (
        f"internal error: {said} ({Path(place.filename).name}, line {place.lineno}). Please report "
        "this line and the command; set KINDRED_DEBUG=1 to see more."
    )


def _run(arguments: Sequence[str] | None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a title may hold any sign
    try:
        options = parse(arguments)
    except SystemExit:
        _write("")  # what --help wrote may not have left yet
        raise
    text, status = run(options)
    _write(_writable(text) if getattr(options, "format", None) == "json" else text)
    return status


def _writable(text: str) -> str:
    """JSON that stdout can hold: a backslash of the error handler's would make it no JSON."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text), indent=1) + "\n"
    return text


def _write(text: str) -> None:
    """Write to stdout, if there is one; whoever reads it may stop when they have enough."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is held back would be tried again, and fail again, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise SettingError(
                f"the output cannot be written: {error.strerror or error}.",
                todo="Free some space, or write it elsewhere.",
            ) from None


def _failed(message: str, status: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"recsys: {message}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
