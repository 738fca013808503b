"""The quarterly review: what to read before it, then the meeting that decides."""

from dashboard import data, downloads
from dashboard.components.files import table_links
from dashboard.components.quarter_page import quarter_evidence
from dashboard.exports import OPEN_QUARTER
from dashboard.rhythm.meeting.model import Kind
from dashboard.state import selection
from dashboard.views.held import held

state = selection()
meeting = held(Kind.QUARTERLY, state.language)
number = meeting.meeting_id if meeting else None
review = data.papers.quarter_review(number)
if meeting is None:
    quarter_evidence(review, state.calendar, state.language)
if review.items:
    said = {"meeting": str(number or ""), "period": review.quarter_label}
    tables = downloads.named_tables(OPEN_QUARTER, state.language, **said)
    table_links("quarter_tables", tables, state.language)
