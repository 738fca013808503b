"""The statement that lists the rows behind a number, made from syntax trees like every other."""

from functools import cache

from sqlglot import exp

from pipelines.kpis.clauses import (
    Meant,
    condition_of,
    joined_names,
    owner_shown,
    qualified,
    written,
)
from pipelines.kpis.definition import Measure
from pipelines.kpis.tables import COSTS, TABLES, Table


@cache
def rows_sql(
    measure: Measure, *, of_owners: bool, meant: Meant = Meant.AS_WRITTEN, costs: bool = True
) -> str:
    """Return the statement that lists the rows behind a number, oldest first.

    Args:
        of_owners: Only the rows of some people, named as the product shows them.
        meant: The lists that say whom written names mean.
        costs: Whether the columns with costs are among those returned.

    Returns:
        SQL with ``$start``, ``$end`` (exclusive), ``$as_of``, ``$most`` (rows; null for all), where
        asked for ``$owners`` (a list) and what ``Names.bound`` gives to bind: source, identity, file
        name, line of the file, the other columns, and in the end how many rows there are in all.
    """
    table = TABLES[measure.table]
    day = exp.column(measure.date, "t", quoted=True)
    where = condition_of(measure, table)
    conditions: list[exp.Expr] = [
        exp.GTE(this=day.copy(), expression=exp.Placeholder(this="start")),
        exp.LT(this=day.copy(), expression=exp.Placeholder(this="end")),
        exp.LTE(this=day.copy(), expression=exp.Placeholder(this="as_of")),
    ]
    if where:
        conditions.append(exp.paren(qualified(where)))
    has_owner = "owner" in table.columns
    owner = owner_shown(meant, "t") if has_owner else None
    if of_owners and owner is not None:
        conditions.append(exp.func("list_contains", exp.Placeholder(this="owners"), owner.copy()))

    def shown(name: str) -> exp.Expr:
        if name == "owner" and owner is not None:
            return owner.copy()
        return exp.column(name, "t", quoted=True)

    query = (
        exp.select(
            exp.column("source", "t", quoted=True),
            exp.column(table.identity, "t", quoted=True),
            exp.column("file_name", "i", quoted=True),
            exp.column("file_line", "t", quoted=True),
            *(shown(name) for name in other_columns(table, costs=costs)),
            exp.Window(this=exp.Count(this=exp.Star())),
        )
        .from_(exp.alias_(exp.to_table(table.name), "t", table=True))
        .join("imports as i", on="i.import_id = t.import_id", join_type="left")
        .where(*conditions)
        .order_by(day.copy(), exp.column("source", "t"), exp.column(table.identity, "t"))
        .limit(exp.Placeholder(this="most"))
    )
    return written(joined_names(query, meant, "t") if has_owner else query, table)


def other_columns(table: Table, *, costs: bool = True) -> tuple[str, ...]:
    """Return the columns of a table besides source and identity, in the order of ``rows_sql``."""
    hidden = {"source", table.identity} | (frozenset() if costs else COSTS)
    return tuple(name for name in table.columns if name not in hidden)
