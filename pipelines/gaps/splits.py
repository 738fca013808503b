"""A gap by groups: contributions that add up to it exactly. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipelines.analysis.effects import Chain, rate_effects, to_units
from pipelines.errors import Message
from pipelines.gaps.counts import Count, Counts
from pipelines.gaps.model import Against, Contribution, Split
from pipelines.kpis.definition import Unit

#: What parts are rounded to; shares of targets leave counts with fractions.
STEPS: Mapping[Unit, Decimal] = {
    Unit.MONEY: Decimal("0.01"),
    Unit.COUNT: Decimal("0.01"),
    Unit.DAYS: Decimal("0.01"),
    Unit.PERCENT: Decimal("0.000001"),
}
_ZERO = Decimal(0)


def against_targets(
    by: str, now: Counts, own: Mapping[str | None, Decimal], whole: Decimal, unit: Unit
) -> Split | None:
    """Return the gap to a target by the groups' own targets.

    Args:
        now: What the groups count.
        own: The targets of those that have one.
        whole: The company's target.

    Returns:
        None where a group with rows has no target, or theirs do not add up to the company's.
    """
    step = STEPS[unit]
    apart = sum(own.values(), _ZERO) - whole
    if now.keys() - own.keys() or abs(apart) > step * len(own):
        return None
    groups = sorted(own, key=lambda group: -own[group])
    sums = {group: now.get(group, Count(_ZERO)).numerator or _ZERO for group in groups}
    parts = [Fraction(sums[group] - own[group]) for group in groups]
    # a cent that the targets do not add up by belongs to the largest
    parts[0] += Fraction(apart)
    effects = to_units(parts, step)
    return _split(
        by,
        Against.TARGET,
        [
            Contribution(group, sums[group].quantize(step), own[group].quantize(step), effect)
            for group, effect in zip(groups, effects, strict=True)
        ],
    )


def against_last_year(by: str, now: Counts, before: Counts, unit: Unit) -> Split:
    """Return the difference of two sums by the groups that make it."""
    step, groups = STEPS[unit], list(now.keys() | before.keys())
    pairs = [(_sum(now.get(group)), _sum(before.get(group))) for group in groups]
    effects = to_units([Fraction(one or 0) - Fraction(other or 0) for one, other in pairs], step)
    return _split(
        by,
        Against.LAST_YEAR,
        [
            Contribution(group, _rounded(one, step), _rounded(other, step), effect)
            for group, (one, other), effect in zip(groups, pairs, effects, strict=True)
        ],
    )


def of_rate(by: str, now: Counts, before: Counts, unit: Unit) -> Split | None:
    """Return the difference of two rates by the groups' own rates and their weight in the whole.

    Returns:
        None where one of the two has nothing to divide by.
    """
    step = STEPS[unit]
    found = rate_effects(_chains(before), _chains(now))
    if found is None:
        return None
    groups = list(found)
    parts = to_units([part for one in found.values() for part in (one.mix, one.rate)], step)
    return _split(
        by,
        Against.LAST_YEAR,
        [
            Contribution(
                group,
                _rate(now.get(group), step),
                _rate(before.get(group), step),
                effect=mix + rate,
                mix=mix,
                rate=rate,
            )
            for group, mix, rate in zip(groups, parts[::2], parts[1::2], strict=True)
        ],
    )


def nothing(by: str, against: Against, reason: Message) -> Split:
    """Return a split that is not there, with the reason."""
    return Split(by, against, _ZERO, (), unavailable=reason)


def as_seen(split: Split, sees: Callable[[str | None], bool]) -> Split | None:
    """Return a split with the groups that somebody may not see as one sum; None: they see none.

    That all of a gap comes from others would say nothing.
    """
    hidden = [one for one in split.contributions if not sees(one.group)]
    if not hidden:
        return split
    seen = tuple(one for one in split.contributions if sees(one.group))
    others = sum((one.effect for one in hidden), split.others or _ZERO)
    return replace(split, contributions=seen, others=others) if seen else None


def _split(by: str, against: Against, contributions: list[Contribution]) -> Split:
    contributions.sort(key=lambda one: (-abs(one.effect), one.group is None, one.group or ""))
    total = sum((one.effect for one in contributions), _ZERO)
    return Split(by, against, total, tuple(contributions))


def _sum(count: Count | None) -> Decimal | None:
    # no rows make nothing; rows that do not say how much leave it open
    return count.numerator if count else _ZERO


def _chains(counts: Counts) -> dict[str | None, Chain]:
    return {
        group: (count.denominator or _ZERO, count.numerator or _ZERO)
        for group, count in counts.items()
    }


def _rate(count: Count | None, step: Decimal) -> Decimal | None:
    # nothing to divide by, or credit notes that outweigh the invoices: no value
    if count is None or count.numerator is None or not count.denominator or count.denominator < 0:
        return None
    return (count.numerator / count.denominator).quantize(step)


def _rounded(number: Decimal | None, step: Decimal) -> Decimal | None:
    return None if number is None else number.quantize(step)
