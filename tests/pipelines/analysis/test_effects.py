"""Effects against sums done on paper, and what must hold whatever the numbers are."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis.effects import (
    Chain,
    Effects,
    RateEffect,
    factor_effects,
    rate_effects,
    shapley,
    to_units,
)

CENT = Decimal("0.01")


def chain(*steps: int | str | Decimal) -> Chain:
    return tuple(Decimal(step) for step in steps)


def total(effects: Effects) -> Fraction:
    return effects.volume + effects.mix + sum(effects.ratios, Fraction(0))


def test_the_published_game_of_the_gloves_is_shared_out() -> None:
    """Two left gloves and one right one: only a pair is worth something."""

    def worth(chosen: frozenset[int]) -> Fraction:
        return Fraction(int(2 in chosen and bool(chosen & {0, 1})))

    assert shapley(3, worth) == (Fraction(1, 6), Fraction(1, 6), Fraction(4, 6))


def test_one_group_is_explained_by_volume_and_ratios() -> None:
    # 10 finished x 50 % x 1,000 = 5,000; 20 x 25 % x 1,200 = 6,000
    effects = factor_effects({"A": chain(10, 5, 5000)}, {"A": chain(20, 5, 6000)})

    # the mean over the six orders in which the three may have changed:
    # volume 10 x (500/3 + 250/6 + 600/6 + 300/3)
    # share won -0.25 x (10,000/3 + 20,000/6 + 12,000/6 + 24,000/3)
    # average value 200 x (5/3 + 10/6 + 2.5/6 + 5/3)
    assert effects == Effects(
        volume=Fraction(12250, 3),
        mix=Fraction(0),
        ratios=(Fraction(-12500, 3), Fraction(3250, 3)),
    )


def test_what_moved_to_the_better_group_is_mix() -> None:
    before = {"A": chain(10, 5), "B": chain(10, 1)}
    after = {"A": chain(15, Decimal("7.5")), "B": chain(5, Decimal("0.5"))}

    assert factor_effects(before, after) == Effects(Fraction(0), Fraction(2), (Fraction(0),))


def test_a_group_that_comes_counts_as_volume_and_mix() -> None:
    effects = factor_effects({"A": chain(10, 5)}, {"A": chain(10, 5), "B": chain(10, 1)})

    # twice as many: half of it at what was there before, half at what is there now
    assert effects == Effects(Fraction(4), Fraction(-3), (Fraction(0),))


def test_a_result_out_of_nothing_is_not_explained() -> None:
    assert factor_effects({"A": chain(10, 0, 500)}, {"A": chain(10, 1, 500)}) is None


def test_from_nothing_to_something_and_back() -> None:
    some = {"A": chain(4, 2, 100)}

    assert factor_effects({}, {}) == Effects(Fraction(0), Fraction(0), (Fraction(0),))
    assert factor_effects({}, some) == Effects(Fraction(100), Fraction(0), (Fraction(0),) * 2)
    assert factor_effects(some, {}) == Effects(Fraction(-100), Fraction(0), (Fraction(0),) * 2)


def test_a_rate_that_rose_everywhere_and_fell_as_a_whole_is_mix() -> None:
    # Simpson: 80 % and 20 % become 85 % and 25 %, the whole goes from 50 % to 37 %
    before = {"easy": chain(100, 80), "hard": chain(100, 20)}
    after = {"easy": chain(40, 34), "hard": chain(160, 40)}

    effects = rate_effects(before, after)

    assert effects is not None
    assert {group: effect.rate for group, effect in effects.items()} == {
        "easy": Fraction(5, 100) * Fraction(35, 100),
        "hard": Fraction(5, 100) * Fraction(65, 100),
    }
    assert sum(effect.mix for effect in effects.values()) == Fraction(-18, 100)


def test_a_rate_without_a_whole_is_not_explained() -> None:
    assert rate_effects({}, {"A": chain(3, 1)}) is None
    assert rate_effects({"A": chain(0, 0)}, {"A": chain(3, 1)}) is None


def test_parts_are_rounded_so_that_they_add_up() -> None:
    third = Fraction(10, 3)

    assert to_units([third, third, third], CENT) == chain("3.34", "3.33", "3.33")
    assert to_units([Fraction(-1, 3), Fraction(1, 3)], CENT) == chain("-0.33", "0.33")
    assert to_units([], CENT) == ()


counts = st.integers(min_value=1, max_value=1000)
money = st.decimals(min_value=-10_000, max_value=1_000_000, places=2)
chains = st.one_of(
    st.builds(lambda a, b, c: (Decimal(a + b), Decimal(b), c), counts, counts, money),
    st.builds(lambda a: (Decimal(a), Decimal(0), Decimal(0)), counts),
)
sides = st.dictionaries(st.sampled_from(["A", "B", "C", None]), chains)


@given(sides, sides)
def test_the_effects_add_up_to_the_difference_to_the_cent(
    before: dict[str | None, Chain], after: dict[str | None, Chain]
) -> None:
    gap = sum((c[-1] for c in after.values()), Decimal(0)) - sum(
        (c[-1] for c in before.values()), Decimal(0)
    )

    effects = factor_effects(before, after)

    assert effects is not None
    assert total(effects) == Fraction(gap)
    assert sum(to_units([effects.volume, effects.mix, *effects.ratios], CENT), Decimal(0)) == gap


@given(sides, sides)
def test_the_other_way_round_every_effect_changes_its_sign(
    before: dict[str | None, Chain], after: dict[str | None, Chain]
) -> None:
    there, back = factor_effects(before, after), factor_effects(after, before)

    assert there is not None
    assert back is not None
    assert (back.volume, back.mix) == (-there.volume, -there.mix)
    assert back.ratios == tuple(-ratio for ratio in there.ratios)


@given(sides, sides)
def test_the_effects_on_a_rate_add_up_to_its_difference(
    before: dict[str | None, Chain], after: dict[str | None, Chain]
) -> None:
    effects = rate_effects(before, after)

    if not before or not after:
        assert effects is None
        return
    rates = [
        Fraction(sum(c[1] for c in side.values())) / Fraction(sum(c[0] for c in side.values()))
        for side in (before, after)
    ]
    assert effects is not None
    assert sum((e.mix + e.rate for e in effects.values()), Fraction(0)) == rates[1] - rates[0]


@given(sides)
def test_no_difference_has_no_effects(side: dict[str | None, Chain]) -> None:
    assert (
        factor_effects(side, side) == Effects(Fraction(0), Fraction(0), (Fraction(0),) * 2)
        or not side
    )
    for effect in (rate_effects(side, side) or {}).values():
        assert effect == RateEffect(Fraction(0), Fraction(0))


@given(st.lists(st.fractions(min_value=-1000, max_value=1000)))
def test_rounded_parts_add_up_and_none_is_a_cent_off(parts: list[Fraction]) -> None:
    rounded = to_units(parts, CENT)

    assert sum(rounded, Decimal(0)) == Decimal(round(sum(parts) * 100)) / 100
    assert all(
        abs(Fraction(one) - part) < Fraction(CENT) for one, part in zip(rounded, parts, strict=True)
    )
