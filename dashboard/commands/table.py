"""Plain-text tables for the terminal."""

from collections.abc import Sequence

_GAP = "  "


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: str = "") -> list[str]:
    """Return the lines of a table: headings, a rule, one line per row.

    Args:
        headings: One per column.
        rows: Cells as text, as many in each row as there are headings.
        right: One character per column, ``r`` where cells end flush; what is left out is ``l``.
    """
    columns = list(zip(headings, *rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    flush = right.ljust(len(widths), "l")

    def line(cells: Sequence[str]) -> str:
        placed = (
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, width, side in zip(cells, widths, flush, strict=True)
        )
        return _GAP.join(placed).rstrip()

    return [line(headings), line(["-" * width for width in widths]), *map(line, rows)]
