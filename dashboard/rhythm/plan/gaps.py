"""How far somebody is from the targets they set themselves. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dashboard.rhythm.dates import Worked
from dashboard.rhythm.plan.model import Plan
from pipelines.kpis.values import Point
from pipelines.periods import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ActivityGap:
    """An own target, and what came of it so far.

    Attributes:
        weeks: How many finished weeks of the plan were looked at.
        target: For all these weeks together.
        actual: In all these weeks together; None: there are no numbers.
    """

    kpi: str
    per_week: float
    weeks: int
    target: float
    actual: float | None

    @property
    def gap(self) -> float | None:
        """Actual minus target; None without an actual value."""
        return None if self.actual is None else self.actual - self.target


def activity_gaps(
    plan: Plan, points: Mapping[str, Sequence[Point]], working_days: Worked
) -> tuple[ActivityGap, ...]:
    """Return the gap of each own target over the finished weeks that lie in the plan.

    A week counts if all its working days do: a plan that begins on a Tuesday after a holiday
    begins with that week.

    Args:
        points: A person's own numbers by week, by KPI.
    """
    found = []
    for target in plan.terms.activity if plan.terms else ():
        known = points.get(target.kpi)
        finished = [
            one
            for one in known or ()
            if not one.partial and one.value is not None and _within(one.period, plan, working_days)
        ]
        weeks = len(finished)
        actual = sum(one.value or 0 for one in finished) if known is not None else None
        found.append(
            ActivityGap(target.kpi, target.per_week, weeks, weeks * target.per_week, actual)
        )
    return tuple(found)


def _within(week: Period, plan: Plan, working_days: Worked) -> bool:
    days = [week.start + number * _DAY for number in range((week.end - week.start).days)]
    worked = [day for day in days if day in working_days] or days
    return worked[0] in plan and worked[-1] in plan
