"""Data sets that are kept on the server's disk, under a name."""

import json
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from recsys.dataset import ArticlesFile, EventsFile, Files, Tables
from recsys.errors import SettingError
from recsys.formats import Source
from recsys.machine import folder_size, remove_folder, replace_folder
from recsys.models import texts
from recsys.progress import Meter, OnProgress
from recsys.storage.kept_tables import load_tables, save_tables
from recsys.storage.name_store import NameStore
from recsys.storage.rule_store import RuleStore

_KEY = re.compile(r"[0-9a-f]{32}")
MAX_NAME = 60
_EVENTS, _ARTICLES, _TABLES = "interactions", "articles", "tables.arrow"
_ABOUT, _GONE = "about.json", ".removed"
_BLOCK = 4 << 20


def checked_name(name: str) -> str:
    """A data set's name on one line, without blanks around it.

    Raises
    ------
    SettingError
        If it is empty or too long.

    Examples
    --------
    >>> checked_name("  My   data ")
    'My data'
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME:
        raise SettingError(
            "is too long." if name else "is empty.",
            where="name",
            todo=f"Give a name of 1 to {MAX_NAME} characters.",
        )
    return name


@dataclass(frozen=True, kw_only=True)
class KeptData:
    """A data set on the server: its fingerprint and the name that its owner gave it."""

    fingerprint: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DataStore:
    """Data sets whose owners chose to keep them on the server, under a name."""

    folder: Path
    max_bytes: int = 4 << 30

    def names(self) -> list[KeptData]:
        """All that is kept, by name."""
        if not self.folder.is_dir():
            return []
        kept = []
        for path in self.folder.iterdir():
            if _KEY.fullmatch(path.name):
                try:
                    about = json.loads((path / _ABOUT).read_text(encoding="utf-8"))
                    [name] = texts([about["name"]], "name")
                    kept.append(KeptData(fingerprint=path.name, name=name))
                except Exception:  # however it is damaged
                    continue
        return sorted(kept, key=lambda data: (data.name.casefold(), data.fingerprint))

    def keep(
        self, name: str, fingerprint: str, files: Files, on_progress: OnProgress | None = None
    ) -> KeptData:
        """Keep the files of the tables of that fingerprint under a name.

        Parameters
        ----------
        on_progress
            Called with the bytes copied so far of both files and with how many they are. What it
            raises ends the copying, and nothing is kept.

        Raises
        ------
        SettingError
            If the name is empty, too long or taken by other data, or the store is full.
        """
        name = self._free_name(name, fingerprint)
        if files.size + folder_size(self.folder) > self.max_bytes:
            raise SettingError(
                f"the server keeps at most {self.max_bytes / 2**30:.1f} GiB of data sets.",
                todo="Ask whoever runs the server to remove one that is no longer needed.",
            )
        self._write(name, fingerprint, files, Meter(files.size, on_progress))
        return KeptData(fingerprint=fingerprint, name=name)

    def _write(self, name: str, fingerprint: str, files: Files, meter: Meter) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.folder))
        about: dict[str, object] = {"name": name}
        copied = 0
        try:
            meter.at(copied)
            for kind, file in ((_EVENTS, files.interactions), (_ARTICLES, files.articles)):
                if file is not None:
                    about[kind] = file.how()
                    with file.source.stream() as stream, open(draft / kind, "wb") as copy:
                        while block := stream.read(_BLOCK):
                            copy.write(block)
                            copied += len(block)
                            meter.at(copied)
            text = json.dumps(about, ensure_ascii=False)
            (draft / _ABOUT).write_text(text, encoding="utf-8")
            replace_folder(draft, self.folder / fingerprint)
            self._mark(fingerprint).unlink(missing_ok=True)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def rename(self, fingerprint: str, name: str) -> KeptData:
        """Give a kept data set another name.

        Raises
        ------
        SettingError
            If the name is empty, too long or taken by other data, or the data set is not kept (any
            more) or damaged.
        """
        name = self._free_name(name, fingerprint)
        if _KEY.fullmatch(fingerprint):
            path = self.folder / fingerprint / _ABOUT
            draft = path.with_name(f".draft-{uuid4().hex}")
            try:
                about = json.loads(path.read_text(encoding="utf-8")) | {"name": name}
                draft.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
                os.replace(draft, path)
                return KeptData(fingerprint=fingerprint, name=name)
            except (OSError, TypeError, ValueError):  # it went meanwhile, or is damaged
                with suppress(OSError):
                    draft.unlink()
        raise SettingError(
            "this data set is not kept on the server any more.", todo="Keep its files again."
        )

    def remove(self, fingerprint: str) -> None:
        """Take a kept data set off the disk, damaged or not; nothing where it is not kept.

        Whoever has read it goes on with what is in memory; see `was_removed`.
        """
        if not _KEY.fullmatch(fingerprint) or not (self.folder / fingerprint).is_dir():
            return
        with suppress(OSError):
            self._mark(fingerprint).touch()
        remove_folder(self.folder / fingerprint)
        RuleStore(folder=self.folder).remove(fingerprint)
        NameStore(folder=self.folder).remove(fingerprint)

    def was_removed(self, fingerprint: str) -> bool:
        """Whether a data set was kept here, was removed and is not kept again."""
        if not _KEY.fullmatch(fingerprint) or (self.folder / fingerprint).is_dir():
            return False
        return self._mark(fingerprint).exists()

    def _mark(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint}{_GONE}"

    def _free_name(self, name: str, fingerprint: str) -> str:
        name = checked_name(name)
        taken = {data.name.casefold(): data.fingerprint for data in self.names()}
        if taken.get(name.casefold(), fingerprint) != fingerprint:
            raise SettingError(f"{name!r} is taken.", where="name", todo="Choose another.")
        return name

    def files(self, fingerprint: str) -> Files | None:
        """The files of a kept data set, or None."""
        path = self.folder / fingerprint
        if not _KEY.fullmatch(fingerprint) or not path.is_dir():
            return None
        try:
            about = json.loads((path / _ABOUT).read_text(encoding="utf-8"))
            sources = {
                kind: Source.open(path / kind, name=str(about[kind]["name"]))
                for kind in (_EVENTS, _ARTICLES)
                if kind in about
            }
            return Files(
                interactions=EventsFile.again(about[_EVENTS], sources[_EVENTS]),
                articles=ArticlesFile.again(about[_ARTICLES], sources[_ARTICLES])
                if _ARTICLES in about
                else None,
            )
        except Exception:  # however it is damaged
            return None

    def put_tables(
        self, fingerprint: str, tables: Tables, on_progress: OnProgress | None = None
    ) -> None:
        """Keep tables beside the files that they were read from, so that they open at once.

        Nothing where the files are not kept, the disk refuses it or the store would grow beyond
        its bound: the files can be read again.

        Parameters
        ----------
        on_progress
            Called with the rows written so far and with how many they are. What it raises ends
            the writing, and the tables are not kept.
        """
        folder = self.folder / fingerprint
        if not _KEY.fullmatch(fingerprint) or not folder.is_dir():
            return
        draft = folder / f".draft-{uuid4().hex}"  # goes with the folder, if other files come
        try:
            saved = save_tables(tables, draft, on_progress)
            with suppress(OSError):
                if saved and folder_size(self.folder) <= self.max_bytes:
                    os.replace(draft, folder / _TABLES)
        finally:
            with suppress(OSError):
                draft.unlink()

    def tables(self, fingerprint: str, on_progress: OnProgress | None = None) -> Tables | None:
        """The tables that `put_tables` kept, or None: then the files can be read.

        Parameters
        ----------
        on_progress
            Called with the bytes read so far and with how many they are. What it raises ends the
            reading.
        """
        if not _KEY.fullmatch(fingerprint):
            return None
        return load_tables(self.folder / fingerprint / _TABLES, fingerprint, on_progress)
