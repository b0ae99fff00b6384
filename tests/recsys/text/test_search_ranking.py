"""The ranking of the search against a plain computation of the same."""

from hypothesis import given, strategies as st

from recsys.text.words import Match, words_of
from tests.recsys.text.test_search import index_for


def distance(left: str, right: str) -> int:
    """Letters too many, missing, wrong or exchanged: the table of the textbook."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, start=1):
        rows.append([i])
        for j, b in enumerate(right, start=1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


def kind_of(typed: str, word: str) -> Match:
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    cut = word[: len(typed)] if len(typed) >= 6 and word[:2] == typed[:2] else word
    if word == typed:
        return Match.WORDS
    if word.startswith(typed):
        return Match.BEGINNINGS
    if typed in word:
        return Match.PARTS
    if allowed and min(distance(typed, word), distance(typed, cut)) <= allowed:
        return Match.TYPOS
    return Match.SOME


def parted(typed: str, words: list[str]) -> bool:
    return any({typed[:cut], typed[cut:]} <= set(words) for cut in range(3, len(typed) - 2))


def plainly(titles: list[str], readers: list[int], typed: str) -> list[int]:
    asked = words_of(typed)
    keys = []
    for place, title in enumerate(titles):
        kinds = [
            min(
                Match.TYPOS if parted(word, words_of(title)) else Match.SOME,
                *(kind_of(word, other) for other in words_of(title)),
                Match.SOME,
            )
            for word in asked
        ]
        missing = kinds.count(Match.SOME)
        keys.append((missing, max(kinds), sum(kinds), -readers[place], place))
    fewest = min(missing for missing, *_ in keys)
    return [key[-1] for key in sorted(keys) if key[0] == fewest < len(asked)]


WORDS = st.one_of(st.text("abé", min_size=1, max_size=9), st.text("ab", min_size=6, max_size=10))
TITLES = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=12)


@given(
    titles=TITLES,
    typed=st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    draw=st.randoms(use_true_random=False),
)
def test_the_ranking_is_that_of_a_plain_computation(titles, typed, draw):
    readers = [draw.randint(0, 3) for _ in titles]
    index = index_for(*titles, readers=readers, ids=["#"] * len(titles))
    positions = index.find(typed, 1000).positions.tolist()
    assert positions == plainly(titles, readers, typed)
    for n in range(1, len(titles) + 1):
        assert index.find(typed, n).positions.tolist() == positions[:n]
