"""Read delimited text into a frame of text, accounting for every line.

Polars parses; before it does, a regular expression tells which lines are rows by themselves.
The few others are looked at one by one: a cell with line breaks in it, a quotation mark out of
place, a line with too few cells. So an unclosed quotation mark costs one line, never those
below it, and the number of rows is known before they are parsed.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipelines.errors import ImportRefused, msg
from pipelines.ingest.reading.cells import regular_row, written
from pipelines.ingest.reading.dialect import SAMPLE, Dialect, Row, find_dialect, row_at
from pipelines.ingest.reading.encoding import read_text
from pipelines.ingest.reading.parsed import Parsed, check_size
from pipelines.ingest.table import LINE, NOT_A_ROW, OPEN_QUOTE, RAGGED, RejectedLine, unique_names

#: With fewer columns a line of prose inside a cell easily has as many commas as a row.
_TELLING_MARKS: Final = 2
#: A regular expression for more columns than this is no longer fast; lines are then cut singly.
_WIDEST_PATTERN: Final = 250


@dataclass(frozen=True)
class _Irregular:
    """What became of the lines that are not rows by themselves.

    Attributes:
        rows: Number of the first line and text, written by the rules, of the rows among them.
        inside: Numbers of the lines that continue such a row, whatever they look like.
    """

    rows: list[tuple[int, str]]
    rejects: list[RejectedLine]
    inside: list[int]


def parse_delimited(path: Path, delimiter: str | None, encoding: str | None) -> Parsed:
    """Return the table in a delimited text file.

    Raises:
        ImportRefused: The file is not text, holds no rows, or has too many columns.
    """
    text = read_text(path, encoding)
    dialect = find_dialect(text.lines.head(SAMPLE).to_list(), delimiter)
    if dialect is None:
        raise ImportRefused.of(msg("The file is empty."), path.name, msg("Export it again."))
    names = unique_names(dialect.headers)
    check_size(path, len(names), text.lines.len())
    body = text.lines.slice(dialect.body)
    regular = _regular(body, dialect.delimiter, len(names))
    rejects: tuple[RejectedLine, ...] = ()
    source, skip, name = text.source, dialect.body, text.encoding
    starts = pl.int_range(skip + 1, skip + 1 + body.len(), dtype=pl.Int64, eager=True)
    if not regular.all():
        irregular = _look_at(body, regular, dialect)
        rejects = tuple(irregular.rejects)
        kept = _kept(body, regular, irregular, skip)
        starts, skip = kept["line"], 0
        source = _joined(kept["text"])
        del kept
    del text, body  # a copy of the whole file, which need not lie beside its cells
    frame = _parse(source, dialect.delimiter, names, skip)
    if frame.height != starts.len():  # never import a file whose rows do not add up
        raise ImportRefused.of(
            msg("The rows of this file cannot be told apart reliably."),
            path.name,
            msg("Save it again as CSV or XLSX from a spreadsheet program."),
        )
    return Parsed(
        frame=frame.with_columns(starts.alias(LINE)),
        headers=dialect.headers,
        rejects=rejects,
        delimiter=dialect.delimiter,
        encoding=name,
    )


def _regular(body: pl.Series, delimiter: str, width: int) -> pl.Series:
    """Return which lines are, each by itself, one row of so many cells."""
    if width > _WIDEST_PATTERN:
        return pl.repeat(value=False, n=body.len(), eager=True)
    if body.str.contains('"', literal=True).any():
        fitting = body.str.contains(regular_row(delimiter, width))
    else:  # twice as fast
        fitting = body.str.count_matches(delimiter, literal=True) == width - 1
    return fitting if width > 1 else fitting & (body.str.len_bytes() > 0)


def _look_at(body: pl.Series, regular: pl.Series, dialect: Dialect) -> _Irregular:
    delimiter, width = dialect.delimiter, len(dialect.headers)
    rows: list[tuple[int, str]] = []
    rejects: list[RejectedLine] = []
    inside: list[int] = []
    lines, done = body.to_list(), -1
    for index in (~regular).arg_true():
        if index <= done:
            continue  # inside a cell of the row before
        text, line = lines[index], index + dialect.body + 1
        row = row_at(lines, index, delimiter)
        if row is None or _swallows(lines, regular, row, delimiter):
            rejects.append(RejectedLine(line, OPEN_QUOTE, text))
            continue
        height = row.end - row.start
        if row.filled and len(row.cells) != width:
            rejects.append(RejectedLine(line, RAGGED if height == 1 else OPEN_QUOTE, text))
            continue
        if row.filled:
            rows.append((line, written(row.cells, delimiter)))
        else:
            rejects.append(RejectedLine(line, NOT_A_ROW, text))
        done = row.end - 1
        inside.extend(range(line + 1, line + height))
    return _Irregular(rows, rejects, inside)


def _swallows(lines: Sequence[str], regular: pl.Series, row: Row, delimiter: str) -> bool:
    """Tell whether a cell with line breaks is really several rows between two stray marks.

    Then every line has all the delimiters of a row by itself, and the second mark stands inside a
    line; a note that happens to be full of commas ends a line.
    """
    if row.end - row.start == 1:
        return False
    first, last = lines[row.start], lines[row.end - 1]
    marks = len(row.cells) - 1
    return (
        marks >= _TELLING_MARKS
        and first.count(delimiter) >= marks
        and last.count(delimiter) >= marks
        and not last.endswith('"')
        and bool(regular[row.start + 1 : row.end - 1].all())
    )


def _kept(body: pl.Series, regular: pl.Series, irregular: _Irregular, offset: int) -> pl.DataFrame:
    """Return the rows to parse in the file's order: ``line`` and ``text``."""
    numbered = pl.DataFrame({"text": body}).with_row_index("line", offset + 1)
    by_themselves = numbered.select(pl.col("line").cast(pl.Int64), "text").filter(regular)
    mended = pl.DataFrame(
        irregular.rows, schema={"line": pl.Int64, "text": pl.String}, orient="row"
    )
    consumed = pl.Series(irregular.inside, dtype=pl.Int64)
    return pl.concat(
        [by_themselves.filter(~pl.col("line").is_in(consumed.implode())), mended]
    ).sort("line")


def _joined(rows: pl.Series) -> bytes:
    """Return texts as the lines of a file, without a detour through Python's own strings."""
    buffer = io.BytesIO()
    rows.to_frame().write_csv(buffer, include_header=False, quote_style="never")
    return buffer.getbuffer().tobytes()


def _parse(source: Path | bytes, delimiter: str, names: tuple[str, ...], skip: int) -> pl.DataFrame:
    frame = pl.read_csv(
        source,
        separator=delimiter,
        has_header=False,
        skip_lines=skip,
        schema=dict.fromkeys(names, pl.String),
        glob=False,
    )
    empty = [name for name in names if (frame[name] == "").any()]  # written as ""
    return frame.with_columns(pl.col(empty).replace("", None)) if empty else frame
