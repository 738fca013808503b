"""Monday: the finished week on one screen, and the commitments of the running one."""

from functools import partial

import streamlit as st

from dashboard import data, gestures
from dashboard.components.commitments import commitments
from dashboard.components.messages import guarded, show_outcome
from dashboard.components.scorecard import scorecard
from dashboard.components.week import freshness, week_heading, welcome
from dashboard.navigation import Place, go
from dashboard.state import Selection, selection, show_week
from dashboard.text import text


@st.fragment
def week_actions(state: Selection) -> None:
    """Only this is drawn again when somebody ticks or adds an action."""
    with guarded(state.language):
        show_outcome(state.language)
        commitments(
            "week_actions",
            text("This week's actions", state.language),
            data.commitments(state.week),
            data.around(),
            state.language,
            tick=partial(gestures.tick, state.language),
            add=partial(
                gestures.add_action,
                state.language,
                # the list holds what is due in the week after the one that is looked at
                listed_until=state.calendar.next(state.week).end,
            ),
        )


state = selection()
review = data.review(state.week)
week_heading(
    review,
    state.calendar,
    state.language,
    newer=None if state.is_newest_week else state.calendar.next(state.week),
    show=partial(show_week, state.calendar),
    pdf=partial(data.weekly_pdf, review, state.language),
)
if review.files:
    if opened := scorecard(data.scorecard(state.week, state.language), state.language):
        go(Place.KPI, state.language, kpi=opened)
elif welcome(state.language):
    go(Place.IMPORTS, state.language)
week_actions(state)
freshness(review.files, state.language)
