"""Data sets as work beside the page: reading files, opening what is kept, keeping."""

from contextlib import suppress

from recsys.dataset import Files, Tables
from recsys.errors import Stopped
from recsys.storage import KeptData
from ui.beside import server
from ui.beside.work import Rank, Work
from ui.text import cut


class NotReadYet(Exception):
    """A data set that is not there yet: it is being read, or reading it was stopped or failed."""

    def __init__(self, name: str, work: Work[Tables]) -> None:
        super().__init__(name)
        self.name, self.work = name, work


def tables_of(files: Files, name: str) -> Work[Tables]:
    """What the files hold; read once for all who bring the same files."""

    def make(work: Work[Tables]) -> Tables:
        return files.read(on_progress=work.follow)

    return server.work(f"tables {files.key}", f"Reading {cut(name, 40)}", make, Rank.CLICKED)


def kept_tables(kept: KeptData, files: Files) -> Work[Tables]:
    """A data set that is kept on the server, read once."""

    def make(work: Work[Tables]) -> Tables:
        store = server.data_store()
        found = store.tables(kept.fingerprint, on_progress=work.follow)
        return found if found is not None else files.read(on_progress=work.follow)

    name = f"Reading {cut(kept.name, 40)}"
    return server.work(_kept_key(kept.fingerprint), name, make, Rank.CLICKED)


def keep(name: str, tables: Tables, files: Files) -> Work[KeptData]:
    """Keep the files that `tables` were read from on the server, under a name."""

    def make(work: Work[KeptData]) -> KeptData:
        store = server.data_store()
        kept = store.keep(name, tables.fingerprint, files, on_progress=work.follow)
        with suppress(Stopped):  # the data set is kept; without its tables it opens later
            store.put_tables(kept.fingerprint, tables, on_progress=work.follow)
        # They need not be read again, as long as they are in memory.
        server.workers().hold(_kept_key(kept.fingerprint), tables)
        return kept

    key = f"keep {tables.fingerprint} {name}"
    return server.work(key, f"Keeping {cut(name, 40)}", make, Rank.CLICKED, again=True)


def _kept_key(fingerprint: str) -> str:
    return f"kept {fingerprint}"
