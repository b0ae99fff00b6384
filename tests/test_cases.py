"""Small inputs as people really have them (tests/cases), and what each must give.

Each was made after a public report of somebody's file. Right values were counted by hand.
"""

import json
from pathlib import Path

import pytest

import recsys
from recsys.columns import Col
from recsys.dataset import NothingLeft
from recsys.errors import KindredError
from recsys.formats import Source
from recsys.reading import CellRules
from recsys.reading.looking import look

CASES = Path(__file__).parent / "cases"


def read(events, articles=None, **how):
    return recsys.read_files(articles and CASES / articles, CASES / events, **how)


def people(tables):
    return tables.events[Col.USER].nunique()


def articles(tables):
    return tables.events[Col.ITEM].nunique()


def told(report):
    """All that is said of a file: reasons, notes, hints."""
    reasons = [part.reason for part in report.left_out]
    return "\n".join([*reasons, *report.notes, *map(str, report.hints)])


def shell(capsys, *arguments):
    from recsys.__main__ import main

    status = main([str(argument) for argument in arguments])
    done = capsys.readouterr()
    return status, done.out, done.err


def test_a_mark_that_opens_a_cell_swallows_no_rows():
    tables = read("quote_opens.tsv")
    events = tables.events
    assert (len(events), people(tables), articles(tables)) == (7, 6, 3)
    assert events.loc[events[Col.USER] == "u2", Col.VALUE].tolist() == [7]
    assert events.loc[events[Col.USER] == "u5", Col.VALUE].tolist() == [9]
    assert tables.report.events.lines == 8
    assert "2 lines have a quotation mark that is opened but never closed" in told(
        tables.report.events
    )
    off = read("quote_opens.tsv", quoting=False)
    assert off.fingerprint == tables.fingerprint


def test_nor_does_it_in_an_articles_file(tmp_path):
    events = tmp_path / "e.csv"
    events.write_text("user_id,item_id\nu1,i3\nu2,i8\n")
    tables = recsys.read_files(CASES / "quote_opens_articles.tsv", events)
    assert len(tables.articles) == 12
    titles = dict(zip(tables.articles[Col.ITEM], tables.articles[Col.TITLE], strict=True))
    assert titles["i3"] == '"Quoted lead, unclosed'


def test_a_byte_order_mark_in_front_of_a_record_is_answered(capsys):
    status, out, err = shell(capsys, "check", "--interactions", CASES / "bom_in_a_cell.csv")
    assert status == 1 and "Traceback" not in out + err
    assert "begins with a byte order mark (line 2)" in out


def test_the_later_of_two_times_in_utc_counts():
    tables = read("articles_utc_events.csv", "articles_utc.csv")
    assert tables.articles[Col.TITLE].tolist() == ["Corrected headline"]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("time_utc_suffix.csv", "2021-03-01", "2021-03-28"),
        ("time_excel_serial.csv", "2021-01-01", "2021-01-30"),
        ("time_yyyymmdd.csv", "2021-03-01", "2021-03-28"),
        ("time_mixed_units.csv", "2021-02-28", "2021-03-29"),
    ],
)
def test_times_are_read_as_what_they_are(name, first, last):
    tables = read(name)
    assert tables.events[Col.TIMESTAMP].notna().sum() == 180
    assert f"{first} to {last}" in told(tables.report.events)


def test_today_is_no_time():
    first, second = read("time_today.csv"), read("time_today.csv")
    assert first.events[Col.TIMESTAMP].isna().all()
    assert first.fingerprint == second.fingerprint
    assert "'today' (line 2)" in told(first.report.events)


def test_ids_come_before_names():
    tables = read("names_beside_ids.csv")
    mapping = tables.report.events.mapping
    assert (mapping["user"], mapping["item"]) == ("user_id", "product_id")
    assert (people(tables), articles(tables)) == (30, 12)


def test_a_comment_is_no_article():
    tables = read("comment_text_beside_ids.csv")
    assert tables.report.events.mapping["item"] == "article_id"
    assert articles(tables) == 12


@pytest.mark.parametrize(
    ("name", "mapping"),
    [
        ("articles_content_beside_id.csv", {"item": "article_id", "title": "headline"}),
        ("articles_id_title.csv", {"item": "id", "title": "title"}),
    ],
)
def test_articles_files_are_recognised(name, mapping):
    found = look(Source.open(CASES / name)).guess.articles
    assert found is not None and mapping.items() <= found.as_dict().items()


def test_zeros_are_asked_about_and_people_agree(capsys, tmp_path):
    file = CASES / "zero_means_unrated.csv"
    asked = told(read(file).report.events)
    assert (
        "rating is 0 in 90 of 180 rows; these have no effect. 15 of 30 readers have only zeros."
        in asked
    )
    assert "--zeros left-out" in asked and "--zeros one" in asked
    _, out, _ = shell(capsys, "check", "--interactions", file)
    assert "training: 15 readers" in out
    _, out, err = shell(capsys, "train", "--interactions", file, "--out", tmp_path / "m")
    assert ": 15 readers, " in out and "15 readers" in err
    assert people(read(file, rules=CellRules(zeros="left out"))) == 15
    assert people(read(file, rules=CellRules(zeros="one"))) == 30


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wide_features.csv", "Not used: likes, follows (numbers)"),
        ("event_and_quantity.csv", "Not used: quantity (numbers)"),
    ],
)
def test_columns_that_are_not_used_are_named(name, words):
    assert words in told(read(name).report.events)


