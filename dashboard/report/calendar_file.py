"""A person's dates as an iCalendar file (RFC 5545): what is due, and when people meet.

Titles and dates only: a calendar lies open on telephones, and no figure is meant for everybody who
looks over a shoulder. Names of events never change and their sequence grows, so that a program
that subscribes moves an event instead of doubling it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.rhythm.series import Occurrence, kind_name
from dashboard.text import Language, render, text
from pipelines.periods import Calendar
from pipelines.visible import visible

if TYPE_CHECKING:
    from icalendar import Event

#: How often programs should look again; most do so when they like.
_AGAIN = timedelta(hours=1)
_DAY = timedelta(days=1)
#: For how long the file explains the time zone; it holds no event beyond.
_AROUND = timedelta(days=3 * 365)
_PRODUCT = "-//Cap 90//Cap 90//EN"


@dataclass(frozen=True)
class Due:
    """Something to be done by a day.

    Attributes:
        number: Of the action.
        version: Grows with every change of it.
    """

    number: int
    title: str
    due_on: date
    version: int


@dataclass(frozen=True)
class Dates:
    """Everything that one calendar shows.

    Attributes:
        calendar_id: Names the meetings for ever; actions are named by company and number.
        version: Grows with every change of the rules that meetings follow.
        made_at: The moment it is made, in UTC.
    """

    calendar_id: str
    company: str
    timezone: str
    due: Sequence[Due]
    meetings: Sequence[Occurrence]
    version: int
    made_at: datetime


def calendar_file(dates: Dates, calendar: Calendar, language: Language) -> bytes:
    """Return the file.

    Args:
        calendar: The company's, which names the weeks, months and quarters of meetings.
    """
    # 150 ms, and few ask for it
    from icalendar import Calendar as File  # noqa: PLC0415 - as said
    from icalendar import vText  # noqa: PLC0415 - as said

    file = File()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    # the library escapes what it knows to be text, and these it does not know
    name = vText(text("Cap 90, {company}", language, company=visible(dates.company)))
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", dates.timezone)
    file.add("refresh-interval", _AGAIN, parameters={"value": "DURATION"})
    file.add("x-published-ttl", "PT1H")
    for one in dates.due:
        file.add_component(_due(one, dates))
    for meeting in dates.meetings:
        file.add_component(_meeting(meeting, dates, calendar, language))
    today = dates.made_at.date()
    file.add_missing_timezones(today - _AROUND, today + _AROUND)
    return bytes(file.to_ical())


def company_id(company: str) -> str:
    """Return what tells the dates of a company from those of another one."""
    return sha256(company.encode("utf-8", "replace")).hexdigest()[:16]


def _due(one: Due, dates: Dates) -> "Event":
    # the same action has the same name in every file, and in the calendar somebody subscribes to
    of_company = replace(dates, calendar_id=company_id(dates.company))
    event = _event(f"action-{one.number}", visible(one.title), one.version, of_company)
    event.add("dtstart", one.due_on)
    event.add("dtend", one.due_on + _DAY)
    # a day with something due on it is still free for appointments
    event.add("transp", "TRANSPARENT")
    return event


def _meeting(one: Occurrence, dates: Dates, calendar: Calendar, language: Language) -> "Event":
    # the week, month or quarter names it: whatever day it moves to, it is the same meeting
    which = f"{one.kind.value}-{calendar.label(one.period)}"
    event = _event(which, render(kind_name(one.kind), language), dates.version, dates)
    begins = datetime.combine(one.held_on, one.starts_at, ZoneInfo(dates.timezone))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=one.minutes))
    if one.moved:
        event.add(
            "description",
            text("Moved from {day}: nobody works on that day.", language, day=one.planned_on),
        )
    return event


def _event(name: str, title: str, sequence: int, dates: Dates) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{name}@{dates.calendar_id}.cap90")
    event.add("dtstamp", dates.made_at.replace(tzinfo=UTC))
    event.add("sequence", sequence)
    event.add("summary", title)
    return event
