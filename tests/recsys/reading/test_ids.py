"""Ids as they are meant: every change of one is counted, and every choice is offered."""

import pytest

from recsys.columns import Col
from recsys.dataset import NothingLeft
from recsys.dataset.tables import read_tables
from recsys.errors import FileError
from recsys.formats.source import Source
from recsys.reading.rules import CellRules

ARTICLES = "item_id,title\n" + "".join(f"0000{i},Title {i}\n" for i in range(1, 8))


def source(text, name="i"):
    return Source(name=name, data=text.encode())


def events_of(rows, head="user_id,item_id"):
    return source("\n".join([head, *rows]) + "\n")


def hints(report):
    return {hint.shell: hint.text for hint in report.hints}


def test_the_names_of_the_columns_in_the_middle_are_no_row():
    rows = [f"u{i % 5},i{i % 3}" for i in range(20)]
    tables = read_tables(None, events_of([*rows, "user_id,item_id", *rows]))
    report = tables.report.events
    assert (report.kept, tables.events[Col.USER].nunique()) == (40, 5)
    [left_out] = report.left_out
    assert (left_out.reason, left_out.count, left_out.lines.tolist()) == (
        "repeated header line", 1, [22],
    )  # fmt: skip
    assert any("25 of 40 events are exact repeats" in note for note in report.notes)


def test_the_names_again_in_an_articles_file():
    articles = source(ARTICLES + ARTICLES, "a")
    report = read_tables(articles, events_of(["u1,00001", "u2,00002"])).report.articles
    assert {part.reason: part.count for part in report.left_out} == {
        "repeated header line": 1,
        "listed again (the last row is used)": 7,
    }


@pytest.mark.parametrize("sign", ["\u200b", "\u00a0", "\ufeff", "\u2060", "\u202f"])
def test_signs_that_nobody_sees_are_taken_out_and_counted(sign):
    rows = ["u1,i1", f"u1{sign},i1", f"u2,{sign}i2", f"u2,i2{sign}", f"{sign},i1"]
    tables = read_tables(None, events_of(rows))
    assert tables.events[Col.USER].unique().tolist() == ["u1", "u2"]
    assert tables.events[Col.ITEM].unique().tolist() == ["i1", "i2"]
    report = tables.report.events
    assert {part.reason: part.count for part in report.left_out} == {"user_id is empty": 1}
    assert any(
        note.startswith("2 cells of item_id had invisible characters") for note in report.notes
    )


def test_joiners_within_a_text_belong_to_it():
    name = "می\u200cخواهم"
    tables = read_tables(None, events_of([f"u1,{name}", "u2,x"]))
    assert name in set(tables.events[Col.ITEM])


def test_signs_that_nobody_sees_are_seen_where_nothing_matches():
    with pytest.raises(NothingLeft) as caught:
        read_tables(source(ARTICLES), events_of(["u1,x1\u200b", "u2,x2"]))
    [articles, events] = caught.value.reports
    assert any("1 cell of item_id had invisible characters" in note for note in events.notes)


def test_ids_that_lost_their_zeros_are_offered_before_anything_else():
    events = events_of([f"u{i},{i % 7 + 1}" for i in range(21)])
    with pytest.raises(NothingLeft) as caught:
        read_tables(source(ARTICLES), events)
    words = str(caught.value)
    assert words.index("leading zeros") < words.index("the same export")
    [hint] = caught.value.reports[1].hints
    assert (hint.shell, hint.both) == ("--same-ids zeros", True)
    assert "21 rows" in hint.text and "'00001' in the articles file" in hint.text
    tables = read_tables(source(ARTICLES), events, event_rules=CellRules(**hint.rules))
    assert tables.report.events.kept == 21
    assert tables.events[Col.ITEM].cat.categories[0] == "00001"  # as the articles file has it


