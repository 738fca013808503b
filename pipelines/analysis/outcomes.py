"""What a number of uncertain amounts may add up to, and how probable each sum is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

_CENTS = 100
#: Up to this many different sums all of them are followed; beyond, chance draws.
_MOST_SUMS = 100_000
#: With so many draws the ends of a range stand to about half a point of probability
#: (sqrt(0.1 * 0.9 / 10,000) = 0.3 %).
_DRAWS = 10_000
#: Draws that are held at a time: a few megabytes, whatever the number of chances.
_AT_ONCE = 1_000
#: The same question gets the same answer.
_SEED = 90


@dataclass(frozen=True)
class Chance:
    """An amount that comes in whole or not at all.

    Attributes:
        amount: What comes in, in money.
        probability: That it does; between 0 and 1.
    """

    amount: Decimal
    probability: float


@dataclass(frozen=True)
class Outcomes:
    """The sums that may come out.

    Attributes:
        sums: In cents, ascending, each once.
        weights: The probability of each; they add up to one.
        exact: All sums were followed; otherwise chance drew them.
    """

    sums: NDArray[np.int64]
    weights: NDArray[np.float64]
    exact: bool

    @property
    def mean(self) -> Decimal:
        """What comes out on average, in money."""
        return _money(float(self.sums @ self.weights))

    @property
    def deviation(self) -> Decimal:
        """The standard deviation, in money."""
        mean = float(self.sums @ self.weights)
        return _money(float(np.sqrt(((self.sums - mean) ** 2) @ self.weights)))

    def at(self, share: float) -> Decimal:
        """Return the smallest sum that is not exceeded with this probability (0.1 for P10)."""
        reached = np.cumsum(self.weights) >= share - 1e-9  # sums of floats fall short of theirs
        place = int(np.argmax(reached)) if reached.any() else len(self.sums) - 1
        return _money(float(self.sums[place]))

    def chance_of(self, least: Decimal) -> float:
        """Return how probable it is that at least so much comes out."""
        place = int(np.searchsorted(self.sums, round(least * _CENTS), side="left"))
        return float(self.weights[place:].sum())


def outcomes(
    certain: Decimal, chances: Sequence[Chance], others: Sequence[Decimal] = ()
) -> Outcomes:
    """Return what the sum of independent chances may be.

    Args:
        certain: What is there already.
        chances: What may come in.
        others: Sums of something else, one of which comes in too, all equally probable (what
            earlier quarters still brought at this time); nothing else for none.

    Source:
        The distribution of a sum of independent variables, by repeated convolution.
    """
    likely = [one for one in chances if one.probability > 0 and one.amount]
    start = round(certain * _CENTS)
    rest = _unique(
        np.array([round(other * _CENTS) for other in others] or [0], dtype=np.int64),
        np.full(max(len(others), 1), 1 / max(len(others), 1)),
    )
    sums, weights = rest[0] + start, rest[1]
    for one in likely:
        if 2 * len(sums) > _MOST_SUMS:
            return _drawn(start, likely, rest)
        amount = round(one.amount * _CENTS)
        sums, weights = _unique(
            np.concatenate([sums, sums + amount]),
            np.concatenate([weights * (1 - one.probability), weights * one.probability]),
        )
    return Outcomes(sums, weights, exact=True)


def _drawn(
    start: int,
    chances: Sequence[Chance],
    rest: tuple[NDArray[np.int64], NDArray[np.float64]],
) -> Outcomes:
    dice = np.random.default_rng(_SEED)
    # floats are multiplied many times faster, and are exact up to 2 ** 53 cents
    amounts = np.array([round(one.amount * _CENTS) for one in chances], dtype=np.float64)
    probabilities = np.array([one.probability for one in chances], dtype=np.float32)
    drawn = dice.choice(rest[0], size=_DRAWS, p=rest[1]) + start
    for first in range(0, _DRAWS, _AT_ONCE):
        come = dice.random((_AT_ONCE, len(chances)), dtype=np.float32) < probabilities
        drawn[first : first + _AT_ONCE] += np.rint(come.astype(np.float64) @ amounts).astype(
            np.int64
        )
    sums, weights = _unique(drawn, np.full(_DRAWS, 1 / _DRAWS))
    return Outcomes(sums, weights, exact=False)


def _unique(
    sums: NDArray[np.int64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    found, places = np.unique(sums, return_inverse=True)
    return found, np.bincount(places, weights, minlength=len(found)).astype(np.float64)


def _money(cents: float) -> Decimal:
    return Decimal(round(cents)) / _CENTS
