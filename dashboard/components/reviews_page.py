"""The closed reviews: which weeks there are, and one of them to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.table import Column, table
from dashboard.navigation import Place, address
from dashboard.rhythm.review import ActionLine, Review
from dashboard.scripts import loader
from dashboard.text import Language, render, text
from pipelines.errors import Message
from pipelines.periods import Calendar, Period


@dataclass(frozen=True)
class ClosedWeek:
    """A week whose review can be read.

    Attributes:
        in_short: What the review says about the KPIs, in a few words.
        has_exceptions: Whether there was anything to talk about.
    """

    period: Period
    in_short: Message
    has_exceptions: bool


_list = st.components.v2.component(
    "cap90_reviews",
    html='<div class="reviews"></div>',
    css=asset("reviews.css"),
    js=loader(),
)


def review_list(
    weeks: Sequence[ClosedWeek],
    calendar: Calendar,
    language: Language,
    *,
    pdf: Callable[[Period], str],
    show: Callable[[Period], None],
) -> None:
    """Show the closed weeks, each with what it says in short, the way to its review and its PDF.

    Args:
        weeks: Newest first.
        pdf: Returns where the PDF of a week is.
        show: Called with the week somebody opens, before the page is drawn again.
    """
    by_label = {calendar.label(week.period): week for week in weeks}

    def opened() -> None:
        if week := by_label.get(st.session_state["reviews"]["open"]):
            show(week.period)

    _list(
        key="reviews",
        data=given(
            {
                "label": text("Closed weeks", language),
                "weeks": [
                    {
                        "key": label,
                        "name": shown.period_name(week.period, calendar, language),
                        "dates": shown.period_dates(week.period, language),
                        "summary": render(week.in_short, language),
                        "quiet": not week.has_exceptions,
                        "href": address(Place.REVIEWS, language, week=label),
                        "pdf": pdf(week.period),
                        "help": text(
                            "{week} as a PDF",
                            language,
                            week=shown.period_name(week.period, calendar, language),
                        ),
                    }
                    for label, week in by_label.items()
                ],
            }
        ),
        on_open_change=opened,
    )


def reviewed_actions(review: Review, language: Language) -> None:
    """Show the actions that a review speaks of, to read."""
    if not review.speaks_of_actions:
        return  # the reader sees none, which does not mean that there is none
    lines = [
        (
            line.title,
            line.owner,
            shown.dated(line.due_on, language),
            _state(line, language),
        )
        for line in (*review.late, *review.due, *review.done)
    ]
    st.subheader(text("Actions", language), anchor=False)
    if not lines:
        st.caption(text("No action is late, due or newly done.", language))
        return
    table(
        "reviewed_actions",
        text("Actions", language),
        (
            Column(text("Action", language)),
            Column(text("Responsible", language)),
            Column(text("Due date", language), "close"),
            Column(text("State", language), "close"),
        ),
        lines,
    )


def _state(line: ActionLine, language: Language) -> str:
    if line.done_on is not None:
        return text("done {day}", language, day=shown.short_day(line.done_on, language))
    return text("late", language) if line.late else text("open", language)
