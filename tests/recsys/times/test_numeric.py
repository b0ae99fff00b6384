from datetime import UTC, datetime, time

from hypothesis import given, strategies as st

from recsys.times.numeric import midnight


@given(day=st.dates())
def test_a_day_begins_at_its_midnight_in_utc(day):
    assert midnight(day) == datetime.combine(day, time(), UTC).timestamp()
