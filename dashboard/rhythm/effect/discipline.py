"""The discipline of the method, measured point by point; a streak, not a grade. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto

from dashboard.rhythm.effect.kept import KEPT_GOAL, Kept
from pipelines.periods import Calendar, Grain, Period

#: Minutes of a weekly meeting.
IN_TIME = 30
FEWEST_KPIS, MOST_KPIS = 5, 7


class Point(StrEnum):
    """What the method asks for, in the order it is shown."""

    HELD = "held"
    IN_TIME = "in_time"
    KPIS = "kpis"
    OWNED = "owned"
    KEPT = "kept"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Mark(Enum):
    """How a point stands."""

    MET = auto()
    MISSED = auto()
    DUE = auto()  # there is still time
    NOT_YET = auto()  # nothing to measure yet, or not due yet


@dataclass(frozen=True)
class Held:
    """A closed meeting.

    Attributes:
        minutes: As long as it ran, without breaks; None: nobody measured.
    """

    held_on: date
    minutes: float | None = None


@dataclass(frozen=True)
class Facts:
    """What the checklist is measured from.

    Attributes:
        weekly, monthly, quarterly: Closed meetings of each kind, in any order.
        inputs, outputs: How many KPIs of each kind are chosen.
        open_actions: How many are open.
        owned_actions: How many of those have an owner and a date.
        kept: The commitments that the newest weekly meetings could tell of.
    """

    weekly: Sequence[Held]
    monthly: Sequence[Held]
    quarterly: Sequence[Held]
    inputs: int
    outputs: int
    open_actions: int
    owned_actions: int
    kept: Kept


@dataclass(frozen=True)
class Line:
    """A point of the checklist.

    Attributes:
        part, whole: What was counted: 11 of 12; for the KPIs, the two kinds.
        day: When the review was done, or from when on it is due; None where no day matters.
    """

    point: Point
    mark: Mark
    part: int = 0
    whole: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Discipline:
    """The checklist of a day.

    Attributes:
        since: The day of the first weekly meeting; None: there was none yet.
        streak: Weeks in a row, up to the last finished one (or the running one, if its meeting
            was held), in which the weekly meeting was held.
    """

    since: date | None
    lines: tuple[Line, ...]
    streak: int


def discipline(
    facts: Facts, calendar: Calendar, works: Callable[[Period], bool], today: date
) -> Discipline:
    """Return the checklist as of a day.

    Args:
        works: Tells whether a week has a working day; weeks without any ask for no meeting.
    """
    since = min((one.held_on for one in facts.weekly), default=None)
    weeks = _weeks(facts.weekly, calendar, works, today)
    held = [week for week, was_held in weeks if was_held]
    timed = [one.minutes for one in facts.weekly if one.minutes is not None]
    return Discipline(
        since,
        (
            _counted(Point.HELD, len(held), len(weeks), goal=1.0),
            _counted(
                Point.IN_TIME, sum(minutes <= IN_TIME for minutes in timed), len(timed), goal=1.0
            ),
            _kpis(facts.inputs, facts.outputs),
            _counted(Point.OWNED, facts.owned_actions, facts.open_actions, goal=1.0),
            _counted(Point.KEPT, facts.kept.on_time, facts.kept.due, goal=KEPT_GOAL),
            _review(Point.MONTHLY, facts.monthly, since, calendar, grain=Grain.MONTH, today=today),
            _review(
                Point.QUARTERLY, facts.quarterly, since, calendar, grain=Grain.QUARTER, today=today
            ),
        ),
        _streak([was_held for _, was_held in weeks]),
    )


def _weeks(
    meetings: Collection[Held],
    calendar: Calendar,
    works: Callable[[Period], bool],
    today: date,
) -> list[tuple[Period, bool]]:
    """Return each week since the first meeting with whether it had one, oldest first.

    A week without a working day counts only if there was a meeting nonetheless, and so does the
    running one: there is still time.
    """
    if not meetings:
        return []
    days = {one.held_on for one in meetings}
    first = calendar.period(Grain.WEEK, min(days))
    running = calendar.period(Grain.WEEK, today)
    found = []
    for week in calendar.periods(Grain.WEEK, first.start, running.end):
        was_held = any(day in week for day in days)
        if was_held or (week != running and works(week)):
            found.append((week, was_held))
    return found


def _streak(held: Sequence[bool]) -> int:
    length = 0
    for was_held in reversed(held):
        if not was_held:
            break
        length += 1
    return length


def _counted(point: Point, part: int, whole: int, goal: float) -> Line:
    if not whole:
        return Line(point, Mark.NOT_YET)
    return Line(point, Mark.MET if part >= goal * whole else Mark.MISSED, part, whole)


def _kpis(inputs: int, outputs: int) -> Line:
    if not inputs + outputs:
        return Line(Point.KPIS, Mark.NOT_YET)
    met = FEWEST_KPIS <= inputs + outputs <= MOST_KPIS and inputs and outputs
    return Line(Point.KPIS, Mark.MET if met else Mark.MISSED, inputs, outputs)


def _review(
    point: Point,
    reviews: Collection[Held],
    since: date | None,
    calendar: Calendar,
    *,
    grain: Grain,
    today: date,
) -> Line:
    """Return whether a review was held in the running month or quarter, once one is due.

    The first is due in the month or quarter after the one in which the rhythm began: before, there
    is nothing to look back on.
    """
    running = calendar.period(grain, today)
    done = max((one.held_on for one in reviews if one.held_on in running), default=None)
    if done is not None:
        return Line(point, Mark.MET, day=done)
    began = min((one.held_on for one in reviews), default=since)
    if began is None:
        return Line(point, Mark.NOT_YET)
    first_due = calendar.period(grain, min(began, since or began)).end
    if running.start < first_due:
        return Line(point, Mark.NOT_YET, day=first_due)
    return Line(point, Mark.DUE, day=running.last_day)
