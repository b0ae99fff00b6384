"""Tables made by hand, with times that no reader has a say in."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
from hypothesis import strategies as st

from recsys.dataset.tables import Tables, read_tables
from tests.conftest import articles_csv, events_csv

HOUR, DAY = 3600, 86_400
# Monday 4 January 2016, 10:00 UTC
MONDAY = int(datetime(2016, 1, 4, 10, tzinfo=UTC).timestamp())


def tables_of(*events: tuple, articles: str = "abcde") -> Tables:
    """Tables of ``(user, item, event type, seconds)``; the reader has no say in the times."""
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{item},HTML,u,T,en" for item in articles)),
        events_csv(*(f",{kind},{item},{user}" for user, item, kind, _ in events)),
    )
    times = pd.to_numeric(pd.Series([when for *_, when in events]), errors="coerce")
    return replace(tables, events=tables.events.assign(timestamp=times.astype("float64")))


seconds = st.one_of(
    st.integers(-(10**12), 10**12), st.sampled_from([float("nan"), float("inf"), -1e300, 1e300])
)
rows = st.lists(
    st.tuples(
        st.sampled_from("pqrstuvw"), st.sampled_from("abcde"), st.sampled_from("XYZ"), seconds
    ),
    min_size=1,
    max_size=40,
)
