"""From dropped files to a data set of the session."""

from dataclasses import replace

import streamlit as st

from recsys.columns import Col
from recsys.dataset import ArticlesFile, EventsFile, Files
from recsys.errors import FileError
from recsys.formats import ReadOptions, Source
from recsys.reading import CellRules, Hint
from recsys.storage import MAX_NAME, checked_name
from recsys.strengths import EventWeights, default_weights
from ui.files import bringing, told
from ui.files.column_form import file_fields
from ui.files.naming import suggested_name
from ui.files.option_form import looked_at
from ui.files.report import Follow
from ui.frame import waiting
from ui.frame.problems import problem
from ui.parts.advising import show_advice
from ui.parts.weighing import scaling_fields, strength_table
from ui.session import reading, workspace
from ui.session.draft import Draft
from ui.session.workspace import Data
from ui.text import cut, plain

_File = EventsFile | ArticlesFile
_TO_TOP = "to-top"  # in the session: whether the page is to be scrolled up
_SCROLL = """<script>
for (const part of document.querySelectorAll("[data-testid=stMain]")) part.scrollTo({top: 0});
</script>"""


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
    open_first = not settled or bool(bringing.looked_at_again())
    with st.expander("How the files are read", open_first, icon=":material/view_column:"):
        fields = [file_fields(source, found, given) for source, found in looks]
        files = [file for file in fields if file is not None]
        confirmed = certain or _confirmed(given, files)
    told.show_marks(given)
    events = [file for file in files if isinstance(file, EventsFile)]
    articles = [file for file in files if isinstance(file, ArticlesFile)]
    for group, kind in ((events, "interactions"), (articles, "articles")):
        if len(group) > 1:
            problem(
                FileError(
                    f"is a second {kind} file, besides {group[0].source.name!r}.",
                    where=group[1].source.name,
                    todo="Choose above what it contains, or remove one with the × next to its "
                    "name.",
                )
            )
            return None
    if len(files) < len(given):
        return None
    if not events:
        st.info(f"{plain(given[0].name)} contains articles. Now add the interactions file.")
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
        "Continue without articles (show ids)",
        on_click=lambda: st.session_state.update({chosen: True}),
    )
    return False


def _confirmed(given: list[Source], files: list[_File]) -> bool:
    """Whether the person has agreed to just these columns, however the cells are read."""
    columns = [_columns_of(file) for file in files]
    st.button(
        "Read with these columns",
        type="primary",
        icon=":material/check:",
        disabled=not any(isinstance(file, EventsFile) for file in files),
        on_click=_agree,
        args=(columns, given),
    )
    return st.session_state.get("files_agreed") == columns


def _agree(columns: list[_File], given: list[Source]) -> None:
    st.session_state.update(files_agreed=columns, files_asked=given)


def _columns_of(file: _File) -> _File:
    return replace(file, options=ReadOptions(), rules=CellRules())


def read_again(data: Data) -> None:
    """Look at the files of the data in use once more, with the columns that they were read with.

    Nothing where they have gone since the page was drawn.
    """
    try:
        bringing.take_up(data)
    except FileError:
        bringing.put_away()
        return
    files: list[_File | None] = [data.files.articles, data.files.interactions]
    there = [file for file in files if file is not None]
    _agree([_columns_of(file) for file in there], [file.source for file in there])


def can_be_read_again(data: Data) -> bool:
    """Whether data in use was brought by somebody, and its files are still there."""
    files = [file for file in (data.files.articles, data.files.interactions) if file is not None]
    paths = [file.source.path for file in files]
    return data.origin != "sample" and all(path is None or path.is_file() for path in paths)


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
    show_advice(held, data.tables, workspace.params_then(data.tables), key)
    unknown = here.weights.missing(data.tables.event_counts)
    if unknown:
        st.markdown("**Check how much each event should count.**")
        strength_table(held, data.tables.event_counts, key)
    if unknown or Col.VALUE in data.tables.events:
        scaling_fields(held, data.tables, key)
    return held


def use(data: Data, weights: EventWeights, name: str) -> None:
    """Work on what was read, under a name; it stays private to this session.

    Raises
    ------
    SettingError
        If the name is empty or too long.
    """
    named = replace(data, name=checked_name(name))
    workspace.remember_upload(named)
    workspace.use_data(named, weights)
    bringing.put_away()
    st.session_state[_TO_TOP] = True


def put_away_button(label: str = "Use the current data instead") -> None:
    """The way back to the data in use, without the files that are looked at."""
    st.button(label, icon=":material/undo:", on_click=bringing.put_away)


def follower(given: list[Source]) -> Follow:
    """What a hint's button does while these files are looked at."""
    return lambda hint, source: told.follow(hint, source, given)


def follower_in_use(data: Data) -> Follow | None:
    """What a hint's button does in the report of data in use: its files are read once more."""
    if not can_be_read_again(data):
        return None

    def follow(hint: Hint, source: Source) -> None:
        read_again(data)
        if taken := bringing.looked_at_again():
            told.follow(hint, source, taken)

    return follow


def go_to_top() -> None:
    """Scroll up, once after other data came into use."""
    if st.session_state.pop(_TO_TOP, False):
        st.html(_SCROLL, unsafe_allow_javascript=True)


def name_field(data: Data, here: Data) -> str:
    """The field for a short name, filled with one; what stands in it."""
    name = here.name if bringing.looked_at_again() else suggested_name(data.files.names)
    return st.text_input(
        "Name", cut(name, MAX_NAME), max_chars=MAX_NAME, key=f"name-{data.whole.fingerprint}",
        help="A short name for this data, shown on every page and in the names of downloads.",
        width=260,
    )  # fmt: skip
