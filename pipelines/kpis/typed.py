"""The values of hand-kept KPIs: as they were typed, or larger periods made from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.kpis.definition import Aggregate, Definition, Unit
from pipelines.kpis.tables import SPLITS
from pipelines.kpis.values import Point, Series
from pipelines.people.names import names_at
from pipelines.periods import Calendar, Grain, Period, Weekday
from pipelines.sql import statement

_GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Entry:
    grain: Grain
    start: date
    owner: str | None
    value: float | None
    numerator: float | None
    denominator: float | None


def missing(context: Context, definition: Definition) -> Message | None:
    """Return why a hand-kept KPI has no numbers, None if it has some."""
    if _entries(context, definition, context.today()):
        return None
    return msg("Nothing has been typed for it yet. Type its numbers, or import them as a file.")


def series(
    context: Context, definition: Definition, grain: Grain, *, by: str | None, as_of: date
) -> list[Series]:
    """Return a hand-kept KPI period by period.

    Numbers typed for this very grain are shown as they are. Otherwise they are made from the
    largest grain below that was typed, by the rule stored with the KPI; without a rule there are
    none. The company's numbers are those typed for nobody in particular; if there are none at all
    and the rule adds, they are made of everybody's.

    Args:
        by: ``owner`` gives one series per person; nothing else is typed.
        as_of: Periods that start after it are left out.
    """
    entries = _entries(context, definition, as_of)
    reason = _unavailable(definition, grain, by, entries) or (
        None if entries else missing(context, definition) or _nothing_yet(as_of)
    )
    if reason:
        return [Series(definition, grain, (), by=by, unavailable=reason)]
    base = _base(grain, entries)
    used = [entry for entry in entries if entry.grain is base]
    calendar = context.calendar
    first = min(calendar.period(grain, _deciding_day(calendar, entry)).start for entry in used)
    periods = list(calendar.periods(grain, first, as_of + _DAY))
    groups = _groups(used, definition, by)
    return [
        Series(
            definition,
            grain,
            tuple(_points(calendar, definition, periods, typed, as_of=as_of)),
            by=by,
            group=name if by else None,
            currency=context.workspace.settings.currency if definition.unit is Unit.MONEY else None,
        )
        for name, typed in groups.items()
    ]


def _entries(context: Context, definition: Definition, as_of: date) -> list[_Entry]:
    rows, names = context.store.read(
        lambda cursor: (
            cursor.execute(
                statement("kpis/entries"), {"kpi": definition.key, "as_of": as_of}
            ).fetchall(),
            names_at(cursor),
        )
    )
    # of two numbers of one person, typed under two names, the one typed last counts
    counted: dict[tuple[str, date, str], _Entry] = {}
    for grain, start, owner, *numbers, _ in (
        sorted(rows, key=lambda row: row[-1]) if names else rows
    ):
        shown = names.shown(owner)
        counted[grain, start, shown] = _Entry(Grain(grain), start, shown or None, *numbers)
    return sorted(counted.values(), key=lambda entry: (entry.start, entry.owner or ""))


def _nothing_yet(as_of: date) -> Message:
    return msg("Nothing has been typed for it up to {day}.", day=as_of)


def _unavailable(
    definition: Definition, grain: Grain, by: str | None, entries: Sequence[_Entry]
) -> Message | None:
    if by is not None and by != "owner":
        return msg(
            "It is typed for the company or for a person; nobody typed its {by}.", by=SPLITS[by]
        )
    if not entries:
        return None
    if _base(grain, entries) is None:
        return msg("It is typed for longer periods only.")
    if _base(grain, entries) is not grain and definition.aggregate is None:
        return msg(
            "No rule says how a longer period is made of what was typed."
            " Choose one: sum, mean, last or ratio."
        )
    if by is None and not _groups(entries, definition, None):
        return msg("It is typed for each person only, and its rule does not add persons up.")
    return None


def _base(grain: Grain, entries: Sequence[_Entry]) -> Grain | None:
    """Return the grain to take: the one asked for, else the largest one below it."""
    below = _GRAINS[: _GRAINS.index(grain) + 1]
    there = [one for one in below if any(entry.grain is one for entry in entries)]
    return there[-1] if there else None


def _groups(
    entries: Sequence[_Entry], definition: Definition, by: str | None
) -> dict[str | None, list[_Entry]]:
    owners = sorted({entry.owner for entry in entries if entry.owner})
    company = [entry for entry in entries if entry.owner is None]
    if by:
        groups: dict[str | None, list[_Entry]] = {
            owner: [entry for entry in entries if entry.owner == owner] for owner in owners
        }
        return groups | ({None: company} if company else {})
    if company:
        return {None: company}
    if definition.aggregate in {Aggregate.SUM, Aggregate.RATIO}:
        return {None: list(entries)}
    return {}


def _points(
    calendar: Calendar,
    definition: Definition,
    periods: Sequence[Period],
    entries: Sequence[_Entry],
    *,
    as_of: date,
) -> list[Point]:
    within: dict[date, list[_Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.start):
        day = _deciding_day(calendar, entry)
        within.setdefault(calendar.period(periods[0].grain, day).start, []).append(entry)
    points = []
    for period in periods:
        typed = within.get(period.start, [])
        partial = period.is_partial(as_of)
        if definition.aggregate is Aggregate.SUM and typed and not partial:
            typed = _whole(calendar, period, typed)
        points.append(_point(period, definition.aggregate, typed, partial=partial))
    return points


def _whole(calendar: Calendar, period: Period, typed: list[_Entry]) -> list[_Entry]:
    """Return what was typed within a finished period, or nothing if its sum would lack a part."""
    base = typed[0].grain
    if base is period.grain:
        return typed
    parts = {part.start for part in parts_of(calendar, period, base)}
    return typed if parts <= {entry.start for entry in typed} else []


def parts_of(calendar: Calendar, period: Period, grain: Grain) -> Sequence[Period]:
    """Return the shorter periods that a period is made of, oldest first."""
    found = calendar.periods(grain, period.start - 7 * _DAY, period.end)
    return [part for part in found if deciding_day(calendar, part) in period]


def _point(
    period: Period, rule: Aggregate | None, typed: Sequence[_Entry], *, partial: bool
) -> Point:
    known = [entry for entry in typed if entry.value is not None]
    numerator = denominator = None
    if typed and all(e.numerator is not None and e.denominator is not None for e in typed):
        numerator = fsum(entry.numerator or 0 for entry in typed)
        denominator = fsum(entry.denominator or 0 for entry in typed)
    if len(typed) == 1:
        value = typed[0].value
    elif rule is Aggregate.RATIO:
        has_parts = numerator is not None and denominator
        value = numerator / denominator if has_parts and numerator and denominator else None
        value = 0.0 if has_parts and numerator == 0 else value
    elif not known:
        value = None
    elif rule is Aggregate.MEAN:
        value = fsum(entry.value or 0 for entry in known) / len(known)
    elif rule is Aggregate.LAST:
        value = known[-1].value
    else:
        value = fsum(entry.value or 0 for entry in known) if len(known) == len(typed) else None
    if rule is not Aggregate.RATIO and len(typed) > 1:
        numerator = denominator = None
    return Point(period, value, numerator=numerator, denominator=denominator, partial=partial)


def _deciding_day(calendar: Calendar, entry: _Entry) -> date:
    return deciding_day(calendar, calendar.period(entry.grain, entry.start))


def deciding_day(calendar: Calendar, period: Period) -> date:
    """Return the day that decides which longer period this one belongs to.

    A week belongs to the month of its Thursday; months and quarters start where they belong.
    """
    if period.grain is not Grain.WEEK:
        return period.start
    return period.start + days_to_thursday(calendar) * _DAY


def days_to_thursday(calendar: Calendar) -> int:
    """Return how many days after its first a week has its Thursday."""
    return 3 if calendar.week_start is Weekday.MONDAY else 4
