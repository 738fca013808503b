"""The monthly gap review: what is off and where it comes from, decided together."""

import streamlit as st

from dashboard import data, downloads
from dashboard.components.files import table_links
from dashboard.components.messages import plain
from dashboard.components.minutes_page import sheet_section
from dashboard.exports import GAP_REVIEW
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.state import selection
from dashboard.text import text
from dashboard.views.held import held

state = selection()
meeting = held(Kind.MONTHLY, state.language)
planned = meeting is not None and meeting.status is Status.PLANNED
if meeting is None or (planned and data.gap_review.is_due(meeting)):
    # the gaps of the last month that is over, with all that they are made of
    sheet = data.papers.gaps_paper(None, state.language)
    title = f"{sheet.kicker} · {sheet.title}"
    links = downloads.paper_files("gap_review", title, state.language, None)
    in_full = text("{month}, gap by gap", state.language, month=sheet.title)
    with st.expander(plain(in_full), expanded=meeting is None):
        sheet_section(sheet, "gap_review", links=links)
# what a meeting says of them is in its tables from its beginning
number = None if meeting is None or planned else meeting.meeting_id
review = data.gap_review.review(number)
if review.gaps:
    said = {"meeting": str(number or ""), "period": state.calendar.label(review.month)}
    tables = downloads.named_tables(GAP_REVIEW, state.language, **said)
    table_links("gap_tables", tables, state.language)
