"""Landings against sums done on paper, on any day, for anybody."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.kpis.definition import Definition, Measure
from pipelines.kpis.target import TargetRequest
from pipelines.kpis.targets import set_target
from pipelines.landing.landing import landing
from pipelines.landing.model import Landing, Method, Outlook
from pipelines.periods import Grain
from tests.builders.history import Life, at_random, every_monday, rows_of
from tests.builders.warehouse import (
    SHIPPED,
    Row,
    add,
    closed,
    created,
    deal,
    imported,
    stage_entry,
    warehouse_with,
)

#: A Monday, 45 days before the quarter ends.
TODAY = date(2026, 11, 16)
FIRST = date(2024, 1, 8)
#: The last one is created today.
WEEKS = (TODAY - FIRST).days // 7 + 1
CALENDAR_QUARTER_LEFT = 45


def mondays(weeks: int = WEEKS, amount: int | None = 1000, **settings: Any) -> Context:
    lives = every_monday(TODAY - timedelta(weeks=weeks - 1), weeks, amount)
    return warehouse_with(*rows_of(lives, TODAY), today=TODAY, **settings)


def outlook(found: Landing) -> Outlook:
    assert found.outlook is not None, found.unavailable or found.notes
    return found.outlook


def brought_later(lives: list[Life], day: date, end: date) -> list[Life]:
    """Return what was won after a day and before an end, and not created by then."""
    return [
        life
        for life in lives
        if life.won and life.closed and day < life.closed < end and life.created > day
    ]


def test_a_quarter_ends_with_what_is_closed_what_is_open_and_what_is_not_there_yet() -> None:
    lives = every_monday(FIRST, WEEKS)
    found = landing(mondays(), "sales_won")
    made = outlook(found)

    # four of the youngest may still be won; of those, in all of history, one in two was. The
    # losers among the older four cannot: nobody ever won after 28 days.
    won = [life for life in lives if life.won and life.closed and life.closed <= TODAY]
    this_quarter = [life for life in won if life.closed and life.closed >= date(2026, 10, 1)]
    assert found.method is Method.OPEN_DEALS
    assert made.closed == 1000 * len(this_quarter)
    assert found.to_date == made.closed
    assert made.count == 4 + 2
    assert [round(one.chance, 9) for one in made.deals] == [0.5] * 4 + [0] * 2
    assert made.open == 2000
    assert made.mean == made.closed + made.open + made.others
    for earlier in made.earlier:
        still = brought_later(lives, earlier.day, earlier.period.end)
        assert (earlier.count, earlier.brought) == (len(still), Decimal(1000 * len(still)))
    assert [earlier.period.start for earlier in made.earlier] == [
        date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1),
        date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1),
    ]  # fmt: skip
    assert made.days_left == CALENDAR_QUARTER_LEFT
    assert made.low <= made.middle <= made.high
    assert found.value == made.middle


def test_two_deals_at_even_odds_beside_nothing_else_are_a_binomial() -> None:
    # so late that nothing new can be won by the end: 28 days are more than are left
    day = date(2026, 12, 14)
    weeks = (day - FIRST).days // 7 + 1
    context = warehouse_with(*rows_of(every_monday(FIRST, weeks), day), today=day)
    set_target(context, TargetRequest("sales_won", 7000, date(2026, 1, 1), per=Grain.QUARTER))

    made = outlook(landing(context, "sales_won"))

    # open: the deals of 14, 7 December, 30 and 23 November; the first two have too little time
    assert [round(one.chance, 9) for one in made.deals[:3]] == [0.5, 0.5, 0]
    assert made.others == 0
    assert made.exact
    closed_then = made.closed
    assert closed_then == 5000
    assert [made.low, made.middle, made.high] == [5000, 6000, 7000]
    assert made.chance == pytest.approx(0.25)
    # each of the two: without it the target is out of reach, with it the other decides
    assert [one.chance_without for one in made.decisive] == [0, 0]
    assert [one.chance_won for one in made.decisive] == pytest.approx([0.5, 0.5])
    assert [one.without for one in made.decisive] == [5000, 5000]
    assert [one.won for one in made.decisive] == [6000, 6000]


def test_a_ceiling_is_met_by_staying_below_and_a_range_by_staying_within() -> None:
    day = date(2026, 12, 14)
    weeks = (day - FIRST).days // 7 + 1
    context = warehouse_with(*rows_of(every_monday(FIRST, weeks), day), today=day)
    since = date(2026, 1, 1)

    set_target(context, TargetRequest("deals_won", 5, since, per=Grain.QUARTER, at_most=True))
    assert outlook(landing(context, "deals_won")).chance == pytest.approx(0.25)

    set_target(context, TargetRequest("deals_won", 6, since, per=Grain.QUARTER, max_value=6.5))
    assert outlook(landing(context, "deals_won")).chance == pytest.approx(0.5)


def test_deals_are_counted_as_amounts_are_added() -> None:
    made, amounts = (outlook(landing(mondays(), key)) for key in ("deals_won", "sales_won"))

    assert (made.closed, made.open) == (amounts.closed / 1000, amounts.open / 1000)
    assert made.exact


def test_a_deal_that_is_won_tomorrow_is_open_today() -> None:
    context = mondays()
    (tomorrow,) = [
        life
        for life in every_monday(FIRST, WEEKS)
        if life.won and life.closed and date(2026, 10, 10) < life.closed < date(2026, 10, 20)
    ]
    assert tomorrow.closed is not None

    def seen(day: date) -> tuple[bool, Decimal]:
        made = outlook(landing(context, "sales_won", as_of=day))
        return tomorrow.name in {one.external_id for one in made.deals}, made.closed

    closed_before = Decimal(1000) * len(
        [
            life
            for life in every_monday(FIRST, WEEKS)
            if life.won and life.closed and date(2026, 10, 1) <= life.closed < tomorrow.closed
        ]
    )
    assert seen(tomorrow.closed - timedelta(days=1)) == (True, closed_before)
    assert seen(tomorrow.closed) == (False, closed_before + 1000)


@pytest.mark.parametrize("day", [date(2026, 2, 17), date(2026, 5, 9), date(2026, 8, 31)])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_came_later_changes_nothing_of_what_was_seen_then(day: date, seed: int) -> None:
    lives = at_random(seed, date(2024, 1, 1), 220)
    told_then = warehouse_with(*rows_of(lives, day), today=day)
    told_now = warehouse_with(*rows_of(lives), today=TODAY)

    for key in ("sales_won", "deals_won"):
        then, now = landing(told_then, key), landing(told_now, key, as_of=day)

        assert replace(now, notes=()) == replace(then, notes=())
        assert then.method is Method.OPEN_DEALS


@pytest.mark.parametrize("seed", range(4))
def test_the_parts_of_a_landing_add_up_to_the_cent(seed: int) -> None:
    context = warehouse_with(*rows_of(at_random(seed, date(2024, 1, 1), 220), TODAY), today=TODAY)

    found = landing(context, "sales_won")
    made = outlook(found)

    assert made.closed == Decimal(str(found.to_date))
    assert made.open == sum((one.expected for one in made.deals), Decimal(0))
    assert made.mean == made.closed + made.open + made.others
    assert made.closed <= made.low <= made.middle <= made.high
    assert len(made.deals) == made.count
    assert len(made.decisive) == 5
    for one in made.decisive:
        assert one.without <= made.middle <= one.won
        assert one.deal in made.deals


def test_a_large_deal_is_won_less_often_where_history_says_so() -> None:
    lives = every_monday(FIRST, WEEKS)
    sized = [replace(life, amount=2_000 if life.won else 80_000) for life in lives]
    context = warehouse_with(*rows_of(sized, TODAY), today=TODAY)

    made = outlook(landing(context, "sales_won"))

    by_amount = {one.amount: one for one in made.deals if one.chance > 0}
    small, large = by_amount[Decimal(2_000)], by_amount[Decimal(80_000)]
    assert large.chance < 0.42
    assert small.chance > 0.58
    assert small.chance + large.chance == pytest.approx(1, abs=0.02)
    assert str(large.reason).endswith("Deals as large as this one were won less often.")
    assert str(small.reason).endswith("Deals as small as this one were won more often.")


def test_a_reason_says_what_it_rests_on() -> None:
    context = mondays()
    add(
        context,
        deal(external_id="X", created_on="2026-10-01", amount=5),
        stage_entry("X", "2026-11-10", stage="Never seen", milestone=None),
    )

    made = outlook(landing(context, "sales_won"))

    reasons = {one.external_id: str(one.reason) for one in made.deals}
    assert reasons[f"M{WEEKS - 2}"] == (
        "Of 149 earlier deals that were open for more than 7 days, about 50% were won within the"
        " time that is left."
    )
    assert reasons["X"] == (
        "Few earlier deals were in “Never seen” for more than 6 days: the chance leans on deals of"
        " all stages."
    )


@pytest.mark.parametrize(
    ("status", "closed_on", "seen_from", "adds"),
    [
        ("won", "2026-12-20", "2026-11-13", 10_000),
        ("won", "2027-01-05", "2026-11-13", 0),
        ("lost", "2026-12-20", "2026-11-13", 0),
    ],
)
def test_what_a_file_calls_won_or_lost_on_a_day_to_come_is_not_left_to_chance(
    status: str, closed_on: str, seen_from: str, adds: int
) -> None:
    before = outlook(landing(mondays(), "sales_won"))
    context = mondays()
    add(
        context,
        deal(
            status,
            external_id="X",
            created_on="2026-11-09",
            closed_on=closed_on,
            seen_from=seen_from,
            amount=10_000,
        ),
    )

    made = outlook(landing(context, "sales_won"))

    # the bridge of the pipeline counts it as won or lost too; it is paid for on its day
    assert made.closed == before.closed
    (found,) = [one for one in made.deals if one.external_id == "X"]
    assert found.expected == adds
    assert str(found.reason) == (
        f"The files close it on {closed_on} already: nothing about it is left to chance."
    )
    assert "X" not in {one.deal.external_id for one in made.decisive}
    assert made.low >= made.closed + adds
    # the day before no file told it yet
    then = outlook(landing(context, "sales_won", as_of=date(2026, 11, 12)))
    assert 0 < {one.external_id: one.chance for one in then.deals}["X"] < 1


def test_deals_have_their_amounts_in_their_own_currency_also_where_they_are_counted() -> None:
    context = mondays(currency="CAD")
    add(context, deal(external_id="X", created_on="2026-11-09", amount=10, currency="USD"))

    made = outlook(landing(context, "deals_won"))

    currencies = {one.external_id: one.currency for one in made.deals}
    assert currencies.pop("X") == "USD"
    assert set(currencies.values()) == {"CAD"}


def test_a_chance_that_rests_on_a_handful_of_deals_says_so() -> None:
    context = mondays()
    # nobody was open for longer than 56 days: all that is known is of the five that lay for 60
    for number in range(5):
        add(
            context,
            deal(
                "won",
                external_id=f"Y{number}",
                created_on="2026-05-04",
                closed_on="2026-07-03",
                amount=1000,
            ),
        )
    add(
        context,
        deal(external_id="X", created_on="2026-09-18", amount=1000),
        deal(external_id="Z", created_on="2026-09-18", amount=1000),
        stage_entry("Z", "2026-09-18", stage="Talk", milestone=None),
    )

    found = {one.external_id: one for one in outlook(landing(context, "sales_won")).deals}

    assert found["X"].few == found["Z"].few == 5
    assert str(found["X"].reason) == (
        "Few earlier deals were open for more than 59 days: little is known about it."
    )
    assert str(found["Z"].reason) == (
        "Few earlier deals were in any stage for more than 59 days: little is known about it."
    )
    assert found[f"M{WEEKS - 2}"].few is None


def test_a_deal_without_an_amount_is_listed_and_counts_as_nothing() -> None:
    context = mondays()
    add(context, deal(external_id="X", created_on="2026-11-09"))

    found = landing(context, "sales_won")

    (without,) = [one for one in outlook(found).deals if one.external_id == "X"]
    assert (without.amount, without.expected) == (None, Decimal(0))
    assert without.chance > 0
    assert [str(note) for note in found.notes] == [
        "1 open deal has no amount and counts as nothing."
    ]
    assert landing(context, "deals_won").notes == ()


def test_a_deal_that_vanished_counts_and_is_marked() -> None:
    context = mondays()
    add(
        context, deal(external_id="X", created_on="2026-11-09", amount=10, vanished_on="2026-11-13")
    )

    found = landing(context, "sales_won")
    (gone,) = [one for one in outlook(found).deals if one.external_id == "X"]
    assert gone.vanished
    assert "1 open deal is no longer in the newest full export; it counts." in map(str, found.notes)

    (there,) = [
        one
        for one in outlook(landing(context, "sales_won", as_of=date(2026, 11, 12))).deals
        if one.external_id == "X"
    ]
    assert not there.vanished


def test_amount_and_owner_are_those_of_the_day() -> None:
    context = mondays()
    add(
        context,
        deal(
            external_id="X",
            created_on="2026-09-20",
            seen_from="2026-11-01",
            amount=900,
            owner="Luc",
        ),
        Row(
            "former_deals",
            {
                "source": "hubspot",
                "external_id": "X",
                "valid_from": "2026-10-10",
                "valid_to": "2026-11-01",
                "status": "open",
                "amount": 400,
                "owner": "Anne",
                "import_id": 1,
            },
        ),
    )

    def seen(day: str) -> tuple[Decimal | None, str | None]:
        made = outlook(landing(context, "sales_won", as_of=date.fromisoformat(day)))
        (one,) = [one for one in made.deals if one.external_id == "X"]
        return one.amount, one.owner

    assert seen("2026-11-16") == (Decimal(900), "Luc")
    assert seen("2026-10-20") == (Decimal(400), "Anne")
    # from before the first file that shows it, that is the nearest anybody knows
    assert seen("2026-10-05") == (Decimal(400), "Anne")


def test_salespeople_see_the_companys_range_and_their_own_deals() -> None:
    lives = at_random(3, date(2024, 1, 1), 220)
    context = warehouse_with(*rows_of(lives, TODAY), today=TODAY)
    everybody = outlook(landing(context, "sales_won"))

    luc = context.by(Actor("Luc", scope=Scope(people=frozenset({"Luc"}))))
    mine = outlook(landing(luc, "sales_won"))

    own = [one for one in everybody.deals if one.owner == "Luc"]
    assert list(mine.deals) == own
    assert mine.unseen == everybody.count - len(own) > 0
    assert (mine.low, mine.middle, mine.high) == (everybody.low, everybody.middle, everybody.high)
    assert [one.deal.owner for one in mine.decisive] == ["Luc"] * len(mine.decisive)
    assert len(mine.decisive) + mine.decisive_unseen == len(everybody.decisive)


def test_with_few_earlier_quarters_new_deals_are_left_out_and_it_says_so() -> None:
    found = landing(mondays(weeks=46), "sales_won")

    assert found.method is Method.KNOWN_DEALS
    assert outlook(found).others == 0
    (note,) = found.notes
    assert str(note) == (
        "What deals that are not there yet will still bring is left out: it takes 4 earlier periods"
        " to know."
    )


def test_with_a_handful_of_finished_deals_it_goes_on_at_the_same_rate() -> None:
    context = warehouse_with(
        closed("2026-10-05", "won", 6600, created_on="2026-09-01"),
        created("2026-10-06", 500),
        today=TODAY,
        country="CA",
        province="QC",
    )

    found = landing(context, "sales_won")

    # Quebec, without Thanksgiving, has 32 working days from 1 October to 16 November, of 64
    assert found.method is Method.RUN_RATE
    assert found.value == pytest.approx(6600 * 64 / 32)
    assert found.outlook is None
    (note,) = found.notes
    assert str(note) == (
        "Only 1 deal was won or lost so far: too few to know what becomes of open ones. What there"
        " is to date goes on at the same rate instead."
    )


def test_only_lost_deals_have_no_landing_and_the_reason_is_the_kpis_own() -> None:
    found = landing(warehouse_with(closed("2026-10-05", "lost", 10), today=TODAY), "sales_won")

    assert found.method is None
    assert str(found.unavailable).startswith("The files hold no won deal with a closing date.")


def test_open_deals_in_another_currency_are_not_added() -> None:
    context = mondays(currency="CAD")
    add(context, deal(external_id="X", created_on="2026-11-01", amount=10, currency="USD"))

    found = landing(context, "sales_won")

    assert found.outlook is None
    assert str(found.unavailable).startswith("The amounts are in several currencies (CAD, USD)")
    assert landing(context, "deals_won").method is Method.OPEN_DEALS


@pytest.mark.parametrize("month", range(1, 13))
def test_the_quarter_is_the_companys_own(month: int) -> None:
    context = mondays(fiscal_year_start=month)

    found = landing(context, "sales_won")

    assert found.period == context.calendar.period(Grain.QUARTER, TODAY)
    won = [life for life in every_monday(FIRST, WEEKS) if life.won and life.closed]
    within = [one for one in won if one.closed and found.period.start <= one.closed <= TODAY]
    assert outlook(found).closed == 1000 * len(within)
    assert len(outlook(found).earlier) == 8


def test_a_month_lands_as_a_quarter_does() -> None:
    context = mondays()
    month = context.calendar.period(Grain.MONTH, TODAY)

    found = landing(context, "sales_won", month)

    assert found.period == month
    # 14 days are left: the deals of 26 October and 2 November can still be won by then
    assert [round(one.chance, 9) for one in outlook(found).deals[:3]] == [0.5, 0.5, 0]
    assert outlook(found).others == 0


def test_a_target_that_changes_in_the_quarter_is_explained_and_the_same_one_set_anew_is_not() -> (
    None
):
    context = mondays()
    set_target(context, TargetRequest("sales_won", 7000, date(2026, 1, 1), per=Grain.QUARTER))
    set_target(context, TargetRequest("sales_won", 7000, date(2026, 11, 2), per=Grain.QUARTER))
    set_target(context, TargetRequest("win_rate", 0.3, date(2026, 1, 1)))
    assert landing(context, "sales_won").aim_note is None

    set_target(context, TargetRequest("sales_won", 6000, TODAY, per=Grain.QUARTER))
    set_target(context, TargetRequest("win_rate", 0.4, TODAY))
    sales, rate = landing(context, "sales_won"), landing(context, "win_rate")

    assert sales.aim is not None
    assert 6000 < sales.aim.value < 7000
    assert str(sales.aim_note) == (
        "The target changes on 2026-11-16: over the whole period both count, by working days."
    )
    assert rate.aim is not None
    assert rate.aim.value == 0.3
    assert str(rate.aim_note) == (
        "The target changes on 2026-11-16: the whole period keeps that of its first day."
    )


def test_what_is_over_is_what_it_was() -> None:
    context = mondays()
    third = context.calendar.previous(context.calendar.period(Grain.QUARTER, TODAY))

    found = landing(context, "sales_won", third)

    won = [life for life in every_monday(FIRST, WEEKS) if life.won and life.closed]
    assert found.method is Method.ENDED
    assert found.value == 1000 * len([one for one in won if one.closed and one.closed in third])


def test_what_has_not_begun_has_no_landing() -> None:
    context = mondays()
    fifth = context.calendar.next(context.calendar.period(Grain.QUARTER, TODAY))

    assert str(landing(context, "sales_won", fifth).unavailable) == "It has not begun yet."


def test_files_that_end_before_the_quarter_say_so() -> None:
    context = mondays()
    add(context, imported("deals", "2026-09-20"))

    assert str(landing(context, "sales_won").unavailable) == (
        "The files tell only about the days up to 2026-09-20."
    )


def test_files_that_end_within_the_quarter_are_where_it_is_seen_from() -> None:
    context = mondays()
    add(context, imported("deals", "2026-11-02"))

    found = landing(context, "sales_won")

    assert (found.as_of, found.until) == (TODAY, date(2026, 11, 2))
    assert outlook(found).days_left == 59


def test_other_flows_go_on_at_the_same_rate_per_working_day() -> None:
    found = landing(mondays(country="CA", province="QC"), "new_opportunities")

    # seven Mondays from 5 October to 16 November; 32 of 64 working days
    assert found.method is Method.RUN_RATE
    assert found.value == pytest.approx(7 * 64 / 32)
    assert found.outlook is None


def test_data_that_begin_late_in_a_quarter_tell_no_pace() -> None:
    # of the 32 working days so far, 22 lie before Monday 2 November and ten after it
    context = warehouse_with(
        created("2026-11-03"), created("2026-11-10"), today=TODAY, country="CA", province="QC"
    )

    found = landing(context, "new_opportunities")

    assert (found.to_date, found.value) == (2, None)
    assert str(found.unavailable) == (
        "It has nothing before 2026-11-02: too short a time to tell its pace."
    )


def test_rates_stay_where_they_are() -> None:
    found = landing(mondays(), "win_rate")

    assert (found.method, found.value) == (Method.TO_DATE, found.to_date)


def test_the_measure_decides_and_not_the_key() -> None:
    won = SHIPPED["sales_won"].measure
    assert won is not None

    def renamed(key: str, where: str) -> Definition:
        measure = Measure("deals", "closed_on", "SUM( amount )", where=where)
        return replace(SHIPPED["sales_won"], key=key, measure=measure)

    definitions = {
        **SHIPPED,
        "ours": renamed("ours", "status='won'"),
        "partly": renamed("partly", "status = 'won' and segment = 'B'"),
    }
    lives = rows_of(every_monday(FIRST, WEEKS), TODAY)
    context = warehouse_with(
        *lives, closed("2026-10-02", "won", 1, segment="B"), today=TODAY, definitions=definitions
    )

    assert landing(context, "ours").method is Method.OPEN_DEALS
    assert landing(context, "partly").method is Method.RUN_RATE


def test_an_unknown_kpi_is_refused() -> None:
    with pytest.raises(Refused):
        landing(mondays(), "sales_one")


def test_a_new_file_is_read_and_other_writing_is_not_waited_for() -> None:
    context = mondays()
    before = outlook(landing(context, "sales_won"))
    set_target(context, TargetRequest("win_rate", 0.3, date(2026, 1, 1)))
    assert outlook(landing(context, "sales_won")) == before

    add(context, deal(external_id="X", created_on="2026-11-09", amount=10))

    assert outlook(landing(context, "sales_won")).count == before.count + 1
