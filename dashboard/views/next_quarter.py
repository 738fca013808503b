"""The next quarter as a quarterly review leaves it: edited here, and adopted in one step."""

from functools import partial

import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.files import file_links, page_links
from dashboard.components.messages import show_outcome
from dashboard.components.next_quarter_page import Hands, adopted, next_quarter
from dashboard.downloads import table_files
from dashboard.gestures import quarter as gestures
from dashboard.navigation import Place, address, title
from dashboard.state import meeting_asked_for, selection
from dashboard.text import text

language = selection().language
st.title(title(Place.NEXT_QUARTER, language), anchor=False)
show_outcome(language)
meeting_id = meeting_asked_for() or data.quarter.latest_meeting()
if meeting_id is None:
    st.caption(text("The next quarter is drafted in the quarterly review.", language))
else:
    review = Place.REVIEWS if data.papers.is_closed_quarter(meeting_id) else Place.QUARTER_REVIEW
    back = address(review, language, meeting=str(meeting_id))
    page_links("beside", [(text("Back to the review", language), back)])
    found = data.quarter.following(meeting_id)
    edits = session.visitor().may(Capability.EDIT_PLAN)
    if found.adopted:
        adopted(found, data.papers.next_quarter(found, language), language)
    elif not edits:
        st.caption(text("A manager edits and adopts the next quarter.", language))
    else:
        next_quarter(
            found,
            data.kpis.definitions(),
            data.people.names(),
            language,
            currency=data.kpis.currency(),
            hands=Hands(
                read=partial(gestures.read_draft, language, found),
                keep=partial(gestures.change_draft, language, found),
                adopt=partial(gestures.adopt, language, found),
                again=partial(gestures.draft_again, language, meeting_id, found.version),
            ),
        )
    if edits:
        links = table_files("next_quarter", language, meeting=str(meeting_id))
        file_links("next_quarter_files", links, language)
