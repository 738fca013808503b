"""Distributions against published and worked examples, and against counting every case."""

from decimal import Decimal
from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis.drawing import drawn
from pipelines.analysis.following import follow
from pipelines.analysis.outcomes import Chance, Outcomes, outcomes, without_each
from pipelines.analysis.uncertain import Uncertain

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


def asked(
    amounts: list[int],
    probabilities: list[float],
    others: list[int] | None = None,
    spread: float = 0.0,
) -> Uncertain:
    return Uncertain(
        certain=0,
        amounts=np.array(amounts, dtype=np.int64),
        probabilities=np.array(probabilities),
        others=np.array(others or [], dtype=np.int64),
        spread=spread,
    )


def test_good_and_bad_times_widen_the_range_and_leave_the_middle() -> None:
    chances = [Chance(Decimal(100), 0.5)] * 40

    alone, together = outcomes(Decimal(0), chances), outcomes(Decimal(0), chances, spread=0.5)

    assert together.at(0.5) == alone.at(0.5) == 2000
    # Var(sum) = E(n p (1 - p)) + n2 Var(p), where Var(p) is about (0.25 x 0.5)2
    assert float(alone.deviation) == pytest.approx(100 * 10**0.5, rel=1e-4)
    assert float(together.deviation) == pytest.approx(
        100 * (9.4 + 1600 * 0.125**2) ** 0.5, rel=0.05
    )


def test_what_chance_draws_is_what_following_finds() -> None:
    dice = np.random.default_rng(5)
    question = asked(
        (dice.integers(1, 60, 60) * 1000).tolist(), dice.random(60).tolist(), [0, 90_000], 0.3
    )
    followed = follow(question, [3])
    assert followed is not None

    for (sums, weights), (other_sums, other_weights) in zip(
        followed, drawn(question, [3]), strict=True
    ):
        exact, chance = Outcomes(sums, weights, True), Outcomes(other_sums, other_weights, False)
        assert float(chance.mean) == pytest.approx(float(exact.mean), rel=0.005)
        assert float(chance.deviation) == pytest.approx(float(exact.deviation), rel=0.03)
        for share in (0.1, 0.5, 0.9):
            assert float(chance.at(share)) == pytest.approx(float(exact.at(share)), rel=0.015)


def test_many_thousands_of_deals_end_where_their_mean_and_variance_say() -> None:
    dice = np.random.default_rng(7)
    amounts, probabilities = dice.integers(1000, 10**7, 30_000), dice.random(30_000)
    mean = float(amounts @ probabilities) / 100
    variance = float(amounts.astype(float) ** 2 @ (probabilities * (1 - probabilities))) / 10_000

    whole, _ = without_each(asked(amounts.tolist(), probabilities.tolist()), [])

    assert not whole.exact
    assert float(whole.mean) == pytest.approx(mean, rel=0.001)
    assert float(whole.deviation) == pytest.approx(variance**0.5, rel=0.03)


def test_without_a_deal_it_is_as_if_it_had_never_been() -> None:
    _, rest = without_each(
        asked([5_000_000, 3_000_000, 2_000_000, 1_000_000], [0.2, 0.5, 0.8, 0.9]), [0, 2]
    )

    without_first = outcomes(Decimal(0), FOUR[1:])
    without_third = outcomes(Decimal(0), [FOUR[0], FOUR[1], FOUR[3]])
    assert [one.chance_of(Decimal(60_000)) for one in rest] == pytest.approx(
        [without_first.chance_of(Decimal(60_000)), without_third.chance_of(Decimal(60_000))]
    )
    assert rest[0].and_also(Decimal(50_000)).mean == without_first.mean + 50_000


few_cents = st.lists(
    st.tuples(st.integers(-300, 900), st.floats(min_value=0, max_value=1)), max_size=7
)


@settings(max_examples=50)
@given(few_cents, st.lists(st.integers(-50, 500), max_size=4), st.sampled_from([0.0, 0.4]))
def test_sums_near_each_other_and_far_apart_are_followed_alike(
    few: list[tuple[int, float]], others: list[int], spread: float
) -> None:
    amounts, probabilities = [one[0] for one in few], [one[1] for one in few]
    near = follow(asked(amounts, probabilities, others, spread), [])
    # the same beside one certain cent: no grid holds cents and thousands
    scaled = [one * 10**7 for one in amounts]
    far = follow(
        asked([*scaled, 1], [*probabilities, 1.0], [one * 10**7 for one in others], spread), []
    )
    assert near is not None
    assert far is not None
    for least in range(-300, 3000, 100):
        assert Outcomes(*near[0], exact=True).chance_of(Decimal(least) / 100) == pytest.approx(
            Outcomes(*far[0], exact=True).chance_of(Decimal(least) * 10**5 + Decimal("0.01")),
            abs=1e-9,
        )
