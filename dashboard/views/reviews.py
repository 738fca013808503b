"""The closed reviews, to read and take away: weeks, gap reviews and quarterly reviews."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

import streamlit as st

from dashboard import company, data, downloads, session
from dashboard import format as shown
from dashboard.components.decision_page import decision_addresses
from dashboard.components.files import TableLinks, file_links, page_links, table_links
from dashboard.components.messages import plain
from dashboard.components.minutes_page import sheet_section
from dashboard.components.next_step import next_step
from dashboard.components.reviews_page import review_list, reviewed_actions
from dashboard.components.scorecard import scorecard
from dashboard.components.week import freshness, week_heading
from dashboard.exports import CLOSED_QUARTER, GAP_REVIEW
from dashboard.navigation import Place, address, title
from dashboard.report.sheet import Sheet
from dashboard.rhythm.meeting.reading import MeetingLine
from dashboard.rhythm.series import reviewed
from dashboard.state import (
    Selection,
    close_week,
    meeting_asked_for,
    selection,
    show_meeting,
    show_week,
    week_is_asked_for,
)
from dashboard.text import text
from pipelines.errors import msg
from pipelines.periods import Period


def pdf(state: Selection, week: Period) -> str:
    """Return where the PDF of a week is."""
    label = state.calendar.label(week)
    return downloads.link("weekly_pdf", f"cap90-{label}.pdf", week=label, language=state.language)


def one_week(state: Selection) -> None:
    """Show the review of a week."""
    review, label = data.reviews.review(state.week), state.calendar.label(state.week)
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
        links = downloads.table_files("scorecard", state.language, week=label)
        file_links("scorecard_files", links, state.language)
    reviewed_actions(review, state.language)
    if review.speaks_of_actions and (review.late or review.due or review.done):
        links = downloads.table_files("reviewed_actions", state.language, week=label)
        file_links("reviewed_files", links, state.language)
    freshness(review.files, review.today, state.language)
    st.button(text("All closed weeks", state.language), on_click=close_week, key="all_weeks")


def paper_tables(
    name: Literal["gap_review", "quarter"], meeting_id: int, state: Selection
) -> Sequence[TableLinks]:
    """Return where the tables of a closed gap review or quarterly review are, as it was."""
    said = {"meeting": str(meeting_id), "review": name}
    if name == "gap_review":
        said["period"] = state.calendar.label(data.gap_review.frozen(meeting_id).month)
        return downloads.named_tables(GAP_REVIEW, state.language, **said)
    said["period"] = data.papers.closed_quarter(meeting_id).review.quarter_label
    return downloads.named_tables(CLOSED_QUARTER, state.language, **said)


def one_paper(
    name: Literal["gap_review", "quarter"], sheet: Sheet, meeting_id: int, state: Selection
) -> None:
    """Show a closed gap review or quarterly review as it was."""
    # a month may have been reviewed twice
    day = shown.day(sheet.made_on, state.language)
    said = text("{name}, held on {day}", state.language, name=sheet.kicker, day=day)
    st.caption(said)
    st.title(plain(sheet.title), anchor=False)
    file_name = f"{sheet.kicker} · {sheet.title} · {day}"
    links = downloads.paper_files(name, file_name, state.language, meeting_id)
    lives = decision_addresses(data.decisions.in_meeting(meeting_id), state.language)
    sheet_section(sheet, name, links=links, addresses=lives)
    table_links("paper_tables", paper_tables(name, meeting_id, state), state.language)
    minutes = address(Place.MINUTES, state.language, meeting=str(meeting_id))
    page_links("beside_paper", [(text("Meeting minutes", state.language), minutes)])
    st.button(
        text("All closed reviews", state.language),
        on_click=show_meeting,
        args=(None,),
        key="all_reviews",
    )


def papers(key: str, heading: str, closed: Sequence[MeetingLine], state: Selection) -> None:
    """Show which reviews of a kind are closed; nothing before the first."""
    if not closed:
        return
    st.subheader(heading, anchor=False)
    links = [
        (
            text(
                "{name}, held on {day}",
                state.language,
                name=shown.period_title(
                    reviewed(one.kind, one.held_on, state.calendar), state.calendar, state.language
                ),
                day=shown.day(one.held_on, state.language),
            ),
            address(Place.REVIEWS, state.language, meeting=str(one.meeting_id)),
        )
        for one in closed
    ]
    page_links(key, links)


def all_weeks(state: Selection) -> None:
    """Show which weeks there are."""
    st.title(title(Place.REVIEWS, state.language), anchor=False)
    quarterly = text("Quarterly reviews", state.language)
    papers("quarters", quarterly, data.papers.closed_quarters(), state)
    monthly = text("Monthly gap reviews", state.language)
    papers("gap_reviews", monthly, data.gap_review.closed(), state)
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
    others = (
        (text("Quarter against quarter", state.language), Place.COMPARISON),
        (text("Decisions", state.language), Place.DECISION),
        (text("Meeting minutes", state.language), Place.MINUTES),
    )
    page_links("beside", [(name, address(place, state.language)) for name, place in others])
    review_list(
        weeks,
        state.calendar,
        state.language,
        pdf=partial(pdf, state),
        show=partial(show_week, state.calendar),
    )


state, asked = selection(), meeting_asked_for()
if asked is not None and data.gap_review.is_closed(asked):
    one_paper("gap_review", data.papers.gaps_paper(asked, state.language), asked, state)
elif asked is not None and data.papers.is_closed_quarter(asked):
    one_paper("quarter", data.papers.quarter_paper(asked, state.language), asked, state)
elif week_is_asked_for() and data.imports.imports():
    one_week(state)
else:
    all_weeks(state)
