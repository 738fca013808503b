"""What reading a foreign file gives: its cells as text, and what was set aside."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.errors import Message, msg

#: The column of a frame that says on which line of the file a row starts (1 is the first line
#: of a text file, the first row of a sheet).
LINE: Final = "__line__"

#: Blank lines, repeated headers, totals, report footers.
NOT_A_ROW: Final = "not_a_row"
#: More or fewer cells than the header.
RAGGED: Final = "ragged"
#: A quotation mark opens a cell and nothing closes it.
OPEN_QUOTE: Final = "open_quote"


def reason(code: str) -> Message:
    """Return why a line was set aside, in words."""
    return {
        NOT_A_ROW: msg(
            "This line is not a row: it is blank, a repeated header, a total or a footer."
        ),
        RAGGED: msg("This line does not have as many cells as the header."),
        OPEN_QUOTE: msg("A quotation mark opens a cell on this line and is never closed."),
    }[code]


@dataclass(frozen=True)
class RejectedLine:
    """A line that does not become a row.

    Attributes:
        line: Where it starts in the file, as in ``LINE``.
        code: ``NOT_A_ROW``, ``RAGGED`` or ``OPEN_QUOTE``.
        content: The line as written.
    """

    line: int
    code: str
    content: str


@dataclass(frozen=True)
class RawTable:
    """A foreign table as text.

    Attributes:
        frame: One String column per header, named by ``columns``, and the integer column
            ``LINE``. Cells are as written, blanks around them included; an empty cell is null.
        headers: The headers as written, without blanks around them, in the file's order; "" for
            a column without one.
        columns: The names of the same columns in ``frame``, which are unique.
        delimiter: What separates cells; None for a spreadsheet.
        encoding: The encoding as Python names it; None for a spreadsheet.
        sheet: The sheet's name; None for a text file.
        native: The columns whose cells are true numbers or dates in a spreadsheet. Their text is
            canonical (``2026-01-31 14:30:00``, ``-1234.5``) and needs no evidence.
        rejects: The lines set aside, by line. Title lines above the header are not rows
            and do not appear here.
    """

    frame: pl.DataFrame
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    delimiter: str | None
    encoding: str | None
    sheet: str | None
    native: frozenset[str]
    rejects: tuple[RejectedLine, ...]

    @property
    def rows_read(self) -> int:
        """Every line below the header, whether it became a row or was set aside."""
        return self.frame.height + len(self.rejects)


def unique_names(headers: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name for each header: the header itself, numbered where it repeats or is empty."""
    names: list[str] = []
    taken = {LINE}
    for position, header in enumerate(headers, start=1):
        base = header or f"column_{position}"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}_{number}"
        taken.add(name)
        names.append(name)
    return tuple(names)