@pytest.mark.parametrize(
    ("own", "given", "same"),
    [("A7", "a7", "case"), ("A7", "A7 ", "trim"), ("7", "7.0", "whole"), ("07", "7", "zeros"),
     ("A7", " a7", "case,trim"), ("07", " 7.0", "trim,whole,zeros")],
)  # fmt: skip
def test_each_way_in_which_ids_differ_is_recognised(own, given, same):
    articles = source(f"item_id,title\n{own},T\nother,O\n")
    events = events_of(["u1,other", f"u1,{given}", f"u2,{given}"])
    report = read_tables(articles, events).report.events
    assert report.kept == 1
    offered = next(hint for hint in report.hints if "in the articles file" in hint.text)
    assert offered.shell == f"--same-ids {same}"
    tables = read_tables(articles, events, event_rules=CellRules(**offered.rules))
    assert tables.report.events.kept == 3
    assert own in set(tables.events[Col.ITEM])


def test_of_two_articles_that_an_id_could_mean_neither_is_taken():
    articles = source("item_id,title\n07,A\n007,B\n8,C\n")
    rules = CellRules(same_ids=("zeros",))
    tables = read_tables(articles, events_of(["u,7", "u,007", "u,08"]), event_rules=rules)
    assert tables.events[Col.ITEM].tolist() == ["007", "8"]


def test_what_is_ignored_already_is_not_offered_again():
    articles, events = source("item_id,title\n x,X\ny,Y\n"), events_of(["u1,x", "u2,y", "u3, z"])
    report = read_tables(articles, events).report
    for file in (report.articles, report.events):
        assert "--same-ids trim" in hints(file)
    rules = CellRules(same_ids=("trim",))
    tables = read_tables(articles, events, event_rules=rules, article_rules=rules)
    assert not tables.report.articles.hints and not tables.report.events.hints
    assert tables.events[Col.ITEM].tolist() == [" x", "y"]  # as the articles file has it


def test_csv_and_parquet_agree_on_whole_numbers():
    import pandas as pd

    frame = pd.DataFrame({"user_id": [1.0, 2.0, 2.0], "item_id": [5.0, 5.0, 6.0]})
    csv = read_tables(None, source(frame.to_csv(index=False)))
    parquet = read_tables(None, Source.of(frame, "i"))
    assert csv.events[Col.ITEM].tolist() == parquet.events[Col.ITEM].tolist() == ["5", "5", "6"]
    assert csv.fingerprint == parquet.fingerprint
    assert "Ids in item_id are written as 123.0. They were read as 123." in csv.report.events.notes


def test_articles_with_float_ids_match():
    articles = source("item_id,title\n5.0,T\n6.0,O\n")
    assert read_tables(articles, events_of(["u,5", "v,6"])).report.events.kept == 2
    assert read_tables(source("item_id,title\n5,T\n"), events_of(["u,5.0"])).report.events.kept == 1


def test_words_that_are_no_ids_are_offered_to_be_left_out():
    rows = [f"{'NULL' if i % 2 else f'u{i}'},i{i % 4}" for i in range(20)] + ["\\N,i1"]
    report = read_tables(None, events_of(rows)).report.events
    [(option, text)] = hints(report).items()
    assert text == "11 of 21 rows have NULL, \\N in user_id, which may not be ids."
    assert option == "--no-ids NULL,%5CN"
    left = read_tables(None, events_of(rows), event_rules=CellRules(**report.hints[0].rules))
    assert left.report.events.kept == 10
    assert left.report.events.left_out[0].reason == "user_id is a word that is not an id"


def test_digits_lost_in_scientific_notation_are_said():
    rows = [f"{u}E+18,i{u}" for u in ("9.22337", "-0", "1")]
    notes = read_tables(None, events_of(rows)).report.events.notes
    assert any(note.startswith("3 ids in user_id are in scientific notation") for note in notes)


def test_kinds_of_events_that_differ_by_case_or_blanks_are_offered_as_one():
    rows = ["u1,i1,VIEW", "u2,i1,VIEW", "u1,i2,view", "u2,i2,VIEW ", "u1,i1, like"]
    head = "user_id,item_id,event_type"
    tables = read_tables(None, events_of(rows, head))
    assert tables.events[Col.EVENT].nunique() == 4
    assert "'VIEW', 'VIEW ', 'view'" in hints(tables.report.events)["--same-events"]
    one = read_tables(None, events_of(rows, head), event_rules=CellRules(same_events=True))
    assert one.event_counts == {"VIEW": 4, "like": 1}


