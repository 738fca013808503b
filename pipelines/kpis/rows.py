"""The rows behind a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis.catalogue import catalogue, known
from pipelines.kpis.clauses import Meant
from pipelines.kpis.coverage import coverage
from pipelines.kpis.definition import Definition, Measure
from pipelines.kpis.row_query import other_columns, rows_sql
from pipelines.kpis.run import TooSlow, fetch
from pipelines.kpis.tables import SPLITS, TABLES
from pipelines.kpis.typed import days_to_thursday
from pipelines.people.names import Names, read_names
from pipelines.sql import statement
from pipelines.store import DatabaseError

#: The columns that every row begins with: what it is, and where it came from.
ORIGIN = ("source", "external_id", "file", "line")


@dataclass(frozen=True)
class Rows:
    """What was counted, oldest first; for some, only what is theirs.

    Attributes:
        columns: ``ORIGIN``, then the columns of the table (costs only for those who may see them).
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
        owner: Only the rows of this person, named as the product shows them.
        limit: The most rows to return, at least one; None for all.
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
    names = read_names(context.store)
    owners = _owners(context, owner, names)
    if definition.measure is None:
        values: dict[str, object] = {"start": start, "end": end, "as_of": day}
        whose = None if owners is None else names.spellings(owners)
        if whose is not None and owner is None:
            whose |= {""}  # the company's own numbers are everybody's
        values["owners"] = None if whose is None else sorted(whose)
        return _typed(context, definition, values, names, limit)
    until = coverage(context, TABLES[definition.measure.table], day).until
    if owner is not None and "owner" not in TABLES[definition.measure.table].columns:
        raise Refused.of(msg("The rows that it counts name no {by}.", by=SPLITS["owner"]))
    values = {"start": start, "end": end, "as_of": until}
    if owners is not None:
        values["owners"] = sorted(owners)
    return _counted(context, definition.measure, values, names, limit)


def _owners(context: Context, owner: str | None, names: Names) -> frozenset[str] | None:
    """Return whose rows are asked for and may be seen; None for everybody's."""
    seen = context.actor.scope.people
    mine = None if seen is None else names.shown_names(seen)
    if owner is None:
        return mine
    asked = frozenset({owner})
    return asked if mine is None else asked & mine


def _counted(
    context: Context,
    measure: Measure,
    values: Mapping[str, object],
    names: Names,
    limit: int | None,
) -> Rows:
    table = TABLES[measure.table]
    costs = context.actor.scope.margins
    columns = (*ORIGIN, *other_columns(table, costs=costs))
    of_owners = "owners" in values
    if "owner" not in table.columns:
        if of_owners:  # rows of nobody are not one's own
            return Rows(columns, (), 0)
        names = Names()
    meant = Meant.of(names)
    sql = rows_sql(measure, of_owners=of_owners, meant=meant, costs=costs)
    bound = {**values, **names.bound(), "most": limit}
    try:
        found = fetch(context.store, sql, bound)
    except (DatabaseError, TooSlow):
        raise Refused.of(
            msg("It cannot be computed from the data. Check its definition.")
        ) from None
    return Rows(columns, tuple(row[:-1] for row in found), found[0][-1] if found else 0)


def _typed(
    context: Context,
    definition: Definition,
    values: Mapping[str, object],
    names: Names,
    limit: int | None,
) -> Rows:
    bound = {
        **values,
        "kpi": definition.key,
        "to_thursday": days_to_thursday(context.calendar),
    }
    found = fetch(context.store, statement("kpis/entry_rows"), bound)
    columns = (*ORIGIN, "grain", "start", "owner", "value", "numerator", "denominator", "note")
    place = columns.index("owner")
    records = tuple(
        (*row[:place], row[place] and names.shown(row[place]), *row[place + 1 :])
        for row in found[:limit]
    )
    return Rows(columns, records, len(found))
