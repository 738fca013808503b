"""Workspaces to import into, and files to import."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.context import Context
from pipelines.ingest import ImportReport, ImportRequest, import_file
from pipelines.settings import Settings
from pipelines.sources.words import words
from pipelines.store import Store
from pipelines.workspace import Workspace

#: Real exports; only where the folder lies beside the checkout.
SHARED = Path(__file__).resolve().parents[3] / "shared" / "crm_exports"

#: Every table that an import may write.
TABLES = words(
    "imports import_rejects import_findings deals former_deals stage_entries activities invoices "
    "people kpi_entries hand_kept_kpis"
)


def shared(name: str) -> Path:
    """Return the path of a real export, or skip the test where there are none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs the real exports: {name}")
    return path


@contextmanager
def workspace(root: Path, **settings: Any) -> Iterator[Context]:
    """Open an empty workspace whose database is in memory."""
    with Store.in_memory() as store:
        yield Context(Workspace(root, Settings(**settings)), store, {})


def import_text(
    context: Context,
    text: str,
    *,
    name: str = "export.csv",
    encoding: str = "utf-8",
    mapping: str | None = None,
    **request: Any,
) -> ImportReport:
    """Import a file with this text."""
    path = context.workspace.root / name
    path.write_bytes(text.encode(encoding))
    if mapping is not None:
        request["mapping"] = context.workspace.root / "mapping.toml"
        request["mapping"].write_text(mapping, encoding="utf-8")
    return import_file(context, path, ImportRequest(**request))


def rows(context: Context, sql: str) -> list[tuple[Any, ...]]:
    """Return what a query gives."""
    return context.store.read(lambda cursor: cursor.execute(sql).fetchall())


def one(context: Context, sql: str) -> Any:
    """Return the only value of a query."""
    return rows(context, sql)[0][0]


def contents(context: Context) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return everything that imports have written, to compare before and after."""
    return {table: sorted(rows(context, f"from {table}"), key=repr) for table in TABLES}


def codes(report: ImportReport) -> dict[str, int]:
    """Return the findings of a report by code."""
    return {finding.code: finding.count for finding in report.findings}


def write_deals(path: Path, count: int, seed: int = 90) -> None:
    """Write a generated export of deals: twelve columns, as a CRM writes them."""
    chance = random.Random(seed)  # noqa: S311 - the same deals every time
    first = date(2022, 1, 1)
    stages: Sequence[str] = (
        "Qualification",
        "Proposal sent",
        "Negotiation",
        "Closed Won",
        "Closed Lost",
    )
    owners = [f"Salesperson {number}" for number in range(20)]
    created = [first + timedelta(days=chance.randrange(1400)) for _ in range(count)]
    pl.DataFrame(
        {
            "Deal ID": [f"D-{number:07}" for number in range(count)],
            "Deal Name": [f"Order {number} of something" for number in range(count)],
            "Account": [f"Customer {chance.randrange(5000)}" for _ in range(count)],
            "Owner": [chance.choice(owners) for _ in range(count)],
            "Stage": [chance.choice(stages) for _ in range(count)],
            "Amount": [chance.randrange(100, 10_000_000) / 100 for _ in range(count)],
            "Created Date": created,
            "Close Date": [day + timedelta(days=chance.randrange(200)) for day in created],
            "Lead Source": [
                chance.choice(("Web", "Referral", "Fair", "Call")) for _ in range(count)
            ],
            "Segment": [chance.choice(("Industry", "Retail", "Public")) for _ in range(count)],
            "Region": [chance.choice(("East", "West", "North", "South")) for _ in range(count)],
            "Currency": ["CAD"] * count,
        }
    ).write_csv(path)
