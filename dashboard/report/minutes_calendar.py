"""A calendar file of a meeting: what it gave out, and the next meeting. Pure."""

from dashboard.report.calendar_file import Dates, Due, calendar_file
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import Occurrence
from dashboard.text import Language
from pipelines.periods import Calendar, Grain
from pipelines.settings import Meetings

_GRAINS = {Kind.WEEKLY: Grain.WEEK, Kind.MONTHLY: Grain.MONTH, Kind.QUARTERLY: Grain.QUARTER}


def minutes_calendar(
    minutes: Minutes, language: Language, calendar: Calendar, meetings: Meetings, timezone: str
) -> bytes:
    """Return an iCalendar file (RFC 5545): due dates as whole days, and the next meeting.

    Args:
        calendar: The company's.
        meetings: The company's rules; they say at what time people meet, and for how long.
        timezone: The company's, as an IANA name.

    Returns:
        The same bytes for the same minutes and rules.
    """
    due = [
        Due(one.action_id, f"{one.title} ({one.owner})", one.due_on, 1)
        for one in minutes.tasks
        if one.new
    ]
    dates = Dates(
        # whoever takes the file in twice has every date once
        f"{minutes.closed_at:%Y%m%d%H%M%S}",
        minutes.company,
        timezone,
        due,
        _next(minutes, calendar, meetings),
        1,
        minutes.closed_at,
    )
    return calendar_file(dates, calendar, language)


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
