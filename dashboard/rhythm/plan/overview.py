"""A plan on one screen: weeks, load, and how much of the way is behind. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import Action, Status, status
from dashboard.rhythm.plan.model import Plan
from dashboard.text import alphabetical
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

#: With more open actions in one week, something will slip.
MOST_A_WEEK = 5
#: What was promised for the weeks right after a plan still has its own week.
_WEEKS_AFTER = 2
#: A single week varies too much to say where a KPI stands.
WEEKS_LOOKED_AT = 4


@dataclass(frozen=True)
class PlanWeek:
    """A week of a plan, with the actions whose date lies in it.

    Attributes:
        due: Still to be done, in time.
        running: Whether it is this week.
    """

    week: Period
    due: tuple[Action, ...]
    done: tuple[Action, ...]
    late: tuple[Action, ...]
    running: bool


@dataclass(frozen=True)
class Load:
    """How many open actions somebody has in each week; what is late weighs on the running one.

    Attributes:
        counts: By the first day of the week.
        late: How many of them are late.
    """

    person: str
    counts: Mapping[date, int]
    late: int = 0

    @property
    def total(self) -> int:
        """All that is open."""
        return sum(self.counts.values())

    @property
    def heavy(self) -> tuple[date, ...]:
        """The first days of the weeks with more than anybody does."""
        return tuple(day for day, count in sorted(self.counts.items()) if count > MOST_A_WEEK)


def weeks_of(plan: Plan, calendar: Calendar) -> tuple[Period, ...]:
    """Return the weeks that a plan touches, oldest first."""
    found = [calendar.period(Grain.WEEK, plan.starts_on)]
    while found[-1].end <= plan.ends_on:
        found.append(calendar.next(found[-1]))
    return tuple(found)


def timeline(
    plan: Plan, actions: Sequence[Action], calendar: Calendar, today: date
) -> tuple[PlanWeek, ...]:
    """Return a plan week by week. What was given up is left out.

    Args:
        actions: Those of the plan. One due before it stands in its first week; for one due soon
            after it there are a few weeks more, of which later ones stand in the last.
    """
    weeks = weeks_of(plan, calendar)
    latest = max((one.due_on for one in actions if one.dropped_on is None), default=plan.ends_on)
    for _ in range(_WEEKS_AFTER):
        if latest >= weeks[-1].end:
            weeks = (*weeks, calendar.next(weeks[-1]))
    by_week: dict[Period, list[Action]] = {week: [] for week in weeks}
    for action in actions:
        by_week[_week_of(action.due_on, weeks)].append(action)

    def those(week: Period, *wanted: Status) -> tuple[Action, ...]:
        return tuple(one for one in by_week[week] if status(one, today) in wanted)

    return tuple(
        PlanWeek(
            week,
            due=those(week, Status.PLANNED, Status.RUNNING),
            done=those(week, Status.DONE),
            late=those(week, Status.LATE),
            running=today in week,
        )
        for week in weeks
    )


def load(actions: Sequence[Action], calendar: Calendar, today: date) -> tuple[Load, ...]:
    """Return the open actions of each person by the week they are due in, heaviest person first.

    Args:
        actions: All of them, also those outside the plan: people have one week for both.
    """
    counts: dict[str, dict[date, int]] = {}
    late = Counter(one.owner for one in actions if status(one, today) is Status.LATE)
    for action in actions:
        if action.is_open:
            week = calendar.period(Grain.WEEK, max(action.due_on, today)).start
            of_person = counts.setdefault(action.owner, {})
            of_person[week] = of_person.get(week, 0) + 1
    found = [Load(person, by_week, late[person]) for person, by_week in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.total, alphabetical(one.person))))


def share_of_way(from_value: float | None, now: float | None, to_value: float) -> float | None:
    """Return how much of the way from one value to another is behind: 0.25 for a quarter.

    Below 0 if it went the other way, above 1 if it went further; None where a value is unknown or
    there is no way.
    """
    if from_value is None or now is None or from_value == to_value:
        return None
    return (now - from_value) / (to_value - from_value)


def recent_value(points: Sequence[Point], *, adds_up: bool) -> float | None:
    """Return where a KPI stands: over the last four finished weeks, in its value for one week.

    A flow is averaged, a rate is computed from the sums of its two parts; of anything else the
    newest value counts.

    Args:
        points: By week, oldest first.
    """
    finished = [one for one in points if not one.partial and one.value is not None]
    recent = finished[-WEEKS_LOOKED_AT:]
    if not recent:
        return None
    if adds_up:
        return sum(one.value or 0 for one in recent) / len(recent)
    parts = [(one.numerator, one.denominator) for one in recent]
    if all(part is not None and whole is not None for part, whole in parts):
        wholes = sum(whole or 0 for _, whole in parts)
        return sum(part or 0 for part, _ in parts) / wholes if wholes else None
    return recent[-1].value


def progress(actions: Collection[Action]) -> int | None:
    """Return how much of some actions is done, in percent; None if nothing is to be done.

    What was given up does not count.
    """
    counted = [one.progress for one in actions if one.dropped_on is None]
    return round(sum(counted) / len(counted)) if counted else None


def _week_of(day: date, weeks: Sequence[Period]) -> Period:
    if day < weeks[0].start:
        return weeks[0]
    return next((week for week in weeks if day in week), weeks[-1])
