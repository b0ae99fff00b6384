"""How well each neighbour is supported, in a word."""

import pandas as pd

from recsys.columns import Col
from recsys.pairs import LEAST_FAIR, LEAST_STRONG
from ui.similar.evidence import graded, reason, repeats, thin


def table(**columns) -> pd.DataFrame:
    rows = len(next(iter(columns.values())))
    given = {"item_id": [str(place) for place in range(rows)], **columns}
    return pd.DataFrame(given)


def words(**columns) -> list[str]:
    return list(graded(table(**columns), True)[Col.EVIDENCE])


def test_few_readers_of_both_are_thin_and_many_beyond_chance_are_strong():
    both = [0, LEAST_FAIR - 1, LEAST_FAIR, LEAST_STRONG, LEAST_STRONG, LEAST_STRONG]
    lift = [float("nan"), float("nan"), 9.0, 9.0, 1.9, 0.9]
    expected = ["thin", "thin", "fair", "strong", "fair", "thin"]
    assert words(readers_of_both=both, lift=lift) == expected


def test_models_can_take_evidence_away_but_never_make_it():
    both = [LEAST_STRONG] * 3 + [LEAST_FAIR, 1]
    lift, share = [9.0] * 4 + [float("nan")], [1.0, 0.6, 0.2, 0.2, 1.0]
    alone = [False, False, True, True, False]
    found = words(readers_of_both=both, lift=lift, stability=share, only_one_seed=alone)
    assert found == ["strong", "fair", "fair", "thin", "thin"]


def test_four_of_five_models_are_enough_for_strong_evidence():
    found = words(
        readers_of_both=[LEAST_STRONG], lift=[9.0], stability=[4 / 5], only_one_seed=[False]
    )
    assert found == ["strong"]


def test_what_no_reader_connects_but_the_text_does_is_said_to_be_so():
    found = words(readers_of_both=[0, 0], lift=[float("nan")] * 2, content=[0.3, 0.0])
    assert found == ["text only", "thin"]
    unread = graded(table(readers_of_both=[0]), False)
    assert list(unread[Col.EVIDENCE]) == ["text only"] and thin(unread) == ()


def test_what_repeats_is_never_said_without_the_few_readers_that_it_rests_on():
    said = repeats(table(seen_by=[5, 5, 0], readers_of_both=[1, LEAST_FAIR, 0]))
    assert said == ["5 of 5 (1 reader)", "5 of 5", "0 of 5 (0 readers)"]


def test_what_is_not_strong_says_why():
    both = [LEAST_FAIR - 1, LEAST_FAIR, LEAST_STRONG, LEAST_STRONG, LEAST_STRONG]
    lift = [float("nan"), float("nan"), 0.9, 1.9, 9.0]
    said = [
        reason(row) for _, row in graded(table(readers_of_both=both, lift=lift), True).iterrows()
    ]
    assert said == [
        "Evidence is thin: fewer than 3 readers of both.",
        "Evidence is fair: fewer than 5 readers of both.",
        "Evidence is thin: no more readers of both than by chance.",
        "Evidence is fair: fewer than twice as many readers of both as by chance.",
        "",
    ]
