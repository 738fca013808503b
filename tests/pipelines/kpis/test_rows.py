"""Every number opens the rows behind it."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.errors import Refused
from pipelines.kpis.rows import Rows, rows_behind
from pipelines.kpis.series import read_series
from pipelines.periods import Grain
from tests.builders.warehouse import (
    SHIPPED,
    closed,
    created,
    imported,
    invoice,
    meeting,
    proposal,
    stage_entry,
    warehouse_with,
)

_MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def column(rows: Rows, name: str) -> list[object]:
    return [record[rows.columns.index(name)] for record in rows.records]


def test_rows_say_what_they_are_and_where_they_came_from() -> None:
    file = imported("deals", "2026-04-01", import_id=7, file_name="deals.csv")
    warehouse = warehouse_with(
        file,
        closed("2026-03-03", "won", 10, external_id="A-1", owner="Ana", import_id=7, file_line=12),
    )

    rows = rows_behind(warehouse, "sales_won", *_MARCH)

    assert rows.columns[:4] == ("source", "external_id", "file", "line")
    assert rows.records[0][:4] == ("hubspot", "A-1", "deals.csv", 12)
    assert column(rows, "amount") == [Decimal(10)]
    assert rows.total == 1


def test_only_the_rows_that_are_counted_are_shown_oldest_first() -> None:
    warehouse = warehouse_with(
        closed("2026-03-31", "lost"),
        closed("2026-03-01", "won"),
        closed("2026-04-01", "won"),
        closed("2026-02-28", "won"),
        created("2026-03-01"),
    )

    rows = rows_behind(warehouse, "win_rate", *_MARCH)

    assert column(rows, "closed_on") == [date(2026, 3, 1), date(2026, 3, 31)]


def test_rows_after_today_are_not_counted_and_not_shown() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won"), closed("2026-03-20", "won"), today="2026-03-10"
    )

    assert rows_behind(warehouse, "deals_won", *_MARCH).total == 1


def test_the_rows_of_one_person_and_no_more_than_asked_for() -> None:
    warehouse = warehouse_with(
        *[closed(f"2026-03-{day:02d}", "won", owner="Ana") for day in range(1, 11)],
        closed("2026-03-03", "won", owner="Bob"),
    )

    rows = rows_behind(warehouse, "deals_won", *_MARCH, owner="Ana", limit=3)

    assert (len(rows.records), rows.total) == (3, 10)
    assert set(column(rows, "owner")) == {"Ana"}


def test_a_proposal_opens_the_deal_it_was_told_from() -> None:
    warehouse = warehouse_with(
        created("2026-03-01", external_id="7", owner="Ana", name="Roof"),
        stage_entry("7", "2026-03-12", file_line=5),
        proposal("2026-03-13", source="pipedrive", external_id="p1"),
    )

    rows = rows_behind(warehouse, "proposals_sent", *_MARCH)

    assert column(rows, "external_id") == ["7", "p1"]
    assert column(rows, "evidence") == ["stage", "logged"]
    assert column(rows, "subject") == ["Roof", None]
    assert column(rows, "line")[0] == 5


def test_what_cannot_be_looked_up_is_refused() -> None:
    warehouse = warehouse_with()

    with pytest.raises(Refused, match="no KPI"):
        rows_behind(warehouse, "nothing", *_MARCH)
    with pytest.raises(Refused, match="is not before"):
        rows_behind(warehouse, "deals_won", _MARCH[1], _MARCH[0])


@pytest.mark.parametrize("key", SHIPPED)
def test_as_many_rows_open_as_the_number_rests_on(key: str) -> None:
    days = range(1, 29)
    warehouse = warehouse_with(
        *[
            closed(f"2026-03-{day:02d}", ("won", "lost")[day % 3 == 0], 10 * day,
                   created_on="2026-02-01")
            for day in days
        ],
        *[meeting(f"2026-03-{day:02d}", ("done", "no_show")[day % 4 == 0]) for day in days],
        *[proposal(f"2026-03-{day:02d}") for day in days],
        *[invoice(f"2026-03-{day:02d}", 100, 60) for day in days],
        today="2026-06-01",
    )  # fmt: skip

    (series,) = read_series(warehouse, [key], Grain.QUARTER)

    for point in series.points:
        rows = rows_behind(warehouse, key, point.period.start, point.period.end)
        assert rows.total == point.sample
