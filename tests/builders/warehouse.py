"""A company with a few rows, in memory: ``warehouse_with(closed("2026-03-03", "won"), …)``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from pipelines.context import Context
from pipelines.kpis.definition import Definition
from pipelines.kpis.reader import read_definitions
from pipelines.resources import shipped
from pipelines.settings import Settings
from pipelines.store import Cursor, Store
from pipelines.workspace import Workspace

TODAY = date(2026, 11, 21)
SHIPPED: Mapping[str, Definition] = read_definitions(shipped("kpi_definitions"))

_numbers = count(1)


@dataclass(frozen=True)
class FixedDay(Context):
    """A context in which it is always the same day, without touching the environment."""

    day: date = TODAY

    def today(self) -> date:
        return self.day


@dataclass(frozen=True)
class Row:
    """One row of a canonical table."""

    table: str
    values: Mapping[str, Any] = field(default_factory=dict)


def warehouse_with(
    *rows: Row,
    today: date | str = TODAY,
    definitions: Mapping[str, Definition] | None = None,
    **settings: Any,
) -> Context:
    """Return a context on an in-memory store that holds these rows.

    Args:
        today: The day it is.
        definitions: The KPIs from files; the shipped ones if None.
        settings: Of the company, such as ``week_start="sunday"``.
    """
    workspace = Workspace(Path("nowhere"), Settings.model_validate(settings))
    store = Store.in_memory()
    if rows:
        store.write(lambda cursor: _insert_all(cursor, rows))
    return FixedDay(workspace, store, definitions or SHIPPED, _day(today))


def add(context: Context, *rows: Row) -> None:
    """Insert more rows into a warehouse."""
    context.store.write(lambda cursor: _insert_all(cursor, rows))


def deal(status: str = "open", **values: Any) -> Row:
    """Return a deal; name only the columns that matter (dates as text or date)."""
    return _row("deals", {"status": status, **values}, source="hubspot")


def closed(day: str, status: str, amount: float | Decimal | None = None, **values: Any) -> Row:
    """Return a deal that was won or lost on a day."""
    return deal(status, closed_on=day, amount=amount, **values)


def created(day: str, amount: float | Decimal | None = None, **values: Any) -> Row:
    """Return an open deal that was created on a day."""
    return deal(values.pop("status", "open"), created_on=day, amount=amount, **values)


def meeting(day: str, outcome: str = "done", **values: Any) -> Row:
    """Return a meeting that took place on a day, or should have."""
    dates = {"done_on" if outcome == "done" else "planned_on": day}
    evidence = {"outcome_evidence": "exported"}
    return _row(
        "activities",
        {"kind": "meeting", "outcome": outcome, **evidence, **dates, **values},
        source="hubspot",
    )


def proposal(day: str, **values: Any) -> Row:
    """Return a proposal that was logged as sent on a day."""
    sent = {"kind": "proposal", "outcome": "done", "done_on": day, "outcome_evidence": "exported"}
    return _row("activities", {**sent, **values}, source="hubspot")


def stage_entry(
    deal_id: str, day: str, *, milestone: str | None = "proposal", **values: Any
) -> Row:
    """Return the day on which a deal entered a stage."""
    entry = {"deal": deal_id, "stage": "Devis envoyé", "entered_on": day, "evidence": "exported"}
    return _row("stage_entries", {**entry, "milestone": milestone, **values}, source="hubspot")


def invoice(day: str, revenue: float | None, cost: float | None = None, **values: Any) -> Row:
    """Return an invoice."""
    return _row(
        "invoices",
        {"invoiced_on": day, "revenue": revenue, "cost": cost, **values},
        source="generic",
    )


def imported(entity: str, as_of: str, **values: Any) -> Row:
    """Return the register's line of a file that was taken in on a day."""
    line = {
        "import_id": next(_numbers) + 1000,
        "file_name": f"{entity}.csv",
        "content_hash": "0",
        "source": "hubspot",
        "entity": entity,
        "coverage": "view",
        "mapping": "{}",
        "imported_at": f"{as_of} 10:00:00",
        "as_of": as_of,
        "rows_read": 0,
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
    }
    return Row("imports", {**line, **values})


def weekly(first_monday: str, values: list[int]) -> list[Row]:
    """Return won deals: as many in each successive week as the values say."""
    start = _day(first_monday)
    return [
        closed(str(start + timedelta(days=7 * week)), "won")
        for week, value in enumerate(values)
        for _ in range(value)
    ]


def _row(table: str, values: Mapping[str, Any], *, source: str) -> Row:
    number = next(_numbers)
    known = {"source": source, "import_id": 1, "file_line": number}
    if table != "stage_entries":
        known["external_id"] = f"{number}"
    return Row(table, {**known, **values})


def _insert_all(cursor: Cursor, rows: tuple[Row, ...]) -> None:
    # rows that look alike go together: a statement for each would be most of what a test takes
    alike: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for row in rows:
        alike.setdefault((row.table, tuple(row.values)), []).append(row)
    for (table, names), those in alike.items():
        marks = f"({', '.join('?' for _ in names)})"
        cursor.execute(
            f"insert into {table} ({', '.join(names)}) values {', '.join([marks] * len(those))}",
            [value for row in those for value in row.values.values()],
        )


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
