"""The app as a starved machine runs it: ``slow_server.py run app.py …``.

The script of a page gets no processor for a while after it has told the browser of a fragment that
asks to be run again and again, and the server's event loop hands on what a script sends in
batches. What the browser asks for is heard at once. On a busy machine this happens now and then,
here always. A fit takes its time, so that every page has something to wait for.
"""

import sys
import time
from typing import Any

from implicit.cpu.als import AlternatingLeastSquares
from streamlit.runtime.app_session import AppSession
from streamlit.web import cli

BATCH = 0.3  # seconds between two batches
STARVED = 1.5  # seconds that a script waits; a fragment asks to be run after half a second
FIT = 1.5  # seconds that a fit takes longer


def starve() -> None:
    """Let scripts and the event loop wait."""
    from_script = AppSession._on_scriptrunner_event
    handle = AppSession._handle_scriptrunner_event_on_event_loop
    waiting: dict[str, list[tuple[Any, ...]]] = {}

    def hand_on(session: AppSession) -> None:
        for args in waiting.pop(session.id):
            handle(session, *args)

    def in_batches(session: AppSession, *args: Any) -> None:
        if session.id not in waiting:
            waiting[session.id] = []
            session._event_loop.call_later(BATCH, hand_on, session)
        waiting[session.id].append(args)

    def starved(session: AppSession, *args: Any, **kwargs: Any) -> None:
        from_script(session, *args, **kwargs)
        message = kwargs.get("forward_msg")
        if message is not None and message.HasField("auto_rerun"):
            time.sleep(STARVED)

    AppSession._on_scriptrunner_event = starved  # type: ignore[method-assign]
    AppSession._handle_scriptrunner_event_on_event_loop = in_batches  # type: ignore[method-assign]


def take_longer() -> None:
    """Let every fit take its time."""
    fit = AlternatingLeastSquares.fit

    def slow_fit(als: AlternatingLeastSquares, *args: Any, **kwargs: Any) -> None:
        time.sleep(FIT)
        fit(als, *args, **kwargs)

    AlternatingLeastSquares.fit = slow_fit


if __name__ == "__main__":
    starve()
    take_longer()
    cli.main(args=sys.argv[1:], prog_name="streamlit")
