"""What a parser hands on, before lines that are not rows are set aside."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.errors import ImportRefused, msg
from pipelines.ingest.table import RejectedLine

#: No CRM exports more; a sheet with a stray cell far to the right easily does.
MAX_COLUMNS: Final = 1_000
#: What fits into the memory that reading a file may take.
MAX_CELLS: Final = 60_000_000


@dataclass(frozen=True)
class Parsed:
    """A table as parsed. The attributes are those of ``RawTable``."""

    frame: pl.DataFrame
    headers: tuple[str, ...]
    rejects: tuple[RejectedLine, ...]
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    native: frozenset[str] = frozenset()


def check_size(path: Path, columns: int, rows: int) -> None:
    """Refuse a table that is larger than any export.

    Raises:
        ImportRefused: It has more than ``MAX_COLUMNS`` columns or ``MAX_CELLS`` cells.
    """
    if columns > MAX_COLUMNS:
        raise ImportRefused.of(
            msg(
                "The table has {count} columns; at most {limit} can be read.",
                count=columns,
                limit=MAX_COLUMNS,
            ),
            path.name,
            msg(
                "Export only the columns you need, or delete what lies far to the right of the table."
            ),
        )
    if columns * rows > MAX_CELLS:
        raise ImportRefused.of(
            msg(
                "The table has {count} cells; at most {limit} can be read.",
                count=columns * rows,
                limit=MAX_CELLS,
            ),
            path.name,
            msg("Export only the columns you need, or fewer years at a time."),
        )
