"""The command line: ``python -m recsys COMMAND``, see ``--help``."""

import io
import json
import os
import sys
from collections.abc import Sequence

from recsys.commands.parser import parse, run
from recsys.errors import KindredError, SettingError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and write what it says.

    Returns
    -------
    int
        The exit status: 0 where it worked, 2 with a message on stderr where it did not, 130 where
        it was interrupted. ``check`` gives 1 where the files leave nothing usable.
    """
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _failed("stopped.", 130)
    except KindredError as error:
        return _failed(str(error), 2)


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
                todo="Make room, or write it elsewhere.",
            ) from None


def _failed(message: str, status: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"recsys: {message}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
