"""Words of titles, folded."""

import numpy as np
from hypothesis import given, strategies as st

from recsys.text.words import folded, read_words, words_of


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_a_title_has_the_words_of_its_text(text):
    vocabulary, has = read_words(np.array([text, "other"], dtype=object))
    of_text = [vocabulary.words[place] for place in np.flatnonzero(has.toarray()[:, 0])]
    assert [word for word in of_text if word] == sorted(words_of(text))


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
