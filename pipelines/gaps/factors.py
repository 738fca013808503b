"""A gap by its factors: volume, mix, rate and value, whose effects add up to it exactly. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from pipelines.analysis.effects import factor_effects, to_units
from pipelines.errors import Message, msg
from pipelines.gaps.counts import Chains
from pipelines.gaps.model import Against, Factor, FactorEffect, Factors
from pipelines.gaps.splits import STEPS
from pipelines.kpis.definition import Unit
from pipelines.kpis.steps import Ratio, Steps

_FACTORS = {Ratio.RATE: Factor.RATE, Ratio.VALUE: Factor.VALUE}
_UNITS = {
    Factor.VOLUME: STEPS[Unit.COUNT],
    Factor.RATE: STEPS[Unit.PERCENT],
    Factor.VALUE: STEPS[Unit.MONEY],
}


def by_factor(
    way: Steps, now: Chains, before: Chains, unit: Unit, *, mix_by: str | None
) -> Factors:
    """Return the difference of a sum from last year by its factors.

    Args:
        now: What each group counts at each step; one group where there is no mix.
        mix_by: The column the groups are of.
    """
    if not now and not before:  # nothing then and nothing now, step by step
        now = {None: (Decimal(0),) * len(way.measures)}
    found = factor_effects(before, now)
    if found is None and mix_by is not None:
        # what no ratio explains within a group, one of the whole may
        return by_factor(way, _whole(now), _whole(before), unit, mix_by=None)
    if found is None:
        return nothing(msg("Something came of nothing in it, which no factor explains."))
    is_mixed = mix_by is not None and len(now.keys() | before.keys()) > 1
    kinds = [Factor.VOLUME, *([Factor.MIX] if is_mixed else [])]
    parts = [found.volume, *([found.mix] if is_mixed else [])]
    kinds += [_FACTORS[ratio] for ratio in way.ratios]
    parts += found.ratios
    then, since = _sums(before, len(way.measures)), _sums(now, len(way.measures))
    effects = tuple(
        FactorEffect(kind, effect, _level(way, kind, then), _level(way, kind, since))
        for kind, effect in zip(kinds, to_units(parts, STEPS[unit]), strict=True)
    )
    return Factors(
        Against.LAST_YEAR,
        sum((one.effect for one in effects), Decimal(0)),
        effects,
        mix_by=mix_by if is_mixed else None,
        volume_of="finished_deals" if way.finished else way.measures[0].table,
    )


def nothing(reason: Message) -> Factors:
    """Return factors that are not there, with the reason."""
    return Factors(Against.LAST_YEAR, Decimal(0), (), unavailable=reason)


def _whole(chains: Chains) -> Chains:
    steps = max(map(len, chains.values()), default=0)
    return {None: tuple(_sums(chains, steps))} if chains else {}


def _sums(chains: Chains, steps: int) -> list[Decimal]:
    return [sum((chain[at] for chain in chains.values()), Decimal(0)) for at in range(steps)]


def _level(way: Steps, kind: Factor, sums: Sequence[Decimal]) -> Decimal | None:
    """Return a factor of the whole; None for the mix, and where there is nothing to divide by."""
    if kind is Factor.MIX:
        return None
    if kind is Factor.VOLUME:
        return sums[0].quantize(_UNITS[kind])
    at = [_FACTORS[ratio] for ratio in way.ratios].index(kind)
    return (sums[at + 1] / sums[at]).quantize(_UNITS[kind]) if sums[at] else None
