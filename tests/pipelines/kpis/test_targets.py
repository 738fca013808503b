"""Targets are dated, and every period gets the share that its working days have."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.judgement import Aim
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.journal import changes_after
from pipelines.kpis.definition import Unit
from pipelines.kpis.target_values import parse_change_value, parse_target_value
from pipelines.kpis.targets import (
    Standing,
    Target,
    TargetRequest,
    aimed_at,
    aims,
    finished_weeks_changed,
    list_targets,
    set_target,
    standings,
    take_back_target_at,
)
from pipelines.periods import Grain, Period
from tests.builders.warehouse import SHIPPED, closed, warehouse_with

_QUEBEC: dict[str, Any] = {"country": "CA", "province": "QC"}
_JANUARY = date(2026, 1, 1)


def aim_at(context: Context, key: str, value: float, **more: Any) -> None:
    per = Grain.MONTH if SHIPPED[key].adds_up else None
    set_target(
        context, TargetRequest(**{"valid_from": _JANUARY, "per": per, **more}, key=key, value=value)
    )


def aimed(
    context: Context, key: str, grain: Grain, day: str, *, owner: str | None = None
) -> Aim | None:
    period = context.calendar.period(grain, date.fromisoformat(day))
    (aim,) = aims(context, SHIPPED[key], [period], owner=owner)
    return aim


def value(
    context: Context, key: str, grain: Grain, day: str, owner: str | None = None
) -> float | None:
    aim = aimed(context, key, grain, day, owner=owner)
    return None if aim is None else aim.value


def test_a_week_gets_the_share_its_working_days_have_of_the_month() -> None:
    # June 2026 in Québec: 22 weekdays, less the 24th (Fête nationale): 21
    warehouse = warehouse_with(**_QUEBEC)
    aim_at(warehouse, "sales_won", 21_000)

    assert value(warehouse, "sales_won", Grain.WEEK, "2026-06-08") == 5000
    assert value(warehouse, "sales_won", Grain.WEEK, "2026-06-22") == 4000


def test_a_week_across_two_months_takes_each_days_share_of_its_own_month() -> None:
    # two of March's 22 working days, and two of April's 21: Good Friday is none in Québec
    warehouse = warehouse_with(**_QUEBEC)
    aim_at(warehouse, "sales_won", 22_000)

    aim = value(warehouse, "sales_won", Grain.WEEK, "2026-03-30")

    assert aim == pytest.approx(2 * 1000 + 2 * 22_000 / 21)


def test_a_month_and_a_quarter_are_exactly_their_own_targets() -> None:
    warehouse = warehouse_with(**_QUEBEC)
    aim_at(warehouse, "sales_won", 33_333.33)

    assert value(warehouse, "sales_won", Grain.MONTH, "2026-06-08") == 33_333.33
    assert value(warehouse, "sales_won", Grain.QUARTER, "2026-06-08") == 3 * 33_333.33


def test_a_yearly_target_follows_the_fiscal_year() -> None:
    warehouse = warehouse_with(fiscal_year_start=4)
    aim_at(warehouse, "deals_won", 365, per=Grain.YEAR, valid_from=date(2025, 4, 1))

    months = [
        value(warehouse, "deals_won", Grain.MONTH, f"2025-{month:02d}-01") for month in range(4, 13)
    ] + [
        value(warehouse, "deals_won", Grain.MONTH, f"2026-{month:02d}-01") for month in range(1, 4)
    ]

    assert sum(number or 0 for number in months) == pytest.approx(365)


def test_weekends_follow_the_country() -> None:
    # Israel works from Sunday to Thursday; June 2026 has 22 such days, and no holiday on them
    warehouse = warehouse_with(country="IL", week_start="sunday")
    aim_at(warehouse, "deals_won", 22)

    assert value(warehouse, "deals_won", Grain.WEEK, "2026-06-14") == 5


def test_a_rate_has_one_target_for_every_period() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "win_rate", 0.3)

    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER):
        assert value(warehouse, "win_rate", grain, "2026-06-08") == 0.3


def test_past_weeks_keep_their_target_when_a_new_one_starts() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "deals_won", 5, per=Grain.WEEK)
    aim_at(warehouse, "win_rate", 0.3)
    aim_at(warehouse, "deals_won", 8, per=Grain.WEEK, valid_from=date(2026, 6, 8))
    aim_at(warehouse, "win_rate", 0.4, valid_from=date(2026, 6, 8))

    assert value(warehouse, "deals_won", Grain.WEEK, "2026-06-01") == 5
    assert value(warehouse, "deals_won", Grain.WEEK, "2026-06-08") == 8
    assert value(warehouse, "win_rate", Grain.WEEK, "2026-06-01") == 0.3
    assert value(warehouse, "win_rate", Grain.WEEK, "2026-06-08") == 0.4
    assert len(list_targets(warehouse)) == 4


def test_a_running_month_keeps_the_rate_it_began_with() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "win_rate", 0.3)
    aim_at(warehouse, "win_rate", 0.2, valid_from=date(2026, 6, 15))

    assert value(warehouse, "win_rate", Grain.MONTH, "2026-06-20") == 0.3
    assert value(warehouse, "win_rate", Grain.MONTH, "2026-07-20") == 0.2


def test_a_month_in_which_the_target_changes_is_made_of_both() -> None:
    # June 2026 in Ontario has 22 working days, 10 of them before the 15th
    warehouse = warehouse_with(country="CA", province="ON")
    aim_at(warehouse, "deals_won", 22)
    aim_at(warehouse, "deals_won", 44, valid_from=date(2026, 6, 15))

    assert value(warehouse, "deals_won", Grain.MONTH, "2026-06-15") == 10 + 2 * 12


def test_a_target_that_covers_a_part_of_a_period_says_nothing_about_it() -> None:
    warehouse = warehouse_with()
    aim_at(
        warehouse,
        "deals_won",
        5,
        per=Grain.WEEK,
        valid_from=date(2026, 6, 10),
        valid_to=date(2026, 6, 24),
    )

    weeks = ("2026-06-08", "2026-06-15", "2026-06-22")

    assert [value(warehouse, "deals_won", Grain.WEEK, day) for day in weeks] == [None, 5, None]


def test_when_a_dated_exception_ends_the_older_target_holds_again() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "win_rate", 0.3)
    aim_at(warehouse, "win_rate", 0.1, valid_from=date(2026, 7, 6), valid_to=date(2026, 8, 3))

    days = ("2026-06-29", "2026-07-06", "2026-08-03")

    assert [value(warehouse, "win_rate", Grain.WEEK, day) for day in days] == [0.3, 0.1, 0.3]


def test_owners_have_targets_of_their_own_and_the_company_has_its_own() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won", owner="Ana"))
    aim_at(warehouse, "deals_won", 5, per=Grain.WEEK)
    aim_at(warehouse, "deals_won", 2, per=Grain.WEEK, owner="Ana")

    assert value(warehouse, "deals_won", Grain.WEEK, "2026-06-08") == 5
    assert value(warehouse, "deals_won", Grain.WEEK, "2026-06-08", "Ana") == 2
    assert value(warehouse, "deals_won", Grain.WEEK, "2026-06-08", "Bob") is None


@pytest.mark.parametrize("column", ["segment", "region", "business_unit"])
def test_a_segment_a_region_and_a_business_unit_have_targets_of_their_own(column: str) -> None:
    group: Any = {column: "North"}
    warehouse = warehouse_with(closed("2026-03-03", "won", owner="North", **group))
    aim_at(warehouse, "deals_won", 5, per=Grain.WEEK)
    aim_at(warehouse, "deals_won", 3, per=Grain.WEEK, **group)
    week = warehouse.calendar.period(Grain.WEEK, date(2026, 6, 8))
    kpi = SHIPPED["deals_won"]

    assert aims(warehouse, kpi, [week]) == [Aim(5)]
    assert aims(warehouse, kpi, [week], whose=(column, "North")) == [Aim(3)]
    assert aims(warehouse, kpi, [week], whose=(column, "South")) == [None]
    assert aims(warehouse, kpi, [week], owner="North") == [None]


def test_a_segments_new_target_replaces_only_its_own() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "deals_won", 5, segment="Retail")
    aim_at(warehouse, "deals_won", 6, region="Retail")
    aim_at(warehouse, "deals_won", 7, segment="Retail")

    states = standings(list_targets(warehouse), date(2026, 6, 1))

    # none of them ends: the second one is of another column
    assert [states[number][0] for number in (1, 2, 3)] == [
        Standing.REPLACED,
        Standing.IN_FORCE,
        Standing.IN_FORCE,
    ]


def test_both_ends_of_a_range_are_shared() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "deals_won", 10, per=Grain.WEEK, max_value=15)

    month = aimed(warehouse, "deals_won", Grain.WEEK, "2026-06-08")

    assert month == Aim(10, max_value=15)


def test_where_less_is_better_a_target_is_a_ceiling() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "no_show_rate", 0.1)
    aim_at(warehouse, "win_rate", 0.9, at_most=True)

    assert aimed(warehouse, "no_show_rate", Grain.WEEK, "2026-06-08") == Aim(0.1, at_most=True)
    assert aimed(warehouse, "win_rate", Grain.WEEK, "2026-06-08") == Aim(0.9, at_most=True)


def test_a_week_without_working_days_has_a_share_of_nothing() -> None:
    # 16 to 20 February 2026 is the Spring Festival
    warehouse = warehouse_with(country="CN")
    aim_at(warehouse, "deals_won", 5, per=Grain.MONTH)

    assert value(warehouse, "deals_won", Grain.WEEK, "2026-02-16") == 0


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"key": "sales_wom", "per": Grain.MONTH}, "Did you mean 'sales_won'"),
        ({"key": "sales_won"}, "A target for Sales won needs to say for which period"),
        ({"key": "win_rate", "per": Grain.WEEK}, "Win rate does not add up"),
        ({"key": "sales_cycle", "per": Grain.WEEK}, "Sales cycle does not add up"),
        ({"key": "average_deal", "per": Grain.WEEK}, "Average deal does not add up"),
        ({"key": "win_rate", "value": float("nan")}, "The target is not a number"),
        ({"key": "win_rate", "max_value": 0.2}, "The upper end of a range"),
        ({"key": "win_rate", "max_value": 0.5, "at_most": True}, "A range has"),
        ({"key": "win_rate", "valid_to": _JANUARY}, "The target would end before"),
        ({"key": "win_rate", "owner": " "}, "owner: The name is empty"),
        ({"key": "win_rate", "owner": "Anna Roy"}, "Did you mean 'Ana Roy'"),
        ({"key": "win_rate", "segment": " "}, "segment: The name is empty"),
        ({"key": "win_rate", "segment": "Retial"}, "Did you mean 'Retail'"),
        ({"key": "win_rate", "segment": "Retail", "region": "West"}, "is for one group"),
        ({"key": "meetings_held", "per": Grain.WEEK, "region": "West"}, "name no region"),
    ],
)
def test_what_cannot_be_a_target_is_refused(request_: dict[str, Any], said: str) -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won", owner="Ana Roy", segment="Retail"))

    with pytest.raises(Refused) as refused:
        set_target(warehouse, TargetRequest(**{"value": 0.3, "valid_from": _JANUARY, **request_}))

    assert said in str(refused.value)
    assert list_targets(warehouse) == ()


def test_everything_wrong_with_a_target_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        set_target(
            warehouse_with(),
            TargetRequest(
                "win_rate", 0.3, _JANUARY, per=Grain.WEEK, max_value=0.1, valid_to=_JANUARY
            ),
        )

    assert len(refused.value.problems) == 3


def test_somebody_new_may_have_a_target_before_the_first_row() -> None:
    warehouse = warehouse_with(closed("2026-03-03", "won", owner="Ana Roy"))

    aim_at(warehouse, "win_rate", 0.3, owner="Zoé Bélanger")

    assert list_targets(warehouse)[0].owner == "Zoé Bélanger"


def test_a_target_is_listed_as_it_was_set() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "sales_won", 1000, reason="New market")

    (target,) = list_targets(warehouse)

    assert (target.key, target.value, target.per) == ("sales_won", 1000, Grain.MONTH)
    assert (target.valid_from, target.valid_to, target.reason) == (_JANUARY, None, "New market")


@given(st.dates(date(2026, 2, 1), date(2027, 12, 1)), st.integers(1, 10**6))
def test_the_shares_of_a_quarters_days_are_the_quarter(day: date, amount: int) -> None:
    warehouse = _FRENCH
    quarter = warehouse.calendar.period(Grain.QUARTER, day)
    starts = [quarter.start + timedelta(days=n) for n in range((quarter.end - quarter.start).days)]
    days = [Period(start, start + timedelta(days=1), Grain.WEEK) for start in starts]

    shares = aims(warehouse, SHIPPED["sales_won"], days, targets=[monthly(amount)])

    assert sum(share.value for share in shares if share) == pytest.approx(3 * amount)


_FRENCH = warehouse_with(country="FR")


def monthly(amount: int) -> Target:
    return Target(
        target_id=1,
        key="sales_won",
        owner=None,
        value=amount,
        max_value=None,
        at_most=False,
        per=Grain.MONTH,
        valid_from=_JANUARY,
        valid_to=None,
        reason=None,
        set_at=datetime(2026, 1, 1, 9),  # noqa: DTZ001 - moments are kept in UTC without a zone
    )


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("0.3", Unit.PERCENT, 0.3),
        ("0,3", Unit.PERCENT, 0.3),
        ("30%", Unit.PERCENT, 0.3),
        ("30 %", Unit.PERCENT, 0.3),
        ("12,5\u00a0%", Unit.PERCENT, 0.125),
        ("150%", Unit.PERCENT, 1.5),
        ("1%", Unit.PERCENT, 0.01),
        ("0.125", Unit.PERCENT, 0.125),
        ("0", Unit.PERCENT, 0),
        ("12000", Unit.MONEY, 12000),
        ("12 000,50", Unit.MONEY, 12000.5),
        ("12\u202f000", Unit.MONEY, 12000),
        ("-5", Unit.MONEY, -5),
        ("−5", Unit.MONEY, -5),
        ("7.5", Unit.DAYS, 7.5),
        ("30", Unit.COUNT, 30),
        ("5 500 000,50 $", Unit.MONEY, 5500000.5),
        ("5\u00a0500\u00a0000,50\u00a0$", Unit.MONEY, 5500000.5),
        ("1\u202f300\u202f000\u202f€", Unit.MONEY, 1300000),
        ("12 000 $", Unit.MONEY, 12000),
        ("12 000 $ CA", Unit.MONEY, 12000),
        ("12000 CAD", Unit.MONEY, 12000),
        ("CAD 12000", Unit.MONEY, 12000),
        ("CA$12,000", Unit.MONEY, 12000),
        ("$12,000", Unit.MONEY, 12000),
        ("-$12,000", Unit.MONEY, -12000),
        ("$1,234.50", Unit.MONEY, 1234.5),
        ("1,300,000", Unit.MONEY, 1300000),
        ("1.234,50 €", Unit.MONEY, 1234.5),
        ("1 300", Unit.COUNT, 1300),
    ],
)
def test_a_target_is_read_as_people_write_it(text: str, unit: Unit, number: float) -> None:
    assert parse_target_value(text, unit) == number


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("30", Unit.PERCENT),
        ("1", Unit.PERCENT),
        ("1.5", Unit.PERCENT),
        ("30%", Unit.COUNT),
        ("12,000", Unit.MONEY),
        ("12.000", Unit.MONEY),
        ("12,000 $", Unit.MONEY),
        ("$12.000", Unit.MONEY),
        ("$", Unit.MONEY),
        ("TEN", Unit.MONEY),
        ("12 000 $", Unit.COUNT),
        ("30 40", Unit.COUNT),
        ("", Unit.COUNT),
        ("%", Unit.PERCENT),
        ("nan", Unit.COUNT),
        ("inf", Unit.COUNT),
        ("1e3", Unit.COUNT),
        ("1,2,3", Unit.COUNT),
        ("ten", Unit.COUNT),
    ],
)
def test_what_may_be_meant_in_two_ways_is_refused(text: str, unit: Unit) -> None:
    with pytest.raises(Refused) as refused:
        parse_target_value(text, unit)

    assert refused.value.problems[0].hint is not None


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("+5 pts", Unit.PERCENT, 0.05),
        ("−2,5\N{NO-BREAK SPACE}pts", Unit.PERCENT, -0.025),
        ("1 pt", Unit.PERCENT, 0.01),
        ("+3 points", Unit.PERCENT, 0.03),
        ("-5 %", Unit.PERCENT, -0.05),
        ("+4", Unit.COUNT, 4.0),
    ],
)
def test_a_change_is_read_as_the_pages_write_it(text: str, unit: Unit, number: float) -> None:
    assert parse_change_value(text, unit) == number


def test_a_count_does_not_change_by_points() -> None:
    with pytest.raises(Refused):
        parse_change_value("+5 pts", Unit.COUNT)


def test_a_target_says_which_finished_weeks_it_would_change() -> None:
    # a Wednesday of week 47 of 2026, which began on Monday the 16th
    warehouse = warehouse_with(today="2026-11-18")
    aim_at(warehouse, "win_rate", 0.3)

    def changed(key: str, value: float, start: str, per: Grain | None = None) -> list[str]:
        request = TargetRequest(key, value, date.fromisoformat(start), per=per)
        weeks = finished_weeks_changed(warehouse, request)
        return [warehouse.calendar.label(week) for week in weeks]

    assert changed("win_rate", 0.4, "2026-11-16") == []
    # a rate has the target of a week's first day: week 45 began on the 2nd, a day later
    assert changed("win_rate", 0.4, "2026-11-03") == ["2026-W46"]
    assert changed("win_rate", 0.4, "2026-11-01") == ["2026-W45", "2026-W46"]
    assert changed("win_rate", 0.3, "2026-11-01") == []  # the same as before
    # a first target gives one to whole weeks only
    assert changed("deals_won", 5, "2026-11-04", Grain.WEEK) == ["2026-W46"]


def test_a_target_is_in_force_replaced_ended_or_still_to_come() -> None:
    warehouse = warehouse_with(today="2026-11-18")
    aim_at(warehouse, "win_rate", 0.1, valid_from=date(2026, 10, 1))  # same day as the next one
    aim_at(warehouse, "win_rate", 0.2, valid_from=date(2026, 10, 1))
    aim_at(warehouse, "win_rate", 0.3, valid_from=date(2026, 11, 16))
    aim_at(warehouse, "win_rate", 0.4, valid_from=date(2027, 1, 1), valid_to=date(2027, 2, 1))
    aim_at(warehouse, "no_show_rate", 0.1, valid_from=_JANUARY, valid_to=date(2026, 7, 1))

    found = list_targets(warehouse)
    states = standings(found, warehouse.today())

    assert {target.value: states[target.target_id] for target in found if target.key == "win_rate"} == {
        0.1: (Standing.REPLACED, date(2026, 10, 1)),
        0.2: (Standing.REPLACED, date(2026, 11, 16)),
        0.3: (Standing.IN_FORCE, None),  # it comes back after the one of January
        0.4: (Standing.TO_COME, date(2027, 2, 1)),
    }  # fmt: skip
    (no_show,) = (target for target in found if target.key == "no_show_rate")
    assert states[no_show.target_id] == (Standing.ENDED, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("key", "value"),
    [("win_rate", 3.5), ("win_rate", -0.1), ("no_show_rate", 1.01), ("deals_won", -1)],
)
def test_a_value_that_a_kpi_can_never_have_is_no_target(key: str, value: float) -> None:
    with pytest.raises(Refused):
        aim_at(warehouse_with(), key, value)


def test_a_margin_may_be_aimed_at_below_zero() -> None:
    warehouse = warehouse_with()
    aim_at(warehouse, "gross_margin", -5000)
    aim_at(warehouse, "gross_margin_rate", -0.05)

    assert {target.value for target in list_targets(warehouse)} == {-5000, -0.05}


@pytest.mark.parametrize("key", ["win_rate", "proposals_sent", "sales_won", "deals_won"])
def test_where_more_is_better_nothing_is_no_target(key: str) -> None:
    warehouse = warehouse_with()

    with pytest.raises(Refused) as refused:
        aim_at(warehouse, key, 0)

    assert "would be reached whatever happens. Aim at more than 0" in str(refused.value)
    assert list_targets(warehouse) == ()


@pytest.mark.parametrize(
    ("key", "more"),
    [
        ("no_show_rate", {}),  # less is better
        ("sales_cycle", {}),
        ("deals_won", {"at_most": True}),
        ("deals_won", {"max_value": 5}),
        ("gross_margin", {}),  # may be missed: a margin may lie below zero
        ("gross_margin_rate", {}),
    ],
)
def test_nothing_is_a_target_that_can_be_missed(key: str, more: dict[str, Any]) -> None:
    warehouse = warehouse_with()

    aim_at(warehouse, key, 0, **more)

    assert list_targets(warehouse)[0].value == 0


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("28", "Write 28%, or the fraction 0.28."),
        ("1,5 ", "Write 1,5%, or the fraction 0.015."),
        ("100", "Write 100%, with the sign."),
        ("150", "Write 150%, with the sign."),
    ],
)
def test_a_bare_percentage_is_told_how_it_is_written(written: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_target_value(written, Unit.PERCENT)

    assert str(refused.value.problems[0].hint) == hint


def test_where_less_is_better_a_single_value_is_a_ceiling_and_a_range_is_not() -> None:
    context = warehouse_with()
    for key, more in (("no_show_rate", {}), ("sales_cycle", {"max_value": 60}), ("win_rate", {})):
        aim_at(context, key, 0.1, **more)

    assert {one.key: one.at_most for one in aimed_at(context)} == {
        "no_show_rate": True,
        "sales_cycle": False,
        "win_rate": False,
    }


def test_a_target_that_is_taken_back_holds_on_no_day_and_stays_in_the_history() -> None:
    context = warehouse_with(today="2026-11-17")
    aim_at(context, "win_rate", 0.3)
    wrong = set_target(context, TargetRequest("win_rate", 0.2, date(2026, 11, 1)))
    set_target(context, TargetRequest("win_rate", 0.35, date(2026, 12, 7)))

    context.store.write(lambda cursor: take_back_target_at(context, cursor, wrong.target_id))

    weeks = ("2026-10-26", "2026-11-02", "2026-11-09", "2026-12-07")
    assert [value(context, "win_rate", Grain.WEEK, day) for day in weeks] == [0.3, 0.3, 0.3, 0.35]
    found = list_targets(context)
    states = standings(found, context.today())
    assert [(one.value, *states[one.target_id]) for one in found] == [
        (0.3, Standing.IN_FORCE, date(2026, 12, 7)),
        (0.2, Standing.TAKEN_BACK, date(2026, 11, 1)),
        (0.35, Standing.TO_COME, None),
    ]
    change = context.store.read(lambda cursor: changes_after(cursor, 0))[-1]
    assert (change.what, change.subject, change.after) == (
        "target.taken_back",
        f"target {wrong.target_id}",
        None,
    )
    assert change.before is not None
    assert (change.before["value"], change.before["valid_from"]) == (0.2, "2026-11-01")
