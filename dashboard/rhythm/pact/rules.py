"""When a pact fires. Pure: data in, facts out, None where nothing happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.rhythm.pact.facts import (
    Facts,
    LandingFacts,
    OutsideFacts,
    QuarterFacts,
    SlipFacts,
)
from dashboard.rhythm.pact.model import Pact
from pipelines.analysis.judgement import Aim, JudgedPoint, JudgedSeries, Signal
from pipelines.kpis.definition import Better, Definition
from pipelines.periods import Calendar, Grain, Period

#: So many weeks running outside the limits are more than an accident.
WEEKS_OUTSIDE = 2
#: Before so many working days of a month or quarter, a landing is a guess.
MIN_WORKING_DAYS = 10

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ToDate:
    """A KPI in a running month or quarter.

    Attributes:
        until: The last day that the data tells about.
        working_days: Of the period, up to then.
        aim: What should be reached up to then; None without a target.
    """

    period: Period
    until: date
    working_days: int
    actual: float | None
    aim: Aim | None
    currency: str | None


@dataclass(frozen=True)
class DealState:
    """A deal that is open on the day, and the last move of its date.

    Attributes:
        amount: In the company's currency.
        expected: The date it is expected on.
        before: The date before the last move later; None: it was never moved later.
        moved_on: The day that move was seen; None if there was none.
    """

    source: str
    external_id: str
    name: str | None
    owner: str | None
    amount: float
    expected: date
    before: date | None
    moved_on: date | None


def outside_limits(judged: JudgedSeries, since: date) -> OutsideFacts | None:
    """Return the weeks, up to the last finished one, in which a KPI was outside its limits.

    Only on the side that is bad, at least ``WEEKS_OUTSIDE`` of them, and only if the last of
    them ended after ``since``. A week without a value ends the run.
    """
    finished = [point for point in judged.points if not point.point.partial]
    run: list[JudgedPoint] = []
    for point in reversed(finished):
        if point.signal is not Signal.OUTSIDE or point.favourable or point.point.value is None:
            break
        run.insert(0, point)
    if len(run) < WEEKS_OUTSIDE or judged.limits is None or run[-1].point.period.end <= since:
        return None
    return OutsideFacts(
        judged.series.definition.key,
        tuple((point.point.period.start, point.point.value or 0.0) for point in run),
        judged.limits.lower,
        judged.limits.upper,
        judged.series.currency,
    )


def same_run(found: OutsideFacts, earlier: Iterable[Facts]) -> bool:
    """Tell whether a run of weeks goes on that a pact fired for already."""
    starts = {start for start, _ in found.weeks}
    return any(
        bool(starts & {start for start, _ in one.weeks})
        for one in earlier
        if isinstance(one, OutsideFacts)
    )


def below_target(
    definition: Definition, reached: ToDate, share: float, since: date
) -> LandingFacts | None:
    """Return the landing of a KPI that is below a share of what it should be by now.

    Where less is better, the shares are turned around: 15 % lost where 10 % was the target is
    two thirds of the way.

    Args:
        share: As a fraction.
        since: A period whose end had come by then counts no more.
    """
    if reached.actual is None or reached.aim is None or reached.period.end <= since:
        return None
    if reached.working_days < MIN_WORKING_DAYS or reached.until < since:
        return None
    got = _share(reached.actual, reached.aim, definition.better)
    if got is None or got >= share:
        return None
    return LandingFacts(
        definition.key,
        reached.period.start,
        reached.period.end,
        reached.until,
        reached.actual,
        reached.aim.value,
        got,
        reached.currency,
    )


def slipped(deals: Sequence[DealState], amount: float, since: date, day: date) -> list[SlipFacts]:
    """Return the deals of an amount or more whose date was moved later or passed since a day.

    Args:
        since: The day the pact was written; moves seen and dates passed until then do not count.
        day: The day it is; a deal expected on it is still in time.
    """
    found = []
    for deal in deals:
        if deal.amount < amount:
            continue
        moved = deal.moved_on is not None and deal.moved_on > since
        passed = since <= deal.expected < day
        if moved or passed:
            found.append(
                SlipFacts(
                    deal.source,
                    deal.external_id,
                    deal.name,
                    deal.owner,
                    deal.amount,
                    deal.before if moved else None,
                    deal.expected,
                )
            )
    return found


def quarter_ends(calendar: Calendar, weeks: int, day: date) -> QuarterFacts | None:
    """Return the quarter that a day belongs to, in the last weeks of it.

    Args:
        weeks: How many; the first of them begins so many times seven days before the end.
    """
    quarter = calendar.period(Grain.QUARTER, day)
    if day < quarter.end - weeks * _WEEK:
        return None
    return QuarterFacts(quarter.start, quarter.end, weeks)


def subject(facts: Facts, calendar: Calendar) -> str:
    """Return what a pact fires for, once: a run of weeks, a period, a deal."""
    match facts:
        case OutsideFacts():
            return calendar.label(calendar.period(Grain.WEEK, facts.weeks[0][0]))
        case LandingFacts():
            # the grain follows from the length: a month and its quarter may begin on one day
            month = calendar.period(Grain.MONTH, facts.start)
            grain = Grain.MONTH if month.end == facts.end else Grain.QUARTER
            return calendar.label(calendar.period(grain, facts.start))
        case SlipFacts():
            return f"deal {facts.source} {facts.external_id}"
        case QuarterFacts():
            return calendar.label(calendar.period(Grain.QUARTER, facts.start))


def in_force(pact: Pact, day: date) -> bool:
    """Tell whether a pact holds on a day."""
    return pact.written_on <= day and (pact.ended_on is None or day < pact.ended_on)


def _share(actual: float, aim: Aim, better: Better) -> float | None:
    """Return how much of its target a value is; None where a share makes no sense."""
    reached, wanted = (actual, aim.value) if better is Better.UP else (aim.value, actual)
    return reached / wanted if wanted > 0 else None
