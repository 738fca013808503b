"""Typed numbers are shown as typed; longer periods come from the stored rule, or not at all."""

from datetime import date, timedelta
from typing import Any

import pytest

from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, Recorded, add_entry, record_entries
from pipelines.kpis.hand_kept import HandKept, complete_hand_kept, create_hand_kept, incomplete
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.series import read_series
from pipelines.kpis.values import Series
from pipelines.periods import Grain
from tests.builders.warehouse import closed, warehouse_with


def record(context: Context, *rows: EntryRow, import_id: int | None = 1) -> Recorded:
    return context.store.write(
        lambda cursor: record_entries(
            cursor,
            rows,
            import_id,
            calendar=context.calendar,
            definitions=context.shipped_definitions,
            entered_at=clock.now(),
        )
    )


def weeks(first: str, *values: float | None, key: str = "visits", **more: Any) -> list[EntryRow]:
    """Return a typed number for each successive week; None for a week left out."""
    start = date.fromisoformat(first)
    return [
        EntryRow(key, start + timedelta(days=7 * number), value, line=number + 2, **more)
        for number, value in enumerate(values)
        if value is not None
    ]


def one(context: Context, grain: Grain, **more: Any) -> Series:
    (series,) = read_series(context, ["visits"], grain, **more)
    return series


def values(context: Context, grain: Grain, **more: Any) -> list[float | None]:
    series = one(context, grain, **more)
    assert series.unavailable is None, str(series.unavailable)
    return [point.value for point in series.points if not point.partial]


def test_a_week_is_shown_as_typed_and_a_week_nobody_typed_has_no_value() -> None:
    warehouse = warehouse_with(today="2026-03-30")
    record(warehouse, *weeks("2026-03-02", 4, None, 7))

    assert values(warehouse, Grain.WEEK) == [4, None, 7, None]


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    # the week of 30 March 2026 has its Thursday on 2 April; that of 27 April on 30 April
    warehouse = warehouse_with(today="2026-05-10")
    record(warehouse, *weeks("2026-03-02", *range(1, 10), aggregate=Aggregate.SUM))

    months = one(warehouse, Grain.MONTH)

    assert [(str(p.period.start), p.value) for p in months.points] == [
        ("2026-03-01", 1 + 2 + 3 + 4),
        ("2026-04-01", 5 + 6 + 7 + 8 + 9),
        ("2026-05-01", None),
    ]


def test_a_sunday_week_goes_by_its_thursday_too() -> None:
    # Sunday 29 March to Saturday 4 April 2026: its Thursday is 2 April
    warehouse = warehouse_with(today="2026-05-10", week_start="sunday")
    record(warehouse, *weeks("2026-03-29", 1, 2, 3, 4, 5, aggregate=Aggregate.SUM))

    assert values(warehouse, Grain.MONTH) == [15]


@pytest.mark.parametrize(
    ("rule", "march", "quarter"),
    [
        (Aggregate.SUM, 26, None),  # the first weeks of the quarter were not typed
        (Aggregate.MEAN, 6.5, 6.5),
        (Aggregate.LAST, 2, 2),
    ],
)
def test_a_longer_period_follows_the_stored_rule(
    rule: Aggregate, march: float, quarter: float | None
) -> None:
    warehouse = warehouse_with(today="2026-04-05")
    record(warehouse, *weeks("2026-03-02", 6, 8, 10, 2, aggregate=rule))

    assert values(warehouse, Grain.MONTH) == [march]
    assert values(warehouse, Grain.QUARTER) == [quarter]


def test_a_ratio_divides_the_sums_of_its_parts() -> None:
    warehouse = warehouse_with(today="2026-04-05")
    parts = [(1, 1), (1, 9), (0, 0), (2, 10)]
    rows = [
        EntryRow("visits", date(2026, 3, 2) + timedelta(days=7 * n), numerator=a, denominator=b)
        for n, (a, b) in enumerate(parts)
    ]
    record(warehouse, *rows)

    (month,) = [point for point in one(warehouse, Grain.MONTH).points if not point.partial]

    assert values(warehouse, Grain.WEEK)[:4] == [1, 1 / 9, None, 0.2]
    assert (month.value, month.numerator, month.denominator) == (4 / 20, 4, 20)


def test_without_a_rule_longer_periods_are_unavailable() -> None:
    warehouse = warehouse_with(today="2026-04-05")
    record(warehouse, *weeks("2026-03-02", 6, 8))

    series = one(warehouse, Grain.MONTH)

    assert series.points == ()
    assert "No rule says" in str(series.unavailable)


def test_a_month_cannot_be_cut_into_weeks() -> None:
    warehouse = warehouse_with(today="2026-04-05")
    record(
        warehouse, EntryRow("visits", date(2026, 1, 1), 3), EntryRow("visits", date(2026, 2, 1), 3)
    )

    assert "longer periods only" in str(one(warehouse, Grain.WEEK).unavailable)
    assert values(warehouse, Grain.MONTH) == [3, 3, None]


