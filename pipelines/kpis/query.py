"""Turn measures into SQL: the only module that writes statements of its own.

Everything goes through sqlglot's syntax trees. Measures that share table, date and grain become
one statement in which the ``where`` of each is a FILTER on its aggregates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache

import sqlglot
from sqlglot import exp

from pipelines.kpis import expressions
from pipelines.kpis.definition import Measure
from pipelines.kpis.tables import COSTS, TABLES, Table
from pipelines.people.names import Names
from pipelines.periods import Calendar, Grain, Weekday
from pipelines.sql import statement

_QUARTER = 3


class Meant(Flag):
    """Which names mean somebody else than the rows say: the lists that a statement needs."""

    AS_WRITTEN = 0
    EVERYWHERE = auto()
    BY_SOURCE = auto()

    @classmethod
    def of(cls, names: Names) -> "Meant":
        """Return the lists that some names need."""
        found = cls.EVERYWHERE if names.everywhere else cls.AS_WRITTEN
        return found | cls.BY_SOURCE if names.by_source else found


@dataclass(frozen=True)
class Counted:
    """A measure as the query needs it.

    Attributes:
        zero_when_empty: A period without rows counts 0; otherwise it has no value.
        sample_is_denominator: The denominator itself says how many rows a value rests on.
        adds_money: Amounts go into it, so that their currencies must agree.
    """

    measure: Measure
    zero_when_empty: bool
    sample_is_denominator: bool
    adds_money: bool


@cache
def counted(measure: Measure) -> Counted:
    """Return what follows from the expressions of a measure."""
    table = TABLES[measure.table]
    numerator = expressions.aggregate(measure.numerator, table)
    denominator = expressions.aggregate(measure.denominator, table) if measure.denominator else None
    money = [tree for tree in (numerator, denominator) if tree is not None]
    return Counted(
        measure=measure,
        zero_when_empty=denominator is None and expressions.is_zero_when_empty(numerator),
        sample_is_denominator=denominator is not None and expressions.is_count(denominator),
        adds_money=table.has_currency and any(expressions.adds_money(t, table) for t in money),
    )


@cache
def shows_costs(measure: Measure) -> bool:
    """Tell whether anything in a measure looks at what things cost."""
    table = TABLES[measure.table]
    conditions = [measure.where, *(required.where for required in measure.requires)]
    trees = [expressions.condition(text, table) for text in conditions if text]
    parts = [measure.numerator, measure.denominator]
    trees += [expressions.aggregate(text, table) for text in parts if text]
    return any(COSTS & expressions.columns(tree) for tree in trees)


@cache
def series_sql(
    measures: tuple[Measure, ...],
    grain: Grain,
    calendar: Calendar,
    by: str | None,
    meant: Meant = Meant.AS_WRITTEN,
) -> str:
    """Return the statement that computes measures of one table and date, period by period.

    Args:
        meant: For a split by owner: the lists that say whom written names mean.

    Returns:
        SQL with ``$as_of`` and what ``Names.bound`` gives to bind: one row per period (and group) with counted or uncounted rows:
        first day of the period, group (null for the company), then for each measure the number
        of rows counted, numerator, denominator (null where there is none).
    """
    table, day = TABLES[measures[0].table], measures[0].date
    group: exp.Expr = exp.column(by, quoted=True) if by else exp.null()
    if by == "owner":
        group = _owner(meant)
    query = (
        exp.select(_bucket(day, grain, calendar).as_("bucket"), group.as_("grouped"))
        .from_(exp.to_table(table.name, dialect=expressions.DIALECT))
        .where(_dated(day))
        .group_by("1", "2")
    )
    if by == "owner":
        query = _joined_names(query, meant)
    for number, measure in enumerate(measures):
        where = _where(measure, table)
        sample = _filtered(exp.Count(this=exp.Star()), where)
        query = query.select(sample.as_(f"sample_{number}"), copy=False)
        for part in ("numerator", "denominator"):
            text = getattr(measure, part)
            tree: exp.Expr = (
                _filtered(expressions.aggregate(text, table), where) if text else exp.null()
            )
            query = query.select(tree.as_(f"{part}_{number}"), copy=False)
    return _written(query, table)


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
        where = _where(measure, table)
        counted_rows.append(flag(exp.and_(where, dated) if where else dated))
    flags = [
        _any_row(table, condition).as_(f"flag_{number}") for number, condition in asked.values()
    ]
    return Checks(_written(exp.select(*flags), table), tuple(required), tuple(counted_rows))


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
    return _written(exp.select(_any_row(table, other)), table)


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
        .where(_dated(measure.date))
        .order_by("1")
    )
    where = _where(measure, table)
    return _written(query.where(where) if where else query, table)


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
        SQL with ``$start``, ``$end`` (exclusive), ``$as_of``, where asked for ``$owners`` (a list)
        and what ``Names.bound`` gives to bind: source, identity, file name, line of the file, then
        the other columns.
    """
    table = TABLES[measure.table]
    day = exp.column(measure.date, "t", quoted=True)
    where = _where(measure, table)
    conditions: list[exp.Expr] = [
        exp.GTE(this=day.copy(), expression=exp.Placeholder(this="start")),
        exp.LT(this=day.copy(), expression=exp.Placeholder(this="end")),
        exp.LTE(this=day.copy(), expression=exp.Placeholder(this="as_of")),
    ]
    if where:
        conditions.append(exp.paren(_qualified(where)))
    has_owner = "owner" in table.columns
    owner = _owner(meant, "t") if has_owner else None
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
        )
        .from_(exp.alias_(exp.to_table(table.name), "t", table=True))
        .join("imports as i", on="i.import_id = t.import_id", join_type="left")
        .where(*conditions)
        .order_by(day.copy(), exp.column("source", "t"), exp.column(table.identity, "t"))
    )
    return _written(_joined_names(query, meant, "t") if has_owner else query, table)


