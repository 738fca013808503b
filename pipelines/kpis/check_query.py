"""What to ask about the data before measures mean anything, made from syntax trees like the rest."""

from dataclasses import dataclass
from functools import cache

from sqlglot import exp

from pipelines.kpis import expressions
from pipelines.kpis.clauses import any_row, condition_of, dated, written
from pipelines.kpis.definition import Measure
from pipelines.kpis.tables import TABLES


@dataclass(frozen=True)
class Checks:
    """Questions about a table, each asked once.

    Attributes:
        sql: Nothing to bind; one row with a flag per question, true where a row meets it.
        required: For each measure, the positions of the flags of its requirements, in order.
        counted: For each measure, the position of the flag for any dated row that it counts.
    """

    sql: str
    required: tuple[tuple[int, ...], ...]
    counted: tuple[int, ...]


@cache
def checks(measures: tuple[Measure, ...]) -> Checks:
    """Return what to ask about the data before measures of one table mean anything."""
    table = TABLES[measures[0].table]
    asked: dict[str, tuple[int, exp.Expr]] = {}

    def flag(condition: exp.Expr) -> int:
        text = condition.sql(dialect=expressions.DIALECT)
        return asked.setdefault(text, (len(asked), condition))[0]

    required, counted_rows = [], []
    for measure in measures:
        conditions = [expressions.condition(one.where, table) for one in measure.requires]
        required.append(tuple(flag(condition) for condition in conditions))
        dated = exp.column(measure.date, quoted=True).is_(exp.null()).not_()
        where = condition_of(measure, table)
        counted_rows.append(flag(exp.and_(where, dated) if where else dated))
    flags = [
        any_row(table, condition).as_(f"flag_{number}") for number, condition in asked.values()
    ]
    return Checks(written(exp.select(*flags), table), tuple(required), tuple(counted_rows))


@cache
def foreign_sql(table_name: str) -> str:
    """Return the statement that asks whether any row of a table is in another currency.

    Returns:
        SQL with ``$company`` (its currency) to bind; one row, one flag.
    """
    table = TABLES[table_name]
    other = exp.NEQ(
        this=exp.column("currency", quoted=True), expression=exp.Placeholder(this="company")
    )
    return written(exp.select(any_row(table, other)), table)


@cache
def currencies_sql(measure: Measure) -> str:
    """Return the statement that lists the currencies among the rows of a measure.

    Returns:
        SQL with ``$as_of`` and ``$company`` (its currency, for rows that name none) to bind.
    """
    table = TABLES[measure.table]
    currency = exp.func(
        "coalesce", exp.column("currency", quoted=True), exp.Placeholder(this="company")
    )
    query = (
        exp.select(currency.as_("code"))
        .distinct()
        .from_(exp.to_table(table.name))
        .where(dated(measure.date))
        .order_by("1")
    )
    where = condition_of(measure, table)
    return written(query.where(where) if where else query, table)
