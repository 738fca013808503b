"""Calendar files of a meeting: what it gave out or what is one person's, and the next one. Pure."""

from datetime import UTC, datetime

from dashboard.report.calendar_file import Dates, Due, calendar_file, company_id
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import Occurrence
from dashboard.text import Language
from pipelines.periods import Calendar, Grain
from pipelines.settings import Meetings

_MINUTE = 60
_GRAINS = {Kind.WEEKLY: Grain.WEEK, Kind.MONTHLY: Grain.MONTH, Kind.QUARTERLY: Grain.QUARTER}


def minutes_calendar(
    minutes: Minutes,
    language: Language,
    calendar: Calendar,
    meetings: Meetings,
    timezone: str,
    *,
    owner: str | None = None,
) -> bytes:
    """Return an iCalendar file (RFC 5545): due dates as whole days, and the next meeting.

    Args:
        calendar: The company's.
        meetings: The company's rules; they say at what time people meet, and for how long.
        timezone: The company's, as an IANA name.
        owner: Whose dates alone stand in it, as the minutes write their name: all they had open at
            the close. None: everybody's, as far as the meeting gave it out.

    Returns:
        The same bytes for the same minutes and rules.
    """
    closed = minutes.closed_at
    if owner is None:
        # whoever takes the file in twice has every date once
        name, version = f"{closed:%Y%m%d%H%M%S}", 1
        due = [
            Due(one.action_id, f"{one.title} ({one.owner})", one.due_on, version)
            for one in minutes.tasks
            if one.new
        ]
    else:
        # what stood in the file of a former meeting moves, and does not stand there twice
        name, version = f"minutes-{company_id(minutes.company)}", _minutes_since_1970(closed)
        due = [
            Due(one.action_id, one.title, one.due_on, version)
            for one in minutes.tasks
            if one.owner == owner
        ]
    following = _next(minutes, calendar, meetings)
    dates = Dates(name, minutes.company, timezone, due, following, version, closed)
    return calendar_file(dates, calendar, language)


def _minutes_since_1970(when: datetime) -> int:
    """Return a number that grows from one meeting to the next, and that calendars can hold."""
    return int(when.replace(tzinfo=UTC).timestamp()) // _MINUTE


def _next(minutes: Minutes, calendar: Calendar, meetings: Meetings) -> tuple[Occurrence, ...]:
    day = minutes.next_on
    if day is None:
        return ()
    takes = {
        Kind.WEEKLY: meetings.minutes,
        Kind.MONTHLY: meetings.monthly_minutes,
        Kind.QUARTERLY: meetings.quarterly_minutes,
    }
    period = calendar.period(_GRAINS[minutes.kind], day)
    return (Occurrence(minutes.kind, period, day, day, meetings.clock, takes[minutes.kind]),)