def other_columns(table: Table, *, costs: bool = True) -> tuple[str, ...]:
    """Return the columns of a table besides source and identity, in the order of ``rows_sql``."""
    hidden = {"source", table.identity} | (frozenset() if costs else COSTS)
    return tuple(name for name in table.columns if name not in hidden)


def _owner(meant: Meant, table: str | None = None) -> exp.Expr:
    """Return whom the rows belong to, by the name the product shows."""
    owner = exp.column("owner", table, quoted=True)
    names: list[exp.Expr] = []
    if Meant.BY_SOURCE in meant:
        names.append(exp.column("there_name", quoted=True))
    if Meant.EVERYWHERE in meant:
        names.append(exp.column("meant_name", quoted=True))
    return exp.func("coalesce", *names, owner) if names else owner


def _joined_names(query: exp.Select, meant: Meant, table: str | None = None) -> exp.Select:
    """Join what says whom written names mean."""
    owner = exp.column("owner", table, quoted=True)
    if Meant.EVERYWHERE in meant:
        is_meant = exp.column("meant_written", quoted=True).eq(owner.copy())
        query = _with(query, "meant").join("meant", on=is_meant, join_type="left")
    if Meant.BY_SOURCE in meant:
        is_there = exp.column("there_written", quoted=True).eq(owner.copy())
        of_source = exp.column("there_source", quoted=True).eq(
            exp.column("source", table, quoted=True)
        )
        query = _with(query, "meant_by_source").join(
            "meant_by_source", on=exp.and_(is_there, of_source), join_type="left"
        )
    return query


def _with(query: exp.Select, name: str) -> exp.Select:
    lists = sqlglot.parse_one(statement(f"people/{name}"), dialect=expressions.DIALECT)
    return query.with_(name, as_=lists)


def splits(measures: Sequence[Measure], by: str) -> bool:
    """Tell whether the table of some measures has the column to split by."""
    return by in TABLES[measures[0].table].columns


def _where(measure: Measure, table: Table) -> exp.Expr | None:
    return expressions.condition(measure.where, table) if measure.where else None


def _dated(day: str) -> exp.Expr:
    # a row without a date belongs to no period; null fails the comparison
    return exp.LTE(this=exp.column(day, quoted=True), expression=exp.Placeholder(this="as_of"))


def _any_row(table: Table, condition: exp.Expr) -> exp.Expr:
    rows = exp.select("1").from_(exp.to_table(table.name)).where(condition)
    return exp.Exists(this=rows)


def _filtered(tree: exp.Expr, where: exp.Expr | None) -> exp.Expr:
    """Return a tree whose aggregates count only the rows that meet a condition."""
    if where is None:
        return tree

    def narrow(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Filter):
            both = exp.and_(where, node.expression.this)
            return exp.Filter(this=node.this, expression=exp.Where(this=both))
        return exp.Filter(this=node.copy(), expression=exp.Where(this=where.copy()))

    outer = {id(node) for node in expressions.outer_aggregates(tree)}
    if id(tree) in outer:
        return narrow(tree)
    for node in list(expressions.outer_aggregates(tree)):
        node.replace(narrow(node))
    return tree


def _qualified(tree: exp.Expr) -> exp.Expr:
    for column in tree.find_all(exp.Column):
        column.set("table", exp.to_identifier("t"))
    return tree


def _bucket(day: str, grain: Grain, calendar: Calendar) -> exp.Expr:
    """Return the first day of the period that a date lies in."""
    match grain:
        case Grain.WEEK:
            into_week = (
                "isodow(d) - 1" if calendar.week_start is Weekday.MONDAY else "isodow(d) % 7"
            )
            text = f"d - cast({into_week} as integer)"
        case Grain.MONTH:
            text = "cast(date_trunc('month', d) as date)"
        case _:  # a quarter: series go no further
            into_quarter = f"(month(d) + {12 - calendar.fiscal_year_start}) % {_QUARTER}"
            text = f"cast(date_trunc('month', d) - to_months({into_quarter}) as date)"
    tree = sqlglot.parse_one(text, dialect=expressions.DIALECT)
    column = exp.column(day, quoted=True)
    return tree.transform(lambda node: column if isinstance(node, exp.Column) else node)


def _written(query: exp.Select, table: Table) -> str:
    if table.view:
        view = sqlglot.parse_one(statement(table.view), dialect=expressions.DIALECT)
        query = query.with_(table.name, as_=view)
    return query.sql(dialect=expressions.DIALECT, identify=True, comments=False)
