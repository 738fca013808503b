"""A table that can be taken away, before it is made."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.spreadsheets import Cell, Column, Kind, Spreadsheet
from dashboard.text import Language, render
from pipelines.errors import Message, Refused, msg
from pipelines.kpis.definition import Definition, LocalText, Unit
from pipelines.periods import Calendar, Period

Row = TypeVar("Row")
Row_contra = TypeVar("Row_contra", contravariant=True)
#: Columns, and rows with a cell for each of them.
Made = tuple[Sequence[Column], Iterable[Sequence[object]]]

_NOT_IN_NAMES = re.compile(r"[^\w.]+")

#: In which kind of cell a KPI's value stands.
KINDS = {
    Unit.COUNT: Kind.NUMBER,
    Unit.MONEY: Kind.MONEY,
    Unit.PERCENT: Kind.PERCENT,
    Unit.DAYS: Kind.NUMBER,
}


@dataclass(frozen=True)
class Said:
    """What a link says about the table it leads to."""

    language: Language
    parameters: Mapping[str, str]

    def number(self, name: str) -> int:
        """Return a number that the link names.

        Raises:
            Refused: It names none.
        """
        written = self.parameters.get(name, "")
        if not written.isdecimal():
            raise Refused.of(msg("There is no table of this kind."))
        return int(written)

    def of(self, name: str) -> str:
        """Return what a link says under a name; "" for nothing."""
        return self.parameters.get(name, "")


@dataclass(frozen=True)
class Table:
    """A table that can be taken away.

    Attributes:
        needs: What it takes to have it; what is in it depends on what else somebody may see.
        title: What it is called, or how that is found without reading what is in it.
        make: Returns columns and rows.
    """

    needs: Capability
    title: Message | Callable[[Said], str]
    make: Callable[[Said], Made]

    def called(self, said: Said) -> str:
        """Return its title."""
        title = self.title
        return render(title, said.language) if isinstance(title, Message) else title(said)

    def spreadsheet(self, said: Said) -> Spreadsheet:
        """Return what is in it for whoever asks."""
        columns, rows = self.make(said)
        today = session.current().today()
        return Spreadsheet(self.called(said), tuple(columns), [_cells(row) for row in rows], today)

    def file_name(self, said: Said, ending: str) -> str:
        """Return what a file of it is called once it is on somebody's computer."""
        today = session.current().today().isoformat()
        words = _NOT_IN_NAMES.sub("-", self.called(said).casefold()).strip("-.")
        return f"{words}-{today}.{ending}"


@dataclass(frozen=True)
class Field(Generic[Row_contra]):
    """A column of a table, and what stands in it.

    Attributes:
        of: Returns the cell of a row; a text that has translations is written in the reader's.
    """

    label: Message
    of: Callable[[Row_contra], object]
    kind: Kind = Kind.TEXT


def filled(rows: Iterable[Row], fields: Sequence[Field[Row]], language: Language) -> Made:
    """Return what is in a table of things of one kind."""
    columns = [Column(render(one.label, language), one.kind) for one in fields]
    return columns, [tuple(_worded(one.of(row), language) for one in fields) for row in rows]


def _worded(cell: object, language: Language) -> object:
    return render(cell, language) if isinstance(cell, Message | LocalText) else cell


def unit_word(unit: Unit | None, currency: str | None) -> Message | str | None:
    """Return what the numbers of a row are measured in; None for nothing."""
    match unit:
        case None:
            return None
        case Unit.COUNT:
            return msg("number of things")
        case Unit.MONEY:
            return currency
        case Unit.PERCENT:
            return msg("fraction: 0.25 is 25%")
        case Unit.DAYS:
            return msg("days")


def rounded(minutes: float | None) -> float | None:
    """Return a length of time in tenths of a minute; nobody looks at a meeting's seconds."""
    return None if minutes is None else round(minutes, 1)


def calendar() -> Calendar:
    """Return the company's calendar."""
    return session.current().calendar


def period_of(said: Said, name: str) -> Period:
    """Return the period that a link names."""
    return calendar().parse(said.of(name))


def definition_of(key: str) -> Definition:
    """Return a KPI that whoever asks may see.

    Raises:
        Refused: There is none of that name for them.
    """
    for known in data.kpis.definitions():
        if known.key == key:
            return known
    raise Refused.of(msg("There is no such KPI here, or it is not among those you may see."))


def kpi_name(key: str | None, known: Mapping[str, Definition], language: Language) -> str | None:
    """Return what a KPI is called; None for none, or one that is not for the reader."""
    if key is None or key not in known:
        return None
    return render(known[key].name, language)


def _cells(row: Sequence[object]) -> tuple[Cell, ...]:
    return tuple(row)  # type: ignore[arg-type]  # settled by the kind of their column when written
