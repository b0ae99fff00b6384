"""The words of a link."""

from hypothesis import given, strategies as st

from tests.ui.session.test_links import through_an_address
from ui.session.sharing import MOST_WORDS, shortened


@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=MOST_WORDS + 50))
def test_words_come_through_an_address_on_one_line_and_cut(words):
    (arrived,) = through_an_address(words=shortened(words)).values()
    assert arrived == shortened(arrived) == shortened(words)
    assert len(arrived) <= MOST_WORDS
    whole = " ".join(words.split())
    assert whole.startswith(arrived)
    assert len(whole) > MOST_WORDS or arrived == whole
