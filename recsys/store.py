"""What is kept on the server's disk: models by content, and data sets under a name."""

import json
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from recsys.ensemble import Ensemble, load_ensemble, save_ensemble
from recsys.errors import ModelFolderError, SettingError
from recsys.evaluation.hidden import Quality
from recsys.files import ArticlesFile, EventsFile, Files
from recsys.kept import texts
from recsys.kept_tables import load_tables, save_tables
from recsys.model import Model, load_model, save_model
from recsys.reading.progress import Meter, OnProgress
from recsys.reading.source import Source
from recsys.tables import Tables

_KEY = re.compile(r"[0-9a-f]{32}")
MAX_NAME = 60
_EVENTS, _ARTICLES, _TABLES = "interactions", "articles", "tables.arrow"
_BLOCK = 4 << 20


@dataclass(frozen=True, kw_only=True)
class ModelStore:
    """Models by fingerprint, in a folder that never grows beyond its bound.

    The model used longest ago goes first. A damaged model counts as absent and is removed.
    """

    folder: Path
    max_bytes: int = 1 << 30

    def get(self, key: str) -> Model | None:
        """The model with that fingerprint, or None."""
        path = self._path(key)
        if not path.is_dir():
            return None
        try:
            model = load_model(path)
        except ModelFolderError:
            shutil.rmtree(path, ignore_errors=True)
            return None
        if model.fingerprint != key:
            shutil.rmtree(path, ignore_errors=True)
            return None
        os.utime(path)
        return model

    def put(self, model: Model) -> None:
        """Keep a model, then remove the oldest until the folder is within its bound."""
        save_model(model, self._path(model.fingerprint))
        self._trim()

    def _trim(self) -> None:
        sizes = {path: _size(path) for path in self._models()}
        total = sum(sizes.values())
        for path in sorted(sizes, key=_used):
            if total <= self.max_bytes:
                break
            shutil.rmtree(path, ignore_errors=True)
            total -= sizes[path]

    def quality(self, key: str) -> Quality | None:
        """What was measured of that model, or None."""
        try:
            text = (self._path(key) / "quality.json").read_text(encoding="utf-8")
            return Quality(**{name: int(value) for name, value in json.loads(text).items()})
        except Exception:  # however it is damaged
            return None

    def put_quality(self, key: str, quality: Quality) -> None:
        """Keep what was measured beside the model; nothing where the model is not kept."""
        if self._path(key).is_dir():
            text = json.dumps(asdict(quality))
            (self._path(key) / "quality.json").write_text(text, encoding="utf-8")

    def ensemble(self, key: str) -> Ensemble | None:
        """The models of other seeds that are kept beside a model, or None."""
        try:
            found = load_ensemble(self._path(key) / "seeds.npz")
        except ModelFolderError:
            return None
        return found if found.model_fingerprint == key else None

    def put_ensemble(self, ensemble: Ensemble) -> None:
        """Keep models of other seeds beside their model; nothing where that is not kept.

        Raises
        ------
        ModelFolderError
            If they cannot be written.
        """
        folder = self._path(ensemble.model_fingerprint)
        if folder.is_dir():
            save_ensemble(ensemble, folder / "seeds.npz")
            self._trim()

    def _models(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if _KEY.fullmatch(path.name)]

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise SettingError(f"{key!r} is not a fingerprint.", where="model")
        return self.folder / key


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
                    about = json.loads((path / "about.json").read_text(encoding="utf-8"))
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
        name = " ".join(name.split())
        if not name or len(name) > MAX_NAME:
            raise SettingError(
                f"{len(name)} characters are not allowed.",
                where="name",
                todo=f"Give a name of 1 to {MAX_NAME} characters.",
            )
        taken = {data.name.casefold(): data.fingerprint for data in self.names()}
        if taken.get(name.casefold(), fingerprint) != fingerprint:
            raise SettingError(f"{name!r} is taken.", where="name", todo="Choose another.")
        if files.size + (_size(self.folder) if self.folder.is_dir() else 0) > self.max_bytes:
            raise SettingError(
                f"the server keeps at most {self.max_bytes / 2**30:.1f} GiB.",
                todo="Ask whoever runs it to remove a data set that is no longer needed.",
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
            (draft / "about.json").write_text(text, encoding="utf-8")
            target = self.folder / fingerprint
            shutil.rmtree(target, ignore_errors=True)
            os.replace(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def files(self, fingerprint: str) -> Files | None:
        """The files of a kept data set, or None."""
        path = self.folder / fingerprint
        if not _KEY.fullmatch(fingerprint) or not path.is_dir():
            return None
        try:
            about = json.loads((path / "about.json").read_text(encoding="utf-8"))
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
                if saved and _size(self.folder) <= self.max_bytes:
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


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _used(folder: Path) -> float:
    return folder.stat().st_mtime
