"""What KPIs count in the stretches of a gap review, as a whole and group by group."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import isfinite
from types import MappingProxyType

from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.gaps.counts import SPLIT_BY, Chains, Count, Counts
from pipelines.gaps.stretches import YEAR_BEFORE, Stretches, When, stretches
from pipelines.kpis import query
from pipelines.kpis.availability import currencies, mixed, unmet_requirements
from pipelines.kpis.coverage import coverage
from pipelines.kpis.definition import Definition, LocalText, Measure, Unit
from pipelines.kpis.run import TooSlow, fetch
from pipelines.kpis.series import Cell, point
from pipelines.kpis.steps import Steps, has_parts, rows_of, steps
from pipelines.kpis.tables import TABLES
from pipelines.kpis.values import Point
from pipelines.people.names import Names, read_names
from pipelines.periods import Grain, Period
from pipelines.store import DatabaseError

_VALUES = 3  # sample, numerator, denominator


_NOTHING: Counts = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """A KPI in the stretches of a gap review.

    Attributes:
        points: The whole company's; those of a year before only where there is something to
            compare with. Empty when unavailable.
        groups: By column and stretch: the groups with rows.
        chains: The same for the steps that lead to a sum; also by None, for the company.
    """

    definition: Definition
    stretches: Stretches
    points: Mapping[When, Point] = field(default_factory=dict)
    groups: Mapping[tuple[str, When], Counts] = field(default_factory=dict)
    steps: Steps | None = None
    chains: Mapping[tuple[str | None, When], Chains] = field(default_factory=dict)
    currency: str | None = None
    unavailable: Message | LocalText | None = None

    def counts(self, by: str, when: When) -> Counts:
        """Return what the groups of a column count in a stretch."""
        return self.groups.get((by, when), _NOTHING)


@dataclass(frozen=True)
class Asked:
    """What somebody looks at.

    Attributes:
        day: Rows dated after it are left out.
    """

    context: Context
    month: Period
    day: date


def read(asked: Asked, definitions: Sequence[Definition]) -> dict[str, Reading]:
    """Return the readings of computed KPIs, by key; those of one table and date are read at once."""
    together: dict[tuple[str, str], list[Definition]] = {}
    for one in definitions:
        measure = one.measure
        if measure and one not in (group := together.setdefault(_place(measure), [])):
            group.append(one)
    return {
        reading.definition.key: reading
        for group in together.values()
        for reading in _computed(asked, group)
    }


def _place(measure: Measure) -> tuple[str, str]:
    return measure.table, measure.date


def _computed(asked: Asked, definitions: list[Definition]) -> Iterator[Reading]:
    context = asked.context
    measures = [one.measure for one in definitions if one.measure]
    known = coverage(context, TABLES[measures[0].table], asked.day)
    days = stretches(
        context.calendar, asked.month, known.until, partial=known.is_partial(asked.month)
    )
    try:
        unmet = unmet_requirements(context, definitions)
        codes = currencies(context, measures, known.until)
        (firsts,) = fetch(context.store, query.firsts_sql(tuple(measures)), {"as_of": known.until})
        tables = _tables(context, measures, days, known.until)
    except (DatabaseError, TooSlow):
        if len(definitions) > 1:  # one broken definition must not take the others with it
            for one in definitions:
                yield from _computed(asked, [one])
            return
        reason = msg("It cannot be computed from the data. Check its definition.")
        yield Reading(definitions[0], days, unavailable=reason)
        return
    for number, definition in enumerate(definitions):
        missing = unmet.get(definition.key) or mixed(codes[number])
        first = firsts[number]
        if not missing and first is None:
            missing = msg("The files hold nothing for it up to {day}.", day=known.until)
        if not missing and days.unknown:
            missing = msg(
                "The files end on {day}: nothing is known of this month yet.", day=known.until
            )
        if missing:
            yield Reading(definition, days, unavailable=missing)
        else:
            yield _reading(
                context, definition, days, tables[number], currency=codes[number][0], first=first
            )


#: By column (None for the whole), stretch and group: what each step of a measure counts.
_Table = dict[tuple[str | None, When], dict[str | None, list[tuple[int, Count]]]]
#: A measure and the steps that lead to it, itself last.
_Way = tuple[Measure, ...]


def _tables(
    context: Context, measures: Sequence[Measure], days: Stretches, until: date
) -> list[_Table]:
    """Return what was counted for each measure and its steps."""
    whole = [found.measures if (found := steps(one)) else (one,) for one in measures]
    columns = tuple(by for by in SPLIT_BY if query.splits(measures, by))
    # groups are told apart in the month alone, which takes long enough; of what has no parts it
    # is enough to know whether there are groups
    parts = [way if has_parts(way[-1]) else (rows_of(way[-1]),) for way in whole]
    months = [When.MONTH, When.MONTH_LAST_YEAR]
    tables: list[_Table] = [{} for _ in measures]
    for ways, by, some in ((whole, (), list(days.days)), (parts, columns, months)):
        if by or ways is whole:
            _fill(
                tables,
                ways,
                _counted(context, ways, by, {one: days.days[one] for one in some}, until),
            )
    return tables


def _counted(
    context: Context,
    ways: Sequence[_Way],
    by: tuple[str, ...],
    spans: Mapping[When, Period],
    until: date,
) -> Iterator[tuple[tuple[str | None, When], str | None, list[tuple[int, Count]]]]:
    """Yield column and stretch, group, and what each measure and step counts there."""
    names = read_names(context.store) if "owner" in by else Names()
    flat = tuple(one for way in ways for one in way)
    bound = {
        "numbers": list(range(len(spans))),
        "firsts": [period.start for period in spans.values()],
        "ends": [period.end for period in spans.values()],
        "as_of": until,
        **names.bound(),
    }
    sql = query.stretches_sql(flat, by, query.Meant.of(names))
    whens = list(spans)
    for stretch, split, group, *values in fetch(context.store, sql, bound):
        counts = [
            (values[at], Count(_exact(values[at + 1]), _exact(values[at + 2])))
            for at in range(0, len(values), _VALUES)
        ]
        yield (None if split is None else by[split], whens[stretch]), group, counts


def _fill(
    tables: list[_Table],
    ways: Sequence[_Way],
    rows: Iterable[tuple[tuple[str | None, When], str | None, list[tuple[int, Count]]]],
) -> None:
    for place, group, counts in rows:
        left = counts
        for table, way in zip(tables, ways, strict=True):
            own, left = left[: len(way)], left[len(way) :]
            # the first step of a sum counts rows that the sum itself may not
            if any(sample for sample, _ in own):
                table.setdefault(place, {})[group] = own


def _exact(value: object) -> Decimal | None:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    return Decimal(value)  # type: ignore[arg-type]  # a decimal, an integer or a double


def _reading(
    context: Context,
    definition: Definition,
    days: Stretches,
    table: _Table,
    *,
    currency: str,
    first: date,
) -> Reading:
    measure = definition.measure
    if measure is None:
        raise AssertionError(definition.key)  # hand-kept KPIs are read elsewhere
    counted = query.counted(measure)
    since = context.calendar.period(Grain.MONTH, first).start
    points = {}
    for when, period in days.days.items():
        # of an earlier stretch that begins before the rows do, a part may be missing
        if since <= period.start or (when in YEAR_BEFORE and since < period.end):
            own = table.get((None, when), {}).get(None)
            cell = _cell(*own[-1]) if own else None
            points[when] = point(period, cell, counted, partial=when in days.partial)
    if When.MONTH not in points:
        reason = msg("The files hold nothing for it before {day}.", day=first)
        return Reading(definition, days, unavailable=reason)
    money = definition.unit is Unit.MONEY or (
        definition.unit is Unit.PERCENT and counted.adds_money
    )
    return Reading(
        definition,
        days,
        points=points,
        groups={
            (by, when): {group: own[-1][1] for group, own in groups.items() if own[-1][0]}
            for (by, when), groups in table.items()
            if by is not None
        },
        steps=steps(measure),
        chains={
            place: {
                group: tuple(count.numerator or Decimal(0) for _, count in own)
                for group, own in groups.items()
            }
            for place, groups in table.items()
        },
        currency=currency if money else None,
    )


def _cell(sample: int, count: Count) -> Cell | None:
    return Cell(sample, *(None if one is None else float(one) for one in count)) if sample else None
