"""What earlier periods, at the same time of them, teach about this one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: The size of deals says something after about this many that were won or lost.
_RIDGE = 30.0
_STEPS = 8
#: Logarithms that differ by less are those of the same amount.
_SAME_SIZE = 1e-6
#: So many deals are enough to learn one number from.
_MOST_LESSONS = 20_000
#: How far good and bad times move the log odds of all deals before anything is known about it,
#: and the number of periods that it takes to say otherwise.
_USUAL_SPREAD = 0.3
_USUAL_PERIODS = 4
#: Counts vary as chance would have it before anything is known; likewise.
_USUAL_COUNTS = 4
#: Sums that stand for all that deals not yet created may bring, equally probable.
_SCENARIOS = 40
_DRAWS = 4_000
#: More deals than this add up to something normal.
_MOST_PICKS = 400_000
_SEED = 90


@dataclass(frozen=True)
class Lesson:
    """Deals that were open on a day of an earlier period, and what became of them by its end.

    Attributes:
        chance: What the curves say about each.
        amount: Of each; 0 where there is none.
        won: Which were won by the end of that period.
    """

    chance: NDArray[np.float64]
    amount: NDArray[np.int64]
    won: NDArray[np.bool_]


@dataclass(frozen=True)
class Size:
    """How much larger deals are won less, or more, than the curves of all say.

    Attributes:
        slope: Of the log odds, for each standard deviation of the logarithm of the amount.
        middle: Mean logarithm of the amounts.
        deviation: Their standard deviation.
    """

    slope: float = 0.0
    middle: float = 0.0
    deviation: float = 1.0

    def applied(
        self, chance: NDArray[np.float64], amount: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return chances with what the size of each deal changes; nothing without an amount."""
        size = (np.log(np.maximum(amount, 1)) - self.middle) / self.deviation
        factor = np.exp(self.slope * np.where(amount > 0, np.clip(size, -3, 3), 0))
        return chance * factor / (1 - chance + chance * factor)


def size_effect(lessons: Sequence[Lesson]) -> Size:
    """Return how the size of deals changed their chances in earlier periods.

    Source:
        Logistic regression with the curve's log odds as offset and a ridge penalty (Hoerl and
        Kennard, 1970), so that few deals teach little.
    """
    told = [(one.chance > 0) & (one.chance < 1) & (one.amount > 0) for one in lessons]
    if not sum(int(of.sum()) for of in told):
        return Size()
    chance = np.concatenate([one.chance[of] for one, of in zip(lessons, told, strict=True)])
    amount = np.concatenate([one.amount[of] for one, of in zip(lessons, told, strict=True)])
    won = np.concatenate([one.won[of] for one, of in zip(lessons, told, strict=True)])
    every = -(-len(chance) // _MOST_LESSONS)
    chance, amount, won = chance[::every], np.log(amount[::every]), won[::every]
    middle, deviation = float(amount.mean()), float(amount.std())
    if deviation < _SAME_SIZE:
        return Size()
    size = np.clip((amount - middle) / deviation, -3, 3)
    odds = np.log(chance / (1 - chance))
    slope = 0.0
    for _ in range(_STEPS):  # Newton's
        now = 1 / (1 + np.exp(-(odds + slope * size)))
        pull = float((size * (won - now)).sum()) - _RIDGE * slope
        slope += pull / (float((size**2 * now * (1 - now)).sum()) + _RIDGE)
    return Size(slope, middle, deviation)


def spread(lessons: Sequence[Lesson]) -> float:
    """Return how far good and bad times move the log odds of all deals together.

    By how much more the numbers of deals won differed from what their chances promised than
    independent chances do.
    """
    variances = [float((one.chance * (1 - one.chance)).sum()) for one in lessons]
    told = [of for of in zip(lessons, variances, strict=True) if of[1]]
    if not told:
        return _USUAL_SPREAD
    beyond = sum((float(one.won.sum() - one.chance.sum())) ** 2 - of for one, of in told)
    squares = sum(of**2 for _, of in told)
    usual = _USUAL_PERIODS * squares / len(told)
    return float(np.sqrt(max(0.0, beyond + usual * _USUAL_SPREAD**2) / (squares + usual)))


def scenarios(brought: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return what deals that are not there yet may bring: equally probable sums, ascending.

    How many of them come is as uncertain as earlier periods were different; what each is worth is
    what one of the earlier ones was worth.

    Args:
        brought: For each earlier period, the deals it still brought; at least two periods.

    Source:
        A compound negative binomial distribution, by the bootstrap.
    """
    pool = np.concatenate(brought)
    if not len(pool):
        return np.zeros(1, dtype=np.int64)
    dice = np.random.default_rng(_SEED)
    counts = np.array([len(one) for one in brought], dtype=np.float64)
    mean, freedom = float(counts.mean()), len(counts) - 1
    seen = float(counts.var(ddof=1)) * freedom + _USUAL_COUNTS * mean
    # of the next count, whose mean is not known better than a few periods tell
    variance = max(mean, seen / (freedom + _USUAL_COUNTS)) * (1 + 1 / len(counts))
    rate = dice.gamma(mean**2 / (variance - mean), (variance - mean) / mean, _DRAWS)
    many = dice.poisson(rate)
    sums = np.sort(_picked(pool, many, dice))
    middles = (np.arange(_SCENARIOS) + 0.5) * _DRAWS / _SCENARIOS
    return sums[middles.astype(np.int64)]


def _picked(
    pool: NDArray[np.int64], many: NDArray[np.int64], dice: np.random.Generator
) -> NDArray[np.int64]:
    total = int(many.sum())
    if total > _MOST_PICKS:
        spread_ = np.sqrt(many) * float(pool.std()) * dice.standard_normal(len(many))
        return np.rint(many * float(pool.mean()) + spread_).astype(np.int64)
    picked = np.concatenate([[0], np.cumsum(pool[dice.integers(len(pool), size=total)])])
    ends = np.cumsum(many)
    sums: NDArray[np.int64] = picked[ends] - picked[ends - many]
    return sums
