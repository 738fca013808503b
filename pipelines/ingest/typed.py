"""From cells as text to typed columns, each column decided as a whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from pipelines.errors import msg_plural
from pipelines.ingest.canonical import Entity, Type
from pipelines.ingest.conversion import (
    DateDecision,
    Undecided,
    convert_booleans,
    convert_dates,
    convert_minutes,
    convert_numbers,
    convert_timestamps,
    decide_dates_together,
    decide_numbers_together,
)
from pipelines.ingest.mapping import MappingFile
from pipelines.ingest.report import Question
from pipelines.ingest.rows import BAD_DATE, BAD_NUMBER, FILE_LINE, Rows
from pipelines.ingest.table import LINE, RawTable
from pipelines.sources.recognise import Recognised

#: What is wrong with a cell that need not be read.
UNREADABLE = "unreadable_cell"
#: Says that a row repeats an earlier one in every cell.
REPEATS = "__repeats__"
#: Lists of several: the first one counts, and what HubSpot adds in brackets is its id.
_ADDED_ID = r"\s+\(\d+\)$"


@dataclass
class Understood:
    """Typed rows, or what has to be asked first.

    Attributes:
        date_format: What dates are written as, as mapping files say it; None if all are ISO.
        decimal: The decimal sign, if a column of numbers shows one.
        set_aside_ids: Ids of rows that were set aside for an unreadable cell.
    """

    rows: Rows
    questions: list[Question] = field(default_factory=list)
    date_format: list[str] = field(default_factory=list)
    decimal: str | None = None
    set_aside_ids: tuple[str, ...] = ()


def understand(
    raw: RawTable, found: Recognised, entity: Entity, mapping: MappingFile, timezone: str
) -> Understood:
    """Return the recognised columns of a table, read as what they are.

    Args:
        timezone: The company's; moments in other zones are brought to it.

    Rows with an unreadable cell in an essential column are set aside; in other columns such a
    cell becomes empty, with a finding.
    """
    headers = {**found.columns, **{one.header: one.header for one in found.stage_dates}}
    lines = raw.frame.select(pl.col(LINE).cast(pl.Int64).alias(FILE_LINE))
    result = Understood(Rows(lines, headers))
    reader = _Reader(raw, headers, mapping, result)
    kinds = {name: entity.inputs.get(name, Type.DATE) for name in headers}
    reader.dates(
        [name for name in headers if kinds[name] in (Type.DATE, Type.MOMENT)], kinds, timezone
    )
    reader.numbers([name for name in headers if kinds[name] is Type.NUMBER])
    reader.texts([name for name in headers if kinds[name] is Type.TEXT], found.source.lists)
    for name, kind in kinds.items():
        values = reader.cells(name)
        if kind is Type.FLAG:
            reader.keep(name, UNREADABLE, convert_booleans(values))
        elif kind is Type.MINUTES:
            reader.keep(name, UNREADABLE, convert_minutes(values))
        elif kind is Type.SECONDS:
            reader.keep(name, UNREADABLE, convert_minutes(values, "seconds"))
    rows = result.rows
    rows.frame = rows.frame.with_columns(
        reader.typed[name].alias(name) for name in headers if name in reader.typed
    )
    if entity.table == "invoices":
        repeats = ~raw.frame.select(pl.struct(pl.exclude(LINE)).is_first_distinct()).to_series()
        rows.frame = rows.frame.with_columns(repeats.alias(REPEATS))
    if not result.questions:
        _set_aside(result, raw, entity, headers, reader.bad)
    return result


@dataclass
class _Reader:
    """The columns of a table on their way from text to values.

    Attributes:
        typed: Values by canonical or helper name.
        bad: What is wrong with the cells of a column that cannot be read, and which they are.
    """

    raw: RawTable
    headers: Mapping[str, str]
    mapping: MappingFile
    result: Understood
    typed: dict[str, pl.Series] = field(default_factory=dict)
    bad: dict[str, tuple[str, pl.Series]] = field(default_factory=dict)

    def cells(self, name: str) -> pl.Series:
        return self.raw.frame.get_column(self.headers[name])

    def keep(self, name: str, code: str, read: tuple[pl.Series, pl.Series]) -> None:
        self.typed[name] = read[0]
        self.bad[name] = (code, read[1])

    def texts(self, names: Sequence[str], lists: Collection[str]) -> None:
        """Read texts, all at once: that keeps every processor busy."""
        texts = self.raw.frame.select(
            _text(pl.col(self.headers[name]), is_list=name in lists).alias(name) for name in names
        )
        # most columns have no blank cell, and copying them takes longer than looking
        blank = texts.select((pl.all() == "").any())
        holed = [name for name in names if blank.item(0, name)]
        texts = texts.with_columns(
            pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in holed
        )
        self.typed.update({name: texts.get_column(name) for name in names})

    def dates(self, names: Sequence[str], kinds: Mapping[str, Type], timezone: str) -> None:
        columns = {name: self.cells(name) for name in names}
        native = {name for name in names if self.headers[name] in self.raw.native}
        formats: dict[str, None] = {}
        decisions = decide_dates_together(columns, told=self.mapping.date_format, serials=native)
        for name, decision in decisions.items():
            if isinstance(decision, Undecided):
                self.result.questions.append(_question(decision, self.headers[name]))
                continue
            convert = convert_timestamps if kinds[name] is Type.MOMENT else convert_dates
            self.keep(name, BAD_DATE, convert(columns[name], decision, timezone))
            formats.update(dict.fromkeys(_told(decision)))
        self.result.date_format = list(formats)

    def numbers(self, names: Sequence[str]) -> None:
        native = {name for name in names if self.headers[name] in self.raw.native}
        marks = {name: "." if name in native else self.mapping.decimal for name in names}
        told = {name: mark for name, mark in marks.items() if mark is not None}
        columns = {name: self.cells(name) for name in names}
        shown: set[str] = set()
        for name, decision in decide_numbers_together(columns, told=told).items():
            if isinstance(decision, Undecided):
                self.result.questions.append(_question(decision, self.headers[name]))
                continue
            numbers, wrong, _ = convert_numbers(columns[name], decision)
            self.keep(name, BAD_NUMBER, (numbers, wrong))
            if decision.evidence:
                shown.add(decision.decimal)
        self.result.decimal = self.mapping.decimal or (shown.pop() if len(shown) == 1 else None)


def _told(decision: DateDecision) -> list[str]:
    """Return the formats that had to be decided, as a mapping file would tell them."""
    return [one.name for one in decision.formats if "N" in one.shape and one.order != "YMD"]


def _question(undecided: Undecided, header: str) -> Question:
    return Question(
        f"{undecided.mapping_key}:{header}",
        header,
        undecided.question,
        undecided.options,
        undecided.examples,
        undecided.mapping_key,
    )


def _text(values: pl.Expr, *, is_list: bool) -> pl.Expr:
    text = values.str.strip_chars()
    if not is_list:
        return text
    return text.str.split(";").list.first().str.strip_chars().str.replace(_ADDED_ID, "")


def _set_aside(
    result: Understood,
    raw: RawTable,
    entity: Entity,
    headers: Mapping[str, str],
    bad: Mapping[str, tuple[str, pl.Series]],
) -> None:
    """Reject rows with unreadable essential cells; note the others."""
    rows = result.rows
    unreadable = [(name, code, wrong) for name, (code, wrong) in bad.items() if wrong.any()]
    gone = pl.repeat(value=False, n=raw.frame.height, eager=True)
    for name, code, wrong in unreadable:
        if name not in entity.essential:
            continue
        hit = wrong & ~gone
        cells = raw.frame.filter(hit)
        rows.reject(
            cells.select(
                pl.col(LINE).alias(FILE_LINE),
                pl.lit(code).alias("code"),
                pl.lit(headers[name]).alias("column_name"),
                pl.col(headers[name]).str.slice(0, 200).alias("content"),
            )
        )
        gone |= hit
    if gone.any():
        if "external_id" in rows.frame.columns:
            result.set_aside_ids = tuple(
                rows.frame.filter(gone).get_column("external_id").drop_nulls().to_list()
            )
        rows.frame = rows.frame.filter(~gone)
    for name, _, wrong in unreadable:
        count = int((wrong & ~gone).sum())
        rows.note(
            "unreadable_cell",
            count,
            msg_plural(
                "{count} cell of the column '{column}' cannot be read and was left empty.",
                "{count} cells of the column '{column}' cannot be read and were left empty.",
                count=count,
                column=headers[name],
            ),
        )
