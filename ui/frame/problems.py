"""What is shown when something cannot be done."""

import streamlit as st

from recsys.errors import KindredError
from ui.text import message


def problem(error: KindredError) -> None:
    """Show what is wrong, where, and what to do."""
    st.error(message(error), icon=":material/error:")
