"""The third pass: which rituals were held, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from dashboard.rhythm.effect.gauge import Gauge, gauge
from dashboard.rhythm.effect.kept import Kept, kept_between
from dashboard.rhythm.effect.reading import (
    closed_meetings,
    effects,
    promises_made,
    weeks_that_moved,
)
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import MeetingLine
from dashboard.rhythm.plan.one_to_ones import read_one_to_ones
from dashboard.rhythm.quarter import ritual_words
from dashboard.rhythm.quarter.model import Fact, Item, Part, Ritual, RitualNumbers
from pipelines.context import Context
from pipelines.periods import Grain, Period
from pipelines.workdays import working_days

_GRAINS = {Kind.WEEKLY: Grain.WEEK, Kind.MONTHLY: Grain.MONTH, Kind.QUARTERLY: Grain.QUARTER}


@dataclass(frozen=True)
class _Held:
    """The closed meetings of a kind in a quarter, and how often it was due."""

    kind: Kind
    lines: Sequence[MeetingLine]
    due: int


def ritual_items(context: Context, quarter: Period) -> tuple[Item, ...]:
    """Return the rituals of a quarter; those that were neither due nor held are left out."""
    closed = sorted(closed_meetings(context), key=lambda line: line.held_on)
    found = [_held(context, kind, closed, quarter) for kind in Kind]
    kept = kept_between(promises_made(context), quarter.start, min(quarter.end, context.today()))
    items = [
        _item(one, kept, _gauge(context, one, quarter)) for one in found if one.lines or one.due
    ]
    talked = _one_to_ones(context, quarter)
    return (*items, *([talked] if talked else []))


def _held(context: Context, kind: Kind, closed: Sequence[MeetingLine], quarter: Period) -> _Held:
    lines = [one for one in closed if one.kind is kind and one.held_on in quarter]
    return _Held(kind, lines, len(_due(context, kind, closed, quarter)))


def _due(
    context: Context, kind: Kind, closed: Sequence[MeetingLine], quarter: Period
) -> list[Period]:
    """Return the weeks, months or quarters of a quarter that asked for a meeting.

    The first review is due in the month or quarter after the one in which the rhythm began: before
    that there is nothing to look back on. Weeks in which nobody works ask for nothing.
    """
    calendar, settings = context.calendar, context.workspace.settings
    begun = settings.meetings.first_on or min((one.held_on for one in closed), default=None)
    if begun is None:
        return []
    grain = _GRAINS[kind]
    first = calendar.period(grain, begun)
    since = first.start if kind is Kind.WEEKLY else first.end
    working = working_days(settings.country, settings.province)
    return [
        one
        for one in calendar.periods(grain, max(since, quarter.start), quarter.end)
        if one.end <= context.today() and working.count(one)
    ]


def _gauge(context: Context, held: _Held, quarter: Period) -> Gauge | None:
    if held.kind is not Kind.WEEKLY or not held.lines:
        return None
    weeks = weeks_that_moved(context, held.lines[0].held_on, quarter.end)
    return gauge(effects(held.lines, promises_made(context), weeks))


def _item(held: _Held, kept: Kept, seen: Gauge | None) -> Item:
    lines = held.lines
    ratings = [one.rating for one in lines if one.rating is not None]
    taken = [one.minutes_taken for one in lines if one.minutes_taken is not None]
    numbers = RitualNumbers(
        ritual=Ritual(held.kind.value),
        due=held.due,
        held=len(lines),
        first_on=lines[0].held_on if lines else None,
        last_on=lines[-1].held_on if lines else None,
        planned_minutes=fmean(one.planned_minutes for one in lines) if lines else None,
        taken_minutes=fmean(taken) if taken else None,
        in_time=sum(bool(one.in_time) for one in lines),
        rating=fmean(ratings) if ratings else None,
        rated=len(ratings),
        # every kind of meeting gives out commitments; the weekly one goes through them
        kept=kept if held.kind is Kind.WEEKLY else None,
        decisions=sum(one.decisions for one in lines),
        actions=sum(one.actions for one in lines),
        numbers_meetings=sum(bool(one.numbers_meeting) for one in lines),
        signals=seen.signals if seen else 0,
        reading=seen.reading if seen else None,
    )
    return _with_facts(numbers, seen)


def _with_facts(numbers: RitualNumbers, seen: Gauge | None) -> Item:
    return Item(
        f"ritual {numbers.ritual}",
        Part.RITUALS,
        ritual_words.name(numbers.ritual),
        None,
        tuple(Fact(said) for said in ritual_words.facts(numbers, seen)),
        ritual=numbers,
    )


def _one_to_ones(context: Context, quarter: Period) -> Item | None:
    """Return the one-to-ones of a quarter; None: there was none. Nobody's name comes out of it."""
    held = [
        one
        for one in context.store.read(read_one_to_ones)
        if one.held_on in quarter and one.held_on <= context.today()
    ]
    if not held:
        return None
    nothing = RitualNumbers(
        Ritual.ONE_TO_ONE,
        due=None,
        held=len(held),
        planned_minutes=None,
        taken_minutes=None,
        in_time=0,
        rating=None,
        rated=0,
        kept=None,
        decisions=0,
        actions=0,
        numbers_meetings=0,
        signals=0,
        reading=None,
    )
    found = _with_facts(nothing, None)
    people = len({one.person for one in held})
    return replace(found, facts=(Fact(ritual_words.one_to_ones(len(held), people)),))
