"""The rows behind a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis import query
from pipelines.kpis.catalogue import catalogue, known
from pipelines.kpis.coverage import coverage
from pipelines.kpis.definition import Definition, Measure
from pipelines.kpis.run import TooSlow, fetch
from pipelines.kpis.tables import SPLITS, TABLES
from pipelines.kpis.typed import days_to_thursday
from pipelines.sql import statement
from pipelines.store import DatabaseError

#: The columns that every row begins with: what it is, and where it came from.
ORIGIN = ("source", "external_id", "file", "line")


@dataclass(frozen=True)
class Rows:
    """What was counted, oldest first.

    Attributes:
        columns: ``ORIGIN``, then the columns of the table.
        records: One per row, as long as ``columns``; amounts are decimals, dates are dates.
        total: How many rows there are, also beyond a limit.
    """

    columns: tuple[str, ...]
    records: tuple[tuple[object, ...], ...]
    total: int


def rows_behind(
    context: Context,
    key: str,
    start: date,
    end: date,
    *,
    owner: str | None = None,
    limit: int | None = None,
    as_of: date | None = None,
) -> Rows:
    """Return the rows that a KPI counts in a stretch of days (for a rate: its denominator's).

    Args:
        start: First day.
        end: The day after the last.
        owner: Only the rows of this person.
        limit: The most rows to return; None for all.
        as_of: Rows dated after it are left out; today if None.

    Raises:
        Refused: There is no such KPI, its rows do not say whose they are, or the days are the
            wrong way round.
    """
    (definition,) = known(catalogue(context), [key])
    if start >= end:
        raise Refused.of(
            msg("{start} is not before {end}.", start=start, end=end),
            hint=msg("The end is the day after the last."),
        )
    day = as_of or context.today()
    if definition.measure is None:
        values: dict[str, object] = {"start": start, "end": end, "as_of": day}
        return _typed(context, definition, values, owner, limit)
    until = coverage(context, TABLES[definition.measure.table], day).until
    values = {"start": start, "end": end, "as_of": until}
    return _counted(context, definition.measure, values, owner, limit)


def _counted(
    context: Context,
    measure: Measure,
    values: Mapping[str, object],
    owner: str | None,
    limit: int | None,
) -> Rows:
    table = TABLES[measure.table]
    if owner is not None and "owner" not in table.columns:
        raise Refused.of(msg("The rows that it counts name no {by}.", by=SPLITS["owner"]))
    sql = query.rows_sql(measure, of_owner=owner is not None)
    bound = {**values, "owner": owner} if owner is not None else values
    try:
        found = fetch(context.store, sql, bound)
    except (DatabaseError, TooSlow):
        raise Refused.of(
            msg("It cannot be computed from the data. Check its definition.")
        ) from None
    return Rows((*ORIGIN, *query.other_columns(table)), tuple(found[:limit]), len(found))


def _typed(
    context: Context,
    definition: Definition,
    values: Mapping[str, object],
    owner: str | None,
    limit: int | None,
) -> Rows:
    bound = {
        **values,
        "kpi": definition.key,
        "owner": owner,
        "to_thursday": days_to_thursday(context.calendar),
    }
    found = fetch(context.store, statement("kpis/entry_rows"), bound)
    columns = ("grain", "start", "owner", "value", "numerator", "denominator", "note")
    return Rows((*ORIGIN, *columns), tuple(found[:limit]), len(found))
