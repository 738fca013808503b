"""The value of every period comes from its rows, or there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.kpis.definition import Definition, Measure
from pipelines.kpis.series import read_series
from pipelines.kpis.values import Point, Series
from pipelines.periods import Grain
from tests.builders.warehouse import (
    SHIPPED,
    add,
    closed,
    created,
    deal,
    invoice,
    meeting,
    proposal,
    stage_entry,
    warehouse_with,
)


def one(context: Context, key: str, grain: Grain = Grain.WEEK, as_of: date | None = None) -> Series:
    (series,) = read_series(context, [key], grain, as_of=as_of)
    assert series.unavailable is None, str(series.unavailable)
    return series


def values(context: Context, key: str, grain: Grain = Grain.WEEK) -> dict[str, float | None]:
    return {str(point.period.start): point.value for point in one(context, key, grain).points}


def reason(context: Context, key: str, grain: Grain = Grain.WEEK) -> str:
    (series,) = read_series(context, [key], grain)
    assert series.points == ()
    assert series.unavailable is not None
    return str(series.unavailable)


def test_a_months_win_rate_counts_deals_and_never_averages_weeks() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won"), *[closed("2026-03-10", "lost")] * 9, today="2026-04-01"
    )

    weeks = values(warehouse, "win_rate")
    month = one(warehouse, "win_rate", Grain.MONTH).points[0]

    assert list(weeks.values())[:2] == [1.0, 0.0]  # their mean would be 0.5
    assert (month.value, month.numerator, month.denominator, month.sample) == (0.1, 1, 10, 10)


def test_a_period_without_deals_has_none_won_and_no_win_rate() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won", 500),
        closed("2026-03-17", "lost", 900, created_on="2026-03-01"),
        today="2026-03-22",
    )

    assert values(warehouse, "deals_won") == {"2026-03-02": 1, "2026-03-09": 0, "2026-03-16": 0}
    assert values(warehouse, "sales_won") == {"2026-03-02": 500, "2026-03-09": 0, "2026-03-16": 0}
    assert values(warehouse, "win_rate") == {"2026-03-02": 1, "2026-03-09": None, "2026-03-16": 0}
    assert values(warehouse, "average_deal") == {
        "2026-03-02": 500,
        "2026-03-09": None,
        "2026-03-16": None,
    }


def test_a_series_begins_with_its_own_first_row() -> None:
    warehouse = warehouse_with(
        created("2026-01-06"), closed("2026-03-03", "won"), today="2026-03-10"
    )

    assert list(values(warehouse, "deals_won")) == ["2026-03-02", "2026-03-09"]
    assert next(iter(values(warehouse, "new_opportunities"))) == "2026-01-05"


def test_the_running_period_is_partial_until_its_last_day_is_over() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won"))

    def partial(as_of: str) -> list[bool]:
        series = one(warehouse, "deals_won", as_of=date.fromisoformat(as_of))
        return [point.partial for point in series.points]

    assert partial("2026-03-08") == [True]  # Sunday
    assert partial("2026-03-09") == [False, True]


def test_rows_after_the_day_asked_about_are_left_out() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won"), closed("2026-03-05", "won"), closed("2026-03-12", "won")
    )

    series = one(warehouse, "deals_won", as_of=date(2026, 3, 4))

    assert [point.value for point in series.points] == [1]


def test_before_the_first_row_there_is_nothing() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won"))

    (series,) = read_series(warehouse, ["deals_won"], Grain.WEEK, as_of=date(2026, 3, 2))

    assert str(series.unavailable) == "The files hold nothing for it up to 2026-03-02."


def test_a_won_deal_without_a_closing_date_belongs_to_no_period() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won"), deal("won", amount=5), today="2026-03-08"
    )

    assert values(warehouse, "deals_won") == {"2026-03-02": 1}


def test_a_monday_week_ends_on_sunday_and_a_sunday_week_begins_on_it() -> None:
    rows = [closed("2026-03-07", "won"), closed("2026-03-08", "won"), closed("2026-03-09", "won")]

    monday = warehouse_with(*rows, today="2026-03-14")
    sunday = warehouse_with(*rows, today="2026-03-14", week_start="sunday")

    assert values(monday, "deals_won") == {"2026-03-02": 2, "2026-03-09": 1}
    assert values(sunday, "deals_won") == {"2026-03-01": 1, "2026-03-08": 2}


def test_the_days_around_new_year_belong_to_their_week_in_a_year_of_53() -> None:
    # 2026 has 53 ISO weeks; the last one runs from 28 December to 3 January
    warehouse = warehouse_with(
        closed("2026-12-27", "won"),
        closed("2026-12-31", "won"),
        closed("2027-01-03", "won"),
        closed("2027-01-04", "won"),
        today="2027-01-05",
    )

    series = one(warehouse, "deals_won")

    assert [warehouse.calendar.label(point.period) for point in series.points] == [
        "2026-W52",
        "2026-W53",
        "2027-W01",
    ]
    assert [point.value for point in series.points] == [1, 2, 1]


@pytest.mark.parametrize("first_month", range(1, 13))
def test_every_day_lands_in_the_period_that_the_calendar_says(first_month: int) -> None:
    days = [f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in (1, 15, 28)]
    days += ["2024-02-29", "2024-03-31", "2024-05-31", "2024-08-31", "2024-12-31", "2023-12-31"]
    warehouse = warehouse_with(
        *[closed(day, "won") for day in days], fiscal_year_start=first_month, week_start="sunday"
    )

    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER):
        counted = {
            point.period.start: point.value
            for point in one(warehouse, "deals_won", grain).points
            if point.value
        }
        expected: dict[date, float] = {}
        for day in days:
            start = warehouse.calendar.period(grain, date.fromisoformat(day)).start
            expected[start] = expected.get(start, 0) + 1
        assert counted == expected


def test_a_fiscal_quarter_that_starts_in_february_ends_in_april() -> None:
    warehouse = warehouse_with(
        closed("2026-01-31", "won"),
        closed("2026-02-01", "won"),
        closed("2026-04-30", "won"),
        today="2026-05-10",
        fiscal_year_start=2,
    )

    assert values(warehouse, "deals_won", Grain.QUARTER) == {
        "2025-11-01": 1,
        "2026-02-01": 2,
        "2026-05-01": 0,
    }


def test_a_median_is_of_the_periods_own_deals() -> None:
    warehouse = warehouse_with(
        *[closed("2026-03-31", "won", created_on=day) for day in ("2026-03-21", "2026-03-30")],
        *[closed("2026-04-01", "won", created_on=day) for day in ("2026-03-02", "2026-03-12")],
        closed("2026-04-01", "won", created_on="2026-04-02"),  # entered after it was closed
        closed("2026-04-01", "lost", created_on="2025-04-02"),
        today="2026-07-01",
    )

    quarter = one(warehouse, "sales_cycle", Grain.QUARTER).points
    week = one(warehouse, "sales_cycle").points[0]

    # 10 and 1 days in March, 30 and 20 in April
    assert [point.value for point in quarter] == [5.5, 25, None]
    assert (week.value, week.sample) == (15, 4)


def test_margin_counts_invoices_with_a_known_cost_and_divides_by_sales() -> None:
    warehouse = warehouse_with(
        invoice("2026-03-03", 100, 50),
        invoice("2026-03-04", 300, 250),
        invoice("2026-03-04", 1000),  # cost unknown
        invoice("2026-03-05", -100, -50),  # credit note
        today="2026-03-09",
    )

    assert values(warehouse, "gross_margin")["2026-03-02"] == 50
    rate = one(warehouse, "gross_margin_rate").points[0]
    assert (rate.value, rate.numerator, rate.denominator, rate.sample) == (50 / 300, 50, 300, 3)


def test_credit_notes_that_outweigh_the_invoices_leave_no_margin_rate() -> None:
    warehouse = warehouse_with(
        invoice("2026-03-03", 100, 40), invoice("2026-03-03", -300, -100), today="2026-03-09"
    )

    assert values(warehouse, "gross_margin_rate") == {"2026-03-02": None, "2026-03-09": None}
    assert values(warehouse, "gross_margin")["2026-03-02"] == -140


def test_cents_add_up_exactly() -> None:
    warehouse = warehouse_with(
        *[closed("2026-03-03", "won", Decimal("0.10")) for _ in range(3)], today="2026-03-09"
    )

    assert values(warehouse, "sales_won")["2026-03-02"] == 0.3


def test_a_week_whose_won_deals_all_lack_an_amount_has_no_sales() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won", 100),
        closed("2026-03-04", "won"),
        closed("2026-03-10", "won"),
        today="2026-03-22",
    )

    sales = one(warehouse, "sales_won").points

    assert [point.value for point in sales] == [100, None, 0]
    assert [point.sample for point in sales] == [2, 1, 0]
    assert values(warehouse, "average_deal")["2026-03-02"] == 100


def test_amounts_without_a_currency_are_in_the_companys() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won", 1), closed("2026-03-03", "won", 2, currency="CAD")
    )

    series = one(warehouse, "sales_won")

    assert (series.currency, series.points[0].value) == ("CAD", 3)


def test_a_share_of_money_knows_the_currency_of_its_parts_and_a_share_of_things_has_none() -> None:
    warehouse = warehouse_with(
        invoice("2026-03-03", 100, 50), closed("2026-03-03", "won", 1), closed("2026-03-04", "lost")
    )

    assert one(warehouse, "gross_margin_rate").currency == "CAD"
    assert one(warehouse, "win_rate").currency is None


def test_a_single_foreign_currency_is_shown_as_what_it_is() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won", 1, currency="USD"))

    assert one(warehouse, "sales_won").currency == "USD"
    assert one(warehouse, "deals_won").currency is None


def test_several_currencies_are_never_added() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "won", 1, currency="USD"), closed("2026-03-10", "won", 1)
    )

    assert "CAD, USD" in reason(warehouse, "sales_won")
    assert "CAD, USD" in reason(warehouse, "average_deal")
    assert one(warehouse, "deals_won").points[0].value == 1


def test_another_currency_among_rows_that_are_not_counted_does_no_harm() -> None:
    warehouse = warehouse_with(
        closed("2026-03-03", "lost", 1, currency="USD"), closed("2026-03-10", "won", 1)
    )

    assert one(warehouse, "sales_won").currency == "CAD"


def test_a_margin_rate_of_several_currencies_is_absent_too() -> None:
    warehouse = warehouse_with(
        invoice("2026-03-03", 100, 50, currency="EUR"), invoice("2026-03-03", 100, 50)
    )

    assert "CAD, EUR" in reason(warehouse, "gross_margin_rate")


def test_meetings_held_counts_visits_too_and_not_calls_plans_or_no_shows() -> None:
    warehouse = warehouse_with(
        meeting("2026-03-03"),
        meeting("2026-03-03", kind="visit"),
        meeting("2026-03-03", kind="call"),
        meeting("2026-03-03", "no_show"),
        meeting("2026-03-03", "planned"),
        meeting("2026-03-03", outcome_evidence="assumed"),
        today="2026-03-09",
    )

    assert values(warehouse, "meetings_held")["2026-03-02"] == 3


def test_the_no_show_rate_counts_only_outcomes_that_were_exported() -> None:
    warehouse = warehouse_with(
        *[meeting("2026-03-03")] * 3,
        meeting("2026-03-04", "no_show"),
        meeting("2026-03-04", "cancelled"),
        *[meeting("2026-03-05", outcome_evidence="assumed")] * 6,
        today="2026-03-09",
    )

    week = one(warehouse, "no_show_rate").points[0]

    assert (week.value, week.numerator, week.denominator) == (0.25, 1, 4)


def test_without_any_recorded_no_show_there_is_no_rate_of_them() -> None:
    warehouse = warehouse_with(*[meeting("2026-03-03")] * 3)

    assert "marked as a no-show" in reason(warehouse, "no_show_rate")


def test_proposals_are_counted_as_logged_where_a_source_logs_them() -> None:
    warehouse = warehouse_with(
        proposal("2026-03-03"),
        stage_entry("7", "2026-03-04"),
        stage_entry("8", "2026-03-04", source="pipedrive"),
        today="2026-03-09",
    )

    # hubspot logs proposals, so its stages are not counted as well; pipedrive logs none
    assert values(warehouse, "proposals_sent")["2026-03-02"] == 2


def test_a_deal_that_returns_to_the_proposal_stage_counts_once_for_its_owner() -> None:
    warehouse = warehouse_with(
        created("2026-03-01", external_id="7", owner="Ana"),
        stage_entry("7", "2026-03-12"),
        stage_entry("7", "2026-03-03"),
        stage_entry("7", "2026-03-04", milestone=None),
        today="2026-03-16",
    )

    (series,) = read_series(warehouse, ["proposals_sent"], Grain.WEEK, by="owner")

    assert series.group == "Ana"
    assert [point.value for point in series.points] == [1, 0, 0]


def test_groups_share_the_companys_periods_and_nobody_comes_last() -> None:
    warehouse = warehouse_with(
        closed("2026-03-10", "won", owner="Zoé"),
        closed("2026-03-03", "won", owner="Ana"),
        closed("2026-03-10", "won"),
        closed("2026-03-10", "lost", owner="Bob"),
        today="2026-03-16",
    )

    groups = read_series(warehouse, ["deals_won"], Grain.WEEK, by="owner")

    assert [(series.group, [point.value for point in series.points]) for series in groups] == [
        ("Ana", [1, 0, 0]),
        ("Zoé", [0, 1, 0]),
        (None, [0, 1, 0]),
    ]


def test_the_company_is_the_sum_of_its_groups() -> None:
    warehouse = warehouse_with(
        *[closed(f"2026-03-{day:02d}", "won", owner="AB"[day % 2]) for day in range(1, 29)]
    )

    company = one(warehouse, "deals_won").points
    groups = read_series(warehouse, ["deals_won"], Grain.WEEK, by="owner")

    for number, point in enumerate(company):
        assert point.value == sum(series.points[number].value or 0 for series in groups)


def test_a_table_that_does_not_know_segments_says_so() -> None:
    warehouse = warehouse_with(meeting("2026-03-03"))

    (series,) = read_series(warehouse, ["meetings_held"], Grain.WEEK, by="segment")

    assert str(series.unavailable) == "The rows that it counts name no segment."


def test_an_unknown_key_or_split_is_refused_with_a_hint() -> None:
    warehouse = warehouse_with()

    with pytest.raises(Refused, match=r"no KPI 'sales_wom'.*Did you mean 'sales_won'.*'x'"):
        read_series(warehouse, ["sales_wom", "x"], Grain.WEEK)
    with pytest.raises(Refused, match=r"split by 'ovner'.*Did you mean 'owner'"):
        read_series(warehouse, ["sales_won"], Grain.WEEK, by="ovner")


def test_series_stop_at_quarters() -> None:
    with pytest.raises(Refused, match="week, month or quarter"):
        read_series(warehouse_with(), ["sales_won"], Grain.YEAR)


def test_an_empty_warehouse_makes_no_number_and_always_says_why() -> None:
    warehouse = warehouse_with()

    for series in read_series(warehouse, list(SHIPPED), Grain.WEEK):
        assert series.points == ()
        assert series.unavailable is not None


def test_without_lost_deals_there_is_no_win_rate() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won", 5))

    assert "every deal would look won" in reason(warehouse, "win_rate")


def own(measure: Measure) -> Definition:
    return replace(SHIPPED["deals_won"], key="own", measure=measure)


def test_a_condition_with_or_does_not_leak_into_its_neighbours() -> None:
    lost_or_won = own(
        Measure(
            "deals",
            "closed_on",
            "count(*) filter (where status = 'won' or status = 'lost')",
            where="owner = 'Ana' or owner = 'Bob'",
        )
    )
    warehouse = warehouse_with(
        closed("2026-03-03", "won", owner="Ana"),
        closed("2026-03-03", "lost", owner="Bob"),
        closed("2026-03-03", "lost", owner="Zoé"),
        today="2026-03-08",
        definitions={**SHIPPED, "own": lost_or_won},
    )

    together = read_series(warehouse, ["own", "deals_won", "win_rate"], Grain.WEEK)

    assert [series.points[0].value for series in together] == [2, 1, 1 / 3]


def test_a_definition_that_fails_on_the_data_does_not_take_others_with_it() -> None:
    broken = own(Measure("deals", "closed_on", "sum(abs(name))"))
    warehouse = warehouse_with(
        closed("2026-03-03", "won", name="twelve"),
        today="2026-03-08",
        definitions={**SHIPPED, "own": broken},
    )

    failed, fine = read_series(warehouse, ["own", "deals_won"], Grain.WEEK)

    assert "Check its definition" in str(failed.unavailable)
    assert fine.points[0].value == 1


def test_a_mean_of_nothing_and_a_quotient_are_absent_not_zero() -> None:
    mean = own(Measure("deals", "closed_on", "avg(amount)", where="status = 'won'"))
    quotient = own(Measure("deals", "closed_on", "sum(amount) / count(*)", where="status = 'won'"))
    rows = [closed("2026-03-03", "won", 4), closed("2026-03-17", "won", 6)]

    for definition in (mean, quotient):
        warehouse = warehouse_with(*rows, today="2026-03-18", definitions={"own": definition})
        assert list(values(warehouse, "own").values()) == [4, None, 6]


def test_a_value_that_is_no_number_is_absent() -> None:
    infinite = own(Measure("deals", "closed_on", "max(amount / 0)", where="status = 'won'"))
    warehouse = warehouse_with(
        closed("2026-03-03", "won", 4), today="2026-03-08", definitions={"own": infinite}
    )

    assert list(values(warehouse, "own").values()) == [None]


def test_new_rows_show_at_once() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won"), today="2026-03-08")
    assert values(warehouse, "deals_won") == {"2026-03-02": 1}

    add(warehouse, closed("2026-03-04", "won"))

    assert values(warehouse, "deals_won") == {"2026-03-02": 2}


def test_a_point_of_a_plain_count_has_no_parts() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won"), today="2026-03-08")

    point = one(warehouse, "deals_won").points[0]

    assert point == Point(point.period, 1.0, sample=1, partial=True)
