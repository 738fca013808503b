"""Files are read back by programs that did not write them: what they say is what was given."""

import csv
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import fastexcel
import polars as pl
import pytest

from dashboard.spreadsheets import Column, Ending, Kind, Spreadsheet, written
from dashboard.text import Language

DAY = date(2026, 11, 16)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\uff1d1")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(*rows: tuple[object, ...]) -> Spreadsheet:
    columns = (
        Column("Client"),
        Column("Montant", Kind.MONEY),
        Column("Part", Kind.PERCENT),
        Column("Nombre", Kind.COUNT),
        Column("Jour", Kind.DATE),
        Column("Gagnée", Kind.FLAG),
    )
    return Spreadsheet("Ventes de l’été", columns, rows, DAY)  # type: ignore[arg-type]  # cells


SOLD = ("Érable; « bois »", Decimal("1234567.8"), 0.25, 3, date(2026, 3, 5), True)
NOTHING = (None, None, None, None, None, None)


def read_csv(made: bytes, delimiter: str) -> list[list[str]]:
    assert made.startswith(b"\xef\xbb\xbf")  # by this Excel knows that it is UTF-8
    text = made.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("language", ["fr", "fr_CA"])
def test_a_french_table_separates_by_semicolons_and_writes_decimal_commas(
    language: Language,
) -> None:
    rows = read_csv(written(sheet(SOLD, NOTHING), Ending.CSV, language), ";")

    assert rows == [
        ["Client", "Montant", "Part", "Nombre", "Jour", "Gagnée"],
        ["Érable; « bois »", "1234567,80", "0,25", "3", "2026-03-05", "oui"],
        ["", "", "", "", "", ""],
    ]


def test_an_english_table_separates_by_commas() -> None:
    rows = read_csv(written(sheet(SOLD), Ending.CSV, "en"), ",")

    assert rows[1] == ["Érable; « bois »", "1234567.80", "0.25", "3", "2026-03-05", "yes"]


def test_a_negative_number_stays_a_number() -> None:
    lost = ("Érable", Decimal("-12.5"), -0.031, -3, None, False)

    rows = read_csv(written(sheet(lost), Ending.CSV, "fr"), ";")

    assert rows[1] == ["Érable", "-12,50", "-0,031", "-3", "", "non"]


def test_no_number_is_written_with_an_exponent() -> None:
    small = ("Érable", None, 0.0000012, 10**15, None, None)

    rows = read_csv(written(sheet(small), Ending.CSV, "en"), ",")

    assert rows[1][2:4] == ["0.0000012", "1000000000000000"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_is_a_formula_in_a_csv_file(formula: str) -> None:
    made = Spreadsheet(formula, (Column(formula),), [(formula,)], DAY)

    for row in read_csv(written(made, Ending.CSV, "fr"), ";"):
        assert row[0].startswith("'")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_is_a_formula_in_a_workbook(formula: str) -> None:
    made = written(Spreadsheet(formula, (Column(formula),), [(formula,)], DAY), Ending.EXCEL, "fr")

    with zipfile.ZipFile(BytesIO(made)) as book:
        page = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - we made it
        assert not [name for name in book.namelist() if "external" in name.casefold()]
    assert page.findall(f".//{_MAIN}f") == []
    assert [cell.get("t") for cell in page.iter(f"{_MAIN}c")] == ["s", "s"]  # both are strings
    shown = fastexcel.read_excel(made).load_sheet(0).to_polars().item()
    assert shown.strip() == formula.strip().replace("\r", " ")


def test_a_workbook_holds_typed_cells() -> None:
    made = written(sheet(SOLD, ("Autre", *NOTHING[1:])), Ending.EXCEL, "fr")

    page = fastexcel.read_excel(made).load_sheet(0).to_polars()

    assert page.columns == ["Client", "Montant", "Part", "Nombre", "Jour", "Gagnée"]
    day = datetime(2026, 3, 5)  # noqa: DTZ001 - Excel knows moments only, of no time zone
    assert page.row(0) == ("Érable; « bois »", 1234567.8, 0.25, 3.0, day, True)
    assert page.row(1) == ("Autre", *NOTHING[1:])


def test_a_workbook_shows_money_to_the_cent_and_percentages_as_such() -> None:
    with zipfile.ZipFile(BytesIO(written(sheet(SOLD), Ending.EXCEL, "fr"))) as book:
        formats = re.findall(r'formatCode="([^"]+)"', book.read("xl/styles.xml").decode())

    assert {"#,##0.00", "0.0%", "yyyy-mm-dd"} <= set(formats)


def test_a_sheet_is_named_as_excel_allows() -> None:
    title = "Ventes: [T3] d'été / où? * et bien plus long que trente et un signes"

    made = written(Spreadsheet(title, (Column("A"),), [], DAY), Ending.EXCEL, "fr")

    (name,) = fastexcel.read_excel(made).sheet_names
    assert name == "Ventes T3 d été où et bien plus"


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    made = Spreadsheet("A", (Column("A"),), [("x" * 40_000,)], DAY)

    shown = fastexcel.read_excel(written(made, Ending.EXCEL, "fr")).load_sheet(0).to_polars().item()

    assert len(shown) == 32_767
    assert shown.endswith("…")


def test_a_parquet_file_keeps_types_and_texts_as_they_are() -> None:
    made = written(sheet(SOLD, ("=1+1", *NOTHING[1:])), Ending.PARQUET, "fr")

    table = pl.read_parquet(made)

    assert table.schema == {
        "Client": pl.String,
        "Montant": pl.Decimal(18, 2),
        "Part": pl.Float64,
        "Nombre": pl.Int64,
        "Jour": pl.Date,
        "Gagnée": pl.Boolean,
    }
    assert table.row(0) == (*SOLD[:1], Decimal("1234567.80"), *SOLD[2:])
    assert table.row(1)[0] == "=1+1"  # Parquet has no formulas


def test_two_columns_of_one_name_are_told_apart() -> None:
    made = Spreadsheet("A", (Column("Jour"), Column("Jour")), [("a", "b")], DAY)

    assert pl.read_parquet(written(made, Ending.PARQUET, "fr")).columns == ["Jour", "Jour (2)"]


def test_what_is_no_number_is_left_out() -> None:
    odd = ("Érable", float("nan"), float("inf"), None, "2026", None)

    for language in ("en", "fr"):
        rows = read_csv(written(sheet(odd), Ending.CSV, language), ";" if language == "fr" else ",")
        assert rows[1] == ["Érable", "", "", "", "", ""]
    assert pl.read_parquet(written(sheet(odd), Ending.PARQUET, "fr")).row(0)[1:] == NOTHING[1:]


@pytest.mark.parametrize("ending", list(Ending))
def test_a_table_without_rows_still_names_its_columns(ending: Ending) -> None:
    made = written(sheet(), ending, "en")

    match ending:
        case Ending.CSV:
            names = read_csv(made, ",")[0]
        case Ending.EXCEL:
            names = fastexcel.read_excel(made).load_sheet(0).to_polars().columns
        case Ending.PARQUET:
            names = pl.read_parquet(made).columns
    assert names == ["Client", "Montant", "Part", "Nombre", "Jour", "Gagnée"]
