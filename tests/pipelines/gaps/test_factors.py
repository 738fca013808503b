"""Factors of a sum: on paper, and adding up whatever the numbers are."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.effects import Chain
from pipelines.gaps.factors import by_factor
from pipelines.gaps.model import Factor
from pipelines.kpis.definition import Measure, Unit
from pipelines.kpis.steps import Steps, steps
from tests.builders.warehouse import SHIPPED


def way(key: str) -> Steps:
    measure = SHIPPED[key].measure
    assert measure is not None
    found = steps(measure)
    assert found is not None
    return found


def chain(*numbers: int) -> Chain:
    return tuple(map(Decimal, numbers))


def test_one_factor_that_changed_makes_the_whole_difference() -> None:
    # 10 finished, 5 won, 5,000; then twice as many of everything
    found = by_factor(
        way("sales_won"), {None: chain(20, 10, 10_000)}, {None: chain(10, 5, 5000)},
        Unit.MONEY, mix_by=None,
    )  # fmt: skip

    assert {one.factor: one.effect for one in found.effects} == {
        Factor.VOLUME: 5000,
        Factor.RATE: 0,
        Factor.VALUE: 0,
    }
    assert found.total == 5000
    assert (found.mix_by, found.volume_of) == (None, "finished_deals")


def test_every_factor_says_what_it_was_and_is() -> None:
    found = by_factor(
        way("gross_margin"),
        {"A": chain(10, 1000, 300), "B": chain(10, 3000, 900)},
        {"A": chain(10, 1000, 400), "B": chain(0, 0, 0)},
        Unit.MONEY,
        mix_by="segment",
    )

    said = {one.factor: (one.before, one.after) for one in found.effects}
    assert said == {
        Factor.VOLUME: (10, 20),
        Factor.MIX: (None, None),
        Factor.VALUE: (100, 200),
        Factor.RATE: (Decimal("0.4"), Decimal("0.3")),
    }
    assert (found.mix_by, found.volume_of) == ("segment", "invoices")


def test_with_a_single_group_there_is_no_mix() -> None:
    found = by_factor(
        way("deals_won"), {"A": chain(10, 5)}, {"A": chain(8, 2)}, Unit.COUNT, mix_by="segment"
    )

    assert [one.factor for one in found.effects] == [Factor.VOLUME, Factor.RATE]
    assert found.mix_by is None
    assert found.total == 3


def test_what_no_ratio_explains_in_a_group_is_explained_by_the_whole() -> None:
    # credit notes took all revenue of B away, and left a loss
    found = by_factor(
        way("gross_margin"),
        {"A": chain(9, 900, 300), "B": chain(2, 0, -50)},
        {"A": chain(9, 900, 300)},
        Unit.MONEY,
        mix_by="segment",
    )

    assert found.unavailable is None
    assert found.total == -50
    assert found.mix_by is None


def test_a_loss_on_nothing_is_explained_by_no_factor() -> None:
    found = by_factor(
        way("gross_margin"), {None: chain(2, 0, -50)}, {None: chain(9, 900, 300)},
        Unit.MONEY, mix_by=None,
    )  # fmt: skip

    assert str(found.unavailable).startswith("Something came of nothing")


def test_nothing_in_both_years_differs_by_nothing() -> None:
    found = by_factor(way("sales_won"), {}, {}, Unit.MONEY, mix_by=None)

    assert found.total == 0
    assert [one.effect for one in found.effects] == [0, 0, 0]


_CHAINS = st.tuples(st.integers(0, 200), st.integers(0, 100), st.integers(0, 9_999_999)).map(
    # what is won was finished, and what brought something was won
    lambda three: (
        chain(three[0], min(three[:2]), 0)
        if not min(three[:2])
        else (*chain(three[0], min(three[:2])), Decimal(three[2]) / 100)
    )
)
_SIDES = st.dictionaries(st.one_of(st.none(), st.sampled_from("ABCD")), _CHAINS, max_size=4)


@given(_SIDES, _SIDES)
def test_effects_add_up_to_the_difference_to_the_cent(
    now: Mapping[str | None, Chain], before: Mapping[str | None, Chain]
) -> None:
    found = by_factor(way("sales_won"), now, before, Unit.MONEY, mix_by="segment")

    difference = sum((one[-1] for one in now.values()), Decimal(0)) - sum(
        (one[-1] for one in before.values()), Decimal(0)
    )
    assert found.unavailable is None
    assert found.total == difference
    assert sum((one.effect for one in found.effects), Decimal(0)) == difference


def test_the_steps_of_a_measure_begin_with_what_it_comes_from() -> None:
    won = way("sales_won").measures
    margin = way("gross_margin").measures

    assert [(one.numerator, one.where) for one in won] == [
        ("count(*)", "status in ('won', 'lost')"),
        ("count(*)", "status = 'won'"),
        ("sum(amount)", "status = 'won'"),
    ]
    assert [one.numerator for one in margin] == ["count(*)", "sum(revenue)", "sum(revenue - cost)"]
    assert [one.numerator for one in way("pipeline_created").measures] == [
        "count(*)",
        "sum(amount)",
    ]


@pytest.mark.parametrize(
    "key", ["win_rate", "sales_cycle", "average_deal", "meetings_held", "gross_margin_rate"]
)
def test_a_rate_a_median_and_a_plain_count_have_no_steps(key: str) -> None:
    measure = SHIPPED[key].measure
    assert measure is not None
    assert steps(measure) is None


def test_other_conditions_of_won_deals_hold_for_the_finished_ones_too() -> None:
    measure = Measure(
        "deals", "closed_on", "sum(amount)",
        where="(status = 'won' and amount > 1000) and (segment = 'A' or segment = 'B')",
    )  # fmt: skip

    found = steps(measure)

    assert found is not None
    assert found.measures[0].where == (
        "status in ('won', 'lost') and (amount > 1000) and (segment = 'A' OR segment = 'B')"
    )


@pytest.mark.parametrize(
    "measure",
    [
        Measure("deals", "created_on", "count(*)", where="status = 'won'"),  # of those created then
        Measure("deals", "closed_on", "count(*)", where="status = 'won' or amount > 5"),
        Measure("deals", "closed_on", "max(amount)", where="status = 'won'"),
        Measure("activities", "done_on", "sum(duration_min)"),
    ],
)
def test_what_is_no_share_of_what_was_finished_is_not_taken_for_one(measure: Measure) -> None:
    assert steps(measure) is None
