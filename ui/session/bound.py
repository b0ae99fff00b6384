"""Fields whose value the address holds, and what of a link they do not take.

Streamlit drops from an address what a field cannot be. Here it is kept what that was, until the
field is changed or another page is opened; `show_left_out` says it.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ui.text import plain

NAMED = 5  # values in a sentence
_LEFT_OUT = "left-out"  # in the session: what was said of each field, and the page it stands on
MOST = 1_000_000


def choices(
    label: str,
    what: str,
    values: Sequence[str],
    key: str,
    *,
    unknown: str = "(unknown)",
    of: str = "data",
    help: str | None = None,
) -> tuple[str, ...]:
    """Some of the values, none for all; there is no field where there is nothing to choose.

    Parameters
    ----------
    what
        What a value is, in the singular.
    unknown
        How ``""`` is shown.
    of
        What has the values, as in "this data has not".
    """
    shown = {value or unknown for value in values}
    _note_dropped(key, what, shown.__contains__, f"which this {of} does not have")
    if len(values) < 2:
        _forget(key)
        return ()
    held = st.session_state.get(key, [])
    if not set(held) <= set(values):  # as while these values were not known: the address follows
        st.session_state[key] = [value for value in held if value in values]
    return tuple(
        st.multiselect(
            label, values, key=key, bind="query-params", placeholder="all", help=help,
            on_change=_settle, args=(key,),
            format_func=lambda value: value or unknown,
        )
    )  # fmt: skip


def day_range(
    label: str, key: str, span: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """The first and the last day to keep to; None where that is the edge of the span."""
    first, last = span
    whole = all(_is_in(text, span) for text in st.query_params.get_all(key))
    _note_dropped(key, "day", lambda _: whole, _span_in_words(span))  # both go where one is wrong
    if first is None or last is None or first == last:
        _forget(key)
        return None, None
    picked = st.date_input(
        label, (first, last), min_value=first, max_value=last, key=key, bind="query-params",
        on_change=_settle, args=(key,),
    )  # fmt: skip
    edges = picked if isinstance(picked, tuple) else (picked,)
    since = edges[0] if edges else first
    until = edges[1] if len(edges) > 1 else last  # one day alone: from there on
    return since if since > first else None, until if until < last else None


def day(label: str, key: str, span: tuple[date | None, date | None]) -> date | None:
    """One day of the span, or None."""
    _note_dropped(key, "day", lambda text: _is_in(text, span), _span_in_words(span))
    picked = st.date_input(
        label, None, *span, key=key, bind="query-params", on_change=_settle, args=(key,)
    )
    return picked if isinstance(picked, date) else None


def count(label: str, what: str, key: str, value: int | None) -> int | None:
    """A number from 0 up; `value` to begin with, None for any."""
    _note_dropped(key, what, _is_count, f"but only whole numbers from 0 to {MOST:,} are allowed")
    # A field of whole numbers fails where a link says "inf".
    number = st.number_input(
        label, 0.0, float(MOST), value if value is None else float(value), 1.0, "%.0f",
        key=key, bind="query-params", placeholder="any", on_change=_settle, args=(key,),
    )  # fmt: skip
    return None if number is None else int(number)


def begin(page: str) -> None:
    """What was left out on another page is over; every page begins with this."""
    if st.session_state.get(_LEFT_OUT, {}).get("page") != page:
        st.session_state[_LEFT_OUT] = {"page": page}


def show_left_out(*keys: str) -> None:
    """Say what the link asks of these fields that they do not take."""
    said = st.session_state.get(_LEFT_OUT, {})
    found = [said[key] for key in keys if key in said]
    if found:
        st.info("  \n".join(found), icon=":material/link_off:")


def _settle(key: str) -> None:
    """The field has another value now: what the link asked of it is no matter any more."""
    st.session_state.get(_LEFT_OUT, {}).pop(key, None)


def _note_dropped(key: str, what: str, takes: Callable[[str], bool], but: str) -> None:
    """Keep what the address asks of the field `key` that it does not take.

    Parameters
    ----------
    what
        What a value is, in the singular.
    takes
        Whether the field can be that. Whoever uses the field cannot choose anything else, so
        what it does not take came by a link.
    but
        Why not, as in "which this data does not have".
    """
    strange = [text for text in st.query_params.get_all(key) if text and not takes(text)]
    if strange:
        named = ", ".join(plain(text, 80) for text in strange[:NAMED])
        more = f" and {len(strange) - NAMED:,} more" if len(strange) > NAMED else ""
        whats, left = (f"{what}s", "They are") if len(strange) > 1 else (what, "It is")
        said = f"The link asks for the {whats} {named}{more}, {but}. {left} left out."
        st.session_state.setdefault(_LEFT_OUT, {})[key] = said


def _forget(key: str) -> None:
    """Take out of the address what no field stands for."""
    with suppress(KeyError, StreamlitAPIException):  # a field that is gone takes it out by itself
        del st.query_params[key]


def _is_in(text: str, span: tuple[date | None, date | None]) -> bool:
    for form in ("%Y-%m-%d", "%Y/%m/%d"):
        with suppress(ValueError):
            found = datetime.strptime(text, form).date()
            return span[0] is not None and span[1] is not None and span[0] <= found <= span[1]
    return False


def _span_in_words(span: tuple[date | None, date | None]) -> str:
    if span[0] is None:
        return "and no article here has a date"
    return f"but the articles here are from {span[0]} to {span[1]}"


def _is_count(text: str) -> bool:
    try:
        return 0 <= float(text) <= MOST
    except ValueError:
        return False
