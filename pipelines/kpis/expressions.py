"""Read the SQL fragments of a definition, letting through only what is known to be harmless.

A fragment is parsed, every node of its syntax tree is checked against a positive list, and what
runs later is SQL made anew from that tree: never the text that somebody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pipelines.errors import Message, did_you_mean, msg
from pipelines.kpis.tables import ColumnType, Table

DIALECT = "duckdb"

_AGGREGATES: tuple[type[exp.Func], ...] = (
    exp.Avg,
    exp.Count,
    exp.CountIf,
    exp.Max,
    exp.Median,
    exp.Min,
    exp.Sum,
)
#: Their sum over parts is the whole, and over nothing it is zero.
_ADDING: tuple[type[exp.Expr], ...] = (exp.Count, exp.CountIf, exp.Sum)
_FUNCTIONS: tuple[type[exp.Func], ...] = (
    exp.Abs,
    exp.Case,
    exp.Coalesce,
    exp.DateDiff,
    exp.Greatest,
    exp.If,
    exp.Least,
    exp.Lower,
    exp.Nullif,
    exp.Round,
    exp.Trim,
    exp.Upper,
)
_GRAMMAR: tuple[type[exp.Expr], ...] = (
    exp.Add,
    exp.And,
    exp.Between,
    exp.Boolean,
    exp.Column,
    exp.Distinct,
    exp.Div,
    exp.EQ,
    exp.Filter,
    exp.GT,
    exp.GTE,
    exp.Identifier,
    exp.In,
    exp.Is,
    exp.LT,
    exp.LTE,
    exp.Literal,
    exp.Mul,
    exp.NEQ,
    exp.Neg,
    exp.Not,
    exp.Null,
    exp.Or,
    exp.Paren,
    exp.Star,
    exp.Sub,
    exp.Var,
    exp.Where,
)
_KNOWN_FUNCTIONS = tuple(
    sorted(kind.sql_names()[0].lower() for kind in _AGGREGATES + _FUNCTIONS if kind is not exp.If)
)
_MAX_LENGTH = 2000


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a fragment, and what to do about it."""

    what: Message
    hint: Message | None = None


class FragmentError(Exception):
    """A fragment cannot be used.

    Attributes:
        faults: All that were found, at least one.
    """

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(fault.what) for fault in faults))
        self.faults = faults


def condition(text: str, table: Table) -> exp.Expr:
    """Return the syntax tree of a condition on one row.

    Raises:
        FragmentError: It is more than that, or names what does not exist.
    """
    tree = _parsed(text)
    faults = list(_faults(tree, table))
    faults += [
        Fault(
            msg("A condition looks at one row; {name} counts many.", name=_name(node)),
            msg("Use it in the numerator or denominator."),
        )
        for node in tree.find_all(*_AGGREGATES)
    ]
    if faults:
        raise FragmentError(faults)
    return tree


def aggregate(text: str, table: Table) -> exp.Expr:
    """Return the syntax tree of an aggregate over rows.

    Raises:
        FragmentError: It is not one, aggregates twice, or names what does not exist.
    """
    tree = _parsed(text)
    faults = list(_faults(tree, table))
    outer = list(outer_aggregates(tree))
    inside = {id(node) for found in outer for node in found.walk()}
    for column in tree.find_all(exp.Column):
        if outer and id(column) not in inside:
            what = msg("'{name}' stands outside of an aggregate.", name=column.name)
            faults.append(Fault(what, msg("Write sum({name}), for example.", name=column.name)))
    for found in outer:
        core = found.this if isinstance(found, exp.Filter) else found
        nested = [node for node in found.find_all(*_AGGREGATES) if node is not core]
        faults += [
            Fault(msg("{name} stands inside another aggregate.", name=_name(node)))
            for node in nested
        ]
    if not outer:
        faults.append(
            Fault(
                msg("This is not an aggregate."),
                msg("Write count(*), sum(…), avg(…), median(…), min(…) or max(…)."),
            )
        )
    if faults:
        raise FragmentError(faults)
    return tree


