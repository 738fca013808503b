"""What the statements of measures are put together from: conditions, names, currencies, views."""

from enum import Flag, auto

import sqlglot
from sqlglot import exp

from pipelines.kpis import expressions
from pipelines.kpis.definition import Measure
from pipelines.kpis.tables import Table
from pipelines.people.names import Names
from pipelines.sql import statement


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


def owner_shown(meant: Meant, table: str | None = None) -> exp.Expr:
    """Return whom the rows belong to, by the name the product shows."""
    owner = exp.column("owner", table, quoted=True)
    names: list[exp.Expr] = []
    if Meant.BY_SOURCE in meant:
        names.append(exp.column("there_name", quoted=True))
    if Meant.EVERYWHERE in meant:
        names.append(exp.column("meant_name", quoted=True))
    return exp.func("coalesce", *names, owner) if names else owner


def joined_names(query: exp.Select, meant: Meant, table: str | None = None) -> exp.Select:
    """Join what says whom written names mean."""
    owner = exp.column("owner", table, quoted=True)
    if Meant.EVERYWHERE in meant:
        is_meant = exp.column("meant_written", quoted=True).eq(owner.copy())
        query = with_list(query, "meant", "people/meant").join(
            "meant", on=is_meant, join_type="left"
        )
    if Meant.BY_SOURCE in meant:
        is_there = exp.column("there_written", quoted=True).eq(owner.copy())
        of_source = exp.column("there_source", quoted=True).eq(
            exp.column("source", table, quoted=True)
        )
        query = with_list(query, "meant_by_source", "people/meant_by_source").join(
            "meant_by_source", on=exp.and_(is_there, of_source), join_type="left"
        )
    return query


def with_list(query: exp.Select, name: str, file: str) -> exp.Select:
    """Let a statement read a list of its parameters, which a file of its own makes a table of."""
    lists = sqlglot.parse_one(statement(file), dialect=expressions.DIALECT)
    return query.with_(name, as_=lists)


def condition_of(measure: Measure, table: Table) -> exp.Expr | None:
    """Return the condition that every counted row of a measure meets."""
    return expressions.condition(measure.where, table) if measure.where else None


def dated(day: str) -> exp.Expr:
    """Return the condition that a row is dated, by ``$as_of`` at the latest."""
    # a row without a date belongs to no period; null fails the comparison
    return exp.LTE(this=exp.column(day, quoted=True), expression=exp.Placeholder(this="as_of"))


def any_row(table: Table, condition: exp.Expr) -> exp.Expr:
    """Return whether any row of a table meets a condition."""
    rows = exp.select("1").from_(exp.to_table(table.name)).where(condition)
    return exp.Exists(this=rows)


def filtered(tree: exp.Expr, where: exp.Expr | None) -> exp.Expr:
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


def qualified(tree: exp.Expr) -> exp.Expr:
    """Return a tree whose columns are those of ``t``."""
    for column in tree.find_all(exp.Column):
        column.set("table", exp.to_identifier("t"))
    return tree


def written(query: exp.Select, table: Table) -> str:
    """Return a statement as text, with the view it reads in front where the table is one."""
    if table.view:
        view = sqlglot.parse_one(statement(table.view), dialect=expressions.DIALECT)
        query = query.with_(table.name, as_=view)
    return query.sql(dialect=expressions.DIALECT, identify=True, comments=False)
