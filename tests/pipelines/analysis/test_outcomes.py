"""Distributions against published and worked examples, and against counting every case."""

from decimal import Decimal
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis.outcomes import Chance, outcomes

FOUR = [
    Chance(Decimal(50_000), 0.2),
    Chance(Decimal(30_000), 0.5),
    Chance(Decimal(20_000), 0.8),
    Chance(Decimal(10_000), 0.9),
]


def test_four_deals_have_the_distribution_that_was_worked_out_for_them() -> None:
    found = outcomes(Decimal(0), FOUR)

    assert found.exact
    assert found.mean == Decimal(50_000)
    assert found.deviation == Decimal("26419.69")
    assert [found.at(share) for share in (0.1, 0.5, 0.9)] == [20_000, 50_000, 80_000]
    assert found.chance_of(Decimal(60_000)) == pytest.approx(0.486)


def test_what_is_there_already_moves_everything() -> None:
    found = outcomes(Decimal("1000.50"), FOUR)

    assert found.mean == Decimal("51000.50")
    assert found.deviation == Decimal("26419.69")
    assert found.at(0.1) == Decimal("21000.50")


def test_without_a_chance_it_stays_at_what_is_there() -> None:
    found = outcomes(Decimal(700), [Chance(Decimal(50), 0.0)])

    assert (found.mean, found.deviation, found.at(0.1), found.at(0.9)) == (
        Decimal(700),
        Decimal(0),
        Decimal(700),
        Decimal(700),
    )
    assert found.chance_of(Decimal(700)) == 1
    assert found.chance_of(Decimal("700.01")) == 0


def test_what_earlier_quarters_still_brought_comes_in_too() -> None:
    found = outcomes(Decimal(0), [Chance(Decimal(10), 0.5)], [Decimal(0), Decimal(100)])

    assert found.sums.tolist() == [0, 1000, 10_000, 11_000]
    assert found.weights.tolist() == [0.25] * 4


def test_many_deals_are_drawn_and_come_out_as_they_should() -> None:
    # 60 different amounts: far too many sums to follow
    chances = [Chance(Decimal(1000 + 37 * number * number), 0.3) for number in range(60)]
    mean = sum(one.amount for one in chances) * Decimal("0.3")
    variance = sum(float(one.amount) ** 2 * 0.3 * 0.7 for one in chances)

    found = outcomes(Decimal(0), chances)

    assert not found.exact
    assert float(found.mean) == pytest.approx(float(mean), rel=0.01)
    assert float(found.deviation) == pytest.approx(variance**0.5, rel=0.02)
    assert outcomes(Decimal(0), chances).sums.tolist() == found.sums.tolist()


def test_two_hundred_equal_deals_are_a_binomial() -> None:
    found = outcomes(Decimal(0), [Chance(Decimal(1), 0.25)] * 200)

    assert found.exact
    tail = sum(comb(200, wins) * 0.25**wins * 0.75 ** (200 - wins) for wins in range(60, 201))
    assert found.chance_of(Decimal(60)) == pytest.approx(tail)


chances = st.builds(
    Chance,
    st.decimals(min_value=-500, max_value=5000, places=2),
    st.floats(min_value=0, max_value=1),
)


@settings(max_examples=50)
@given(st.lists(chances, max_size=8), st.decimals(min_value=0, max_value=9000, places=2))
def test_it_is_what_counting_every_case_gives(few: list[Chance], least: Decimal) -> None:
    counted = 0.0
    for case in product([False, True], repeat=len(few)):
        if sum((o.amount for o, won in zip(few, case, strict=True) if won), Decimal(0)) >= least:
            counted += prod(
                o.probability if won else 1 - o.probability
                for o, won in zip(few, case, strict=True)
            )

    assert outcomes(Decimal(0), few).chance_of(least) == pytest.approx(counted, abs=1e-9)
