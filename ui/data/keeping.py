"""Data sets on the server's disk: keeping one, opening it, another name, taking it away."""

import os
from dataclasses import replace

import streamlit as st

from recsys.errors import KindredError, SettingError
from recsys.storage import MAX_NAME, KeptData
from ui.beside import server
from ui.frame import problems, waiting
from ui.frame.problems import problem
from ui.session import reading, topic_names, workspace
from ui.session.reading import NotReadYet
from ui.session.workspace import Data
from ui.text import cut, plain

_MINE = "kept-here"  # in the session: fingerprints of what it has kept
_CHOSEN = "changing"  # in the session: the kept data set that is to be renamed or removed
_LIST = "kept"  # in the session: whether the list of kept data sets is open
_SURE = "removing"  # in the session: whether the person was asked to confirm


def may_change(fingerprint: str) -> bool:
    """Whether this session may rename and remove a kept data set.

    It may if it has kept it, and everybody may where the server's owner says so.
    """
    everybody = os.environ.get("KINDRED_MAY_REMOVE", "").strip().lower() in ("1", "true", "yes")
    return everybody or fingerprint in st.session_state.get(_MINE, ())


def show_keep(data: Data) -> None:
    """The way to keep a private upload on the server."""
    with st.popover("Keep it on the server", icon=":material/save:", key="keep"):
        st.caption("Everyone on this server can then open it, and links to it work for everyone.")
        name = st.text_input(
            "Name", cut(data.name, MAX_NAME), max_chars=MAX_NAME, key=f"keep-{data.fingerprint}"
        )
        if st.button("Keep"):
            try:
                _keep(data, name)
                st.rerun()
            except KindredError as error:
                problems.refuse(error, "keep")
        problems.show_refused("keep")


def _keep(data: Data, name: str) -> None:
    """Keep a private upload on the server under a name; `show_keeping` goes over to it."""
    fingerprint = data.whole.fingerprint
    for kept in server.data_store().names():
        if kept.fingerprint == fingerprint and not may_change(fingerprint):
            raise SettingError(
                f"This data is already kept, as {kept.name!r}.",
                todo="Open it under Kept on this server.",
            )
    st.session_state.keeping = data, reading.keep(name, data.whole, data.files)


def show_keeping() -> None:
    """How keeping goes, if the person asked for it, until the kept data set is in use."""
    if "keeping" not in st.session_state:
        return
    data, work = st.session_state.keeping
    work.wait(waiting.PATIENCE)
    if work.result is not None:
        st.session_state[_MINE] = {*st.session_state.get(_MINE, ()), work.result.fingerprint}
    if data.whole is not workspace.current().data.whole:  # the person has gone on to other data
        if waiting.over(work):
            del st.session_state.keeping
        return
    if not waiting.over(work):
        waiting.wait_for(work)
        st.info(f"{plain(work.name)}…")
    elif work.result is not None:
        del st.session_state.keeping
        topic_names.share(data)
        workspace.open_kept(work.result.fingerprint, data.filter)
        st.rerun()
    elif work.error is not None:
        problem(work.error)
    else:
        st.info("Stopped. The data was not kept.")


def show_opening() -> None:
    """Say that a kept data set is being read, or why it is not there."""
    if "opening" in st.session_state:
        st.info("Loading the data set… this page will show it when it is ready.")
    failed: NotReadYet | None = st.session_state.get("not_opened")
    if failed is not None and failed.work.error is not None:
        problem(failed.work.error)
    elif failed is not None:
        st.info(f"Loading {plain(failed.name)} was stopped.")


def show_kept() -> None:
    """The kept data sets, to be opened; beside those that this session may change, a way to."""
    kept = server.data_store().names()
    if not kept:
        return
    with st.popover("Kept on this server", icon=":material/folder:", key=_LIST, on_change="rerun"):
        for data_set in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    plain(data_set.name),
                    key=f"kept-{data_set.fingerprint}",
                    on_click=workspace.open_kept,
                    args=(data_set.fingerprint,),
                )
                if may_change(data_set.fingerprint):
                    st.button(
                        "Rename or remove",
                        key=f"change-{data_set.fingerprint}",
                        icon=":material/edit:",
                        type="tertiary",
                        on_click=_choose,
                        args=(data_set.fingerprint,),
                    )


def show_changing() -> None:
    """The fields for another name, and the removal, of the kept data set that was chosen."""
    fingerprint = st.session_state.get(_CHOSEN)
    known = {data_set.fingerprint: data_set for data_set in server.data_store().names()}
    if fingerprint not in known or not may_change(fingerprint):
        return
    data_set = known[fingerprint]
    with st.container(border=True):
        st.markdown(f"**Kept on this server: {plain(data_set.name)}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(
                "New name", data_set.name, max_chars=MAX_NAME, width=260,
                key=f"rename-{fingerprint}-{data_set.name}",
            )  # fmt: skip
            if st.button("Rename", icon=":material/check:"):
                try:
                    _rename(data_set, name)
                    st.rerun()
                except KindredError as error:
                    problems.refuse(error, "rename")
            st.button("Remove…", icon=":material/delete:", on_click=_ask)
            st.button("Close", type="tertiary", on_click=_close)
        problems.show_refused("rename")
        if st.session_state.get(_SURE):
            st.warning(
                f"This removes {plain(data_set.name)} and its files from the server for everyone, "
                "and links to it will stop working. This cannot be undone. Anyone who has it open "
                "can use it until they leave. Models trained on it stay until the server needs "
                "the space."
            )
            with st.container(horizontal=True):
                st.button(
                    "Remove it from the server", type="primary", icon=":material/delete:",
                    on_click=_remove, args=(fingerprint,),
                )  # fmt: skip
                st.button("Keep it", on_click=_choose, args=(fingerprint,))


def show_removed(data: Data) -> None:
    """Say that the data in use is not on the server any more."""
    if data.origin == "kept" and server.data_store().was_removed(data.whole.fingerprint):
        st.info(
            "This data set was removed from the server. You can use it until you leave; links to "
            "it no longer work."
        )


def _choose(fingerprint: str) -> None:
    st.session_state[_LIST] = False  # it would lie over the fields
    st.session_state[_CHOSEN], st.session_state[_SURE] = fingerprint, False


def _close() -> None:
    st.session_state[_CHOSEN], st.session_state[_SURE] = None, False


def _ask() -> None:
    st.session_state[_SURE] = True


def _rename(data_set: KeptData, name: str) -> None:
    renamed = server.data_store().rename(data_set.fingerprint, name)
    here = workspace.current()
    if here.data.origin == "kept" and here.data.whole.fingerprint == data_set.fingerprint:
        workspace.use(replace(here, data=replace(here.data, name=renamed.name)))
    _close()


def _remove(fingerprint: str) -> None:
    """Take it off the server; a session that brought the files itself goes on with these."""
    if not may_change(fingerprint):
        return
    server.data_store().remove(fingerprint)
    _close()
    here, mine = workspace.current(), workspace.upload(fingerprint)
    if mine is not None and here.data.whole.fingerprint == fingerprint:
        workspace.use(replace(here, data=replace(mine, filter=here.data.filter)))
