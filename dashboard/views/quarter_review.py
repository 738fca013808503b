"""The quarterly review: its evidence to read before, then the meeting that decides."""

from functools import partial

import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.meeting_page import meeting_page, meeting_title, no_meeting
from dashboard.components.messages import show_outcome
from dashboard.components.quarter_page import quarter_evidence
from dashboard.gestures import meetings
from dashboard.navigation import Place, address
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.state import selection

state = selection()
language = state.language
sight = data.meeting.current(Kind.QUARTERLY)
st.title(meeting_title(sight.meeting if sight else None, language, Kind.QUARTERLY), anchor=False)
show_outcome(language)
if sight:
    minutes = address(Place.MINUTES, language, meeting=str(sight.meeting.meeting_id))
    meeting_page(sight, language, after=minutes)
    if sight.meeting.status is Status.PLANNED:
        quarter_evidence(data.quarter.of_meeting(sight.meeting), state.calendar, language)
else:
    no_meeting(
        data.meeting.next_day(Kind.QUARTERLY),
        language,
        prepare=partial(meetings.prepare_next, language, kind=Kind.QUARTERLY)
        if session.visitor().may(Capability.RUN_MEETINGS)
        else None,
    )
    quarter_evidence(data.quarter.newest(), state.calendar, language)