def test_rules_hold_for_people_and_for_articles_without_a_file():
    rows = ["A ,x", "a,X", " a , x"]
    rules = CellRules(same_ids=("trim", "case"))
    tables = read_tables(None, events_of(rows), event_rules=rules)
    assert tables.events[Col.USER].tolist() == ["a"] * 3
    assert tables.events[Col.ITEM].tolist() == ["x"] * 3


def test_names_again_in_other_letters_are_no_row():
    report = read_tables(None, events_of(["u1,i1", "USER_ID, Item_ID", "u2,i1"])).report.events
    assert report.kept == 2 and report.left_out[0].reason == "repeated header line"


def test_names_again_in_another_order_are_refused_with_their_line():
    rows = ["u1,i1,9", "u2,i2,9", "item_id,user_id,plays", "i1,u1,9"]
    with pytest.raises(FileError) as caught:
        read_tables(None, events_of(rows, "user_id,item_id,plays"))
    assert str(caught.value).startswith("i, line 4: repeats the column names in a different order.")


def test_a_person_with_a_quarter_of_all_rows_is_remarked_on():
    rows = [f"{'guest' if i % 2 else f'u{i}'},i{i % 4}" for i in range(60)]
    report = read_tables(None, events_of(rows)).report.events
    [(option, text)] = hints(report).items()
    assert text.startswith("30 of 60 rows have 'guest' in user_id.")
    assert option == "--no-ids guest"
    left = read_tables(None, events_of(rows), event_rules=CellRules(**report.hints[0].rules))
    assert left.report.events.kept == 30 and not left.report.events.hints


def test_signs_within_an_id_are_seen_too():
    rows = ["u1,i\u200d1", "u1,i1", "u2,a\u00a0b", "u2,a b", "u2,co\u00adop", "u3,👨\u200d👩"]
    tables = read_tables(None, events_of(rows))
    assert set(tables.events[Col.ITEM]) == {"i1", "a b", "coop", "👨\u200d👩"}


def test_ids_with_and_without_a_zero_after_them_are_remarked_on():
    report = read_tables(None, events_of(["u1,4", "u2,4.0", "u3,5"])).report.events
    [hint] = report.hints
    assert hint.shell == "--same-ids whole" and "such as '4.0'" in hint.text
    tables = read_tables(None, events_of(["u1,4", "u2,4.0"]), event_rules=CellRules(**hint.rules))
    assert tables.events[Col.ITEM].tolist() == ["4", "4"] and not tables.report.events.hints


def test_another_table_in_the_middle_is_remarked_on():
    rows = [f"u{i % 5},i{i % 3}" for i in range(20)]
    rows += ["item_id,title", *(f"i{i},Title {i}" for i in range(3))]
    [hint] = read_tables(None, events_of(rows)).report.events.hints
    assert hint.text.startswith("In line 22 an id is the same as a column name.")


@pytest.mark.parametrize("copies", [2, 3])
def test_an_export_that_is_there_more_than_once_is_said(copies):
    rows = [f"u{i % 11},i{i % 7}" for i in range(60)]
    [note] = read_tables(None, events_of(rows * copies)).report.events.notes
    assert note.startswith("From event 61 on, the first events are repeated.")
    assert not read_tables(None, events_of(rows)).report.events.notes


def test_events_that_are_the_same_in_everything_are_said_where_there_are_times():
    rows = [f"u{i % 11},i{i % 7},{1614500000 + i}" for i in range(60)]
    head = "user_id,item_id,timestamp"
    later = rows[30:] + [f"u{i % 11},i{i % 7},{1614600000 + i}" for i in range(10)]
    notes = read_tables(None, events_of(rows + later, head)).report.events.notes
    assert any("30 of 100 events are exact repeats" in note for note in notes)