def test_a_sum_that_lacks_a_week_is_absent() -> None:
    warehouse = warehouse_with(today="2026-05-10")
    record(warehouse, *weeks("2026-03-02", 1, 2, 3, 4, 5, None, 7, 8, 9, aggregate=Aggregate.SUM))

    assert values(warehouse, Grain.MONTH) == [10, None]


def test_the_running_month_adds_up_what_there_is() -> None:
    warehouse = warehouse_with(today="2026-03-18")
    record(warehouse, *weeks("2026-03-02", 1, 2, 3, 4, aggregate=Aggregate.SUM))

    (march,) = one(warehouse, Grain.MONTH).points

    assert (march.value, march.partial) == (6, True)  # the week of the 23rd has not begun


def test_people_have_numbers_of_their_own() -> None:
    warehouse = warehouse_with(today="2026-03-16")
    record(
        warehouse,
        *weeks("2026-03-02", 1, 2, owner="Ana", aggregate=Aggregate.SUM),
        *weeks("2026-03-02", 3, 4, owner="Bob"),
    )

    by_owner = read_series(warehouse, ["visits"], Grain.WEEK, by="owner")

    assert [(one.group, one.points[0].value) for one in by_owner] == [("Ana", 1), ("Bob", 3)]
    assert values(warehouse, Grain.WEEK) == [4, 6]  # its rule adds, and nothing else was typed


def test_the_companys_own_number_is_not_made_up_from_means() -> None:
    warehouse = warehouse_with(today="2026-03-16")
    record(warehouse, *weeks("2026-03-02", 1, 2, owner="Ana", aggregate=Aggregate.MEAN))

    assert "for each person only" in str(one(warehouse, Grain.WEEK).unavailable)


def test_typed_numbers_are_not_split_by_segment() -> None:
    warehouse = warehouse_with(today="2026-03-16")
    record(warehouse, *weeks("2026-03-02", 1))

    assert "nobody typed its segment" in str(one(warehouse, Grain.WEEK, by="segment").unavailable)


def test_a_key_that_nobody_knows_becomes_a_kpi_to_complete() -> None:
    warehouse = warehouse_with(today="2026-03-30")

    recorded = record(warehouse, *weeks("2026-03-02", 4, 5))

    assert recorded.new_kpis == ("visits",)
    (guess,) = incomplete(warehouse)
    assert (guess.key, guess.name, guess.unit, guess.complete) == (
        "visits",
        "Visits",
        Unit.COUNT,
        False,
    )
    complete_hand_kept(
        warehouse, HandKept("visits", "Visites", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    )
    assert incomplete(warehouse) == ()
    definition = one(warehouse, Grain.WEEK).definition
    assert (definition.name.in_language("fr"), definition.adds_up) == ("Visites", True)


def test_a_rule_may_come_with_a_later_file_until_somebody_completes_the_kpi() -> None:
    warehouse = warehouse_with(today="2026-04-05")
    record(warehouse, *weeks("2026-03-02", 1, 2, 3, 4))
    record(warehouse, *weeks("2026-03-02", 1, 2, 3, 4, aggregate=Aggregate.SUM))
    assert values(warehouse, Grain.MONTH) == [10]

    complete_hand_kept(
        warehouse, HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, None)
    )
    record(warehouse, *weeks("2026-03-02", 5, aggregate=Aggregate.LAST))

    assert "No rule says" in str(one(warehouse, Grain.MONTH).unavailable)


@pytest.mark.parametrize(("part", "unit"), [(3, Unit.PERCENT), (30, Unit.COUNT)])
def test_two_parts_are_taken_for_a_percentage_unless_they_exceed_one(
    part: float, unit: Unit
) -> None:
    warehouse = warehouse_with(today="2026-03-16")
    record(warehouse, EntryRow("visits", date(2026, 3, 2), numerator=part, denominator=10))

    assert incomplete(warehouse)[0].unit is unit


