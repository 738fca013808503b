"""The days of the weekly, monthly and quarterly meetings. Pure.

A meeting is moved, never cancelled: where nobody works on its day, it is held on the next working
day. A monthly one replaces no weekly one; meetings of one day follow each other.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dashboard.rhythm.dates import next_working_day
from dashboard.rhythm.meeting.model import Kind
from pipelines.errors import Message, msg
from pipelines.periods import Calendar, Grain, Period
from pipelines.settings import MeetingDay, Meetings

_WEEK = timedelta(weeks=1)
#: No break moves a meeting further than this.
_FURTHEST = timedelta(weeks=9)
_DAYS = list(MeetingDay)
_ORDER = list(Kind)
_NAMES = {
    Kind.WEEKLY: msg("Weekly sales meeting"),
    Kind.MONTHLY: msg("Monthly gap review"),
    Kind.QUARTERLY: msg("Quarterly review"),
}
_GRAINS = {Kind.WEEKLY: Grain.WEEK, Kind.MONTHLY: Grain.MONTH, Kind.QUARTERLY: Grain.QUARTER}


@dataclass(frozen=True)
class Occurrence:
    """A meeting of the series.

    Attributes:
        period: The week, month or quarter it is the meeting of: it has one of each kind.
        planned_on: The day by the rule.
        held_on: The same day, or the next one on which people work.
        starts_at: As clocks at the company show it.
        minutes: How long it lasts.
    """

    kind: Kind
    period: Period
    planned_on: date
    held_on: date
    starts_at: time
    minutes: int

    @property
    def moved(self) -> bool:
        """Whether nobody works on the day by the rule."""
        return self.held_on != self.planned_on


def kind_name(kind: Kind) -> Message:
    """Return what a kind of meeting is called."""
    return _NAMES[kind]


def reviewed(kind: Kind, held_on: date, calendar: Calendar) -> Period:
    """Return the week, month or quarter that a meeting of a day looks back on.

    It is the last one that is over on that day, be it still to come.
    """
    return calendar.last_finished(_GRAINS[kind], held_on)


def occurrences(
    meetings: Meetings, calendar: Calendar, working: Container[date], start: date, end: date
) -> tuple[Occurrence, ...]:
    """Return the meetings held from ``start`` to before ``end``, in their order.

    Args:
        meetings: The company's rules; without a first day there are no meetings.
        working: The company's working days.
    """
    if meetings.first_on is None or start >= end:
        return ()
    first = max(start - _FURTHEST, meetings.first_on - 2 * _WEEK)
    found = [
        one
        for kind in Kind
        for one in _of_kind(kind, meetings, calendar, working, first=first, end=end)
        if start <= one.held_on < end
    ]
    found.sort(key=lambda one: (one.held_on, _ORDER.index(one.kind)))
    return tuple(_one_after_another(found))


def next_meeting(
    meetings: Meetings,
    calendar: Calendar,
    working: Container[date],
    after: date,
    kind: Kind = Kind.WEEKLY,
    *,
    held: Collection[date] = (),
) -> Occurrence | None:
    """Return the first meeting of a kind to be held after a day; None while no first day is set.

    Args:
        held: The days on which meetings of that kind were held, on time or not; see ``as_held``.
    """
    if meetings.first_on is None:
        return None
    begin = max(after + timedelta(days=1), meetings.first_on)
    found = occurrences(
        meetings, calendar, working, begin - _FURTHEST, begin + timedelta(days=2 * 93)
    )
    ahead = (one for one in as_held(found, {kind: held}) if one.kind is kind)
    return next((one for one in ahead if one.held_on >= begin and one.held_on not in held), None)


def as_held(
    found: Iterable[Occurrence], held: Mapping[Kind, Collection[date]]
) -> tuple[Occurrence, ...]:
    """Return meetings with those that were held on the day they were held.

    A meeting takes the date of its week, month or quarter, whatever its day: Tuesday's, held on
    Monday, is not held again on Tuesday.
    """
    planned = tuple(found)
    on_time = {(one.kind, one.held_on) for one in planned}
    # a day that is one of the series is that one's, though a holiday moved it into another week
    moved = {
        kind: [day for day in days if (kind, day) not in on_time] for kind, days in held.items()
    }
    return tuple(
        replace(one, held_on=days[-1]) if days else one
        for one in planned
        for days in [sorted(day for day in moved.get(one.kind, ()) if day in one.period)]
    )


def _of_kind(
    kind: Kind,
    meetings: Meetings,
    calendar: Calendar,
    working: Container[date],
    *,
    first: date,
    end: date,
) -> Iterator[Occurrence]:
    period = calendar.period(_GRAINS[kind], first)
    while period.start < end:
        planned = _planned(kind, meetings, calendar, period)
        if planned is not None:
            held = planned if planned in working else next_working_day(planned, working)
            yield Occurrence(kind, period, planned, held, meetings.clock, _minutes(kind, meetings))
        period = calendar.next(period)


def _planned(kind: Kind, meetings: Meetings, calendar: Calendar, period: Period) -> date | None:
    """Return the day by the rule; None before the first meeting."""
    begun = meetings.first_on
    if begun is None:
        return None
    match kind:
        case Kind.WEEKLY:
            week = period
        case Kind.MONTHLY:
            week = _full_week(meetings.monthly_week, calendar, period)
        case Kind.QUARTERLY:
            week = _full_week(meetings.quarterly_week, calendar, period)
    # the first one is held on the day that was chosen for it
    if kind is Kind.WEEKLY and begun in week:
        return begun
    ahead = (_DAYS.index(meetings.day) - week.start.weekday()) % len(_DAYS)
    day = week.start + timedelta(days=ahead)
    return day if day >= begun else None


def _full_week(number: int, calendar: Calendar, period: Period) -> Period:
    """Return a week by its number among those that begin within a month or quarter."""
    weeks = calendar.periods(Grain.WEEK, period.start, period.end)
    found = next(weeks)
    for _ in range(number - 1):
        found = next(weeks)
    return found


def _minutes(kind: Kind, meetings: Meetings) -> int:
    match kind:
        case Kind.WEEKLY:
            return meetings.minutes
        case Kind.MONTHLY:
            return meetings.monthly_minutes
        case Kind.QUARTERLY:
            return meetings.quarterly_minutes


def _one_after_another(found: list[Occurrence]) -> Iterator[Occurrence]:
    """Let each meeting begin when the one before it on the same day ends."""
    before: Occurrence | None = None
    for one in found:
        shown = one
        if before is not None and before.held_on == one.held_on:
            until = datetime.combine(before.held_on, before.starts_at) + timedelta(
                minutes=before.minutes
            )
            # a day that is too full ends at midnight
            if until.date() == one.held_on:
                shown = replace(one, starts_at=until.time())
        yield shown
        before = shown
