"""A meeting of any kind: prepared together, then run, on the screen of everybody who takes part."""

from functools import partial

import streamlit as st

from dashboard import data, downloads, session
from dashboard.access.rights import Capability
from dashboard.components.job_list import watched
from dashboard.components.meeting_page import meeting_page, meeting_title, no_meeting
from dashboard.components.messages import show_outcome
from dashboard.components.minutes_page import letters_section, preread_section, sending
from dashboard.gestures import meetings
from dashboard.gestures import minutes as letters
from dashboard.navigation import Place, address
from dashboard.report.letters import preparation_name
from dashboard.rhythm.meeting.letters import Post
from dashboard.rhythm.meeting.model import Kind, Meeting, Status
from dashboard.text import Language


def held(kind: Kind, language: Language) -> Meeting | None:
    """Show the meeting of a kind that goes on or comes next, or how to prepare it.

    Returns:
        The meeting; None if none is prepared yet.
    """
    sight = data.meeting.current(kind)
    st.title(meeting_title(sight.meeting if sight else None, language, kind), anchor=False)
    show_outcome(language)
    if sight is None:
        may = session.visitor().may(Capability.RUN_MEETINGS)
        prepare = partial(meetings.prepare_next, language, kind=kind) if may else None
        no_meeting(data.meeting.next_day(kind), language, prepare=prepare)
        return None
    minutes = address(Place.MINUTES, language, meeting=str(sight.meeting.meeting_id))
    meeting_page(sight, language, after=minutes)
    if sight.meeting.status is Status.PLANNED:
        _preparation(sight.meeting, language)
    return sight.meeting


def _preparation(meeting: Meeting, language: Language) -> None:
    """Show what to read before a meeting, and who has got it."""
    meeting_id = meeting.meeting_id
    pdf = downloads.link(
        "preparation_pdf",
        preparation_name(meeting.held_on, language),
        meeting=str(meeting_id),
        language=language,
    )
    preread_section(data.minutes.preparation(meeting_id, language), language, pdf=pdf)
    if not session.visitor().may(Capability.RUN_MEETINGS):
        return
    if letters.is_sending(meeting_id, Post.PREREAD):
        watched(
            lambda: letters.is_sending(meeting_id, Post.PREREAD) or None,
            lambda _: sending(language),
        )
        return
    letters_section(
        data.minutes.sent(meeting_id, Post.PREREAD),
        Post.PREREAD,
        session.current().workspace.settings.timezone,
        language,
        send=lambda again: letters.send_preparation(language, meeting_id, again=again),
    )
