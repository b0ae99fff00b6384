"""From dropped files to a data set of the session."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from recsys.columns import Col
from recsys.dataset import ArticlesFile, EventsFile, Files
from recsys.errors import FileError
from recsys.formats import Source
from recsys.strengths import EventWeights, default_weights
from ui.data.column_form import file_fields, looked_at
from ui.frame import waiting
from ui.frame.problems import problem
from ui.parts.advising import show_advice
from ui.parts.weighing import scaling_fields, strength_table
from ui.session import reading, workspace
from ui.session.draft import Draft
from ui.session.reading import NotReadYet
from ui.session.workspace import Data
from ui.text import plain


def larger() -> str:
    """What to do with a file that is too large for the browser, as Markdown."""
    return (
        f"More than {st.get_option('server.maxUploadSize'):,} MB? Pack it (gzip, zip), make it "
        "Parquet, or read it from the server's folder or from the shell: see the README."
    )


def on_the_server() -> list[Source]:
    """The files that the person picks from the folder `KINDRED_FILES`, if there is one."""
    folder = os.environ.get("KINDRED_FILES")
    if not folder:
        return []
    paths = {path.name: path for path in sorted(Path(folder).glob("*")) if path.is_file()}
    chosen = st.multiselect("Or files that lie on the server", list(paths), placeholder="choose")
    held: dict[tuple[str, int], Source] = st.session_state.setdefault("server_files", {})
    found = []
    for name in chosen:
        path = paths[name]
        key = name, path.stat().st_mtime_ns
        found.append(held.setdefault(key, Source(name=name, path=path)))
    return found


def sources(files: Sequence[Any]) -> list[Source]:
    """The uploaded files, each copied out of the uploader once."""
    held: dict[str, Source] = st.session_state.setdefault("sources", {})
    now = {file.file_id: file for file in files}
    for gone in held.keys() - now.keys():
        del held[gone]
    for key, file in now.items():
        if key not in held:
            held[key] = Source(name=file.name, data=file.getvalue())
    return [held[key] for key in now]


def ask(given: list[Source]) -> Files | None:
    """Say what each file seems to be, let the person change it, and give the files to read.

    Files with Deskdrop's own columns are read as they are. For others the person confirms the
    columns; None until then, and while a file is missing.
    """
    looks = [(source, found) for source in given if (found := looked_at(source)) is not None]
    if len(looks) < len(given):
        return None
    certain = all(found.guess.certain for _, found in looks)
    settled = certain or st.session_state.get("files_asked") == given
    with st.expander("How the files are read", icon=":material/view_column:", expanded=not settled):
        fields = [file_fields(source, found) for source, found in looks]
        files = [file for file in fields if file is not None]
        confirmed = certain or _confirmed(given, files)
    events = [file for file in files if isinstance(file, EventsFile)]
    articles = [file for file in files if isinstance(file, ArticlesFile)]
    for group, kind in ((events, "interactions"), (articles, "articles")):
        if len(group) > 1:
            problem(
                FileError(
                    f"is a second {kind} file, beside {group[0].source.name!r}.",
                    where=group[1].source.name,
                    todo="Say above what it holds, or take one out with the × beside its name.",
                )
            )
            return None
    if len(files) < len(given):
        return None
    if not events:
        st.info(f"{plain(given[0].name)} holds the articles. Now add the interactions file.")
        return None
    if not articles and certain and not _goes_without_articles(events[0].source):
        return None
    if not confirmed:
        return None
    return Files(interactions=events[0], articles=articles[0] if articles else None)


def _goes_without_articles(source: Source) -> bool:
    chosen = f"alone-{source.key}"
    if st.session_state.get(chosen):
        return True
    st.info(f"{plain(source.name)} is the interactions file. Now add the articles file.")
    st.button(
        "Go on without one: ids stand for the titles",
        on_click=lambda: st.session_state.update({chosen: True}),
    )
    return False


def _confirmed(given: list[Source], files: list[EventsFile | ArticlesFile]) -> bool:
    """Whether the person has agreed to just these columns."""
    st.button(
        "Read with these columns",
        type="primary",
        icon=":material/check:",
        disabled=not any(isinstance(file, EventsFile) for file in files),
        on_click=lambda: st.session_state.update(files_agreed=files, files_asked=given),
    )
    return st.session_state.get("files_agreed") == files


def read(files: Files) -> Data | None:
    """The data set in the files; None while it is being read, or where that was stopped.

    Raises
    ------
    KindredError
        If a file is not what it should be.
    """
    name = " + ".join(files.names)
    work = reading.tables_of(files, name)
    work.wait(waiting.PATIENCE)
    if work.error is not None:
        raise work.error
    if not waiting.over(work):
        waiting.wait_for(work)
        st.info(f"Reading {plain(name)}… the report will appear here.")
    elif work.result is None:
        waiting.say_missing([work], "Reading the files was stopped.", "reading")
    if work.result is None:
        return None
    return Data(name=name, origin="private", whole=work.result, files=files)


def weighed(data: Data) -> Draft:
    """Fields for what the data's events are worth, where the present strengths do not say it."""
    held: Draft | None = st.session_state.get("incoming")
    here = workspace.current()
    if held is None or held.of != data.fingerprint:
        held = Draft(of=data.fingerprint)
        fit = workspace.fits(here.weights, data.tables)
        held.weigh(here.weights if fit else default_weights(data.tables), data.tables)
        for name in data.tables.event_counts:
            if held.strengths[name] is None:
                held.strengths[name] = 1.0
        st.session_state.incoming = held
    key = f"incoming-{data.fingerprint}"
    unknown = here.weights.missing(data.tables.event_counts)
    if unknown:
        st.markdown("**Check how much each event should count.**")
        strength_table(held, data.tables.event_counts, key)
    if unknown or Col.VALUE in data.tables.events:
        scaling_fields(held, data.tables, key)
    show_advice(held, data.tables, workspace.params_then(data.tables), key)
    return held


def use(data: Data, weights: EventWeights) -> None:
    """Work on what was read; it stays private to this session."""
    workspace.remember_upload(data)
    workspace.use_data(data, weights)


def keep(data: Data, name: str) -> None:
    """Keep a private upload on the server under a name; `show_keeping` goes over to it."""
    st.session_state.keeping = data, reading.keep(name, data.whole, data.files)


def show_keeping() -> None:
    """How keeping goes, if the person asked for it, until the kept data set is in use."""
    if "keeping" not in st.session_state:
        return
    data, work = st.session_state.keeping
    if data.whole is not workspace.current().data.whole:  # the person has gone on to other data
        del st.session_state.keeping
        return
    work.wait(waiting.PATIENCE)
    if not waiting.over(work):
        waiting.wait_for(work)
        st.info(f"{plain(work.name)}…")
    elif work.result is not None:
        del st.session_state.keeping
        workspace.open_kept(work.result.fingerprint, data.filter)
        st.rerun()
    elif work.error is not None:
        problem(work.error)
    else:
        st.info("It was stopped; nothing is kept.")


def show_opening() -> None:
    """Say that a kept data set is being read, or why it is not there."""
    if "opening" in st.session_state:
        st.info("Reading the data set… it will be in use when it is read.")
    failed: NotReadYet | None = st.session_state.get("not_opened")
    if failed is not None and failed.work.error is not None:
        problem(failed.work.error)
    elif failed is not None:
        st.info(f"Reading {plain(failed.name)} was stopped.")


def use_kept(fingerprint: str) -> None:
    """Work on a kept data set, as soon as it is read."""
    workspace.open_kept(fingerprint)
