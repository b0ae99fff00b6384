"""What was decided about the data in use: on the server with data that is kept there, or here.

Of a private upload and of the sample it is held by the session alone.
"""

from collections.abc import Callable

import streamlit as st

from recsys.picks import Decision, Rules
from ui.beside import server
from ui.session.workspace import Data

_HELD = "decisions"  # in the session: rules by the fingerprint of their data
_WHO = "who"  # in the session: the name that somebody typed last
_FIELD = "who-field"  # in the session: the key of the field in which it is typed


def shared(data: Data) -> bool:
    """Whether everybody who opens the data sees what is decided."""
    return data.origin == "kept" and not server.data_store().was_removed(data.whole.fingerprint)


def rules_of(data: Data) -> Rules:
    """All that was decided about the data; the same for every part that a filter leaves.

    Raises
    ------
    KindredError
        If the server cannot read it.
    """
    key = data.whole.fingerprint
    if not shared(data):
        return here_alone(data)
    return server.rule_store().read(key)


def here_alone(data: Data) -> Rules:
    """What this session decided before the data was kept on the server, or where it is not."""
    return st.session_state.get(_HELD, {}).get(data.whole.fingerprint, Rules())


def change(data: Data, decide: Callable[[Rules], list[Decision]]) -> None:
    """Add decisions, made from all that was decided until now.

    Raises
    ------
    KindredError
        If they make no sense or cannot be written.
    """
    key = data.whole.fingerprint
    if shared(data):
        server.rule_store().change(key, decide)
        return
    rules = here_alone(data)
    hold(data, rules.add(*decide(rules)))


def hold(data: Data, rules: Rules) -> None:
    """Make these the session's own rules of the data."""
    st.session_state.setdefault(_HELD, {})[data.whole.fingerprint] = rules


def share(data: Data) -> None:
    """Put the session's own decisions into the journal of the data, once."""
    mine = here_alone(data)

    def missing(rules: Rules) -> list[Decision]:
        known = {entry.key for entry in rules.entries}
        return [entry for entry in mine.entries if entry.key not in known]

    server.rule_store().change(data.whole.fingerprint, missing)
    hold(data, Rules())


def who() -> str:
    """The name of whoever decides, as typed last."""
    typed = st.session_state.get(st.session_state.get(_FIELD) or _WHO, st.session_state.get(_WHO))
    return " ".join(str(typed or "").split())


def ask_who(key: str) -> str:
    """A field for the name; it is remembered for the session."""
    st.session_state[_FIELD] = key
    st.text_input(
        "Your name",
        who(),
        max_chars=60,
        key=key,
        placeholder="Anonymous",
        help="Stored with the decision, so that others know whom to ask.",
    )
    st.session_state[_WHO] = who()
    return who()


def where_kept(data: Data) -> str:
    """Who sees what is decided, in a sentence."""
    if shared(data):
        return "Saved with the data set: everyone who opens it sees this."
    if data.origin == "sample":
        return "Saved for this session only, as this is the sample data."
    return (
        "Saved for this session only, as this data is private. Download the rules on *Read next*, "
        "or keep the data on the server (Data page)."
    )


def damage(rules: Rules) -> str:
    """What is said where lines of the journal cannot be read."""
    lines = ", ".join(f"{line:,}" for line in rules.damaged[:5])
    more = "" if len(rules.damaged) <= 5 else f" and {len(rules.damaged) - 5:,} more"
    return (
        "The file of picks and rules is damaged. Lines that cannot be read and do not count: "
        f"{lines}{more}. Check the list below and redo anything that is missing."
    )
