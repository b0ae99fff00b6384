"""How far a reading is: told in bytes, never backwards, to the end; and a stop leaves nothing."""

import gzip
import io
import itertools
import threading
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recsys.dataset.files import Files
from recsys.dataset.tables import read_tables
from recsys.errors import FileError, Stopped
from recsys.formats import chunks, parquetfile
from recsys.formats.csvfile import csv_batches
from recsys.formats.source import Source
from recsys.reading.looking import look

CHUNK, ROWS = 1 << 10, 100
N = 3_000
EVENTS = [(f"p{i * 7919 % 800}", f"i{i * 104_729 % 90}", str(1_400_000_000 + i)) for i in range(N)]
NAMES = "user", "item", "timestamp"
CSV = "".join(",".join(row) + "\n" for row in [NAMES, *EVENTS])
ARTICLES = "item,title\n" + "".join(f"i{i},Title {i}\n" for i in range(90))


def packed(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("i.csv", data)
    return file.getvalue()


def parquet(rows_a_group):
    file = io.BytesIO()
    columns = {name: [row[i] for row in EVENTS] for i, name in enumerate(NAMES)}
    pq.write_table(pa.table(columns), file, row_group_size=rows_a_group)
    return file.getvalue()


FORMS = {
    "commas": CSV.encode(),
    "tabs": CSV.replace(",", "\t").encode(),
    "UTF-16": CSV.encode("utf-16"),
    "gzip": gzip.compress(CSV.encode()),
    "zip": packed(CSV),
    "Parquet": parquet(1_000),
    "Parquet in one group": parquet(N),
}


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """Files of some kilobytes have as many steps as real ones."""
    monkeypatch.setattr(chunks, "CHUNK", CHUNK)
    monkeypatch.setattr(parquetfile, "ROWS", ROWS)


@pytest.fixture
def opened(monkeypatch):
    """All streams that sources were opened as."""
    streams, stream = [], Source.stream

    def open_and_note(source):
        streams.append(stream(source))
        return streams[-1]

    monkeypatch.setattr(Source, "stream", open_and_note)
    return streams


def on_disk(folder, form):
    (folder / "a.csv").write_text(ARTICLES)
    (folder / "i").write_bytes(FORMS[form])
    return Files.of(Source.open(folder / "a.csv"), Source.open(folder / "i"))


def goes_to_the_end(told, size):
    done = [step for step, _ in told]
    assert {total for _, total in told} == {size}
    assert done[0] == 0 and done[-1] == size
    assert done == sorted(done)
    return done


@pytest.mark.parametrize("form", FORMS)
def test_it_goes_from_nothing_to_all_bytes_of_both_files(tmp_path, form):
    files, told = on_disk(tmp_path, form), []
    tables = files.read(lambda *step: told.append(step))
    done = goes_to_the_end(told, files.size)
    size = len(FORMS[form])
    while_read = [step for step in done if step <= files.size - 0.1 * size]
    assert while_read[-1] >= files.size - 0.11 * size  # the last tenth is for what follows
    assert len(while_read) >= N // ROWS
    if form not in ("gzip", "zip"):  # of which some kilobytes are read ahead
        steps = [b - a for a, b in zip(while_read, while_read[1:], strict=False)]
        assert max(steps) <= max(CHUNK, size * ROWS / N, len(ARTICLES))
    assert tables.fingerprint == files.read().fingerprint


def test_without_an_articles_file_it_ends_as_well():
    told = []
    read_tables(None, Source(name="f", data=FORMS["gzip"]), on_progress=lambda *x: told.append(x))
    goes_to_the_end(told, len(FORMS["gzip"]))


def test_what_is_told_is_where_the_rows_end():
    source = Source(name="f", data=FORMS["commas"])
    ends, at = [], 0
    for line in source.data.splitlines(keepends=True):
        ends.append(at := at + len(line))
    found = list(csv_batches(source, look(source).layout, {"user": pa.string()}))
    assert len(found) > 50
    for batch in found:  # the rest of a line was read for the next batch
        assert 0 <= batch.position - ends[batch.lines[-1] - 1] <= CHUNK


def test_a_file_that_is_read_twice_does_not_go_back():
    data = CSV.encode() + "é,i1,1400000000\n".encode("latin-1")
    told = []
    tables = read_tables(
        None, Source(name="f", data=data), on_progress=lambda *step: told.append(step)
    )
    assert tables.report.events.layout.encoding == "Latin-1"
    goes_to_the_end(told, len(data))


@pytest.mark.parametrize("form", FORMS)
def test_a_stop_is_heard_at_every_step_and_leaves_nothing_open(tmp_path, opened, form):
    files, told, threads = on_disk(tmp_path, form), [], threading.active_count()
    files.read(lambda *step: told.append(step))
    assert len(told) > 40
    for last in [*range(1, len(told), 19), len(told) - 1, len(told)]:
        numbers = itertools.count(1)

        def stop(done, total, numbers=numbers, last=last):
            if next(numbers) == last:
                raise Stopped

        with pytest.raises(Stopped) as held:
            files.read(stop)
        assert next(numbers) == last + 1
        # while the error is held, and with it all that its frames refer to
        assert held.tb is not None and all(stream.closed for stream in opened)
        assert threading.active_count() == threads


@pytest.mark.parametrize("form", ["commas", "gzip", "zip", "Parquet"])
@pytest.mark.parametrize("error", [OSError, ValueError, KeyError, pa.ArrowInvalid, EOFError])
def test_what_the_listener_raises_is_not_taken_for_a_fault_of_the_file(form, error):
    raised = error("mine")

    def stop(done, total):
        if done > total / 2:
            raise raised

    with pytest.raises(error) as caught:
        read_tables(None, Source(name="f", data=FORMS[form]), on_progress=stop)
    assert caught.value is raised


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("commas", lambda data: data[:-50] + b'\n"p\n'),
        ("gzip", lambda data: data[:-9]),
        ("Parquet", lambda data: data[:500] + bytes(2_000) + data[2_500:]),
    ],
)
def test_a_damaged_file_leaves_nothing_open_either(tmp_path, opened, form, change):
    files = on_disk(tmp_path, form)
    (tmp_path / "i").write_bytes(change(FORMS[form]))
    with pytest.raises(FileError) as held:
        files.read()
    assert held.tb is not None and all(stream.closed for stream in opened)
