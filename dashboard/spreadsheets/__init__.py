"""Tables to take away, as CSV, Excel and Parquet. No cell of them can run as a formula."""

from dashboard.spreadsheets.cells import harmless
from dashboard.spreadsheets.model import MOST_ROWS, Cell, Column, Ending, Kind, Spreadsheet
from dashboard.spreadsheets.writing import written

__all__ = [
    "MOST_ROWS",
    "Cell",
    "Column",
    "Ending",
    "Kind",
    "Spreadsheet",
    "harmless",
    "written",
]
