"""The frame of the Monday page: which week, what it says in one sentence, where it comes from."""

from collections.abc import Callable

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.rhythm import words
from dashboard.rhythm.review import FileLine, Review
from dashboard.text import Language, render, text, text_plural
from pipelines.periods import Calendar, Period


def week_heading(
    review: Review,
    calendar: Calendar,
    language: Language,
    *,
    newer: Period | None,
    show: Callable[[Period], None],
    pdf: Callable[[], bytes],
) -> None:
    """Show which week this is, and the way to its neighbours and its PDF.

    Args:
        newer: The next finished week; None if this one is the newest.
        show: Called with the week somebody goes to, before the page is drawn again.
        pdf: Called when somebody downloads, in a thread of its own.
    """
    name = shown.period_name(review.period, calendar, language)
    older = calendar.previous(review.period)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(text("My week · {week}", language, week=name), anchor=False, width="stretch")
        _step("older", f"‹ {shown.period_name(older, calendar, language)}", older, show)
        if newer:
            _step("newer", f"{shown.period_name(newer, calendar, language)} ›", newer, show)
        st.download_button(
            text("PDF", language),
            pdf,
            file_name=f"cap90-{calendar.label(review.period)}.pdf",
            mime="application/pdf",
            icon=":material/download:",
            help=text("This week as a PDF, to print or to send", language),
            on_click="ignore",
            key="pdf",
        )
    dates = shown.period_dates(review.period, language)
    st.markdown(f"{plain(dates)} — {plain(render(words.summary(review), language))}")
    if review.proposed and review.rows:
        st.info(
            text(
                "This is a proposal: nothing has been chosen yet. Five to seven KPIs, with a mix "
                "of activity and results, are enough for a weekly meeting.",
                language,
            ),
            icon=":material/lightbulb:",
        )


def welcome(language: Language) -> bool:
    """Say what to do with an empty workspace; tell whether somebody wants to."""
    st.subheader(text("Nothing to show yet", language), anchor=False)
    st.markdown(
        "\n".join(
            f"{number}. {step}"
            for number, step in enumerate(
                (
                    text("Export your deals from your CRM as a CSV or Excel file.", language),
                    text("Import the file on the Data page.", language),
                    text("Choose five to seven KPIs and set a target for each.", language),
                ),
                start=1,
            )
        )
    )
    return st.button(text("Import a first file", language), type="primary", key="first_import")


def freshness(files: tuple[FileLine, ...], language: Language) -> None:
    """Show from which files the numbers come and how far they reach."""
    if not files:
        return
    lines = [_file(file, language) for file in files]
    st.caption(text("Data: {files}", language, files=" · ".join(lines)))


def _file(file: FileLine, language: Language) -> str:
    reach = (
        text("up to {day}", language, day=shown.short_day(file.newest_event, language))
        if file.newest_event
        else text("no dates", language)
    )
    rejected = (
        ", "
        + text_plural("{count} row set aside", "{count} rows set aside", file.rejected, language)
        if file.rejected
        else ""
    )
    imported = shown.short_day(file.as_of, language)
    return plain(
        text(
            "{name} (imported {day}, {reach}{rejected})",
            language,
            name=file.file_name,
            day=imported,
            reach=reach,
            rejected=rejected,
        )
    )


def _step(key: str, label: str, week: Period, show: Callable[[Period], None]) -> None:
    st.button(label, on_click=show, args=(week,), key=f"week_{key}")
