"""What a table holds before anybody writes a file of it. Pure values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import isfinite

from pipelines.visible import visible

#: More rows than anybody reads in a spreadsheet, and few enough that a file is made in seconds.
MOST_ROWS = 50_000
_CENT = Decimal("0.01")
_DIGITS = 9

Cell = str | int | float | Decimal | date | bool | None


class Ending(StrEnum):
    """The kinds of file there are, by how their names end."""

    CSV = "csv"
    EXCEL = "xlsx"
    PARQUET = "parquet"

    @property
    def word(self) -> str:
        """What people call it; the same in every language."""
        return {Ending.CSV: "CSV", Ending.EXCEL: "Excel", Ending.PARQUET: "Parquet"}[self]

    @property
    def media_type(self) -> str:
        """How a file of it is announced to a browser."""
        return {
            Ending.CSV: "text/csv; charset=utf-8",
            Ending.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Ending.PARQUET: "application/vnd.apache.parquet",
        }[self]


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"  # whole numbers
    NUMBER = "number"
    MONEY = "money"  # to the cent
    PERCENT = "percent"  # fractions: 0.25 is 25 %
    DATE = "date"
    FLAG = "flag"  # yes or no


@dataclass(frozen=True)
class Column:
    """A column, called as its reader calls it."""

    label: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Spreadsheet:
    """A table with typed cells.

    Attributes:
        title: What it holds, in the reader's language.
        rows: As many cells each as there are columns, of the kind of their column or None.
        made_on: The day at the company.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    made_on: date


def settled(cell: object, kind: Kind) -> Cell:  # noqa: PLR0911 - one return a kind
    """Return a cell in the type of its column; None where it has no value of that kind."""
    if cell is None:
        return None
    match kind:
        case Kind.TEXT:
            return visible(str(cell))
        case Kind.DATE:
            return cell if isinstance(cell, date) else None
        case Kind.FLAG:
            return bool(cell)
        case _:
            pass
    if not isinstance(cell, int | float | Decimal) or not isfinite(cell):
        return None
    match kind:
        case Kind.COUNT:
            return int(cell)
        case Kind.MONEY:
            return Decimal(str(cell)).quantize(_CENT, ROUND_HALF_UP)
        case _:
            # the last digits of a difference come from how computers count, and mean nothing
            return round(float(cell), _DIGITS)


def labels(columns: Sequence[Column]) -> list[str]:
    """Return what columns are called, each differently: some formats know them by nothing else."""
    found: list[str] = []
    for column in columns:
        label, number = visible(column.label), 2
        while label in found:
            label, number = f"{visible(column.label)} ({number})", number + 1
        found.append(label)
    return found
