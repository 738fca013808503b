"""Monday: the finished week on one screen, and the commitments of the running one."""

from functools import partial

import streamlit as st

from dashboard import company, data, downloads, session
from dashboard.components.commitments import commitments
from dashboard.components.conflict import conflict_panel
from dashboard.components.files import file_links
from dashboard.components.messages import guarded, show_outcome
from dashboard.components.next_step import next_step
from dashboard.components.pact_page import fired_pacts
from dashboard.components.requests import MoveRequests
from dashboard.components.scorecard import scorecard
from dashboard.components.week import freshness, week_heading, welcome
from dashboard.gestures import actions as action_gestures
from dashboard.gestures.improve import answer_pact
from dashboard.gestures.mine import answer_request
from dashboard.navigation import Place, allowed, go
from dashboard.state import Selection, selection, show_week
from dashboard.text import text
from pipelines.errors import msg


@st.fragment
def week_actions(state: Selection) -> None:
    """Only this is drawn again when somebody ticks or adds an action."""
    # the list holds what is due in the week after the one that is looked at
    listed_until = state.calendar.next(state.week).end
    with guarded(state.language):
        show_outcome(state.language)
        conflict_panel(data.access.timezone(), state.language)
        commitments(
            "week_actions",
            text("This week's actions", state.language),
            data.commitments.of_week(state.week),
            data.commitments.around(),
            state.language,
            tick=partial(action_gestures.tick, state.language),
            add=partial(action_gestures.add_action, state.language, listed_until=listed_until),
            stranger=action_gestures.stranger(),
            adopt=partial(action_gestures.adopt, state.language, listed_until=listed_until),
            waiting=MoveRequests(
                data.own.requests_to_answer(), partial(answer_request, state.language)
            ),
        )


state = selection()
review = data.reviews.review(state.week)
week = state.calendar.label(state.week)
week_heading(
    review,
    state.calendar,
    state.language,
    newer=None if state.is_newest_week else state.calendar.next(state.week),
    show=partial(show_week, state.calendar),
    pdf=downloads.link("weekly_pdf", f"cap90-{week}.pdf", week=week, language=state.language),
)
if fired := data.improve.fired(state.week):
    show_outcome(state.language)
    fired_pacts(
        fired,
        data.improve.around(state.language),
        answer=partial(answer_pact, state.language),
        linked=True,
    )
if review.files:
    if opened := scorecard(
        data.reviews.scorecard(state.week, state.language),
        state.language,
        responsible=review.names_responsible,
    ):
        go(Place.KPI, state.language, kpi=opened)
    links = downloads.table_files("scorecard", state.language, week=week)
    file_links("scorecard_files", links, state.language)
    if review.proposed:
        next_step(
            msg("These KPIs are a proposal until somebody chooses them."),
            msg("Choose the KPIs"),
            Place.CHOICE,
            session.visitor(),
            state.language,
            whom=company.whom_to_ask,
        )
else:
    if allowed(Place.START, session.visitor()):
        welcome(state.language)
    next_step(
        msg("The first steps lead through it, from the company's name to the first meeting."),
        msg("Go to the first steps"),
        Place.START,
        session.visitor(),
        state.language,
        whom=company.whom_to_ask,
    )
week_actions(state)
if data.commitments.of_week(state.week):
    links = downloads.table_files("week_actions", state.language, week=week)
    file_links("week_files", links, state.language)
freshness(review.files, review.today, state.language)
