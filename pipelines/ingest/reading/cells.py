"""Cut lines of delimited text into cells, one line at a time and forgivingly.

The fast way through a file is the parser of Polars; this is for the head of a file, where the
dialect is not known yet, and for the few lines that are not written by the rules.
"""

import csv
import io
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

#: A row that would span more lines or characters than this has a quotation mark too many.
MAX_LINES_OF_A_ROW: Final = 500
MAX_CHARACTERS_OF_A_ROW: Final = 1 << 18


def cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of a row, or None if a quoted cell is still open at its end.

    A quotation mark inside an unquoted cell (a 24" screen) is a character like any other, and
    so is one inside a quoted cell that neither a delimiter nor the end follows.
    """
    if '"' not in text:
        return text.split(delimiter)
    found: list[str] = []
    pattern, position = _cell(delimiter), 0
    while True:
        match = pattern.match(text, position)
        if match is None:
            return None
        quoted = match["quoted"]
        found.append(match["bare"] if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if position == len(text):
            return found
        position += len(delimiter)


@lru_cache
def _cell(delimiter: str) -> re.Pattern[str]:
    # A tab is a blank too, and must not be taken for one around a quoted cell.
    mark, blanks = _escaped(delimiter), " *"
    end = rf"(?={mark}|\Z)"
    quoted = rf'(?:[^"]|""|"(?!{blanks}{end}))*+'  # possessive: no way back, so no long search
    bare = rf'(?!{blanks}")[^{mark}]*'
    return re.compile(rf'(?:{blanks}"(?P<quoted>{quoted})"{blanks}|(?P<bare>{bare})){end}')


def written(row: Sequence[str], delimiter: str) -> str:
    """Return cells as one row by the rules, for the fast parser."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(row)
    return buffer.getvalue()


def regular_row(delimiter: str, width: int) -> str:
    """Return a regular expression for a line that is, by itself, one row of so many cells."""
    mark = _escaped(delimiter)
    cell = rf'(?:"(?:[^"]|"")*"|[^"{mark}]*)'
    return rf"^{cell}(?:{mark}{cell}){{{width - 1}}}$"


def _escaped(delimiter: str) -> str:
    return f"\\x{ord(delimiter):02x}"  # as Python and Polars both read it
