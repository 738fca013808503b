"""The closed weeks, to read: their numbers as everybody may see them, and their PDFs."""

from functools import partial

import streamlit as st

from dashboard import company, data, downloads, session
from dashboard.components.next_step import next_step
from dashboard.components.reviews_page import review_list, reviewed_actions
from dashboard.components.scorecard import scorecard
from dashboard.components.week import freshness, week_heading
from dashboard.navigation import Place, title
from dashboard.state import Selection, close_week, selection, show_week, week_is_asked_for
from dashboard.text import text
from pipelines.errors import msg
from pipelines.periods import Period


def pdf(state: Selection, week: Period) -> str:
    """Return where the PDF of a week is."""
    label = state.calendar.label(week)
    return downloads.link("weekly_pdf", f"cap90-{label}.pdf", week=label, language=state.language)


def one_week(state: Selection) -> None:
    """Show the review of a week."""
    review = data.reviews.review(state.week)
    week_heading(
        review,
        state.calendar,
        state.language,
        newer=None if state.is_newest_week else state.calendar.next(state.week),
        show=partial(show_week, state.calendar),
        pdf=pdf(state, state.week),
        place=Place.REVIEWS,
    )
    if review.rows:
        scorecard(
            data.reviews.closed_scorecard(state.week, state.language),
            state.language,
            responsible=review.names_responsible,
        )
    reviewed_actions(review, state.language)
    freshness(review.files, review.today, state.language)
    st.button(text("All closed weeks", state.language), on_click=close_week, key="all_weeks")


def all_weeks(state: Selection) -> None:
    """Show which weeks there are."""
    st.title(title(Place.REVIEWS, state.language), anchor=False)
    weeks = data.reviews.closed_weeks()
    if not weeks:
        next_step(
            msg("No week is closed yet: the first one appears here once a file was taken in."),
            msg("Take in a file"),
            Place.IMPORTS,
            session.visitor(),
            state.language,
            whom=company.whom_to_ask,
        )
        return
    review_list(
        weeks,
        state.calendar,
        state.language,
        pdf=partial(pdf, state),
        show=partial(show_week, state.calendar),
    )


state = selection()
if week_is_asked_for() and data.imports.imports():
    one_week(state)
else:
    all_weeks(state)
