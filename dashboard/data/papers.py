"""Gap reviews and quarterly reviews as papers: on a page, as PDF, as Markdown."""

from typing import Literal

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.data import gap_review, quarter
from dashboard.data.reach import for_reading, reads_all
from dashboard.kept import remembered, remembered_evidence
from dashboard.report.gap_review_sheet import gap_review_sheet
from dashboard.report.quarterly.following import next_days
from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.report.sheet import Sheet
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import MeetingLine, meeting, meetings
from dashboard.rhythm.quarter.draft import NextQuarter
from dashboard.rhythm.quarter.freezing import kept_quarters, read_record
from dashboard.rhythm.quarter.model import QuarterReview
from dashboard.rhythm.quarter.reading import whole_review
from dashboard.rhythm.quarter.record import QuarterRecord, as_seen
from dashboard.rhythm.quarter.recording import meanings, record_of
from dashboard.text import Language
from pipelines.settings import read_logo


def gaps_paper(meeting_id: int | None, language: Language) -> Sheet:
    """Return a closed gap review; None: the gaps of the last finished month, as of today.

    Raises:
        Refused: There is no such review.
        AccessRefused: Whoever looks may not read it.
    """
    review = gap_review.newest() if meeting_id is None else gap_review.frozen(meeting_id)
    return gap_review_sheet(review, language, session.current().calendar)


def quarter_paper(meeting_id: int | None, language: Language) -> Sheet:
    """Return a closed quarterly review; None: the last finished quarter, as of today.

    Raises:
        Refused: There is no such review.
        AccessRefused: Whoever looks may not read it.
    """
    record = _newest_quarter() if meeting_id is None else closed_quarter(meeting_id)
    return quarter_sheet(record, language, session.current().calendar)


def next_quarter(found: NextQuarter, language: Language) -> Sheet:
    """Return a next quarter as closed reviews show it.

    Args:
        found: As whoever looks may see it.
    """
    context = session.current()
    known = meanings(context, found)
    part = next_days(found, known, language, context.calendar)
    company = context.workspace.settings.company
    return Sheet(language, company, "", part.heading, (), (), (part,), "", context.today())


def closed_quarters() -> tuple[MeetingLine, ...]:
    """Return the closed quarterly reviews that whoever looks may read, newest first."""
    return _closed(whole=reads_all())


def is_closed_quarter(meeting_id: int) -> bool:
    """Tell whether a meeting keeps a quarterly review that whoever looks may read."""
    return any(one.meeting_id == meeting_id for one in closed_quarters())


def quarter_review(meeting_id: int | None) -> QuarterReview:
    """Return a quarterly review: as it was, once it is closed; None: see ``quarter.newest``.

    Raises:
        Refused: There is none.
        AccessRefused: Whoever looks may not read it.
    """
    if meeting_id is None:
        return quarter.newest()
    if is_closed_quarter(meeting_id):
        return closed_quarter(meeting_id).review
    session.require(Capability.TAKE_PART)
    return quarter.of_meeting(meeting(session.current(), meeting_id))


def file_of(sheet: Sheet, ending: Literal["pdf", "md"]) -> bytes:
    """Return a paper as a file to take away."""
    if ending == "md":
        return sheet_markdown(sheet).encode()
    workspace = session.current().workspace
    return sheet_pdf(sheet, logo=read_logo(workspace.root, workspace.settings.logo))


@remembered
def _closed(*, whole: bool) -> tuple[MeetingLine, ...]:
    del whole  # what is kept depends on it
    context = for_reading()
    kept = kept_quarters(context)
    return tuple(
        one for one in meetings(context) if one.kind is Kind.QUARTERLY and one.meeting_id in kept
    )


def closed_quarter(meeting_id: int) -> QuarterRecord:
    """Return everything that was kept of a closed quarterly review.

    Raises:
        Refused: There is no such review.
        AccessRefused: Whoever looks may not read it.
    """
    record = read_record(for_reading(), meeting_id)
    # who reads all reviews need not see the parts of each colleague
    return as_seen(record, session.current().actor.scope, together=reads_all())


def _newest_quarter() -> QuarterRecord:
    session.require(Capability.TAKE_PART)
    return as_seen(_whole_quarter(), session.current().actor.scope, together=False)


@remembered_evidence
def _whole_quarter() -> QuarterRecord:
    """Return a quarter with everything in it: only what somebody may see of it leaves this module."""
    context = session.current()
    return record_of(context, whole_review(context))
