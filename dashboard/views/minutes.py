"""The minutes of closed meetings: to find one, to read it, to take it away, to send it."""

from functools import partial

import streamlit as st

from dashboard import data, downloads, session
from dashboard.access.rights import Capability
from dashboard.components.decision_page import decision_addresses
from dashboard.components.files import file_links, page_links
from dashboard.components.job_list import watched
from dashboard.components.messages import show_outcome
from dashboard.components.minutes_page import (
    found_list,
    letters_section,
    minutes_list,
    search_field,
    sending,
    sheet_section,
)
from dashboard.gestures import minutes as gestures
from dashboard.navigation import Place, address, title
from dashboard.report.letters import minutes_name
from dashboard.rhythm.meeting.letters import Post
from dashboard.state import (
    meeting_asked_for,
    selection,
    show_meeting,
    show_search,
    words_asked_for,
)
from dashboard.text import Language, text

_FILES = (("pdf", "PDF"), ("md", "Markdown"), ("ics", ".ics"))


def one_meeting(meeting_id: int, language: Language) -> None:
    """Show the minutes of a meeting."""
    minutes = data.minutes.minutes(meeting_id)
    sheet = data.minutes.sheet(minutes, language)

    def link(ending: str) -> str:
        return downloads.link(
            f"minutes_{ending}",
            minutes_name(minutes, language, ending),
            meeting=str(meeting_id),
            language=language,
        )

    st.caption(sheet.kicker)
    st.title(sheet.title, anchor=False)
    show_outcome(language)
    files = [
        (name, link(ending), text("Take the minutes away as {name}", language, name=name))
        for ending, name in _FILES
    ]
    lives = decision_addresses(data.decisions.in_meeting(meeting_id), language)
    sheet_section(sheet, "minutes", links=files, addresses=lives)
    if session.visitor().may(Capability.RUN_MEETINGS):
        by_mail(meeting_id, language)
    st.button(text("All minutes", language), on_click=show_meeting, args=(None,), key="all_minutes")


def by_mail(meeting_id: int, language: Language) -> None:
    """Show who has got the minutes."""
    if gestures.is_sending(meeting_id, Post.MINUTES):
        watched(
            lambda: gestures.is_sending(meeting_id, Post.MINUTES) or None,
            lambda _: sending(language),
        )
        return
    timezone = session.current().workspace.settings.timezone
    letters_section(
        data.minutes.sent(meeting_id, Post.MINUTES),
        Post.MINUTES,
        timezone,
        language,
        send=lambda again: gestures.send_minutes(language, meeting_id, again=again),
    )


def all_meetings(language: Language) -> None:
    """Show which meetings there were, or what was said about something in them."""
    st.title(title(Place.MINUTES, language), anchor=False)
    show_outcome(language)
    closed = data.minutes.closed()
    if not closed:
        st.caption(text("The minutes of a meeting are here as soon as it is closed.", language))
        return
    words = words_asked_for()
    search_field(words, language, search=show_search)
    if words:
        found_list(data.decisions.found(words), words, language, show=show_meeting)
        st.button(text("All minutes", language), on_click=partial(show_search, ""), key="no_search")
    else:
        page_links("beside", [(text("Decisions", language), address(Place.DECISION, language))])
        minutes_list(closed, language, show=show_meeting)
        file_links("meetings_files", downloads.table_files("meetings", language), language)


asked, spoken = meeting_asked_for(), selection().language
if asked is not None and data.minutes.is_closed(asked):
    one_meeting(asked, spoken)
else:
    all_meetings(spoken)
