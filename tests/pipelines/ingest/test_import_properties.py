"""What holds whatever a file says."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.errors import Cap90Error
from pipelines.ingest import importing
from pipelines.ingest.table import LINE, RawTable
from tests.builders.imports import contents, import_text, rows, workspace

WORDS = """| |1|2|3|Won|Lost|Lead|Closed Won|10|12.50|-3|12x|2026-03-01|2026-02-30|2026-03-01 10:00
|True|False|Call|Meeting|Note|Completed|No show|Avoir|Brouillon|a;b|Ann|é|0"""
CELLS = st.one_of(
    st.sampled_from(WORDS.replace("\n", "").split("|")),
    st.text(max_size=6),
)
HEADERS = [
    "deal_id|name|stage|amount|close_date|created_date|owner|updated_at",
    "Record ID|Deal Name|Deal Stage|Amount|Close Date|Deal owner",
    "Id|Name|StageName|Amount|CloseDate|IsWon|IsClosed|IsDeleted|OwnerId",
    "Deal - ID|Deal - Title|Deal - Status|Deal - Value|Deal - Won time|Deal - Lost time",
    "Record ID|Activity type|Activity date|Call outcome|Meeting outcome|Task status|Activity assigned to",
    "Id|Subject|ActivityDate|CompletedDateTime|Status|TaskSubtype|CallType|WhatId",
    "Invoice number|Invoice date|Net amount|Cost|Type|Status",
    "deal_id|old_stage|new_stage|changed_at",
    "kpi|start|value|owner",
]


#: What a column may well hold, by a word of its header; anything may stand anywhere all the same.
PLAUSIBLE = {
    "date": ["2026-03-01", "2026-03-02 10:00", "2026-02-11", ""],
    "start": ["2026-03-02", "2026-03-09"],
    "time": ["2026-03-01", "2026-03-02 10:00", ""],
    "_at": ["2026-03-01 09:00", "2026-03-02", "2026-03-02 10:00"],
    "amount": ["10", "12.50", "-3", ""],
    "value": ["10", "12.50", "-3"],
    "cost": ["4", "5.25", ""],
    "stage": ["Lead", "Closed Won", "Lost", "Proposal", ""],
    "id": ["1", "2", "3", "4", "5", ""],
    "number": ["1", "2", "3", ""],
    "is": ["0", "1", ""],
    "type": ["Call", "Meeting", "Note", "Avoir", ""],
    "kpi": ["visits", "calls"],
}


def cell(header: str) -> st.SearchStrategy[str]:
    """Return what may stand under a header: mostly what belongs there."""
    plausible = next(
        (some for word, some in PLAUSIBLE.items() if word in header.lower()), ["a", "b"]
    )
    return st.one_of(*[st.sampled_from(plausible)] * 12, CELLS)


@st.composite
def tables(draw: st.DrawFn) -> RawTable:
    headers = tuple(draw(st.sampled_from(HEADERS)).split("|"))
    lines = draw(st.lists(st.tuples(*map(cell, headers)), max_size=12))
    columns = [[line[place] or None for line in lines] for place in range(len(headers))]
    frame = pl.DataFrame(
        [
            pl.Series(name, cells, dtype=pl.String)
            for name, cells in zip(headers, columns, strict=True)
        ]
    ).with_columns(pl.Series(LINE, range(2, len(lines) + 2), dtype=pl.Int64))
    return RawTable(frame, headers, headers, ",", "utf-8", None, frozenset(), ())


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_every_row_is_accounted_for_and_coming_again_changes_nothing(
    table: RawTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", "2026-03-20")
    # the table is given, so that the process that reads files need not be started for each
    monkeypatch.setattr(importing, "read_table", lambda *_, **__: table)
    with tempfile.TemporaryDirectory() as folder, workspace(Path(folder)) as company:
        try:
            first = import_text(company, "one file")
        except Cap90Error:
            assert rows(company, "from imports") == []
            return
        before = contents(company)
        again = import_text(company, "one file")

        if first.questions:
            assert rows(company, "from imports") == []
            return
        for report in (first, again):
            assert report.rows_read == len(table.frame)
            assert (
                report.rows_read
                == report.added + report.changed + report.unchanged + report.rejected
            )
        assert (again.added, again.changed, again.rejected) == (0, 0, first.rejected)
        assert contents(company) == before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables(), data=st.data())
def test_the_order_of_the_rows_does_not_matter_for_how_many_come_in(
    table: RawTable, data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", "2026-03-20")
    order = data.draw(st.permutations(range(len(table.frame))))
    lines = table.frame.get_column(LINE)
    shuffled = table.frame[list(order)].with_columns(lines)
    counts: list[tuple[int, int, int] | None] = []
    for frame in (table.frame, shuffled):
        other = RawTable(frame, table.headers, table.columns, ",", "utf-8", None, frozenset(), ())
        monkeypatch.setattr(importing, "read_table", lambda *_, _table=other, **__: _table)
        with tempfile.TemporaryDirectory() as folder, workspace(Path(folder)) as company:
            try:
                report = import_text(company, "one file")
            except Cap90Error:
                counts.append(None)
            else:
                counts.append((report.added, report.rejected, len(report.questions)))

    assert counts[0] == counts[1]
