"""The monthly gap review: what is off and where it comes from, decided together."""

import streamlit as st

from dashboard import data, downloads
from dashboard.components.messages import plain
from dashboard.components.minutes_page import sheet_section
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.state import selection
from dashboard.views.held import held

state = selection()
meeting = held(Kind.MONTHLY, state.language)
if meeting is None or meeting.status is Status.PLANNED:
    # the same gaps, to read before they are talked about
    sheet = data.papers.gaps_paper(None, state.language)
    title = f"{sheet.kicker} · {sheet.title}"
    st.subheader(plain(sheet.title), anchor=False)
    links = downloads.paper_files("gap_review", title, state.language, None)
    sheet_section(sheet, "gap_review", links=links)
