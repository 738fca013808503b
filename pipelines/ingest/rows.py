"""Rows on their way from a file to a table, and those set aside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from pipelines.errors import Message, msg
from pipelines.ingest import table
from pipelines.ingest.report import Finding
from pipelines.sources.words import fold

#: The column that says on which line of the file a row starts.
FILE_LINE = "file_line"

NOT_COUNTED = "not_counted"
DUPLICATE_ID = "duplicate_id"
MISSING_VALUE = "missing_value"
BAD_DATE = "bad_date"
BAD_NUMBER = "bad_number"

#: As much of a cell or row as a person needs to find it.
_SHOWN = 200

_REJECT_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    FILE_LINE: pl.Int64,
    "code": pl.String,
    "column_name": pl.String,
    "content": pl.String,
}


def reason(code: str) -> Message:
    """Return why a row was set aside, in words."""
    reasons = {
        NOT_COUNTED: msg(
            "This row is nothing we count: a note, a draft, a deleted record, or a change that is none."
        ),
        DUPLICATE_ID: msg("Another row of the file has the same id; it was taken instead."),
        MISSING_VALUE: msg("A value without which the row cannot be counted is missing."),
        BAD_DATE: msg("This cell is not a date."),
        BAD_NUMBER: msg("This cell is not a number."),
        # typed numbers
        "bad_key": msg("This cannot be the key of a KPI."),
        "computed_kpi": msg("This KPI is computed from the files and cannot be typed."),
        "bad_start": msg("This is not the first day of a week, month or quarter."),
        "unclear_period": msg("Add a column grain: week, month or quarter."),
        "no_number": msg("There is neither a value nor two parts to divide."),
        "parts_disagree": msg("The value is not the numerator divided by the denominator."),
    }
    return reasons.get(code) or table.reason(code)


@dataclass
class Rows:
    """Rows with typed columns, as far as they have come.

    Attributes:
        frame: Columns by canonical or helper name, and ``file_line``.
        rejects: Frames of file_line, code, column_name and content.
        headers: Header in the file by column name, for what is said about cells.
        repeats: How many rows said the same as another row of the file; they change nothing.
    """

    frame: pl.DataFrame
    headers: Mapping[str, str]
    rejects: list[pl.DataFrame] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    repeats: int = 0

    def has(self, *columns: str) -> bool:
        """Return whether the file says any of these."""
        return any(column in self.frame.columns for column in columns)

    def first(self, *columns: str, dtype: pl.DataType | type[pl.DataType] = pl.String) -> pl.Expr:
        """Return the first of these columns that a row has a value in; null if none is there."""
        present = [pl.col(column) for column in columns if column in self.frame.columns]
        return pl.coalesce(*present).cast(dtype) if present else pl.lit(None, dtype)

    def set_aside(
        self,
        condition: pl.Expr,
        code: str,
        *,
        column: str | None = None,
        content: str | None = None,
    ) -> None:
        """Reject the rows that meet a condition.

        Args:
            column: The canonical or helper column at fault; None for the whole row.
            content: The column whose cell is shown; by default the one at fault.
        """
        hit = self.frame.select(condition.fill_null(value=False).alias("hit")).to_series()
        if not hit.any():
            return
        shown = content or column
        cell = (
            pl.col(shown).cast(pl.String).str.slice(0, _SHOWN)
            if shown in self.frame.columns
            else pl.lit(None, pl.String)
        )
        self.reject(
            self.frame.filter(hit).select(
                pl.col(FILE_LINE),
                pl.lit(code).alias("code"),
                pl.lit(self.headers.get(column or ""), pl.String).alias("column_name"),
                cell.alias("content"),
            )
        )
        self.frame = self.frame.filter(~hit)

    def drop_repeats(self, condition: pl.Expr) -> None:
        """Count and leave out the rows that only repeat another one."""
        hit = self.frame.select(condition.alias("hit")).to_series()
        self.repeats += int(hit.sum())
        self.frame = self.frame.filter(~hit)

    def reject(self, frame: pl.DataFrame) -> None:
        """Add rows to those set aside."""
        self.rejects.append(frame.cast(_REJECT_SCHEMA))  # type: ignore[arg-type]  # a schema as mapping

    @staticmethod
    def reject_schema() -> dict[str, pl.DataType | type[pl.DataType]]:
        """Return the columns of a frame of rejects."""
        return dict(_REJECT_SCHEMA)

    def all_rejects(self) -> pl.DataFrame:
        """Return everything set aside, by line."""
        return pl.concat([pl.DataFrame(schema=_REJECT_SCHEMA), *self.rejects]).sort(FILE_LINE)

    def note(self, code: str, count: int, message: Message) -> None:
        """Add a finding, if there is anything to find."""
        if count:
            self.findings.append(Finding(code, count, message))


def translated(frame: pl.DataFrame, column: str, meaning: Callable[[str], str | None]) -> pl.Expr:
    """Return a column with every distinct label replaced by what it means.

    The function is asked once per distinct label, not once per row.
    """
    labels = frame.get_column(column).unique().drop_nulls().to_list()
    words = {label: meaning(label) for label in labels}
    return pl.col(column).replace_strict(words, default=None, return_dtype=pl.String)


def labels_of(frame: pl.DataFrame, column: str) -> list[str]:
    """Return the distinct labels of a column, sorted."""
    return sorted(frame.get_column(column).unique().drop_nulls().to_list())


def folded_keys(words: Mapping[str, str]) -> dict[str, str]:
    """Return a mapping whose keys are compared as people do."""
    return {fold(key): value for key, value in words.items()}
