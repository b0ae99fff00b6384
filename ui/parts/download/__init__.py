"""A button that saves a file, and says so where that fails.

In: what makes the file, and its name. Out: a button. Begin with `button`.

Streamlit's own button names a file that the next run of the page takes away: a click at the moment
at which a table changes finds nothing there, and says nothing.
"""

import base64
import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from recsys.errors import KindredError

_HERE = Path(__file__).parent
_ICON = (
    '<svg aria-hidden="true" width="18" height="18" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="2">'
    '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 15v4h14v-4"/></svg>'
)
_download = st.components.v2.component(
    "kindred_download",
    html=f'<button type="button">{_ICON}<span></span></button><div role="alert"></div>',
    css=(_HERE / "download.css").read_text(encoding="utf-8"),
    js=(_HERE / "download.js").read_text(encoding="utf-8"),
)
LATE = "The file did not arrive. Try again."
_TYPES = {
    "csv": "text/csv", "html": "text/html", "json": "application/json", "md": "text/markdown",
    "txt": "text/plain",
}  # fmt: skip
_LONGEST = 60  # signs of the name of a request, which comes from the browser


def button(
    label: str,
    data: bytes | Callable[[], bytes | str],
    file_name: str,
    *,
    key: str,
    help_text: str | None = None,
) -> None:
    """A button that downloads a file; a function is called when it is clicked.

    Parameters
    ----------
    label, help_text
        Of the button.
    data
        The file, or what makes it from what the page shows when it is clicked.
    file_name
        What the file is called, with its ending.
    key
        Of the widget: the same for the same file, also while its content changes.
    """
    asked = f"{key}-asked"

    def ask() -> None:
        name = st.session_state[key].get("asked")
        if isinstance(name, str) and len(name) <= _LONGEST:
            st.session_state[asked] = name

    answer = None
    if asked in st.session_state:
        answer = {"asked": st.session_state.pop(asked), **_made(data, file_name)}
    _download(
        key=key,
        width="content",
        data={
            "label": label,
            "help": help_text or "",
            "late": LATE,
            "answer": answer,
            "drawn": time.time_ns(),  # so that the browser hears of a run without an answer, too
        },
        on_asked_change=ask,
    )


def _made(data: bytes | Callable[[], bytes | str], file_name: str) -> dict[str, str]:
    """The file for the browser, or why there is none."""
    try:
        content = data() if callable(data) else data
    except KindredError as error:
        return {"problem": " ".join(part for part in (error.what, error.todo) if part)}
    content = content.encode() if isinstance(content, str) else content
    return {
        "content": base64.b64encode(content).decode("ascii"),
        "name": file_name,
        "type": _TYPES.get(file_name.rpartition(".")[2], "application/octet-stream"),
    }
