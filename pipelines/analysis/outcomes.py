"""What a number of uncertain amounts may add up to, and how probable each sum is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis.drawing import drawn
from pipelines.analysis.following import Mass, follow
from pipelines.analysis.uncertain import Uncertain

_CENTS = 100


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

    def and_also(self, amount: Decimal) -> "Outcomes":
        """Return what may come out if something more comes in for certain."""
        return Outcomes(self.sums + round(amount * _CENTS), self.weights, self.exact)


def outcomes(
    certain: Decimal,
    chances: Sequence[Chance],
    others: Sequence[Decimal] = (),
    *,
    spread: float = 0.0,
) -> Outcomes:
    """Return what the sum of chances may be.

    Args:
        certain: What is there already.
        chances: What may come in.
        others: Sums of something else, one of which comes in too, all equally probable (what
            earlier quarters still brought at this time); nothing else for none.
        spread: How far good and bad times move all chances together: the standard deviation of
            their log odds; 0: they have nothing to do with each other.

    Source:
        The distribution of a sum of independent variables, by repeated convolution; times that
        are better or worse for all, by Gauss-Hermite quadrature.
    """
    question = uncertain(
        certain,
        [one.amount for one in chances],
        np.array([one.probability for one in chances], dtype=np.float64),
        others,
        spread=spread,
    )
    return sums_of(question)


def uncertain(
    certain: Decimal,
    amounts: Sequence[Decimal],
    probabilities: NDArray[np.float64],
    others: Sequence[Decimal],
    *,
    spread: float,
) -> Uncertain:
    """Return the same as columns of cents."""
    return Uncertain(
        certain=round(certain * _CENTS),
        amounts=np.array([round(one * _CENTS) for one in amounts], dtype=np.int64),
        probabilities=probabilities,
        others=np.array([round(one * _CENTS) for one in others], dtype=np.int64),
        spread=spread,
    )


def sums_of(question: Uncertain) -> Outcomes:
    """Return what the sum of chances may be, asked in columns."""
    (found, *_), exact = _all(question, ())
    return Outcomes(*found, exact=exact)


def without_each(question: Uncertain, places: Sequence[int]) -> tuple[Outcomes, list[Outcomes]]:
    """Return what the sum may be, and what it may be without one of the amounts.

    Args:
        places: Of the amounts that are left out, one after the other; a handful.
    """
    (whole, *rest), exact = _all(question, places)
    return Outcomes(*whole, exact=exact), [Outcomes(*one, exact=exact) for one in rest]


def _all(question: Uncertain, places: Sequence[int]) -> tuple[list[Mass], bool]:
    followed = follow(question, places)
    if followed is not None:
        return followed, True
    return drawn(question, places), False


def _money(cents: float) -> Decimal:
    return Decimal(round(cents)) / _CENTS
