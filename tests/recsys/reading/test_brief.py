from recsys.reading.brief import in_brief, rows_lost
from recsys.reading.report import FileReport, LeftOut


def report(name, *counts):
    left_out = tuple(LeftOut(reason=f"reason {n}", count=n) for n in counts)
    return FileReport(name=name, rows=1_000 + sum(counts), kept=1_000, left_out=left_out)


def test_nothing_is_said_where_nothing_was_left_out():
    assert in_brief([report("a"), report("b")]) == ""
    assert in_brief([report("a")], of_all=True) == "a: 1,000 rows, 1,000 kept"


def test_the_most_frequent_reasons_are_named_and_the_counts_add_up():
    said = in_brief([report("a"), report("b\n", 1, 20, 3, 4_000, 5)])
    assert said == (
        "b : 5,029 rows, 1,000 kept "
        "(4,029 left out: reason 4000: 4,000, reason 20: 20, reason 5: 5, other reasons: 4)"
    )


def test_what_a_later_row_replaces_is_not_lost():
    left_out = (
        LeftOut(reason="listed again later (the latest row is used)", count=4, lost=False),
        LeftOut(reason="CONTENT REMOVED: a notice, not an article", count=2, lost=False),
    )
    articles = FileReport(name="a", rows=9, kept=3, left_out=left_out)
    assert in_brief([articles]) == ""
    blank = LeftOut(reason="blank line", count=1)
    articles = FileReport(name="a", rows=10, kept=3, left_out=(*left_out, blank))
    assert in_brief([articles]) == "a: 10 rows, 3 kept (1 left out: blank line: 1)"
    assert rows_lost([articles, report("b", 3, 4)]) == 8
