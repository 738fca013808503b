"""Find out what separates the cells of a text file and which row holds its headers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipelines.ingest.reading.cells import MAX_CHARACTERS_OF_A_ROW, MAX_LINES_OF_A_ROW, cells

#: In the order of preference where two fit equally well.
DELIMITERS: Final = (",", ";", "\t", "|")
#: How many lines are looked at.
SAMPLE: Final = 500
#: Further down than this nobody puts a header.
_HEADER_WITHIN: Final = 40
_EXCEL_HINT: Final = re.compile(r"^\"?sep=(.)\"?$", re.IGNORECASE)
_NUMBER_OR_DATE: Final = re.compile(r"[\d\s.,:/+\-$€£%()]*\d[\d\s.,:/+\-$€£%()TZ]*")


@dataclass(frozen=True)
class Row:
    """A row of the sample: where it starts, behind which line it ends (from 0), its cells."""

    start: int
    end: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Dialect:
    """How a text file is laid out.

    Attributes:
        headers: As written, without blanks around them; as many as a row has cells.
        body: The number of the first line below the headers (from 0).
    """

    delimiter: str
    headers: tuple[str, ...]
    body: int


def find_dialect(lines: Sequence[str], told: str | None = None) -> Dialect | None:
    """Return the dialect of a file that starts with these lines, or None if there is no row.

    A delimiter is right when nearly every line falls into the same number of cells; decimal
    commas cut a semicolon file into pieces too, but never its header line.

    Args:
        lines: The first ``SAMPLE`` lines, without line ends.
        told: The delimiter, where somebody has said it.
    """
    first = 0
    lines = [line.removeprefix("\ufeff") for line in lines]  # or it would hide a quotation mark
    if lines and (hint := _EXCEL_HINT.match(lines[0])):
        told, first = told or hint[1], 1
    best: tuple[tuple[float, int], Dialect] | None = None
    for delimiter in (told,) if told else DELIMITERS:
        rows = _rows(lines, first, delimiter)
        if not rows:
            return None
        width = _width(rows)
        header = _header(rows, width)
        fitting = sum(len(row.cells) in (width, len(header.cells)) for row in rows) / len(rows)
        score = (fitting if width > 1 else 0.0, width)
        if best is None or score > best[0]:
            headers = tuple(cell.strip() for cell in header.cells)
            padded = (*headers[:width], *[""] * (width - len(headers)))
            best = (score, Dialect(delimiter, padded, header.end))
    return best[1] if best else None


def _rows(lines: Sequence[str], first: int, delimiter: str) -> list[Row]:
    """Return the rows of the sample that hold anything."""
    rows: list[Row] = []
    start = first
    while start < len(lines):
        row = row_at(lines, start, delimiter) or Row(start, start + 1, ("",))
        if row.filled:
            rows.append(row)
        start = row.end
    return rows


def row_at(lines: Sequence[str], start: int, delimiter: str) -> Row | None:
    """Return the row that starts on a line, or None if a quoted cell is never closed."""
    found = cells(lines[start], delimiter)
    if found is not None:
        return Row(start, start + 1, tuple(found))
    characters = len(lines[start])
    for end in range(start + 2, min(start + MAX_LINES_OF_A_ROW, len(lines)) + 1):
        last = lines[end - 1]
        characters += len(last)
        if characters > MAX_CHARACTERS_OF_A_ROW:
            return None
        # Without a mark that could close it, the cell stays open.
        if f'"{delimiter}' in last or last.rstrip().endswith('"') or '" ' in last:
            found = cells("\n".join(lines[start:end]), delimiter)
            if found is not None:
                return Row(start, end, tuple(found))
    return None


def _width(rows: Sequence[Row]) -> int:
    """Return the number of cells that most rows have; titles of a report have only one."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not counts:
        return 1
    return max(counts, key=lambda width: (counts[width], width))


def _header(rows: Sequence[Row], width: int) -> Row:
    """Return the first row that is as filled as a header must be.

    A header may lack the names of some columns, or its last cell where every row ends with a
    delimiter; a title line above it, even one padded with empty cells, holds far less.
    """
    enough = max(row.filled for row in rows if len(row.cells) == width or width == 1) / 2
    for row, below in pairwise((*rows[:_HEADER_WITHIN], rows[-1])):
        full = row.filled >= min(max(enough, 2), width)
        if len(row.cells) == width and full:
            return row
        one_off = abs(len(row.cells) - width) == 1 and len(below.cells) == width
        if one_off and full and not any(_NUMBER_OR_DATE.fullmatch(cell) for cell in row.cells):
            return row
    return rows[0]
