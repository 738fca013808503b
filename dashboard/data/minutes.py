"""What the pages of minutes and preparations show, and the files they give away."""

from datetime import date
from typing import cast

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.data import reviews
from dashboard.data.reach import for_reading, reads_all
from dashboard.kept import remembered, remembered_evidence
from dashboard.readers import readers
from dashboard.report import letters as paper
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.preread.sheet import preread_sheet
from dashboard.report.sheet import Sheet
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.rhythm.meeting import reading
from dashboard.rhythm.meeting.letters import Post, Sent, letters
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.shelf import Closed, closed_meetings
from dashboard.rhythm.preread import kinds
from dashboard.rhythm.preread.kinds import Evidence
from dashboard.rhythm.preread.model import Preread
from dashboard.text import Language
from pipelines.errors import Refused
from pipelines.periods import Period


def closed() -> tuple[Closed, ...]:
    """Return the closed meetings that whoever looks may read, newest first."""
    return _closed(whole=reads_all())


@remembered
def _closed(*, whole: bool) -> tuple[Closed, ...]:
    del whole  # what is kept depends on it
    return closed_meetings(for_reading())


def minutes(meeting_id: int) -> Minutes:
    """Return the minutes of a meeting as whoever looks may read them.

    Raises:
        Refused: There are none.
        AccessRefused: They may not read them.
    """
    return reading.minutes(for_reading(), meeting_id)


def sheet(found: Minutes, language: Language) -> Sheet:
    """Return minutes in words for the screen: with numbers that are different today."""
    calendar = session.current().calendar
    return minutes_sheet(found, language, calendar, today=_today(found.week))


def sent(meeting_id: int, post: Post) -> Sent:
    """Return who has got something about a meeting.

    Raises:
        AccessRefused: Whoever looks does not run meetings.
    """
    session.require(Capability.RUN_MEETINGS)
    context = session.current()
    told = tuple(one for one in letters(context, meeting_id) if one.post is post)
    invited = [one.name for one in reading.meeting(context, meeting_id).attendees]
    unreachable = tuple(one.name for one in readers(invited) if one.address is None)
    return Sent(told, unreachable, bool(context.workspace.settings.mail.host))


def preparation(meeting_id: int, language: Language) -> Sheet:
    """Return what to read before a meeting beside its agenda, as whoever looks may see it.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: They do not take part in it.
    """
    value = _preread(meeting_id)
    return preread_sheet(value, paper.around_of(session.current(), language), beside_agenda=True)


def minutes_file(meeting_id: int, language: str, ending: str) -> bytes:
    """Return minutes as a file.

    Args:
        ending: pdf, md or ics.

    Raises:
        Refused: There are none, as for ``minutes``.
    """
    value, spoken, context = minutes(meeting_id), cast("Language", language), session.served()
    match ending:
        case "pdf":
            return paper.minutes_pdf(value, spoken, context)
        case "md":
            return sheet_markdown(minutes_sheet(value, spoken, context.calendar)).encode()
        case _:
            return paper.minutes_dates(value, spoken, context)


def preparation_file(meeting_id: int, language: str) -> bytes:
    """Return what to read before a meeting as a PDF; see ``preparation``."""
    value, context = _preread(meeting_id), session.current()
    return paper.preread_pdf(value, cast("Language", language), context)


def is_closed(meeting_id: int) -> bool:
    """Tell whether a meeting has minutes that whoever looks may read."""
    return any(one.line.meeting_id == meeting_id for one in closed())


def _preread(meeting_id: int) -> Preread:
    session.require(Capability.TAKE_PART)
    return kinds.preread(session.current(), meeting_id, _evidence)


@remembered_evidence
def _evidence(kind: Kind, held_on: date) -> Evidence:
    """Return what a meeting looks at: only what somebody may see of it leaves this module."""
    return kinds.evidence(session.current(), kind, held_on)


@remembered
def _today(week: Period) -> dict[str, float]:
    """Return what the KPIs of a finished week are by today's data."""
    try:
        rows = reviews.review(week).rows
    except Refused:  # it is not over by the clock that is set now
        return {}
    return {
        row.definition.key: row.latest.point.value
        for row in rows
        if row.latest is not None and row.latest.point.value is not None
    }
