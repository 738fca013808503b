"""The steps that lead to a sum: how many there were, how many of them counted, what they brought."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from sqlglot import exp

from pipelines.kpis import expressions
from pipelines.kpis.definition import Measure
from pipelines.kpis.tables import TABLES, ColumnType, Table

_COUNT = "count(*)"
_FINISHED = "status in ('won', 'lost')"


class Ratio(StrEnum):
    """What one step has to the one before it."""

    RATE = "rate"  # the share of them that counts, or of the revenue that is left
    VALUE = "value"  # what one is worth on average


@dataclass(frozen=True)
class Steps:
    """The steps of a measure.

    Attributes:
        measures: Two or more, the measure itself last; all of its table and date.
        ratios: What leads from each to the next.
        finished: The first step counts deals that were finished, won or lost.
    """

    measures: tuple[Measure, ...]
    ratios: tuple[Ratio, ...]
    finished: bool = False


@cache
def steps(measure: Measure) -> Steps | None:
    """Return the steps of a measure; None where it is no sum, or a count that has but one.

    A sum over won deals begins with those that were finished; a margin, with the invoices and
    their revenue; any other sum of amounts, with how many there were.
    """
    table = TABLES[measure.table]
    numerator = expressions.aggregate(measure.numerator, table)
    if measure.denominator or not expressions.adds_up(numerator):
        return None
    finished = _finished(measure, table)
    if finished and isinstance(numerator, exp.Count):
        return Steps((finished, measure), (Ratio.RATE,), finished=True)
    if not (isinstance(numerator, exp.Sum) and expressions.adds_money(numerator, table)):
        return None
    counted = rows_of(measure)
    if finished:
        ratios = (Ratio.RATE, Ratio.VALUE)
        return Steps((finished, counted, measure), ratios, finished=True)
    if revenue := _revenue(numerator, table):
        return Steps(
            (counted, replace(measure, numerator=revenue, requires=()), measure),
            (Ratio.VALUE, Ratio.RATE),
        )
    return Steps((counted, measure), (Ratio.VALUE,))


@cache
def is_rate_of_sums(measure: Measure) -> bool:
    """Tell whether a measure divides one sum by another, so that groups can be told apart in it."""
    table = TABLES[measure.table]
    parts = [text for text in (measure.numerator, measure.denominator) if text]
    trees = [expressions.aggregate(text, table) for text in parts]
    return bool(measure.denominator) and all(map(expressions.adds_up, trees))


@cache
def has_parts(measure: Measure) -> bool:
    """Tell whether groups can be told apart in a measure: it is a sum, or divides two of them."""
    if measure.denominator:
        return is_rate_of_sums(measure)
    return expressions.adds_up(expressions.aggregate(measure.numerator, TABLES[measure.table]))


def rows_of(measure: Measure) -> Measure:
    """Return the number of rows that a measure looks at."""
    return replace(measure, numerator=_COUNT, denominator="", requires=())


def _finished(measure: Measure, table: Table) -> Measure | None:
    """Return how many deals were finished where a measure counts the won ones of them."""
    if (table.name, measure.date) != ("deals", "closed_on") or not measure.where:
        return None
    conditions = list(_conditions(expressions.condition(measure.where, table)))
    others = [one for one in conditions if not _is_won(one)]
    if len(others) == len(conditions):
        return None
    where = " and ".join([_FINISHED, *(f"({_text(one)})" for one in others)])
    return replace(measure, numerator=_COUNT, where=where, requires=())


def _conditions(tree: exp.Expr) -> Iterable[exp.Expr]:
    """Yield the conditions that all have to be met."""
    if isinstance(tree, exp.Paren):
        yield from _conditions(tree.this)
    elif isinstance(tree, exp.And):
        yield from _conditions(tree.left)
        yield from _conditions(tree.right)
    else:
        yield tree


def _is_won(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.EQ) and (_text(tree.left), _text(tree.right)) == ("status", "'won'")


def _revenue(numerator: exp.Sum, table: Table) -> str | None:
    """Return the sum that a margin is taken from: of what stands before the minus."""
    inside = numerator.this
    if not (isinstance(inside, exp.Sub) and _text(inside.right) == "cost"):
        return None
    amount = inside.left
    is_money = isinstance(amount, exp.Column) and table.columns.get(amount.name) is ColumnType.MONEY
    return f"sum({_text(amount)})" if is_money else None


def _text(tree: exp.Expr) -> str:
    return tree.sql(dialect=expressions.DIALECT)
