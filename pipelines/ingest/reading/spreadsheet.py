"""Read the first sheet of a workbook that holds a table."""

import re
import zipfile
from pathlib import Path
from typing import Any, Final

import fastexcel
import polars as pl

from pipelines.errors import ImportRefused, msg
from pipelines.ingest.reading.parsed import Parsed, check_size
from pipelines.ingest.table import LINE, unique_names

#: Unpacked, in bytes; a workbook of a million rows stays below.
_MAX_UNPACKED: Final = 2 << 30
#: A workbook has a few files for each of its sheets.
_MAX_FILES: Final = 10_000
_NATIVE: Final = frozenset({"int", "float", "date", "datetime"})
#: Further down than this nobody puts a header.
_HEADER_WITHIN: Final = 40
#: A sheet with fewer rows is a note or a cover, not a table.
_MIN_ROWS: Final = 2
_ERROR: Final = re.compile(r"Error\((\w+)\)")


def parse_workbook(path: Path) -> Parsed:
    """Return the table on the first sheet that has one, each cell as canonical text.

    Whole numbers have no decimals, dates are ISO; a formula that failed reads ``#Div0`` or the
    like, so that the row is rejected where the cell matters.

    Raises:
        ImportRefused: It is not a workbook, holds no table, or one that is too large.
    """
    _check_archive(path)
    try:
        reader = fastexcel.read_excel(path)
        tables = (_table(reader, sheet, path) for sheet in reader.sheet_names)
        found = next((table for table in tables if table is not None), None)
    except fastexcel.FastExcelError as error:
        raise _unreadable(path) from error
    if found is None:
        raise ImportRefused.of(
            msg("No sheet of this workbook holds a table with headers and rows."),
            path.name,
            msg("Put the headers in one row and the records below it."),
        )
    return found


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _unreadable(path) from error
    if not any(name.startswith("xl/workbook.") for name in names):
        raise ImportRefused.of(
            msg("This is an archive or another kind of document, not an Excel workbook."),
            path.name,
            msg("Unpack it and import the CSV or XLSX file inside."),
        )
    if unpacked > _MAX_UNPACKED or len(names) > _MAX_FILES:
        raise ImportRefused.of(
            msg("The workbook is too large once unpacked."), path.name, msg("Export it as CSV.")
        )


def _unreadable(path: Path) -> ImportRefused:
    return ImportRefused.of(
        msg("The workbook is damaged or protected by a password."),
        path.name,
        msg("Open it in a spreadsheet program and save it again as XLSX or CSV."),
    )


def _table(reader: Any, sheet: str, path: Path) -> Parsed | None:
    # With skip_rows=0 empty rows stay, and a row keeps its number in the sheet.
    loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    check_size(path, loaded.width, loaded.height)
    batch, errors = loaded.to_arrow_with_errors()
    cells = _with_errors(pl.DataFrame(pl.from_arrow(batch)), errors)
    header = _header(cells) if cells.height >= _MIN_ROWS else None
    if header is None:
        return None
    titles = [str(cell or "").strip() for cell in cells.row(header)]
    body = cells.slice(header + 1)
    used = [
        place
        for place, title in enumerate(titles)
        if title or body.to_series(place).null_count() < body.height
    ]
    headers = tuple(titles[place] for place in used)
    names = unique_names(headers)
    frame = body.select(pl.nth(place).alias(name) for place, name in zip(used, names, strict=True))
    guessed = _guessed(reader, sheet, header)
    first = header + 2
    return Parsed(
        frame=frame.with_columns(pl.int_range(first, first + pl.len()).alias(LINE)),
        headers=headers,
        rejects=(),
        sheet=sheet,
        native=frozenset(
            name for place, name in zip(used, names, strict=True) if guessed.get(place) in _NATIVE
        ),
    )


def _with_errors(cells: pl.DataFrame, errors: Any) -> pl.DataFrame:
    """Put a visible mark where a formula failed, instead of an empty cell."""
    if errors is None or not errors.errors:
        return cells
    marks: dict[int, tuple[list[int], list[str]]] = {}
    for error in errors.errors:
        row, column = error.offset_position
        kind = _ERROR.search(error.detail)
        places, texts = marks.setdefault(column, ([], []))
        places.append(row)
        texts.append(f"#{kind[1] if kind else 'Error'}")
    return cells.with_columns(
        cells.to_series(column).scatter(places, pl.Series(texts))
        for column, (places, texts) in marks.items()
    )


def _header(cells: pl.DataFrame) -> int | None:
    """Return the first row that is at least half as filled as the fullest of the first rows."""
    head = [
        sum(1 for cell in row if cell is not None and cell.strip())
        for row in cells.head(_HEADER_WITHIN).iter_rows()
    ]
    enough = max(head, default=0) / 2
    return next((place for place, filled in enumerate(head) if filled and filled >= enough), None)


def _guessed(reader: Any, sheet: str, header: int) -> dict[int, str]:
    """Return the types of the columns below the header, from every cell in them."""
    loaded = reader.load_sheet(sheet, header_row=header, skip_rows=0, schema_sample_rows=None)
    return {column.index: column.dtype for column in loaded.selected_columns}
