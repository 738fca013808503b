"""Parse a foreign file, whatever kind it is. Runs in the child process."""

from pathlib import Path
from typing import Final

from pipelines.errors import ImportRefused, Message, msg
from pipelines.ingest.reading.delimited import parse_delimited
from pipelines.ingest.reading.footers import set_aside
from pipelines.ingest.reading.parsed import Parsed
from pipelines.ingest.reading.spreadsheet import parse_workbook

_HEAD: Final = 1024
_ZIP: Final = b"PK\x03\x04"
#: Excel up to 2003, and the container that password-protected workbooks are put into.
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parse(path: Path, delimiter: str | None, encoding: str | None) -> Parsed:
    """Return the table in a file, told by its first bytes and not by its name.

    Raises:
        ImportRefused: There is none.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise ImportRefused.of(
            msg("The file is empty."), path.name, msg("Export it again and import that file.")
        )
    foreign = _foreign(head)
    if foreign:
        raise ImportRefused.of(
            foreign, path.name, msg("Export it as CSV or XLSX and import that file.")
        )
    is_zip = head.startswith(_ZIP)
    parsed = set_aside(
        parse_workbook(path) if is_zip else parse_delimited(path, delimiter, encoding)
    )
    if not parsed.frame.height:
        raise ImportRefused.of(
            msg("The file has headers but no rows."),
            path.name,
            msg("Check the filter of the export, then export it again."),
        )
    return parsed


def _foreign(head: bytes) -> Message | None:
    """Recognise what people take for a table and is none."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return msg("This is a PDF, not a table.")
    if start.startswith(_COMPOUND):
        return msg("This is a workbook of an old kind (XLS) or one protected by a password.")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")) or b"<table" in start:
        return msg("This is a web page or XML with another name, not a table.")
    return None
