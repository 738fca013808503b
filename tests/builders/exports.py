"""Write small export files of any encoding and dialect."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from pipelines.ingest.table import LINE


def text_file(
    folder: Path, text: str, *, encoding: str = "utf-8", name: str = "export.csv"
) -> Path:
    """Write a text exactly as given, line ends included."""
    return bytes_file(folder, text.encode(encoding), name=name)


def bytes_file(folder: Path, content: bytes, *, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    """Write sheets of plain values; dates and datetimes become true date cells."""
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
    return path


def rows_of(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    """Return the rows without their line numbers."""
    return frame.drop(LINE).rows()


def lines_of(frame: pl.DataFrame) -> list[int]:
    return frame[LINE].to_list()
