"""The account of what was read: rows kept and left out, and what may be other than it was read."""

from collections.abc import Callable

import streamlit as st

from recsys.columns import Col
from recsys.dataset import Files, NothingLeft
from recsys.errors import DataError, KindredError
from recsys.formats import Source
from recsys.reading import FileReport, Hint, left_out_rows
from ui.files.column_form import ARTICLE_PARTS, EVENT_PARTS
from ui.frame.problems import problem
from ui.parts import downloads
from ui.parts.widgets import data_table
from ui.session.workspace import Data
from ui.text import counted, plain

Follow = Callable[[Hint, Source], None]


def show_hints(data: Data, follow: Follow | None) -> None:
    """What may be other than it was read, each with the button that reads it so.

    Parameters
    ----------
    follow
        Called with a hint whose button is pressed, and its file; None where nothing can be done.
    """
    for part, (file, source) in enumerate(_files(data)):
        for place, hint in enumerate(file.hints):
            _hint(file, hint, source, f"{data.whole.fingerprint}-{part}-{place}", follow)


def show_report(data: Data) -> None:
    """Rows read, kept and left out, by file, with the reasons and all the rows to take away."""
    report = data.whole.report
    grid = st.grid(2, min_column_width=380, gap="large")
    for place, (file, source) in enumerate(_files(data)):
        with grid.cell():
            st.markdown(f"**{plain(file.name)}**: {counted(file.rows, 'row')}, {file.kept:,} kept")
            _counts(file, source, f"{data.whole.fingerprint}-{place}")
    if data.files.articles is None:
        with grid.cell():
            titled = report.events.mapping.get("title")
            st.caption(
                f"No articles file: titles come from the column {plain(titled)}."
                if titled
                else "No articles file: ids are shown instead of titles."
            )
    st.caption(f"Fingerprint of the data: {data.whole.fingerprint}")


def show_refused(error: KindredError, files: Files | None, follow: Follow) -> None:
    """Why files cannot be used; what may mend it stands before the general advice."""
    reports = error.reports if isinstance(error, NothingLeft) else ()
    hints = [
        (hint, report, source)
        for report, source in _with_sources(reports, files)
        for hint in report.hints
    ]
    if not hints:
        problem(error)
        return
    problem(DataError(error.what, where=error.where))
    todo = error.todo
    for place, (hint, report, source) in enumerate(hints):
        _hint(report, hint, source, f"refused-{place}", follow)
        for offer in report.offers():  # it stands here with its button
            todo = todo.replace(offer, "")
    st.caption(plain(todo))
    for place, (report, source) in enumerate(_with_sources(reports, files)):
        with st.expander(f"What was read from {plain(report.name)}"):
            _counts(report, source, f"refused-{place}")


def _with_sources(
    reports: tuple[FileReport, ...], files: Files | None
) -> list[tuple[FileReport, Source]]:
    """Each report with its file: the articles' first, where there are two."""
    if files is None:
        return []
    parts = [file.source for file in (files.articles, files.interactions) if file is not None]
    return list(zip(reports, parts, strict=False))


def _files(data: Data) -> list[tuple[FileReport, Source]]:
    """The account of each file, and the file; the articles first."""
    report, files = data.whole.report, data.files
    events = report.events, files.interactions.source
    return (
        [events] if files.articles is None else [(report.articles, files.articles.source), events]
    )


def _hint(file: FileReport, hint: Hint, source: Source, key: str, follow: Follow | None) -> None:
    """What may be otherwise, and below it the button that does the one thing about it."""
    with st.container(border=True, gap="small"):
        st.markdown(f":material/lightbulb: **{plain(file.name)}**: {plain(hint.text, 600)}")
        if hint.label and follow is not None:
            st.button(
                plain(hint.label, 80),
                key=f"hint-{key}",
                on_click=follow,
                args=(hint, source),
            )


def _counts(file: FileReport, source: Source, key: str) -> None:
    if file.left_out:
        data_table(
            file.table(),
            f"reasons-{key}",
            f"Rows of {file.name} left out, by reason",
            name="left-out-by-reason",
            column_config={
                "reason": st.column_config.TextColumn("Left out because", width=170),
                Col.COUNT: st.column_config.NumberColumn("Rows", format="localized", width=60),
                "example": st.column_config.TextColumn("For example", width=140),
            },
        )
        if source.path is None or source.path.is_file():
            downloads.button(
                "Download the rows that were left out",
                lambda: "".join(left_out_rows(source, file)),
                "left-out.csv",
                key=f"left-out-{key}",
            )
        if file.lost:
            st.caption(f"{file.lost}.")
    else:
        st.caption("Nothing was left out.")
    for note in file.notes:
        st.caption(plain(note))
    if file.inside or file.before > 1:
        st.caption(
            f"{file.lines:,} lines: {file.before:,} up to the column names, {file.rows:,} rows, "
            f"{file.inside:,} inside quoted cells."
        )
    labels = {**ARTICLE_PARTS, **EVENT_PARTS, "features": ("Columns with counts", "")}
    columns = [f"{labels[part][0]}: {plain(_column(name))}" for part, name in file.mapping.items()]
    if columns:
        st.caption(f"Columns used: {'; '.join(columns)}.")


def _column(name: object) -> str:
    return ", ".join(name) if isinstance(name, list | tuple) else str(name)
