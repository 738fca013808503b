"""What a difference between two totals is made of, factor by factor; it adds up exactly.

The total of some groups is ``volume * sum(mix * ratio * ratio …)``: how many there were, which
groups they were in, and what became of them on the way (share won, average value, margin).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from math import factorial, floor
from typing import TypeVar

#: What a group counts at each step, for instance deals finished, deals won, revenue: every step
#: is the one before it times a ratio.
Chain = tuple[Decimal, ...]

#: The name of a group; None for what has none.
_Group = TypeVar("_Group", str, str | None)
_VOLUME, _MIX, _FIRST_RATIO = 0, 1, 2
_NOTHING: Chain = (Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Effects:
    """How much of a difference comes from what, in the unit of the last step.

    Attributes:
        volume: From how many there were at the first step, all groups together.
        mix: From which groups they were in.
        ratios: From each ratio between two steps, in their order; one fewer than the steps.
    """

    volume: Fraction
    mix: Fraction
    ratios: tuple[Fraction, ...]


@dataclass(frozen=True)
class RateEffect:
    """How much one group moved a rate, a numerator over a denominator, of the whole.

    Attributes:
        mix: By its part of the denominator: a group that is better than the whole and grows
            lifts the rate of the whole.
        rate: By its own rate.
    """

    mix: Fraction
    rate: Fraction


def shapley(count: int, worth: Callable[[frozenset[int]], Fraction]) -> tuple[Fraction, ...]:
    """Share out what several changes did together, so that their order does not matter.

    Args:
        count: How many changes there are.
        worth: What there is when these were made and the others were not.

    Returns:
        One share for each, which add up to ``worth(all) - worth(none)``.

    Source:
        L. S. Shapley, *A Value for n-Person Games* (1953).
    """
    shares = []
    for one in range(count):
        others = [other for other in range(count) if other != one]
        share = Fraction(0)
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for made in map(frozenset, combinations(others, size)):
                share += weight * (worth(made | {one}) - worth(made))
        shares.append(share)
    return tuple(shares)


def factor_effects(before: Mapping[_Group, Chain], after: Mapping[_Group, Chain]) -> Effects | None:
    """Explain the difference between two totals by volume, mix and the ratios between the steps.

    A group that has no ratio on one side, because nothing of it was there, is given that of the
    other side: its coming or going counts as volume and mix alone.

    Args:
        before: What each group counts at each step; all chains are equally long, two or more.
        after: The same, later or elsewhere.

    Returns:
        Effects that add up to the difference of the last steps; None where a step counts
        something though the one before it counts nothing, which no ratio explains.
    """
    groups = list(before.keys() | after.keys())
    steps = max(map(len, (*before.values(), *after.values())), default=2)
    nothing: Chain = (Decimal(0),) * steps
    sides = [[side.get(group, nothing) for group in groups] for side in (before, after)]
    if any(not up and down for side in sides for chain in side for up, down in pairwise(chain)):
        return None
    volumes = [sum((Fraction(chain[0]) for chain in side), Fraction(0)) for side in sides]
    mixes = _both(
        [
            [_ratio(Fraction(chain[0]), volume) for chain in side]
            for side, volume in zip(sides, volumes, strict=True)
        ]
    )
    ratios = [
        _both(
            [
                [_ratio(Fraction(chain[step]), Fraction(chain[step - 1])) for chain in side]
                for side in sides
            ]
        )
        for step in range(1, steps)
    ]

    def worth(changed: frozenset[int]) -> Fraction:
        total = Fraction(0)
        for number in range(len(groups)):
            part = mixes[_MIX in changed][number]
            for step, ratio in enumerate(ratios, _FIRST_RATIO):
                part *= ratio[step in changed][number]
            total += part
        return volumes[_VOLUME in changed] * total

    volume, mix, *rest = shapley(_FIRST_RATIO + len(ratios), worth)
    return Effects(volume, mix, tuple(rest))


def rate_effects(
    before: Mapping[_Group, Chain], after: Mapping[_Group, Chain]
) -> dict[_Group, RateEffect] | None:
    """Explain the difference between two rates of a whole, group by group.

    Args:
        before: Denominator and numerator of each group.
        after: The same, later or elsewhere.

    Returns:
        Effects whose sum over all groups is the difference of the two rates; None where one of
        the wholes has no rate (nothing in its denominator).
    """
    wholes = [_sums(side) for side in (before, after)]
    if not all(denominator for denominator, _ in wholes):
        return None
    middle = sum((numerator / denominator for denominator, numerator in wholes), Fraction(0)) / 2
    found = {}
    for group in before.keys() | after.keys():
        chains = [side.get(group, _NOTHING) for side in (before, after)]
        parts = [
            Fraction(chain[0]) / whole for chain, (whole, _) in zip(chains, wholes, strict=True)
        ]
        rates = [_ratio(Fraction(chain[1]), Fraction(chain[0])) for chain in chains]
        [was], [became] = _both([[rates[0]], [rates[1]]])
        found[group] = RateEffect(
            mix=(parts[1] - parts[0]) * ((was + became) / 2 - middle),
            rate=(became - was) * (parts[0] + parts[1]) / 2,
        )
    return found


def to_units(parts: Sequence[Fraction], unit: Decimal) -> tuple[Decimal, ...]:
    """Round parts to a unit (a cent) so that they add up to their rounded sum.

    What rounding down leaves goes to the parts that lost most by it.
    """
    sizes = [part / Fraction(unit) for part in parts]
    rounded = [floor(size) for size in sizes]
    left = round(sum(sizes, Fraction(0))) - sum(rounded)
    by_loss = sorted(range(len(sizes)), key=lambda number: rounded[number] - sizes[number])
    for number in by_loss[:left]:
        rounded[number] += 1
    return tuple(number * unit for number in rounded)


def _ratio(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole if whole else None


def _both(sides: Sequence[Sequence[Fraction | None]]) -> tuple[list[Fraction], list[Fraction]]:
    """Return both sides, where each takes from the other what it has not itself."""
    pairs = [
        (next((one for one in pair if one is not None), Fraction(0)), pair)
        for pair in zip(*sides, strict=True)
    ]
    first = [known if one is None else one for known, (one, _) in pairs]
    second = [known if other is None else other for known, (_, other) in pairs]
    return first, second


def _sums(side: Mapping[_Group, Chain]) -> tuple[Fraction, Fraction]:
    return (
        sum((Fraction(chain[0]) for chain in side.values()), Fraction(0)),
        sum((Fraction(chain[1]) for chain in side.values()), Fraction(0)),
    )
