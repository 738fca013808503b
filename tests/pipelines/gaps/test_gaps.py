"""Where a month stands and what its gap is made of, from rows to numbers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.gaps.gaps import gap, gaps
from pipelines.gaps.model import Against, Factor, Gap, Split
from pipelines.gaps.stretches import year_before
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import choose
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.people.person import Details
from pipelines.people.register import add_person, join
from pipelines.periods import Grain, Period
from tests.builders.warehouse import (
    Row,
    closed,
    deal,
    imported,
    invoice,
    meeting,
    warehouse_with,
)

_QUEBEC: dict[str, Any] = {"country": "CA", "province": "QC"}


def month(text: str) -> Period:
    first = date.fromisoformat(f"{text}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, after, Grain.MONTH)


def aim(context: Context, key: str, value: float, **more: Any) -> None:
    per = None if not catalogue(context)[key].adds_up else Grain.MONTH
    set_target(
        context,
        TargetRequest(**{"valid_from": date(2024, 1, 1), "per": per, **more}, key=key, value=value),
    )


def split(found: Gap, by: str) -> Split:
    (one,) = (one for one in found.splits if one.by == by)
    return one


def parts(one: Split) -> dict[str | None, Decimal]:
    return {part.group: part.effect for part in one.contributions}


def won(day: str, amount: int, **values: Any) -> Row:
    return closed(day, "won", amount, **values)


def lost(day: str, **values: Any) -> Row:
    return closed(day, "lost", 1000, **values)


def test_a_finished_month_stands_beside_its_target_and_its_last_year() -> None:
    warehouse = warehouse_with(
        won("2025-10-10", 300), won("2026-10-30", 500), won("2026-11-02", 9999), today="2026-11-10"
    )
    aim(warehouse, "sales_won", 800)

    found = gap(warehouse, "sales_won", month("2026-10"))

    standing = found.month
    assert standing is not None
    assert (standing.period, standing.partial) == (month("2026-10"), False)
    assert (standing.actual, standing.target, standing.gap) == (500, 800, -300)
    assert (standing.last_year, standing.on_target) == (300, False)
    assert found.currency == warehouse.workspace.settings.currency


def test_the_quarter_to_date_is_measured_against_the_share_of_its_working_days() -> None:
    # November 2026 in Québec: 21 working days; October: 22 weekdays less Thanksgiving, 21;
    # December: 23 weekdays less Christmas, 22. A quarter of 64,000: 1,000 a day
    warehouse = warehouse_with(
        won("2025-10-10", 1), won("2025-11-10", 2), won("2025-12-10", 4),
        won("2026-10-05", 20_000), won("2026-11-04", 15_000), won("2026-12-02", 1),
        today="2026-12-10", **_QUEBEC,
    )  # fmt: skip
    aim(warehouse, "sales_won", 64_000, per=Grain.QUARTER)

    found = gap(warehouse, "sales_won", month("2026-11"))

    to_date = found.to_date
    assert to_date is not None
    assert (to_date.period.start, to_date.period.end) == (date(2026, 10, 1), date(2026, 12, 1))
    assert (to_date.actual, to_date.partial) == (35_000, True)
    assert to_date.target == pytest.approx(42_000)
    assert to_date.gap == pytest.approx(-7_000)
    assert to_date.last_year == 3  # December of last year has not been reached this year


def test_the_last_month_of_a_quarter_completes_it() -> None:
    warehouse = warehouse_with(won("2026-10-05", 5), won("2026-12-02", 7), today="2027-01-10")

    found = gap(warehouse, "sales_won", month("2026-12"))

    assert found.to_date is not None
    assert (found.to_date.actual, found.to_date.partial) == (12, False)


def test_a_running_month_is_compared_with_the_same_days_and_the_share_of_the_target() -> None:
    # up to Tuesday 10 November 2026: 7 of the 21 working days
    warehouse = warehouse_with(
        won("2025-11-09", 30), won("2025-11-11", 50), won("2026-11-05", 80),
        today="2026-11-10", **_QUEBEC,
    )  # fmt: skip
    aim(warehouse, "sales_won", 210)

    found = gap(warehouse, "sales_won", month("2026-11"))

    assert found.month is not None
    assert (found.month.actual, found.month.partial, found.month.last_year) == (80, True, 30)
    assert found.month.target == pytest.approx(70)
    assert found.month.gap == pytest.approx(10)


def test_any_past_day_can_be_looked_at() -> None:
    warehouse = warehouse_with(
        won("2025-10-10", 30), won("2026-10-05", 80), won("2026-10-20", 7), today="2026-11-10"
    )

    then = gap(warehouse, "sales_won", month("2026-10"), as_of=date(2026, 10, 12))

    assert then.month is not None
    assert (then.month.actual, then.month.partial) == (80, True)


def test_the_twenty_ninth_of_february_has_its_year_before() -> None:
    whole = year_before(Period(date(2028, 2, 1), date(2028, 3, 1), Grain.MONTH))
    up_to_28 = year_before(Period(date(2028, 2, 1), date(2028, 2, 29), Grain.MONTH))

    assert (whole.end, up_to_28.end) == (date(2027, 3, 1), date(2027, 3, 1))


@pytest.mark.parametrize(("start", "first"), [(1, 10), (2, 8), (11, 8), (12, 9)])
def test_the_quarter_to_date_follows_the_fiscal_year(start: int, first: int) -> None:
    rows = [won(f"2026-{number:02d}-15", 10) for number in range(1, 11)]
    warehouse = warehouse_with(*rows, today="2026-11-10", fiscal_year_start=start)

    found = gap(warehouse, "sales_won", month("2026-10"))

    assert found.to_date is not None
    assert found.to_date.period.start == date(2026, first, 1)
    assert found.to_date.actual == 10 * (11 - first)


def test_owners_whose_targets_make_the_companys_are_compared_with_them() -> None:
    warehouse = warehouse_with(
        won("2026-10-05", 500, owner="Ana"), won("2026-10-06", 200, owner="Bob"), today="2026-11-10"
    )
    for owner, value in ((None, 1000), ("Ana", 600), ("Bob", 400)):
        aim(warehouse, "sales_won", value, owner=owner)

    found = split(gap(warehouse, "sales_won", month("2026-10")), "owner")

    assert found.against is Against.TARGET
    assert found.total == -300
    assert parts(found) == {"Bob": -200, "Ana": -100}


@pytest.mark.parametrize("column", ["segment", "region", "business_unit"])
def test_other_groups_with_targets_of_their_own_are_compared_with_them(column: str) -> None:
    warehouse = warehouse_with(
        won("2026-10-05", 500, **{column: "A"}), won("2026-10-06", 200, **{column: "B"}),
        today="2026-11-10",
    )  # fmt: skip
    aim(warehouse, "sales_won", 1000)
    for name, value in (("A", 300), ("B", 700)):
        aim(warehouse, "sales_won", value, **{column: name})

    found = split(gap(warehouse, "sales_won", month("2026-10")), column)

    assert found.against is Against.TARGET
    assert parts(found) == {"B": -500, "A": 200}


def test_without_targets_that_add_up_groups_are_compared_with_last_year() -> None:
    warehouse = warehouse_with(
        won("2025-10-01", 900, owner="Ana"), won("2025-10-02", 100, owner="Left"),
        won("2026-10-05", 500, owner="Ana"), won("2026-10-06", 200),
        today="2026-11-10",
    )  # fmt: skip
    aim(warehouse, "sales_won", 1000)
    aim(warehouse, "sales_won", 1000, owner="Ana")

    found = split(gap(warehouse, "sales_won", month("2026-10")), "owner")

    # 700 after 1,000; whoever left took their sales along, and some rows name nobody
    assert found.against is Against.LAST_YEAR
    assert found.total == -300
    assert parts(found) == {"Ana": -400, None: 200, "Left": -100}


def test_a_joined_name_is_one_person_in_a_split() -> None:
    warehouse = warehouse_with(
        won("2025-10-01", 900, owner="A. Roy"), won("2025-10-02", 100, owner="Bob"),
        won("2026-10-05", 500, owner="Ana Roy"), today="2026-11-10",
    )  # fmt: skip
    ana = add_person(warehouse, Details("Ana Roy"))
    join(warehouse, ana.person_id, "A. Roy")

    found = split(gap(warehouse, "sales_won", month("2026-10")), "owner")

    assert parts(found) == {"Ana Roy": -400, "Bob": -100}


def test_a_column_that_names_one_group_or_none_splits_nothing() -> None:
    warehouse = warehouse_with(
        won("2026-10-05", 500, owner="Ana", segment="A"),
        won("2026-10-05", 500, owner="Bob", segment="A"),
        today="2026-11-10",
    )

    assert [one.by for one in gap(warehouse, "sales_won", month("2026-10")).splits] == ["owner"]
    assert gap(warehouse, "meetings_held", month("2026-10")).splits == ()


def test_without_target_and_year_before_a_split_says_so() -> None:
    warehouse = warehouse_with(
        won("2026-10-05", 5, owner="Ana"), won("2026-10-05", 5, owner="Bob"), today="2026-11-10"
    )

    found = gap(warehouse, "sales_won", month("2026-10"))

    assert found.month is not None
    assert (found.month.target, found.month.gap, found.month.last_year) == (None, None, None)
    assert "nothing to compare with" in str(split(found, "owner").unavailable)
    assert found.factors is not None
    assert "no year before" in str(found.factors.unavailable)


def test_a_year_of_which_the_files_hold_only_a_part_is_not_compared_with() -> None:
    rows = [won(day, 5) for day in ("2025-11-20", "2026-10-05", "2026-11-05", "2026-12-04")]
    warehouse = warehouse_with(*rows, today="2027-01-10")

    found = gap(warehouse, "sales_won", month("2026-12"))

    assert found.month is not None
    assert found.to_date is not None
    assert found.month.last_year == 0  # there were rows before: nothing was won in December
    assert found.to_date.last_year is None  # October 2025 is not in the files


def test_a_rate_is_split_by_mix_and_rate_against_last_year() -> None:
    rows = [
        won("2025-10-01", 1, segment="A"), lost("2025-10-02", segment="A"),
        won("2025-10-01", 1, segment="B"), won("2025-10-02", 1, segment="B"),
        won("2026-10-01", 1, segment="A"), lost("2026-10-02", segment="A"),
        lost("2026-10-02", segment="B"), won("2026-10-02", 1, segment="B"),
    ]  # fmt: skip
    warehouse = warehouse_with(*rows * 3, today="2026-11-10")
    aim(warehouse, "win_rate", 0.6)
    aim(warehouse, "win_rate", 0.6, segment="A")
    aim(warehouse, "win_rate", 0.6, segment="B")

    found = split(gap(warehouse, "win_rate", month("2026-10")), "segment")

    # 75 % became 50 %: B, half of the whole, won half instead of all
    assert (found.against, found.total) == (Against.LAST_YEAR, Decimal("-0.25"))
    assert parts(found) == {"B": Decimal("-0.25"), "A": 0}
    b = found.contributions[0]
    assert (b.actual, b.reference) == (Decimal("0.5"), Decimal(1))
    assert (b.mix, b.rate) == (Decimal(0), Decimal("-0.25"))


def test_a_rate_without_a_denominator_has_no_value_and_nothing_to_explain() -> None:
    warehouse = warehouse_with(
        won("2025-10-01", 1, owner="Ana"), lost("2025-10-02", owner="Bob"), today="2026-11-10"
    )

    found = gap(warehouse, "win_rate", month("2026-10"))

    assert found.month is not None
    assert (found.month.actual, found.month.last_year) == (None, 0.5)
    assert str(split(found, "owner").unavailable) == "There is no value to explain."


def test_a_rate_of_few_deals_is_shown_and_neither_judged_nor_explained() -> None:
    year_before = [won("2025-10-01", 1, owner="Ana"), lost("2025-10-02", owner="Bob")] * 5
    warehouse = warehouse_with(*year_before, won("2026-10-01", 1, owner="Ana"), today="2026-11-10")
    aim(warehouse, "win_rate", 0.3)

    found = gap(warehouse, "win_rate", month("2026-10"))

    standing = found.month
    assert standing is not None
    assert (standing.actual, standing.gap) == (1, 0.7)
    assert (standing.on_target, standing.is_thin) == (None, True)  # one deal: below ten, no verdict
    assert "holds too little" in str(split(found, "owner").unavailable)


def test_a_month_whose_deals_have_no_amount_has_no_factors_either() -> None:
    warehouse = warehouse_with(
        won("2025-10-01", 300), lost("2025-10-02"),
        closed("2026-10-01", "won", None), today="2026-11-10",
    )  # fmt: skip

    found = gap(warehouse, "sales_won", month("2026-10"))

    assert found.month is not None
    assert found.month.actual is None
    assert found.factors is not None
    assert found.factors.effects == ()
    assert str(found.factors.unavailable) == "There is no value to explain."


def test_a_rate_whose_year_before_had_none_is_not_explained() -> None:
    warehouse = warehouse_with(
        won("2025-09-01", 1, owner="Ana"), lost("2025-09-02"),
        won("2026-10-01", 1, owner="Ana"), lost("2026-10-02", owner="Bob"), today="2026-11-10",
    )  # fmt: skip

    found = split(gap(warehouse, "win_rate", month("2026-10")), "owner")

    assert "no year before" in str(found.unavailable)


def test_a_median_is_no_sum_of_its_parts() -> None:
    rows = [
        deal("won", created_on=f"{year}-09-01", closed_on=f"{year}-10-0{day}", owner=owner)
        for year in (2025, 2026)
        for day, owner in ((1, "Ana"), (2, "Bob"))
    ]
    rows.append(closed("2026-10-03", "lost"))

    found = gap(warehouse_with(*rows, today="2026-11-10"), "sales_cycle", month("2026-10"))

    assert found.month is not None
    assert found.month.actual == 30.5
    assert "a median is no sum" in str(split(found, "owner").unavailable)
    assert found.factors is None


def test_amounts_in_two_currencies_have_no_gap_and_the_numbers_beside_them_do() -> None:
    warehouse = warehouse_with(
        won("2026-10-05", 5, currency="CAD"), won("2026-10-06", 5, currency="USD"),
        lost("2026-10-06", currency="USD"), today="2026-11-10", currency="CAD",
    )  # fmt: skip

    sales, deals = gaps(warehouse, month("2026-10"), ["sales_won", "deals_won"])

    assert sales.month is None
    assert "several currencies" in str(sales.unavailable)
    assert deals.month is not None
    assert (deals.month.actual, deals.unavailable) == (2, None)


def test_a_month_beyond_the_files_is_unknown_and_not_zero() -> None:
    warehouse = warehouse_with(
        imported("deals", "2026-09-20"), won("2026-09-05", 5), today="2026-11-10"
    )

    found = gap(warehouse, "sales_won", month("2026-10"))

    assert found.month is None
    assert "2026-09-20" in str(found.unavailable)


def test_a_month_before_the_first_row_has_no_number() -> None:
    found = gap(
        warehouse_with(won("2026-09-05", 5), today="2026-11-10"), "sales_won", month("2026-07")
    )

    assert found.month is None
    assert "before 2026-09-05" in str(found.unavailable)


def test_no_data_at_all_says_what_to_export() -> None:
    found = gap(warehouse_with(today="2026-11-10"), "sales_won", month("2026-10"))

    assert (found.month, found.to_date, found.splits, found.factors) == (None, None, (), None)
    assert "Export the deals" in str(found.unavailable)


def test_only_lost_deals_say_that_nothing_was_won() -> None:
    warehouse = warehouse_with(
        won("2025-10-05", 700, owner="Ana"), lost("2026-10-05", owner="Ana"),
        lost("2026-10-06", owner="Bob"), today="2026-11-10",
    )  # fmt: skip

    found = gap(warehouse, "sales_won", month("2026-10"))

    assert found.month is not None
    assert found.month.actual == 0
    assert found.factors is not None
    assert found.factors.total == -700
    # the whole difference: twice as many finished, none of them won
    assert {one.factor: one.effect > 0 for one in found.factors.effects if one.effect} == {
        Factor.VOLUME: True,
        Factor.RATE: False,
    }


def test_factors_of_sales_add_up_to_the_difference_from_last_year() -> None:
    # 2 of 4 won at 500; then 2 of 8 won at 300
    rows = [won("2025-10-05", 500), won("2025-10-06", 500), lost("2025-10-07"), lost("2025-10-07")]
    rows += [
        won("2026-10-05", 300),
        won("2026-10-06", 300),
        *(lost("2026-10-07") for _ in range(6)),
    ]

    found = gap(warehouse_with(*rows, today="2026-11-10"), "sales_won", month("2026-10")).factors

    assert found is not None
    assert found.total == -400
    assert sum(one.effect for one in found.effects) == -400
    said = {one.factor: (one.before, one.after) for one in found.effects}
    assert said == {
        Factor.VOLUME: (4, 8),
        Factor.RATE: (Decimal("0.5"), Decimal("0.25")),
        Factor.VALUE: (500, 300),
    }


def test_a_margin_comes_from_invoices_their_size_and_what_is_left_of_them() -> None:
    warehouse = warehouse_with(
        invoice("2025-10-05", 1000, 600, segment="A"), invoice("2025-10-05", 1000, 600, segment="B"),
        invoice("2026-10-05", 1000, 700, segment="A"), invoice("2026-10-05", 1000, 600, segment="B"),
        today="2026-11-10",
    )  # fmt: skip

    found = gap(warehouse, "gross_margin", month("2026-10")).factors

    assert found is not None
    assert {one.factor: one.effect for one in found.effects} == {
        Factor.VOLUME: 0, Factor.MIX: 0, Factor.VALUE: 0, Factor.RATE: -100,
    }  # fmt: skip
    assert found.mix_by == "segment"


def test_a_salesperson_sees_their_own_part_and_the_sum_of_the_others() -> None:
    warehouse = warehouse_with(
        *(won("2026-10-05", amount, owner=name, segment=name)
          for name, amount in (("Ana", 500), ("Bob", 200), ("Cid", 100))),
        won("2025-10-05", 1, owner="Ana", segment="Ana"),
        today="2026-11-10",
    )  # fmt: skip
    for owner, value in ((None, 1000), ("Ana", 400), ("Bob", 400), ("Cid", 200)):
        aim(warehouse, "sales_won", value, owner=owner)
    ana = warehouse.by(Actor("Ana", scope=Scope(people=frozenset({"Ana"}), margins=False)))

    found = gap(ana, "sales_won", month("2026-10"))

    owners = split(found, "owner")
    assert found.month is not None
    assert found.month.gap == -200  # the company's, as everybody sees it
    assert owners.against is Against.TARGET
    assert parts(owners) == {"Ana": 100}
    assert (owners.total, owners.others) == (Decimal(-200), Decimal(-300))
    assert set(parts(split(found, "segment"))) == {"Ana", "Bob", "Cid"}
    with pytest.raises(Refused):
        gap(ana, "gross_margin", month("2026-10"))


def test_the_chosen_kpis_come_in_their_order_with_whoever_answers_for_them() -> None:
    rows = [won("2026-10-05", 5), lost("2026-10-06"), invoice("2026-10-05", 9, 5)]
    rows += [deal(created_on="2026-10-01", amount=5), meeting("2026-10-02")]
    warehouse = warehouse_with(*rows, today="2026-11-10")
    keys = ["win_rate", "meetings_held", "new_opportunities", "gross_margin", "sales_won"]
    choose(warehouse, [(key, "Ana" if key == "win_rate" else None) for key in keys])

    found = gaps(warehouse, month("2026-10"))

    assert [one.definition.key for one in found] == keys
    assert [one.responsible for one in found] == ["Ana", None, None, None, None]


def test_a_month_that_is_over_has_the_kpis_that_were_chosen_then() -> None:
    rows = [won("2026-09-07", 5), lost("2026-09-08"), invoice("2026-09-07", 9, 5)]
    rows += [deal(created_on="2026-09-01", amount=5), meeting("2026-09-02")]
    warehouse = warehouse_with(*rows, today="2026-11-10")
    then = ["win_rate", "meetings_held", "new_opportunities", "gross_margin", "sales_won"]
    now = ["deals_won", *then[1:]]
    choose(warehouse.on(date(2026, 8, 3)), [(key, None) for key in then])
    choose(warehouse.on(date(2026, 10, 12)), [(key, None) for key in now])

    def looked_at(month_of: str) -> list[str]:
        return [one.definition.key for one in gaps(warehouse, month(month_of))]

    assert (looked_at("2026-09"), looked_at("2026-10")) == (then, now)


def test_before_anything_is_chosen_the_proposed_kpis_are_looked_at() -> None:
    found = gaps(warehouse_with(won("2026-10-05", 5), today="2026-11-10"), month("2026-10"))

    assert {one.definition.key for one in found} == {"sales_won", "deals_won", "average_deal"}


def test_what_a_month_was_said_to_be_is_compared_with_what_it_is_today() -> None:
    warehouse = warehouse_with(won("2026-09-05", 5), won("2026-10-05", 7), today="2026-11-10")
    keys = ["sales_won", "deals_won", "average_deal"]
    then = {"sales_won": 4.0, "deals_won": 1.0}

    found = gaps(warehouse, month("2026-10"), keys, then=then)

    # a deal of September grew; their number is the same; nothing was said of the average
    assert [one.restated for one in found] == [(4.0, 5.0), None, None]


def test_a_range_as_target_is_no_sum_that_groups_could_share() -> None:
    warehouse = warehouse_with(
        won("2025-10-05", 1, owner="Ana"), won("2026-10-05", 500, owner="Ana"),
        won("2026-10-06", 200, owner="Bob"), today="2026-11-10",
    )  # fmt: skip
    aim(warehouse, "sales_won", 600, max_value=900)
    aim(warehouse, "sales_won", 400, owner="Ana")
    aim(warehouse, "sales_won", 200, owner="Bob")

    found = gap(warehouse, "sales_won", month("2026-10"))

    assert found.month is not None
    assert (found.month.target, found.month.max_target, found.month.on_target) == (600, 900, True)
    assert split(found, "owner").against is Against.LAST_YEAR


def visits(context: Context, rule: Aggregate = Aggregate.SUM) -> None:
    create_hand_kept(
        context,
        HandKept(
            "visits",
            name="Visits",
            kind=Kind.INPUT,
            unit=Unit.COUNT,
            better=Better.UP,
            aggregate=rule,
        ),
    )


def typed(context: Context, start: str, value: float, owner: str | None = None) -> None:
    add_entry(
        context,
        EntryRow(key="visits", start=date.fromisoformat(start), grain=Grain.MONTH, owner=owner,
                 value=value),
    )  # fmt: skip


def typed_parts(
    context: Context, start: str, owner: str, numerator: float, denominator: float
) -> None:
    add_entry(
        context,
        EntryRow(
            key="visits",
            start=date.fromisoformat(start),
            grain=Grain.MONTH,
            owner=owner,
            numerator=numerator,
            denominator=denominator,
        ),
    )


def test_typed_numbers_have_gaps_like_any_other() -> None:
    warehouse = warehouse_with(today="2026-12-10")
    visits(warehouse)
    for start, numbers in (("2025-11-01", (4, 4)), ("2026-10-01", (5, 5)), ("2026-11-01", (9, 2))):
        for owner, value in zip(("Ana", "Bob"), numbers, strict=True):
            typed(warehouse, start, value, owner)
    aim(warehouse, "visits", 10)

    found = gap(warehouse, "visits", month("2026-11"))

    assert found.month is not None
    assert found.to_date is not None
    assert (found.month.actual, found.month.gap, found.month.last_year) == (11, 1, 8)
    assert (found.to_date.actual, found.to_date.target) == (21, 20)
    assert parts(split(found, "owner")) == {"Ana": 5, "Bob": -2}
    assert found.factors is None


@pytest.mark.parametrize(
    ("rule", "to_date"), [(Aggregate.SUM, 14), (Aggregate.MEAN, 7), (Aggregate.LAST, 9)]
)
def test_a_quarter_to_date_is_made_of_typed_months_by_the_kpis_rule(
    rule: Aggregate, to_date: float
) -> None:
    warehouse = warehouse_with(today="2026-12-10")
    visits(warehouse, rule)
    for start, value in (("2025-11-01", 1), ("2026-10-01", 5), ("2026-11-01", 9)):
        typed(warehouse, start, value)

    found = gap(warehouse, "visits", month("2026-11"))

    assert found.to_date is not None
    assert (found.to_date.actual, found.to_date.last_year) == (to_date, None)


def test_a_typed_rate_is_divided_again_and_split_by_person() -> None:
    warehouse = warehouse_with(today="2026-12-10")
    visits(warehouse, Aggregate.RATIO)
    typed_ = {"2025-11-01": ((5, 10), (5, 10)), "2026-10-01": ((1, 10), (0, 0)),
              "2026-11-01": ((4, 10), (5, 10))}  # fmt: skip
    for start, people in typed_.items():
        for owner, (numerator, denominator) in zip(("Ana", "Bob"), people, strict=True):
            if denominator:
                typed_parts(warehouse, start, owner, numerator, denominator)

    found = gap(warehouse, "visits", month("2026-11"))

    assert found.month is not None
    assert found.to_date is not None
    assert (found.month.actual, found.month.last_year) == (0.45, 0.5)
    assert found.to_date.actual == pytest.approx(10 / 30)
    by_owner = split(found, "owner")
    assert parts(by_owner) == {"Ana": Decimal("-0.05"), "Bob": 0}


def test_a_running_typed_month_has_no_year_before() -> None:
    warehouse = warehouse_with(today="2026-11-10")
    visits(warehouse)
    for start in ("2025-11-01", "2026-11-01"):
        typed(warehouse, start, 5)

    found = gap(warehouse, "visits", month("2026-11"))

    # nobody knows how much of last November's number belongs to its first ten days
    assert found.month is not None
    assert (found.month.actual, found.month.partial, found.month.last_year) == (5, True, None)


def test_lead_sources_split_a_gap_where_the_deals_name_them() -> None:
    warehouse = warehouse_with(
        won("2025-10-05", 100, lead_source="Web"), won("2026-10-05", 70, lead_source="Web"),
        won("2026-10-06", 50, lead_source="Fair"), today="2026-11-10",
    )  # fmt: skip

    found = split(gap(warehouse, "sales_won", month("2026-10")), "lead_source")

    assert parts(found) == {"Fair": 50, "Web": -30}


def test_a_typed_month_that_is_missing_leaves_the_quarter_open() -> None:
    warehouse = warehouse_with(today="2026-12-10")
    visits(warehouse)
    typed(warehouse, "2026-09-01", 3)
    typed(warehouse, "2026-11-01", 9)

    found = gap(warehouse, "visits", month("2026-11"))

    assert found.month is not None
    assert found.to_date is not None
    assert (found.month.actual, found.to_date.actual) == (9, None)
    assert gap(warehouse, "visits", month("2026-07")).unavailable is not None


def test_one_broken_definition_does_not_take_the_others_with_it() -> None:
    warehouse = warehouse_with(won("2026-10-05", 5), today="2026-11-10")
    known = warehouse.shipped_definitions
    measure = known["deals_won"].measure
    assert measure is not None
    broken = replace(
        known["deals_won"],
        key="broken",
        measure=replace(measure, where="segment > created_on", requires=()),
    )
    both = replace(warehouse, shipped_definitions={**known, "broken": broken})

    bad, good = gaps(both, month("2026-10"), ["broken", "deals_won"])

    assert "Check its definition" in str(bad.unavailable)
    assert good.month is not None
    assert good.month.actual == 1
