"""The values of KPIs over time, computed from rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isfinite
from typing import NamedTuple

from pipelines.context import Context
from pipelines.errors import Message, Refused, did_you_mean, msg
from pipelines.kpis import query, typed
from pipelines.kpis.availability import currencies, mixed, unmet_requirements
from pipelines.kpis.catalogue import catalogue, known
from pipelines.kpis.coverage import Coverage, coverage
from pipelines.kpis.definition import Definition, LocalText, Measure, Unit
from pipelines.kpis.run import TooSlow, fetch
from pipelines.kpis.tables import SPLITS, TABLES
from pipelines.kpis.values import Point, Series
from pipelines.people.names import Names, read_names
from pipelines.periods import Grain, Period
from pipelines.store import DatabaseError

_Reason = Message | LocalText

_DAY = timedelta(days=1)


class Cell(NamedTuple):
    """A measure in one stretch of days and group, as the database returns it."""

    sample: int
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True)
class _Asked:
    """What somebody wants to see.

    Attributes:
        names: Whom written names mean, where the split is by owner.
    """

    context: Context
    grain: Grain
    by: str | None
    as_of: date
    names: Names = field(default_factory=Names)

    def sees(self, group: str | None) -> bool:
        """Tell whether whoever asks may see a group: of owners, perhaps only themselves."""
        return self.by != "owner" or self.context.actor.scope.sees(group)


_Cells = dict[str | None, dict[date, Cell]]


def read_series(
    context: Context,
    keys: Sequence[str],
    grain: Grain,
    *,
    by: str | None = None,
    as_of: date | None = None,
) -> list[Series]:
    """Return KPIs period by period, from the first row of each to the day asked about.

    Args:
        keys: KPIs that share table and date are computed in one statement.
        by: A column to split by (``tables.SPLITS``): then one series per group that has rows,
            in alphabetical order, the group of rows without a value (None) last.
        as_of: Rows dated after it are left out, and the period it lies in is partial; today if
            None. Periods that began after the newest import have no value, and one whose last
            working day it does not reach is partial.

    Returns:
        For each key in order, its series (one, or one per group). People are named as the product
        shows them; whoever may see only their own figures gets no group of somebody else.

    Raises:
        Refused: A key or the column to split by is unknown, or the grain is the year.
    """
    definitions = known(catalogue(context), keys)
    _check_split(by)
    if grain is Grain.YEAR:
        raise Refused.of(msg("KPIs are reviewed by week, month or quarter."))
    names = read_names(context.store) if by == "owner" else Names()
    asked = _Asked(context, grain, by, as_of or context.today(), names)
    found: dict[str, list[Series]] = {}
    for together in _grouped(definitions):
        for series in _computed(asked, together):
            found.setdefault(series.definition.key, []).append(series)
    for definition in definitions:
        if definition.measure is None:
            of_key = typed.series(context, definition, grain, by=by, as_of=asked.as_of)
            found[definition.key] = [
                one for one in of_key if one.unavailable or asked.sees(one.group)
            ]
    return [series for definition in definitions for series in found.get(definition.key, ())]


def _check_split(by: str | None) -> None:
    if by is not None and by not in SPLITS:
        raise Refused.of(
            msg("KPIs cannot be split by '{by}'.", by=by),
            hint=did_you_mean(by, tuple(SPLITS))
            or msg("Choose one of: {words}.", words=tuple(SPLITS)),
        )


def _grouped(definitions: Iterable[Definition]) -> list[list[Definition]]:
    """Return the computed KPIs, those that can share a statement together."""
    groups: dict[tuple[str, str], list[Definition]] = {}
    for definition in definitions:
        if definition.measure:
            place = (definition.measure.table, definition.measure.date)
            together = groups.setdefault(place, [])
            if definition not in together:
                together.append(definition)
    return list(groups.values())


def _computed(asked: _Asked, definitions: list[Definition]) -> list[Series]:
    """Return the series of KPIs that share table and date."""
    measures = [_measure(definition) for definition in definitions]
    if asked.by is not None and not query.splits(measures, asked.by):
        reason = msg("The rows that it counts name no {by}.", by=SPLITS[asked.by])
        return [_unavailable(asked, one, reason) for one in definitions]
    known_until = coverage(asked.context, TABLES[measures[0].table], asked.as_of)
    try:
        unmet = unmet_requirements(asked.context, definitions)
        codes = currencies(asked.context, measures, known_until.until)
        cells = _cells(asked, measures, known_until.until)
    except (DatabaseError, TooSlow) as error:
        if len(definitions) > 1:  # one broken definition must not take the others with it
            return [found for one in definitions for found in _computed(asked, [one])]
        return [_unavailable(asked, definitions[0], _failure(error))]
    series: list[Series] = []
    for definition, of_measure, of_rows in zip(definitions, cells, codes, strict=True):
        missing = (
            unmet.get(definition.key)
            or mixed(of_rows)
            or _nothing_yet(of_measure, known_until.until)
        )
        if missing:
            series.append(_unavailable(asked, definition, missing))
        else:
            # a share of money has parts that are amounts
            money = definition.unit is Unit.MONEY or (
                definition.unit is Unit.PERCENT and query.counted(_measure(definition)).adds_money
            )
            currency = of_rows[0] if money else None
            series += _series(asked, definition, of_measure, known_until, currency)
    return series


def _series(
    asked: _Asked,
    definition: Definition,
    cells: _Cells,
    known_until: Coverage,
    currency: str | None,
) -> list[Series]:
    counts = query.counted(_measure(definition))
    first = min(min(buckets) for buckets in cells.values())
    calendar = asked.context.calendar
    periods = list(calendar.periods(asked.grain, first, asked.as_of + _DAY))
    seen = (name for name in cells if asked.sees(name))
    names = sorted(seen, key=lambda name: (name is None, name or ""))
    return [
        Series(
            definition=definition,
            grain=asked.grain,
            points=tuple(
                _point(period, cells[name].get(period.start), counts, known_until)
                for period in periods
            ),
            by=asked.by,
            group=name,
            currency=currency,
            known_until=known_until.until if known_until.until < known_until.asked else None,
        )
        for name in names
    ]


def _point(
    period: Period, cell: Cell | None, counts: query.Counted, known_until: Coverage
) -> Point:
    if known_until.is_unknown(period):
        return Point(period, None, partial=period.is_partial(known_until.asked))
    return point(period, cell, counts, partial=known_until.is_partial(period))


def point(period: Period, cell: Cell | None, counts: query.Counted, *, partial: bool) -> Point:
    """Return the value of a measure in a stretch of days.

    Args:
        cell: What was counted; None: there were no rows.
    """
    is_rate = bool(counts.measure.denominator)
    if cell is None:
        none_at_all = 0.0 if counts.zero_when_empty else None
        return Point(period, none_at_all, sample=0, partial=partial)
    if not is_rate:
        return Point(period, cell.numerator, sample=cell.sample, partial=partial)
    numerator, denominator = cell.numerator, cell.denominator
    # nothing to divide by, or credit notes that outweigh the invoices: no value
    has_value = numerator is not None and denominator is not None and denominator > 0
    return Point(
        period,
        numerator / denominator if has_value and numerator is not None and denominator else None,
        numerator=numerator,
        denominator=denominator,
        sample=int(denominator or 0) if counts.sample_is_denominator else cell.sample,
        partial=partial,
    )


def _cells(asked: _Asked, measures: list[Measure], until: date) -> list[_Cells]:
    """Return what was counted, for each measure by group and first day of the period."""
    meant = query.Meant.of(asked.names)
    sql = query.series_sql(tuple(measures), asked.grain, asked.context.calendar, asked.by, meant)
    rows = fetch(asked.context.store, sql, {"as_of": until, **asked.names.bound()})
    cells: list[_Cells] = [{} for _ in measures]
    for bucket, group, *values in rows:
        for number, of_measure in enumerate(cells):
            sample, numerator, denominator = values[3 * number : 3 * number + 3]
            if sample:
                cell = Cell(sample, _number(numerator), _number(denominator))
                of_measure.setdefault(group, {})[bucket] = cell
    return cells


def _number(value: object) -> float | None:
    if value is None:
        return None
    number = float(value)  # type: ignore[arg-type]  # a decimal, an integer or a double
    return number if isfinite(number) else None


def _nothing_yet(cells: Mapping[str | None, object], as_of: date) -> Message | None:
    if cells:
        return None
    return msg("The files hold nothing for it up to {day}.", day=as_of)


def _failure(error: Exception) -> Message:
    if isinstance(error, TooSlow):
        return msg("Its computation takes too long. Simplify its definition.")
    return msg("It cannot be computed from the data. Check its definition.")


def _unavailable(asked: _Asked, definition: Definition, reason: _Reason) -> Series:
    return Series(definition, asked.grain, (), by=asked.by, unavailable=reason)


def _measure(definition: Definition) -> Measure:
    if definition.measure is None:
        raise AssertionError(definition.key)  # hand-kept KPIs were set apart before
    return definition.measure
