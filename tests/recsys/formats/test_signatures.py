"""What is no table, or in a format that is not read, is called by its name, packed or not."""

import gzip
import io
import pickle
import sqlite3
import tarfile
import zipfile
from bz2 import compress as bzip2
from lzma import compress as xz

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st
from pyarrow import feather, orc

from recsys.dataset.tables import read_tables
from recsys.errors import FileError, KindredError
from recsys.formats.source import Source

GOOD = b"user,item\nu,a\nv,b\n"
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
TABLE = pa.table({"user": ["u", "v"], "item": ["a", "b"]})


def made(write) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def archive(*names: str, **members: bytes) -> bytes:
    def write(out):
        with zipfile.ZipFile(out, "w") as packed:
            for name in names:
                packed.writestr(name, b"?" * 10)
            for name, data in members.items():
                packed.writestr(name, data)

    return made(write)


def stream_of_arrow(out) -> None:
    with pa.ipc.new_stream(out, TABLE.schema) as writer:
        writer.write_table(TABLE)


def tar(out) -> None:
    with tarfile.open(fileobj=out, mode="w") as packed:
        info = tarfile.TarInfo("a.csv")
        info.size = len(GOOD)
        packed.addfile(info, io.BytesIO(GOOD))


def sqlite() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table a (b)")
    return connection.serialize()


FILES = [
    (LFS, "a Git LFS pointer, not the file itself", "Run `git lfs pull`, then use the file."),
    (b"../.git/annex/objects/x/SHA256E-s1", "a git-annex pointer", "git annex get"),
    (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", "an HTML page", "Download the file"),
    (b"\xef\xbb\xbf\n \n<!-- saved -->\n<HTML lang=en>", "an HTML page", "Download"),
    (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>\n<html>", "an HTML page", "Download"),
    (b"<table><tr><td>user</td></tr></table>", "an HTML page", "Download"),
    (b"<?xml version='1.0'?>\n<rows><row/></rows>", "XML", "CSV or Parquet"),
    (b"<Error><Code>AccessDenied</Code></Error>", "XML", "CSV or Parquet"),
    (
        b"<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>",
        "Excel workbook in XML",
        "",
    ),
    (b"-- MySQL dump 10.13\n--\nCREATE TABLE `a`", "a database dump", "Export"),
    (b"/* made today */\nCREATE TABLE a (b int);", "a database dump", "Export"),
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF", "made from"),
    (b"{\\rtf1\\ansi user,item}", "a text document (RTF)", "as CSV"),
    (made(lambda out: feather.write_feather(TABLE, out)), "a Feather file", "to_parquet"),
    (b"FEA1\x00\x00\x00\x00", "a Feather file (version 1)", "to_parquet"),
    (made(stream_of_arrow), "an Arrow stream", "to_parquet"),
    (made(lambda out: orc.write_table(TABLE, out)), "an ORC file", "read_orc"),
    (b"Obj\x01\x04\x16avro.schema", "an Avro file", "Export"),
    (sqlite(), "an SQLite database", "Export"),
    (b"\x89HDF\r\n\x1a\n\x00\x00", "an HDF5 file", "Python"),
    (pickle.dumps({"user": [1, 2]}, protocol=2), "a Python pickle", "Python"),
    (pickle.dumps({"user": [1, 2]}), "a Python pickle", "Python"),
    (made(lambda out: np.save(out, np.arange(5))), "a numpy array", "Python"),
    (made(lambda out: np.savez(out, a=np.arange(5))), "a numpy archive", "Python"),
    (gzip.compress(b"RDX3\nX\n\x00\x00\x00\x03"), "an R data file", "write.csv"),
    (gzip.compress(b"X\n\x00\x00\x00\x03\x00"), "an R data file", "write.csv"),
    (b"<stata_dta><header>\x00", "a Stata file", "Export"),
    (b"$FL2@(#) SPSS\x00\x02", "an SPSS file", "Export"),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "a SAS file", "Export"),
    (b"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive", "Unpack"),
    (b"Rar!\x1a\x07\x01\x00", "a RAR archive", "Unpack"),
    (xz(GOOD), "packed with xz", "Unpack"),
    (bzip2(GOOD), "packed with bzip2", "Unpack"),
    (b"\x28\xb5\x2f\xfd\x24\x00", "packed with zstd", "Unpack"),
    (b"\x04\x22\x4d\x18\x64\x40", "packed with lz4", "Unpack"),
    (made(tar), "a tar archive", "Unpack"),
    (gzip.compress(made(tar)), "a tar archive", "Unpack"),
    (archive("[Content_Types].xml", "word/document.xml"), "a Word document", "as CSV"),
    (archive("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint", "as CSV"),
    (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "a text document", "as CSV"),
    (archive("Index/Document.iwa", "preview.jpg"), "Numbers or Pages", "CSV"),
    (b"\x89PNG\r\n\x1a\n\x00", "an image (PNG)", "Export"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "an image (JPEG)", "Export"),
]


@pytest.mark.parametrize(("data", "what", "todo"), FILES, ids=[what for _, what, _ in FILES])
def test_a_file_is_called_by_its_name(data, what, todo):
    with pytest.raises(FileError) as caught:
        read_tables(None, Source(name="f", data=data))
    assert caught.value.where == "f"
    assert what in caught.value.what and caught.value.what.startswith("is ")
    assert todo in caught.value.todo and caught.value.todo


@pytest.mark.parametrize("which", [0, 2, 6, 13, 18])
def test_and_so_it_is_where_it_is_packed(which):
    data, what, todo = FILES[which]
    for packed in (gzip.compress(data), archive(**{"a.csv": data})):
        with pytest.raises(FileError, match="is ") as caught:
            read_tables(None, Source(name="f", data=packed))
        assert what in caught.value.what and todo in caught.value.todo


@pytest.mark.parametrize(
    "head",
    ["ORCID", "GIF89 name", "BZhang", "MZ", "ARROW1", "PARE", "<id>", "version", "7z", "Obj", "X"],
)
def test_a_table_may_begin_with_the_same_letters(head):
    data = f"{head},user,item\n1,u,a\n2,v,b\n".encode()
    assert read_tables(None, Source(name="f", data=data)).report.events.kept == 2


@given(st.sampled_from(FILES), st.integers(0, 600), st.binary(max_size=20))
def test_a_damaged_one_is_refused_or_read(file, at, piece):
    data = file[0]
    for damaged in (data[:at], data[:at] + piece + data[at:], piece + data):
        try:
            read_tables(None, Source(name="f", data=damaged))
        except KindredError:
            pass
