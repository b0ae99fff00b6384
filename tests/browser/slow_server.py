"""The app on a server whose event loop is busy: ``slow_server.py SECONDS run app.py …``.

What the script of a page sends is handed on only every so many seconds, all that has come until
then at once and in order, as by an event loop that gets no processor. What the browser asks for is
heard at once.
"""

import sys
from typing import Any

from streamlit.runtime.app_session import AppSession
from streamlit.web import cli


def slow_down(seconds: float) -> None:
    """Let the events of a session's scripts wait for each other."""
    handle = AppSession._handle_scriptrunner_event_on_event_loop
    waiting: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {}

    def hand_on(session: AppSession) -> None:
        for args, kwargs in waiting.pop(session.id):
            handle(session, *args, **kwargs)

    def later(session: AppSession, *args: Any, **kwargs: Any) -> None:
        if session.id not in waiting:
            waiting[session.id] = []
            session._event_loop.call_later(seconds, hand_on, session)
        waiting[session.id].append((args, kwargs))

    AppSession._handle_scriptrunner_event_on_event_loop = later  # type: ignore[method-assign]


if __name__ == "__main__":
    slow_down(float(sys.argv[1]))
    sys.argv = ["streamlit", *sys.argv[2:]]
    cli.main(prog_name="streamlit")
