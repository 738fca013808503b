"""Tables as somebody takes them away: ``column(table("gaps"), "Gap")``."""

from dashboard.exports import TABLES, Said
from dashboard.spreadsheets import Spreadsheet
from dashboard.text import Language


def table(name: str, language: Language = "en", /, **parameters: str) -> Spreadsheet:
    """Return a table for whoever looks, as a link with these parameters asks for it."""
    return TABLES[name].spreadsheet(Said(language, parameters))


def column(sheet: Spreadsheet, label: str) -> list[object]:
    """Return the cells of a column."""
    (place,) = [place for place, one in enumerate(sheet.columns) if one.label == label]
    return [row[place] for row in sheet.rows]