def outer_aggregates(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the aggregates of a tree, with their FILTER where they have one."""
    if isinstance(tree, (exp.Filter, *_AGGREGATES)):
        yield tree
        return
    for child in tree.iter_expressions():
        yield from outer_aggregates(child)


def is_zero_when_empty(tree: exp.Expr) -> bool:
    """Tell whether no rows mean zero (counts, sums), not absence (means, medians, quotients)."""
    return all(isinstance(_core(node), _ADDING) for node in outer_aggregates(tree)) and not any(
        _combines(node) for node in _around(tree)
    )


def adds_up(tree: exp.Expr) -> bool:
    """Tell whether the value of a period is the sum of those of its parts."""
    return is_zero_when_empty(tree) and not tree.find(exp.Distinct)


def _around(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the nodes outside of aggregates."""
    if isinstance(tree, (exp.Filter, *_AGGREGATES)):
        return
    yield tree
    for child in tree.iter_expressions():
        yield from _around(child)


def _combines(node: exp.Expr) -> bool:
    """Tell whether a node makes something else than a sum out of sums."""
    if isinstance(node, exp.Mul | exp.Div):  # by a fixed number a sum stays one
        return _aggregates(node.right) and (isinstance(node, exp.Div) or _aggregates(node.left))
    return isinstance(node, exp.Func) and not isinstance(node, exp.Coalesce)


def is_count(tree: exp.Expr) -> bool:
    """Tell whether the value is a number of rows."""
    return isinstance(_core(tree), (exp.Count, exp.CountIf)) and not tree.find(exp.Distinct)


def adds_money(tree: exp.Expr, table: Table) -> bool:
    """Tell whether amounts of money go into the value, so that currencies must agree."""
    return any(
        table.columns[column.name] is ColumnType.MONEY
        for node in outer_aggregates(tree)
        if not isinstance(_core(node), (exp.Count, exp.CountIf))
        for column in _core(node).find_all(exp.Column)
    )


def columns(tree: exp.Expr) -> set[str]:
    """Return the names of the columns that a tree looks at."""
    return {column.name for column in tree.find_all(exp.Column)}


def _aggregates(tree: exp.Expr) -> bool:
    return next(outer_aggregates(tree), None) is not None


def _core(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Filter) else node


def _parsed(text: str) -> exp.Expr:
    if len(text) > _MAX_LENGTH:
        raise FragmentError(
            [Fault(msg("This is longer than {most} characters.", most=_MAX_LENGTH))]
        )
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect=DIALECT) if tree is not None]
    except (SqlglotError, RecursionError):
        hint = msg("Check brackets, quotes and spelling.")
        raise FragmentError([Fault(msg("'{text}' cannot be read.", text=text), hint)]) from None
    if len(trees) != 1 or isinstance(trees[0], exp.Semicolon):
        raise FragmentError([Fault(msg("One expression is expected, not several statements."))])
    tree = trees[0]
    for node in tree.walk():
        node.comments = None
    return tree


def _faults(tree: exp.Expr, table: Table) -> Iterator[Fault]:
    allowed = _GRAMMAR + _AGGREGATES + _FUNCTIONS
    for node in tree.walk(prune=lambda node: isinstance(node, exp.Query | exp.Subquery)):
        if isinstance(node, exp.Query | exp.Subquery):
            yield Fault(msg("Queries inside a definition are not possible."))
        elif isinstance(node, exp.Column):
            yield from _column_faults(node, table)
        elif isinstance(node, exp.Star):
            if not isinstance(node.parent, exp.Count):
                yield Fault(msg("'*' is only understood in count(*)."))
        elif type(node) not in allowed:
            yield _unknown(node)
        elif isinstance(node, exp.Avg | exp.Median | exp.Sum):
            yield from _number_faults(node, table)


def _column_faults(node: exp.Column, table: Table) -> Iterator[Fault]:
    if len(node.parts) > 1:
        yield Fault(
            msg("'{name}' names more than a column.", name=".".join(p.name for p in node.parts)),
            msg("Write the column alone; a definition counts one table."),
        )
    elif node.name not in table.columns:
        yield Fault(
            msg("{table} has no column '{name}'.", table=table.name, name=node.name),
            did_you_mean(node.name, list(table.columns))
            or msg("Its columns: {columns}.", columns=tuple(table.columns)),
        )


def _number_faults(node: exp.Func, table: Table) -> Iterator[Fault]:
    inside = node.this
    kind = table.columns.get(inside.name) if isinstance(inside, exp.Column) else None
    if kind in {ColumnType.TEXT, ColumnType.DATE, ColumnType.FLAG}:
        yield Fault(
            msg(
                "{name} takes numbers; '{column}' holds none.", name=_name(node), column=inside.name
            )
        )


def _unknown(node: exp.Expr) -> Fault:
    name = _name(node)
    if isinstance(node, exp.Func):
        return Fault(
            msg("The function {name} is not available.", name=name),
            did_you_mean(name, _KNOWN_FUNCTIONS)
            or msg("Available: {functions}.", functions=_KNOWN_FUNCTIONS),
        )
    return Fault(msg("'{name}' is not available in a definition.", name=name))


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    if isinstance(node, exp.Func):
        return node.sql_names()[0].lower()
    return node.sql(dialect=DIALECT)
