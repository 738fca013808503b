"""Turn measures into SQL, by period or in stretches of days.

Only this module and the two beside it (``check_query``, ``row_query``) write statements of their own.

Everything goes through sqlglot's syntax trees. Measures that share table, date and grain become
one statement in which the ``where`` of each is a FILTER on its aggregates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

from pipelines.kpis import expressions
from pipelines.kpis.clauses import (
    Meant,
    condition_of,
    dated,
    filtered,
    joined_names,
    owner_shown,
    with_list,
    written,
)
from pipelines.kpis.definition import Measure
from pipelines.kpis.tables import COSTS, TABLES, Table
from pipelines.periods import Calendar, Grain, Weekday

__all__ = [
    "Counted",
    "Meant",
    "counted",
    "firsts_sql",
    "series_sql",
    "shows_costs",
    "splits",
    "stretches_sql",
]

_QUARTER = 3


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
        group = owner_shown(meant)
    query = (
        exp.select(_bucket(day, grain, calendar).as_("bucket"), group.as_("grouped"))
        .from_(exp.to_table(table.name, dialect=expressions.DIALECT))
        .where(dated(day))
        .group_by("1", "2")
    )
    if by == "owner":
        query = joined_names(query, meant)
    return written(_counting(query, measures, table), table)


def _counting(query: exp.Select, measures: tuple[Measure, ...], table: Table) -> exp.Select:
    """Let a statement count its rows for each measure: sample, numerator, denominator."""
    for number, measure in enumerate(measures):
        where = condition_of(measure, table)
        sample = filtered(exp.Count(this=exp.Star()), where)
        query = query.select(sample.as_(f"sample_{number}"), copy=False)
        for part in ("numerator", "denominator"):
            text = getattr(measure, part)
            tree: exp.Expr = (
                filtered(expressions.aggregate(text, table), where) if text else exp.null()
            )
            query = query.select(tree.as_(f"{part}_{number}"), copy=False)
    return query


@cache
def stretches_sql(
    measures: tuple[Measure, ...], columns: tuple[str, ...], meant: Meant = Meant.AS_WRITTEN
) -> str:
    """Return the statement that computes measures of one table and date in stretches of days.

    The stretches may overlap; the rows are read once for all of them and all columns.

    Args:
        columns: What to split by, each by itself; columns of the table. None for the whole.
        meant: Where one of them is the owner: the lists that say whom written names mean.

    Returns:
        SQL with ``$numbers``, ``$firsts``, ``$ends`` (exclusive; lists, one stretch each),
        ``$as_of`` and what ``Names.bound`` gives to bind: one row per stretch, column and group
        with rows: number of the stretch, number of the column (null for the whole), group (null
        where the rows name none), then for each measure the number of rows counted, numerator,
        denominator (null where there is none).
    """
    table, day = TABLES[measures[0].table], measures[0].date
    groups = [
        owner_shown(meant) if name == "owner" else exp.column(name, quoted=True) for name in columns
    ]
    number, date_ = exp.column("stretch_number", quoted=True), exp.column(day, quoted=True)
    within = exp.and_(
        exp.GTE(this=date_, expression=exp.column("stretch_first", quoted=True)),
        exp.LT(this=date_, expression=exp.column("stretch_end", quoted=True)),
    )
    which, group = exp.Case(), exp.Case()
    for place, column in enumerate(groups):
        # a column that a row of the result is not grouped by is null there, and says so
        is_by = exp.EQ(
            this=exp.Anonymous(this="grouping", expressions=[column.copy()]),
            expression=exp.Literal.number(0),
        )
        which = which.when(is_by, exp.Literal.number(place))
        group = group.when(is_by.copy(), column.copy())
    query = (
        exp.select(
            number.as_("stretch"),
            (which if groups else exp.null()).as_("split"),
            (group if groups else exp.null()).as_("grouped"),
        )
        .from_(exp.to_table(table.name, dialect=expressions.DIALECT))
        .where(dated(day))
    )
    query = with_list(query, "stretches", "gaps/stretches").join("stretches", on=within)
    if "owner" in columns:
        query = joined_names(query, meant)
    sets = [exp.Tuple(expressions=[number.copy(), one.copy()]) for one in groups]
    if groups:
        query.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=sets)]))
    else:
        query = query.group_by("1")
    return written(_counting(query, measures, table), table)


@cache
def firsts_sql(measures: tuple[Measure, ...]) -> str:
    """Return the statement that tells since when there is something to measure.

    Returns:
        SQL with ``$as_of`` to bind; one row with the first day of each measure of one table and
        date, null where nothing is counted.
    """
    table, day = TABLES[measures[0].table], measures[0].date
    first = exp.Min(this=exp.column(day, quoted=True))
    query = exp.select(
        *(
            filtered(first.copy(), condition_of(measure, table)).as_(f"first_{number}")
            for number, measure in enumerate(measures)
        )
    )
    return written(query.from_(exp.to_table(table.name)).where(dated(day)), table)


def splits(measures: Sequence[Measure], by: str) -> bool:
    """Tell whether the table of some measures has the column to split by."""
    return by in TABLES[measures[0].table].columns


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
