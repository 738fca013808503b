"""Two quarters side by side, as one frozen value. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.rhythm.effect.kept import Kept
from pipelines.analysis.before_after import Difference, difference
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.analysis.verdict import reached
from pipelines.errors import Message
from pipelines.kpis.definition import Better, Definition, LocalText
from pipelines.periods import Period

#: With fewer weeks on a side, nobody should say whether two quarters differ.
FEWEST_WEEKS = 6


@dataclass(frozen=True)
class Weeks:
    """The weeks of a quarter, as far as they have a value.

    Attributes:
        count: How many do.
        aimed: How many of them can be judged by a target, and ``on_target`` how many reached it.
        good, bad: How many bear a signal in the right and in the wrong direction.
    """

    count: int
    aimed: int
    on_target: int
    good: int
    bad: int

    @property
    def share(self) -> float | None:
        """The share of weeks on target, as a fraction; None: none had a target."""
        return self.on_target / self.aimed if self.aimed else None


@dataclass(frozen=True)
class Side:
    """A KPI in one of the quarters.

    Attributes:
        point: None: the quarter lies before its first row.
        chosen: Whether the company steered by it then.
        counted: Whether it did so at the end, or by none yet: one that was given up within the
            quarter is left out of its counts, as its review leaves it out.
    """

    point: JudgedPoint | None
    weeks: Weeks
    chosen: bool
    counted: bool


@dataclass(frozen=True)
class KpiPair:
    """A KPI in both quarters.

    Attributes:
        unavailable: Why there are no numbers; None if there are.
        apart: How far apart the weeks of the two are; None: too few weeks to say.
    """

    definition: Definition
    currency: str | None
    first: Side
    second: Side
    unavailable: Message | LocalText | None
    apart: Difference | None

    @property
    def change(self) -> float | None:
        """The second value less the first, in the KPI's unit; None if either is missing."""
        before, after = _value(self.first), _value(self.second)
        return None if before is None or after is None else after - before

    @property
    def differs(self) -> bool | None:
        """Whether the weeks differ by more than chance explains; None: it cannot be said."""
        if self.apart is None or self.apart.low is None or self.apart.high is None:
            return None
        return self.apart.low > 0 or self.apart.high < 0

    @property
    def improved(self) -> bool | None:
        """Whether they differ for the better; None: they do not, or it cannot be said."""
        if not self.differs or self.apart is None:
            return None
        return (self.apart.change > 0) is (self.definition.better is Better.UP)


@dataclass(frozen=True)
class Rhythm:
    """How the rhythm was kept in a quarter, all meetings that were closed in it together.

    Attributes:
        weeks: In which people worked.
        held: Weekly meetings; ``in_time`` of them took as long as planned or less.
        kept: The commitments that fell due, everybody's.
        worked: Blockers.
    """

    weeks: int
    held: int
    in_time: int
    decisions: int
    worked: int
    kept: Kept
    rating: float | None


@dataclass(frozen=True)
class Comparison:
    """Two finished quarters, the earlier one first."""

    first: Period
    second: Period
    kpis: tuple[KpiPair, ...]
    rhythms: tuple[Rhythm, Rhythm]

    def on_target(self, side: Callable[[KpiPair], Side]) -> tuple[int, int]:
        """Return how many KPIs reached the target of a quarter, and of how many it can be told."""
        points = [one.point for one in map(side, self.kpis) if one.counted]
        judged = [point.on_target for point in points if point and point.on_target is not None]
        return sum(judged), len(judged)


def weeks_of(judged: JudgedSeries, weeks: Sequence[Period]) -> Weeks:
    """Return what a weekly series says about some weeks."""
    inside = _inside(judged, weeks)
    definition = judged.series.definition
    aimed = [is_on for one in inside if (is_on := reached(one, definition)) is not None]
    return Weeks(
        count=len(inside),
        aimed=len(aimed),
        on_target=sum(aimed),
        good=sum(one.signal is not None and one.favourable is True for one in inside),
        bad=sum(one.signal is not None and one.favourable is False for one in inside),
    )


def apart(
    judged: JudgedSeries, first: Sequence[Period], second: Sequence[Period]
) -> Difference | None:
    """Return how far apart the weeks of two quarters are; None: too few on a side."""
    sides = [_parts(judged, weeks) for weeks in (first, second)]
    if any(len(side) < FEWEST_WEEKS for side in sides):
        return None
    return difference(*sides)


def _parts(judged: JudgedSeries, weeks: Sequence[Period]) -> list[tuple[float, float]]:
    """Return numerator and denominator of each week; of a plain value, the value and 1."""
    found = []
    for one in _inside(judged, weeks):
        point = one.point
        if point.numerator is not None and point.denominator is not None:
            found.append((point.numerator, point.denominator))
        elif point.value is not None:
            found.append((point.value, 1.0))
    return [(part, base) for part, base in found if base > 0]


def _inside(judged: JudgedSeries, weeks: Sequence[Period]) -> list[JudgedPoint]:
    wanted = set(weeks)
    return [
        one
        for one in judged.points
        if one.point.period in wanted and not one.point.partial and one.point.value is not None
    ]


def _value(side: Side) -> float | None:
    return side.point.point.value if side.point else None
