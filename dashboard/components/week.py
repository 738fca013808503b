"""The frame of the Monday page: which week, what it says in one sentence, where it comes from."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.navigation import Place, address
from dashboard.rhythm import words
from dashboard.rhythm.review import FileLine, Review
from dashboard.scripts import loader
from dashboard.text import Language, render, text, text_plural
from pipelines.periods import Calendar, Period

#: Data older than this are not this week's news any more.
_OLD = timedelta(weeks=2)

_heading = st.components.v2.component(
    "cap90_week", html='<div class="week"></div>', css=asset("week.css"), js=loader()
)
#: One line of text, and not one of Streamlit's: it would read it as Markdown, which takes longer.
_sources = st.components.v2.component(
    "cap90_sources",
    html='<div class="sources"></div>',
    css=asset("sources.css"),
    js=loader(),
)


def week_heading(
    review: Review,
    calendar: Calendar,
    language: Language,
    *,
    newer: Period | None,
    show: Callable[[Period], None],
    pdf: str,
    place: Place = Place.WEEK,
) -> None:
    """Show which week this is, and the way to its neighbours and its PDF.

    Args:
        newer: The next finished week; None if this one is the newest.
        show: Called with the week somebody goes to, before the page is drawn again.
        pdf: Where the week's PDF is.
        place: The page this is on.
    """
    neighbours = {"older": calendar.previous(review.period), "newer": newer}

    def stepped() -> None:
        if week := neighbours.get(st.session_state["week"]["step"]):
            show(week)

    def way(week: Period) -> dict[str, str]:
        return {
            "name": shown.period_name(week, calendar, language),
            "href": address(place, language, week=calendar.label(week)),
        }

    name = shown.period_name(review.period, calendar, language)
    dates = shown.period_dates(review.period, language)
    title = (
        text("My week · {week}", language, week=name)
        if place is Place.WEEK
        else text("Review · {week}", language, week=name)
    )
    st.title(title, anchor=False)
    _heading(
        key="week",
        data=given(
            {
                "label": text("Other weeks", language),
                **{side: week and way(week) for side, week in neighbours.items()},
                "pdf": {
                    "name": text("PDF", language),
                    "help": text("This week as a PDF, to print or to send", language),
                    "href": pdf,
                },
                "sentence": f"{dates} — {render(words.summary(review), language)}",
            }
        ),
        on_step_change=stepped,
    )
    if review.proposed and review.rows:
        st.info(
            text(
                "This is a proposal: nothing has been chosen yet. Five to seven KPIs, with a mix "
                "of activity and results, are enough for a weekly meeting.",
                language,
            ),
            icon=":material/lightbulb:",
        )


def welcome(language: Language) -> None:
    """Say what to do with an empty workspace."""
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


def freshness(files: tuple[FileLine, ...], today: date, language: Language) -> None:
    """Show from which files the numbers come and how far they reach; warn where that is long ago."""
    if not files:
        return
    reached = [file.newest_event for file in files if file.newest_event]
    if reached and today - max(reached) > _OLD:
        st.warning(
            text(
                "The newest data are of {day}: take in a newer export to see what has happened "
                "since.",
                language,
                day=shown.day(max(reached), language),
            )
        )
    lines = [_file(file, today, language) for file in files]
    said = text("Data: {files}", language, files=" · ".join(lines))
    _sources(key="sources", data=given({"line": said}))


def _file(file: FileLine, today: date, language: Language) -> str:
    reach = (
        text("up to {day}", language, day=shown.recent_day(file.newest_event, today, language))
        if file.newest_event
        else text("no dates", language)
    )
    rejected = (
        ", "
        + text_plural("{count} row set aside", "{count} rows set aside", file.rejected, language)
        if file.rejected
        else ""
    )
    imported = shown.recent_day(file.as_of, today, language)
    return text(
        "{name} (imported {day}, {reach}{rejected})",
        language,
        name=file.file_name,
        day=imported,
        reach=reach,
        rejected=rejected,
    )
