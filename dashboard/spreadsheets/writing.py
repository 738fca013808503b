"""From a table to the bytes of a file."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.spreadsheets.cells import begins_formula, harmless
from dashboard.spreadsheets.model import Cell, Column, Ending, Kind, Spreadsheet, labels, settled
from dashboard.text import Language, text

#: Excel holds no longer text in a cell, no date before 1900, and no longer name of a sheet.
_LONGEST_CELL = 32_767
_FIRST_DATE = date(1900, 3, 1)
_LONGEST_NAME = 31
#: What Excel allows in no name of a sheet.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDEST, _NARROWEST = 48, 9
#: So many rows tell how wide a column is.
_LOOKED_AT = 200

_EXCEL_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "yyyy-mm-dd",
}
_PARQUET_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.MONEY: pa.decimal128(18, 2),
    Kind.PERCENT: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.FLAG: pa.bool_(),
}


def written(sheet: Spreadsheet, ending: Ending, language: Language) -> bytes:
    """Return a table as a file.

    Args:
        language: Of its reader. French spreadsheets expect semicolons between cells and a comma
            in numbers; the other formats have types and need neither.
    """
    match ending:
        case Ending.CSV:
            return _csv(sheet, language)
        case Ending.EXCEL:
            return _excel(sheet)
        case Ending.PARQUET:
            return _parquet(sheet)


def _csv(sheet: Spreadsheet, language: Language) -> bytes:
    made = StringIO()
    french = language != "en"
    rows = csv.writer(made, delimiter=";" if french else ",")
    rows.writerow(map(harmless, labels(sheet.columns)))
    write = [_in_csv(column.kind, language) for column in sheet.columns]
    for row in sheet.rows:
        rows.writerow([one(cell) for one, cell in zip(write, row, strict=True)])
    return made.getvalue().encode("utf-8-sig")  # spreadsheets tell UTF-8 by its mark


def _in_csv(kind: Kind, language: Language) -> Callable[[object], str]:
    """Return what writes the cells of a column as text."""
    mark = "." if language == "en" else ","
    match kind:
        case Kind.TEXT:
            return lambda cell: "" if cell is None else harmless(str(cell))
        case Kind.DATE:
            return lambda cell: cell.isoformat() if isinstance(cell, date) else ""
        case Kind.FLAG:
            yes, no = text("yes", language), text("no", language)
            return lambda cell: "" if cell is None else yes if cell else no
        case _:
            return lambda cell: _plain(settled(cell, kind)).replace(".", mark)


def _plain(number: Cell) -> str:
    """Return a number without an exponent and without separators of thousands."""
    if number is None:
        return ""
    if not isinstance(number, float):
        return str(number)
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def _excel(sheet: Spreadsheet) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - takes as long as a page, and few pages end in a workbook

    made = BytesIO()
    # nothing of it lies in a temporary folder, and no text is taken for more than it says
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    made_on = datetime(sheet.made_on.year, sheet.made_on.month, sheet.made_on.day)  # noqa: DTZ001 - a day at the company
    book.set_properties({"title": sheet.title, "author": "Cap 90", "created": made_on})
    page = book.add_worksheet(_sheet_name(sheet.title))
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {kind: book.add_format({"num_format": said}) for kind, said in _EXCEL_FORMATS.items()}
    # stays text also when somebody edits the cell
    formats[Kind.TEXT] = book.add_format({"quote_prefix": True})
    for place, label in enumerate(labels(sheet.columns)):
        page.write_string(0, place, _fitting(label), head)
    for number, row in enumerate(sheet.rows, 1):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _put(page, (number, place), settled(cell, column.kind), formats.get(column.kind))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(sheet, place, column))
    page.freeze_panes(1, 0)
    if sheet.columns:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return made.getvalue()


def _put(page: Any, at: tuple[int, int], cell: Cell, style: Any) -> None:
    match cell:
        case None:
            return
        case bool():
            page.write_boolean(*at, cell)
        case int() | float() | Decimal():
            page.write_number(*at, cell, style)
        case date() if cell >= _FIRST_DATE:
            page.write_datetime(*at, cell, style)
        case _:
            said = _fitting(str(cell))
            page.write_string(*at, said, style if begins_formula(said) else None)


def _fitting(said: str) -> str:
    return said if len(said) <= _LONGEST_CELL else f"{said[: _LONGEST_CELL - 1]}…"


def _sheet_name(title: str) -> str:
    name = " ".join(title.translate(_NOT_IN_NAMES).split())[:_LONGEST_NAME].strip()
    return name or "Cap 90"


def _width(sheet: Spreadsheet, place: int, column: Column) -> int:
    """Return how wide a column is, in signs."""
    longest = max(
        (len(str(row[place])) for row in sheet.rows[:_LOOKED_AT] if row[place] is not None),
        default=0,
    )
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(column.label) + 4))


def _parquet(sheet: Spreadsheet) -> bytes:
    names = labels(sheet.columns)
    columns = [
        pa.array(
            [settled(row[place], column.kind) for row in sheet.rows],
            type=_PARQUET_TYPES[column.kind],
        )
        for place, column in enumerate(sheet.columns)
    ]
    made = BytesIO()
    pq.write_table(pa.table(columns, names=names), made)
    return made.getvalue()