def test_the_same_rows_again_change_nothing_and_a_correction_replaces() -> None:
    warehouse = warehouse_with(today="2026-03-30")
    rows = weeks("2026-03-02", 4, 5, 6)

    first, again = record(warehouse, *rows), record(warehouse, *rows)
    corrected = record(warehouse, *weeks("2026-03-02", 4, 50))

    assert (first.added, first.changed, first.unchanged) == (3, 0, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert (corrected.added, corrected.changed, corrected.unchanged) == (0, 1, 1)
    assert values(warehouse, Grain.WEEK)[:3] == [4, 50, 6]


def test_of_two_lines_for_a_week_the_later_one_holds() -> None:
    warehouse = warehouse_with(today="2026-03-30")
    monday = date(2026, 3, 2)

    recorded = record(
        warehouse,
        EntryRow("visits", monday, 1, line=2),
        EntryRow("visits", monday, 2, line=3),
        EntryRow("visits", monday, 2, line=4),
        EntryRow("visits", monday + timedelta(days=7), 9, line=5),
    )

    assert (recorded.added, recorded.unchanged) == (2, 1)
    assert [(one.row.line, one.code) for one in recorded.rejects] == [(2, "duplicate_id")]
    assert values(warehouse, Grain.WEEK)[:2] == [2, 9]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (EntryRow("sales_won", date(2026, 3, 2), 1), "computed_kpi"),
        (EntryRow("Visits!", date(2026, 3, 2), 1), "bad_key"),
        (EntryRow("visits", date(2026, 3, 4), 1), "unclear_period"),
        (EntryRow("visits", date(2026, 6, 1), 1), "unclear_period"),  # a Monday and a first
        (EntryRow("visits", date(2026, 3, 4), 1, grain=Grain.WEEK), "bad_start"),
        (EntryRow("visits", date(2026, 1, 1), 1, grain=Grain.YEAR), "bad_start"),
        (EntryRow("visits", date(2026, 3, 2)), "no_number"),
        (EntryRow("visits", date(2026, 3, 2), float("nan")), "no_number"),
        (EntryRow("visits", date(2026, 3, 2), 0.5, 1, 4), "parts_disagree"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_with_its_reason(row: EntryRow, code: str) -> None:
    recorded = record(warehouse_with(), row)

    assert [one.code for one in recorded.rejects] == [code]
    assert (recorded.added, recorded.new_kpis) == (0, ())


def test_a_rounded_percentage_is_kept_in_full_from_its_parts() -> None:
    warehouse = warehouse_with(today="2026-03-09")

    record(warehouse, EntryRow("visits", date(2026, 3, 2), 0.333, 1, 3))

    assert values(warehouse, Grain.WEEK) == [1 / 3]


@pytest.mark.parametrize(
    ("starts", "grain"),
    [
        (["2026-03-02", "2026-06-01"], Grain.WEEK),  # Mondays, of which one is a first
        (["2026-06-01", "2026-07-01"], Grain.MONTH),
        (["2026-07-01"], Grain.MONTH),
        (["2026-04-01", "2026-07-01"], Grain.QUARTER),
    ],
)
def test_the_length_of_the_periods_is_told_from_their_first_days(
    starts: list[str], grain: Grain
) -> None:
    warehouse = warehouse_with()
    record(warehouse, *[EntryRow("visits", date.fromisoformat(start), 1) for start in starts])

    assert one(warehouse, grain).points[0].value == 1


def test_the_length_typed_so_far_decides_for_a_day_that_could_be_either() -> None:
    warehouse = warehouse_with(today="2026-06-08")
    record(warehouse, *weeks("2026-05-25", 1))

    recorded = record(warehouse, EntryRow("visits", date(2026, 6, 1), 2))

    assert recorded.added == 1
    assert values(warehouse, Grain.WEEK) == [1, 2]


def test_a_number_typed_on_the_page_is_kept_or_refused_with_a_reason() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won"), today="2026-03-16")
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(warehouse, visits)

    add_entry(warehouse, EntryRow("visits", date(2026, 3, 2), 3, grain=Grain.WEEK))
    add_entry(warehouse, EntryRow("visits", date(2026, 3, 2), 4, grain=Grain.WEEK))

    assert values(warehouse, Grain.WEEK) == [4, None]
    with pytest.raises(Refused, match="computed from the files"):
        add_entry(warehouse, EntryRow("deals_won", date(2026, 3, 2), 3, grain=Grain.WEEK))
    with pytest.raises(Refused, match="Did you mean 'visits'"):
        add_entry(warehouse, EntryRow("visit", date(2026, 3, 2), 3, grain=Grain.WEEK))
    with pytest.raises(Refused, match="2026-03-02 is"):
        add_entry(warehouse, EntryRow("visits", date(2026, 3, 3), 3, grain=Grain.WEEK))


def test_a_key_is_taken_once() -> None:
    warehouse = warehouse_with()
    taken = HandKept("sales_won", " ", Kind.INPUT, Unit.COUNT, Better.UP, None)

    with pytest.raises(Refused) as refused:
        create_hand_kept(warehouse, taken)

    assert len(refused.value.problems) == 2


def test_a_hand_kept_kpi_without_numbers_says_how_to_give_it_some() -> None:
    warehouse = warehouse_with()
    create_hand_kept(
        warehouse, HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, None)
    )

    assert "Type its numbers" in str(one(warehouse, Grain.WEEK).unavailable)


def test_the_rows_behind_a_month_are_the_weeks_it_was_made_of() -> None:
    warehouse = warehouse_with(today="2026-05-10")
    record(warehouse, *weeks("2026-03-23", 1, 2, 3, aggregate=Aggregate.SUM), import_id=None)

    april = rows_behind(warehouse, "visits", date(2026, 4, 1), date(2026, 5, 1))

    starts = [dict(zip(april.columns, row, strict=True))["start"] for row in april.records]
    assert starts == [date(2026, 3, 30), date(2026, 4, 6)]
    assert dict(zip(april.columns, april.records[0], strict=True))["source"] == "typed"
