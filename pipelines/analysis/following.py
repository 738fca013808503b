"""Follow every sum that uncertain amounts may add up to, where that is possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis.uncertain import Uncertain, moved

#: Sums in cents, ascending, each once, and the probability of each.
Mass = tuple[NDArray[np.int64], NDArray[np.float64]]

#: Up to this many different sums all of them are followed.
_MOST_SUMS = 100_000
#: So many additions take a twentieth of a second; what needs more is drawn.
_MOST_STEPS = 25_000_000
#: Sums far apart are as good as never few when they are made of more amounts.
_MOST_FOUND = 200
#: Sorting what was found costs so many times more than adding to it.
_SORTING = 30
#: Good and bad times in five steps, exact for polynomials up to degree nine; the weights sum to 1.
_TIMES = np.polynomial.hermite_e.hermegauss(5)


def follow(question: Uncertain, places: Sequence[int]) -> list[Mass] | None:
    """Return all sums, and all without each of some amounts; None where there are too many.

    Args:
        places: Of the amounts to leave out, one after the other.
    """
    shifts = _TIMES[0] * question.spread if question.spread else np.zeros(1)
    share = _TIMES[1] / _TIMES[1].sum() if question.spread else np.ones(1)
    # the rows are times, which are told apart until the end
    chances = moved(question.probabilities, shifts)
    likely = question.likely()
    start = _start(question, likely, share)
    if start is None:
        return None
    base = start
    for place in np.setdiff1d(likely, places):
        base = base.plus(int(question.amounts[place]), chances[:, place])
        if base.is_too_much:
            return None
    found = []
    for left_out in (None, *places):
        sums = base
        for place in np.intersect1d(likely, places):
            if place != left_out:
                sums = sums.plus(int(question.amounts[place]), chances[:, place])
                if sums.is_too_much:
                    return None
        found.append(sums.all())
    return found


class _Sums(Protocol):
    """Sums that have been followed so far."""

    @property
    def is_too_much(self) -> bool: ...

    def plus(self, amount: int, probability: NDArray[np.float64]) -> "_Sums":
        """Return the sums with one more amount that may come in, by how good times are."""
        ...

    def all(self) -> Mass: ...


def _start(
    question: Uncertain, likely: NDArray[np.int64], share: NDArray[np.float64]
) -> _Sums | None:
    rest, weights = question.rest()
    amounts = question.amounts[likely]
    unit = int(np.gcd.reduce(np.concatenate([np.abs(amounts), rest - rest[0]]))) or 1
    lowest = int(rest[0] + amounts[amounts < 0].sum())
    highest = int(rest[-1] + amounts[amounts > 0].sum())
    length = (highest - lowest) // unit + 1
    mass = share[:, None] * weights
    if length <= _MOST_SUMS and length * (len(likely) + 1) * len(share) <= _MOST_STEPS:
        first = int(rest[0])
        grid = np.zeros((len(share), (int(rest[-1]) - first) // unit + 1))
        grid[:, (rest - first) // unit] = mass
        return _Grid(grid, first, unit)
    if len(likely) > _MOST_FOUND:
        return None
    return _Found(rest, mass, len(rest) * _SORTING)


@dataclass(frozen=True)
class _Grid:
    """Sums that are multiples of one unit apart: one place for each up to the highest so far."""

    mass: NDArray[np.float64]
    lowest: int
    unit: int
    is_too_much: bool = False

    def plus(self, amount: int, probability: NDArray[np.float64]) -> "_Grid":
        """Return the sums with one more amount that may come in."""
        by = amount // self.unit
        times, length = self.mass.shape
        mass = np.zeros((times, length + abs(by)))
        without, coming = (0, by) if by > 0 else (-by, 0)
        mass[:, without : without + length] = self.mass * (1 - probability)[:, None]
        mass[:, coming : coming + length] += self.mass * probability[:, None]
        return _Grid(mass, self.lowest + min(amount, 0), self.unit)

    def all(self) -> Mass:
        """Return the sums that are possible."""
        weights = self.mass.sum(axis=0)
        taken = np.flatnonzero(weights)
        return self.lowest + taken * self.unit, weights[taken]


@dataclass(frozen=True)
class _Found:
    """Sums far apart: those that were found, ascending."""

    sums: NDArray[np.int64]
    mass: NDArray[np.float64]
    steps: int

    @property
    def is_too_much(self) -> bool:
        return len(self.sums) > _MOST_SUMS or self.steps > _MOST_STEPS

    def plus(self, amount: int, probability: NDArray[np.float64]) -> "_Found":
        """Return the sums with one more amount that may come in."""
        both = np.concatenate([self.sums, self.sums + amount])
        chance = probability[:, None]
        mass = np.hstack([self.mass * (1 - chance), self.mass * chance])
        sums, place = np.unique(both, return_inverse=True)
        joined = np.zeros((len(mass), len(sums)))
        for row, of_row in zip(joined, mass, strict=True):
            row[:] = np.bincount(place, of_row, minlength=len(sums))
        return _Found(sums, joined, self.steps + len(both) * _SORTING)

    def all(self) -> Mass:
        """Return the sums that are possible."""
        return self.sums, self.mass.sum(axis=0)
