"""Files as people have them, and worse, made at random: each is accounted for, or refused.

    python -m tests.fuzz --files 100000 --seed 1

Separators, encodings, lines before the names, names that come again, marks between joined files,
quotation marks that open and never close, cells of several lines, ids and times and numbers in many
forms, and damage. Of every file, rows kept and left out must add up to its rows, and these with the
lines before and inside of cells to its lines, which are counted here by another way; the download
of what was left out must name the same lines. Nothing but a `KindredError` may be raised, with a
place and something to do.
"""

import argparse
import csv
import gzip
import io
import random
import re
import sys
import time

from recsys.dataset import read_tables
from recsys.errors import KindredError
from recsys.formats import ReadOptions, Source, chunks
from recsys.reading import CellRules, left_out_rows

SEPARATORS = [",", ";", "\t", "|", "::", " ", "\x01"]
ENDS = ["\n", "\r\n", "\r"]
ENCODINGS = ["utf-8"] * 6
ENCODINGS += ["utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1251", "gb18030", "cp932"]
USERS = ["user_id", "userID", "visitorid", "Client ID", "reader"]
ITEMS = ["item_id", "contentId", "movieId", "artistID", "page"]
OTHERS = "timestamp date rating plays event eventType title name note id".split()
IDS = "1~007~7~12.0~3.0~NULL~nan~\\N~(not set)~9.2E+18~-5~u1~U1~ u1~u1 ~u\u200b2~\u00a0u3~\ufeffu4"
IDS = [*IDS.split("~"), *'~ ~a b~é~Новости~東京~"~"x~x"~a"b~""'.split("~")]
IDS += ["N1 N2", "N3-1 N4-0", "#5", "user_id", "item_id"]
NUMBERS = "1|0|4.5|1,234|3,5|1e-10|8400000|nan||x|-1|1 234|99999999999".split("|")
TIMES = "1614500000|1614500000000|2021-03-01|2021-03-01 10:00:00 UTC|20210301|44197.5".split("|")
TIMES += "03/04/2021|13/04/2021|today|now||0|1 March 2021|20210301090826|soon".split("|")
TIMES += "2021-03-01T09:08:26+01:00|01-Jan-1995|9999-12-31|2021".split("|")
TEXTS = ["a text", "two\nlines", "line\rend", "tab\there", "a, b", "x;y|z", "", "<b>", "=1+1"]
TEXTS += ['say "so"', r"say \"so\"", '"Half open', '12" vinyl']
EVENTS = ["VIEW", "view", "VIEW ", " LIKE", "LIKE", ""]
BEFORE = ["sep={sign}", "# made by hand", "# ----", "", "All Web Site Data", "% x", "\ufeff"]
PIECES = [b'"', b'""', b"\n", b"\r", b"\x00", b"\xff", b"\xc3", b"\xef\xbb\xbf", b",", b"\xfe\xff"]


def value_of(name: str, draw: random.Random) -> str:
    """A cell of a column of that name."""
    if name in USERS + ITEMS:
        return draw.choice(IDS) if draw.random() < 0.3 else f"{name[0]}{draw.randrange(9)}"
    if name in ("timestamp", "date"):
        return draw.choice(TIMES)
    if name in ("rating", "plays", "id"):
        return draw.choice(NUMBERS)
    return draw.choice(EVENTS if name in ("event", "eventType") else TEXTS)


def quoted(cell: str, sign: str, draw: random.Random) -> str:
    """A cell as it is written: properly quoted, or now and then not."""
    if draw.random() < 0.06:
        return cell
    if set(cell) & {'"', "\n", "\r"} or sign in cell or draw.random() < 0.05:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def file_of(draw: random.Random) -> bytes:
    """The bytes of a file."""
    sign, end = draw.choice(SEPARATORS), draw.choice(ENDS)
    names = [draw.choice(USERS), draw.choice(ITEMS), *draw.sample(OTHERS, draw.randrange(4))]
    draw.shuffle(names)
    header = sign.join(names)
    lines = [draw.choice(BEFORE).format(sign=sign) for _ in range(draw.choice([0, 0, 0, 1, 3]))]
    lines += [header + sign * draw.choice([0, 0, 0, 0, 1])] * (draw.random() < 0.9)
    tail = sign * draw.choice([0, 0, 0, 0, 1])
    for _ in range(draw.choice([0, 1, 2, 5, 30, 60])):
        chance = draw.random()
        if chance < 0.02:
            lines.append(draw.choice(["", "\ufeff" + header, header, "  ", "too" + sign, sign * 9]))
        cells = [quoted(value_of(name, draw), sign, draw) for name in names]
        if chance > 0.97:
            cells[draw.randrange(len(cells))] = '"Half open'
        lines.append(("\ufeff" if 0.02 < chance < 0.03 else "") + sign.join(cells) + tail)
    text = end.join(lines) + draw.choice([end, end, ""])
    if draw.random() < 0.1:
        text += text
    data = text.encode(draw.choice(ENCODINGS), "replace")
    for _ in range(draw.choice([0, 0, 0, 0, 1, 2])):
        at = draw.randrange(len(data) + 1)
        data = data[:at] + draw.choice(PIECES) + data[at + draw.choice([0, 1, 40]) :]
    return gzip.compress(data) if draw.random() < 0.05 else data


