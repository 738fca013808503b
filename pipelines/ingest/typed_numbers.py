"""Typed numbers in a file: rows for ``kpi_entries``."""

from collections.abc import Callable

import polars as pl

from pipelines import clock
from pipelines.context import Context
from pipelines.errors import msg_plural
from pipelines.ingest.merge import Merged
from pipelines.ingest.report import Finding
from pipelines.ingest.rows import FILE_LINE, Rows
from pipelines.kpis.definition import Aggregate
from pipelines.kpis.entries import EntryRow, record_entries
from pipelines.periods import Grain
from pipelines.sources.words import fold
from pipelines.store import Cursor

_GRAINS = {
    **{grain.value: grain for grain in Grain},
    "semaine": Grain.WEEK,
    "mois": Grain.MONTH,
    "trimestre": Grain.QUARTER,
}
_RULES = {rule.value: rule for rule in Aggregate}
#: What was written, what was set aside (as ``Rows.rejects``), and what is worth knowing.
Recorder = Callable[[Cursor, int], tuple[Merged, pl.DataFrame, list[Finding]]]


def recorder(context: Context, rows: Rows) -> Recorder:
    """Return the function that writes the numbers of a file within its transaction."""
    wanted = [_entry(row) for row in rows.frame.iter_rows(named=True)]

    def record(cursor: Cursor, import_id: int) -> tuple[Merged, pl.DataFrame, list[Finding]]:
        recorded = record_entries(
            cursor,
            wanted,
            import_id,
            calendar=context.calendar,
            definitions=context.shipped_definitions,
            entered_at=clock.now(),
            actor=context.actor,
        )
        rejects = [
            (
                one.row.line,
                one.code,
                rows.headers.get(one.column or "", one.column),
                f"{one.row.key} {one.row.start}",
            )
            for one in recorded.rejects
        ]
        new = list(recorded.new_kpis)
        sentence = msg_plural(
            "{count} new KPI kept by hand, to be completed on its page: {keys}.",
            "{count} new KPIs kept by hand, to be completed on their pages: {keys}.",
            count=len(new),
            keys=new,
        )
        return (
            Merged(recorded.added, recorded.changed, recorded.unchanged, compared=True),
            pl.DataFrame(rejects, schema=Rows.reject_schema(), orient="row"),
            [Finding("new_kpi", len(new), sentence)] if new else [],
        )

    return record


def _entry(row: dict[str, object]) -> EntryRow:
    def number(name: str) -> float | None:
        value = row.get(name)
        return None if value is None else float(str(value))

    def word(name: str) -> str | None:
        value = row.get(name)
        return None if value is None else str(value)

    return EntryRow(
        key=fold(str(row["kpi"])).replace(" ", "_"),
        start=row["start"],  # type: ignore[arg-type]  # a Date column that has no nulls here
        value=number("value"),
        numerator=number("numerator"),
        denominator=number("denominator"),
        owner=word("owner"),
        note=word("note"),
        aggregate=_RULES.get(fold(word("aggregate") or "")),
        grain=_GRAINS.get(fold(word("grain") or "")),
        line=int(str(row[FILE_LINE])),
    )
