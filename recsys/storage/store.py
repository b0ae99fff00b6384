"""Models that are kept on the server's disk, by content."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from recsys.errors import ModelFolderError, SettingError
from recsys.evaluation import Quality
from recsys.machine import folder_size, remove_folder
from recsys.maps import Places
from recsys.models import Model, load_model, save_model
from recsys.progress import OnProgress
from recsys.storage.kept_places import load_places, save_places
from recsys.training import Ensemble, load_ensemble, save_ensemble

_KEY = re.compile(r"[0-9a-f]{32}")
_QUALITY, _SEEDS = "quality.json", "seeds.npz"
_MAP = re.compile(r"[a-z][a-z0-9-]{0,39}")
_A_DAY = 24 * 3600 * 10**9  # nanoseconds


@dataclass(frozen=True, kw_only=True)
class ModelStore:
    """Models by fingerprint, in a folder that is kept within a bound.

    The model used longest ago goes first; one in use stays, beyond the bound if it must. A damaged
    model counts as absent and is removed. Threads and servers may share the folder: a model that
    is removed while it is read is absent, too.
    """

    folder: Path
    max_bytes: int = 1 << 30

    @property
    def size(self) -> int:
        """Bytes that the models and what is kept beside them take."""
        return sum(folder_size(path) for path in self._models())

    def has(self, key: str) -> bool:
        """Whether a model is kept, damaged or not."""
        return self._path(key).is_dir()

    def touch(self, key: str) -> None:
        """Note that a model was used, as `get` does; nothing where it is not kept."""
        with suppress(OSError):
            os.utime(self._path(key))

    def get(self, key: str, on_progress: OnProgress | None = None) -> Model | None:
        """The model with that fingerprint, or None; `on_progress` as in `load_model`."""
        path = self._path(key)
        found = _which(path)
        if found is None:
            return None
        try:
            model = load_model(path, on_progress)
            if model.fingerprint == key:
                self.touch(key)
                return model
        except ModelFolderError:
            pass
        if _which(path) == found:  # and not one that was put there meanwhile
            remove_folder(path)
        return None

    def put(self, model: Model, in_use: Collection[str] = frozenset()) -> None:
        """Keep a model, then remove the oldest until the folder is within its bound.

        Parameters
        ----------
        in_use
            Fingerprints of models that stay; this one does as well.

        Raises
        ------
        ModelFolderError
            If it cannot be written.
        """
        save_model(model, self._path(model.fingerprint), force=True)
        self.touch(model.fingerprint)
        self._trim({model.fingerprint, *in_use})

    def _trim(self, stay: Collection[str]) -> None:
        sizes = {path: folder_size(path) for path in self._models()}
        total = sum(sizes.values())
        for path in sorted(sizes, key=_used):
            if total <= self.max_bytes:
                break
            if path.name not in stay:
                remove_folder(path)
                total -= sizes[path]
        for path in self.folder.glob(".*"):  # whoever wrote or removed it was ended
            if _used(path) < time.time_ns() - _A_DAY:
                shutil.rmtree(path, ignore_errors=True)
                with suppress(OSError):
                    path.unlink()

    def quality(self, key: str) -> Quality | None:
        """What was measured of that model, or None."""
        try:
            text = (self._path(key) / _QUALITY).read_text(encoding="utf-8")
            return Quality(**{name: int(value) for name, value in json.loads(text).items()})
        except Exception:  # however it is damaged
            return None

    def put_quality(self, key: str, quality: Quality) -> None:
        """Keep what was measured beside the model; nothing where the model is not kept."""
        text = json.dumps(asdict(quality))
        self._put_beside(key, _QUALITY, lambda path: path.write_text(text, encoding="utf-8"))

    def ensemble(self, model: Model, on_progress: OnProgress | None = None) -> Ensemble | None:
        """The models of other seeds that are kept beside a model, or None.

        `on_progress` is called as in `load_ensemble`.
        """
        try:
            return load_ensemble(self._path(model.fingerprint) / _SEEDS, model, on_progress)
        except ModelFolderError:
            return None

    def put_ensemble(self, ensemble: Ensemble, in_use: Collection[str] = frozenset()) -> None:
        """Keep models of other seeds beside their model; nothing where that is not kept.

        Parameters
        ----------
        in_use
            As for `put`.

        Raises
        ------
        ModelFolderError
            If they cannot be written.
        """
        key = ensemble.model_fingerprint
        if self._put_beside(key, _SEEDS, lambda path: save_ensemble(ensemble, path)):
            self._trim({key, *in_use})

    def places(self, key: str, name: str = "neighbours") -> Places | None:
        """The map of that model that is kept under a name, or None.

        A file that is damaged, of another model or of another format counts as absent.
        """
        path = self._path(key) / _map_file(name)
        try:
            return load_places(path, key)
        except Exception:  # however it is damaged
            return None

    def put_places(
        self,
        key: str,
        places: Places,
        name: str = "neighbours",
        in_use: Collection[str] = frozenset(),
    ) -> None:
        """Keep a map beside its model, under a name; nothing where the model is not kept.

        Parameters
        ----------
        in_use
            As for `put`.

        Raises
        ------
        ModelFolderError
            If it cannot be written.
        """
        file = _map_file(name)
        try:
            if self._put_beside(key, file, lambda path: save_places(places, key, path)):
                self._trim({key, *in_use})
        except OSError as error:
            raise ModelFolderError(
                f"cannot be written: {error.strerror or error}.", where=str(self._path(key) / file)
            ) from None

    def _put_beside(self, key: str, name: str, write: Callable[[Path], object]) -> bool:
        """Write a file and move it into the folder of a model; whether that is still there."""
        folder = self._path(key)
        if not folder.is_dir():
            return False
        draft = self.folder / f".{name}-{uuid4().hex}"
        try:
            write(draft)
            os.replace(draft, folder / name)
        except FileNotFoundError:
            return False
        finally:
            draft.unlink(missing_ok=True)
        return True

    def _models(self) -> list[Path]:
        with suppress(FileNotFoundError):
            return [path for path in self.folder.iterdir() if _KEY.fullmatch(path.name)]
        return []

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise SettingError(f"{key!r} is not a fingerprint.", where="model")
        return self.folder / key


def _map_file(name: str) -> str:
    if not _MAP.fullmatch(name):
        raise SettingError(
            f"{name[:80]!r} is not allowed.",
            where="name of a map",
            todo="Give 1 to 40 of a to z, 0 to 9 and -, a letter first.",
        )
    return f"places-{name}.npz"


def _which(folder: Path) -> tuple[int, int] | None:
    """Tells a folder from another of the same name, and from itself after it was changed."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _used(path: Path) -> int:
    """When, in nanoseconds; 0 where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
