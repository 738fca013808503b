"""Workbooks: true dates and numbers, sheets, titles, failed formulas."""

# ruff: noqa: DTZ001 - clock times without a zone are what these cells hold

from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from pipelines.ingest.reading.parsing import parse
from tests.builders.exports import lines_of, rows_of, workbook


def test_cells_become_canonical_text(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ("Deals", [
            ["id", "amount", "closed", "seen", "won"],
            [123, 1234.5, date(2026, 1, 31), datetime(2026, 1, 31, 14, 30), True],
            [124, -0.1, date(2026, 2, 1), datetime(2026, 2, 1, 9, 0), False],
        ]),
    )  # fmt: skip

    table = parse(path, None, None)

    assert rows_of(table.frame) == [
        ("123", "1234.5", "2026-01-31 00:00:00", "2026-01-31 14:30:00", "true"),
        ("124", "-0.1", "2026-02-01 00:00:00", "2026-02-01 09:00:00", "false"),
    ]
    assert table.native == {"id", "amount", "closed", "seen"}
    assert table.sheet == "Deals"


def test_text_that_looks_like_numbers_is_not_native(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["id", "amount"], ["007", "1.234"], ["008", "5.678"]]):
            sheet.write_row(number, 0, row)

    table = parse(path, None, None)

    assert rows_of(table.frame) == [("007", "1.234"), ("008", "5.678")]
    assert table.native == frozenset()


def test_the_first_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ("Cover", [["Quarterly export"]]), ("Deals", [["id", "name"], [1, "Atlas"]])
    )

    table = parse(path, None, None)

    assert table.sheet == "Deals"
    assert rows_of(table.frame) == [("1", "Atlas")]


def test_rows_keep_their_number_in_the_sheet_below_titles_and_gaps(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ("Report", [
            ["Won this quarter"],
            [],
            ["id", "name", "amount"],
            [1, "Atlas", 500],
            [],
            [2, "Boréal", 700],
            ["Total", None, 1200],
        ]),
    )  # fmt: skip

    table = parse(path, None, None)

    assert table.headers == ("id", "name", "amount")
    assert lines_of(table.frame) == [4, 6]
    assert [(one.line, one.code) for one in table.rejects] == [(5, "not_a_row"), (7, "not_a_row")]


def test_empty_columns_beside_the_table_are_left_out(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("Deals", [[None, "id", None, "name"], [None, 1, None, "Atlas"]]))

    table = parse(path, None, None)

    assert table.headers == ("id", "name")
    assert rows_of(table.frame) == [("1", "Atlas")]


def test_a_failed_formula_stays_visible_as_such(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "amount"])
        sheet.write(1, 0, 1)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, [2, 5])

    table = parse(path, None, None)

    # Were it null, a deal whose amount nobody could compute would pass for one without an amount.
    assert rows_of(table.frame) == [("1", "#Div0"), ("2", "5")]