def options_of(draw: random.Random) -> tuple[ReadOptions, CellRules]:
    """What a person sets about a file; mostly nothing."""
    if draw.random() < 0.6:
        return ReadOptions(), CellRules()
    options = ReadOptions(
        quoting=draw.choice([None, None, False]),
        header=draw.choice([None, None, False, True]),
        encoding=draw.choice([None, None, None, "mixed", "latin-1"]),
    )
    rules = CellRules(
        dates=draw.choice([None, "day first", "month first"]),
        zeros=draw.choice([None, "one", "left out"]),
        same_ids=tuple(draw.sample(["trim", "case", "zeros", "whole"], draw.randrange(3))),
        same_events=draw.random() < 0.5,
        several=draw.choice([None, None, "blanks"]),
        no_ids=draw.choice([(), ("NULL", "nan")]),
    )
    return options, rules


def lines_of(data: bytes, encoding: str) -> int:
    """How many lines a text has: the last may lack its end."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if encoding.startswith("UTF-16"):
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding)
    else:
        text = data.decode("latin-1")
    parts = re.split(r"\r\n|\r|\n", text)
    return len(parts) - (parts[-1] == "")


def judge(data: bytes, options: ReadOptions, rules: CellRules) -> str:
    """Read a file, and check what is said of it; ``"read"`` or ``"refused"``."""
    source = Source(name="some file", data=data)
    try:
        tables = read_tables(None, source, event_options=options, event_rules=rules)
    except KindredError as error:
        assert error.where, error
        assert error.todo, error
        for report in getattr(error, "reports", ()):
            check(report, source, 0)
        return "refused"
    check(tables.report.events, source, tables.report.events.kept)
    return "read"


def check(report, source: Source, kept: int) -> None:
    """The counts of a file add up, to its lines as well, and the download says the same."""
    count = sum(part.count for part in report.left_out)
    assert (report.kept, report.rows) == (kept, kept + count), report
    if report.layout is None or report.layout.format != "CSV":
        return
    assert report.lines == report.before + report.rows + report.inside, report
    assert report.lines == lines_of(source.data or b"", report.layout.encoding), report
    text = "".join(left_out_rows(source, report))
    if not text:
        assert not count
        return
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    told = sorted((int(line), part.reason) for part in report.left_out for line in part.lines)
    assert sorted((int(row[0]), row[1]) for row in rows) == told


def main() -> int:
    """Judge many files; each can be made again from the seed and its number."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first file")
    given = parser.parse_args()
    started, counts = time.perf_counter(), {"read": 0, "refused": 0}
    for number in range(given.first, given.first + given.files):
        try:
            counts[run(given.seed, number)] += 1
        except Exception:
            sys.stderr.write(f"file {number} of seed {given.seed}\n")
            raise
    seconds = time.perf_counter() - started
    said = f"{given.files:,} files, seed {given.seed}: {counts}, {seconds:.0f} s\n"
    sys.stdout.write(said)
    return 0


def run(seed: int, number: int) -> str:
    """Make and judge one file."""
    draw = random.Random(f"{seed}-{number}")
    data = file_of(draw)
    options, rules = options_of(draw)
    held = chunks.CHUNK
    chunks.CHUNK = draw.choice([held, 40, 400])
    try:
        return judge(data, options, rules)
    finally:
        chunks.CHUNK = held


if __name__ == "__main__":
    sys.exit(main())