def test_a_header_in_the_middle_is_no_person():
    tables = read("header_again.csv")
    [part] = tables.report.events.left_out
    assert (part.reason, part.count) == ("repeated header line", 1)
    assert (people(tables), articles(tables), len(tables.events)) == (30, 12, 180)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("excel_sep_line.csv", "Skipped before the first row: 1 line"),
        ("comment_lines_first.csv", "Skipped before the first row: 5 lines"),
        ("trailing_comma.csv", "The header line ends with a delimiter"),
    ],
)
def test_odd_beginnings_are_read_and_said(name, words):
    tables = read(name)
    assert (len(tables.events), people(tables), articles(tables)) == (180, 30, 12)
    assert words in told(tables.report.events)


def test_json_lines_are_read_and_a_broken_workbook_is_called_by_its_name():
    csv = read("excel_sep_line.csv")
    assert read("lines.jsonl").fingerprint == csv.fingerprint
    with pytest.raises(KindredError, match="is a workbook that cannot be read .* Save it as CSV"):
        read("workbook.xlsx")  # it lacks the parts that say where its sheets are


def test_double_colons_and_files_without_names(capsys):
    files = ["--articles", CASES / "articles_no_header.item"]
    files += ["--interactions", CASES / "double_colon.dat"]
    status, out, _ = shell(capsys, "check", *files, "--no-header", "--article-no-header")
    assert status == 0 and "30 readers, 12 articles, 180 events" in out
    for given, option in (([], "--no-header"), (["--no-header"], "--article-no-header")):
        status, out, _ = shell(capsys, "check", *files, *given)
        assert status == 1 and out.rstrip().endswith(f"Option: {option}")


def test_ids_with_a_zero_after_them_match(tmp_path):
    import pandas as pd

    tables = read("ids_float.csv", "ids_float_articles.csv")
    assert tables.report.events.kept == 180
    frame = pd.read_csv(CASES / "ids_float.csv")
    articles = pd.read_csv(CASES / "ids_float_articles.csv")
    assert recsys.read_files(articles, frame).fingerprint == tables.fingerprint


def test_ids_that_lost_their_zeros_are_said_first_with_what_to_do(capsys):
    files = ["--articles", CASES / "ids_zeros_lost_articles.csv"]
    files += ["--interactions", CASES / "ids_zeros_lost.csv"]
    with pytest.raises(NothingLeft) as caught:
        read("ids_zeros_lost.csv", "ids_zeros_lost_articles.csv")
    words = str(caught.value)
    assert words.index("leading zeros") < words.index("the same export")
    status, out, _ = shell(capsys, "check", *files)
    assert status == 1 and "--same-ids zeros" in out
    status, out, _ = shell(capsys, "check", *files, "--same-ids", "zeros")
    assert status == 0 and "30 readers, 12 articles, 180 events" in out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ids_scientific.csv", "are in scientific notation"),
        ("ids_invisible_signs.csv", "90 cells of item_id had invisible characters"),
        ("ids_null_words.csv", "120 of 180 rows have nan, \\N, NULL, (not set) in user_id"),
        ("event_case_and_blanks.csv", "differ only in case or spaces"),
    ],
)
def test_odd_ids_are_remarked_on(name, words):
    assert words in told(read(name).report.events)


def test_what_hides_signs_is_said_where_nothing_matches():
    with pytest.raises(NothingLeft) as caught:
        read("ids_invisible_signs.csv", "ids_zeros_lost_articles.csv")
    assert "invisible characters" in told(caught.value.reports[1])


def test_letters_of_another_alphabet_are_readable(tmp_path):
    events = tmp_path / "e.csv"
    events.write_text("user_id,item_id\nu1,i3\nu2,i8\n")
    tables = recsys.read_files(CASES / "windows_1251.csv", events)
    raw = (CASES / "windows_1251.csv").read_bytes().decode("cp1251")
    assert tables.articles[Col.TITLE].tolist() == [
        line.split(",")[1] for line in raw.splitlines()[1:]
    ]


def test_strengths_that_vanish_are_warned_of(capsys, tmp_path):
    _, _, err = shell(
        capsys, "train", "--interactions", CASES / "strengths_vanish.csv", "--out", tmp_path / "m"
    )
    assert "only noise from the random start remains" in err


def test_a_strength_can_be_given_to_each_name_from_the_shell(capsys, tmp_path):
    file = CASES / "event_case_and_blanks.csv"
    weights = "%20LIKE=2,VIEW%20=1,View=1,VIEW=1,view=1"
    status, out, _ = shell(
        capsys, "train", "--interactions", file, "--weights", weights, "--out", tmp_path / "m"
    )
    assert status == 0 and "30 readers" in out
    one = read("event_case_and_blanks.csv", rules=CellRules(same_events=True))
    assert one.event_counts == {"VIEW": 141, "LIKE": 39}


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_no_case_ends_in_anything_but_an_answer(name, capsys):
    for options in ([], ["--no-header"], ["--no-quoting"]):
        status, out, err = shell(
            capsys, "check", "--format", "json", "--interactions", CASES / name, *options
        )
        # 2: it could be read without the options
        assert status in ((0, 1, 2) if options else (0, 1)) and "Traceback" not in err
        for file in json.loads(out)["files"]:
            assert file["rows"] == file["kept"] + sum(part["count"] for part in file["left_out"])
    try:
        read(name)
    except KindredError as error:
        assert error.where and error.todo
