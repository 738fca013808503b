"""Chance that comes out the same on every machine and in every Python."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

_Thing = TypeVar("_Thing")


class Dice:
    """Draws that depend on nothing but the words the dice were named with.

    Only ``Random.random`` is used, the one method whose sequence Python promises to keep.
    """

    def __init__(self, *names: object) -> None:
        seed = "|".join(str(name) for name in names)
        self._random = Random(seed)  # noqa: S311 - invented sales figures are no secret

    def unit(self) -> float:
        """Return a number from [0, 1)."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.unit() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self.unit() * (high - low + 1))

    def around(self, mean: float, spread: float = 0.0) -> int:
        """Return a whole number whose average is ``mean``, at most ``spread`` + 1 away from it.

        Never negative, so the average is only kept while ``mean`` is above ``spread``.
        """
        wobble = spread * (self.unit() + self.unit() - 1.0)
        return max(0, int(max(0.0, mean + wobble) + self.unit()))

    def pick(self, things: Sequence[_Thing]) -> _Thing:
        """Return one of the things, each as likely as the others."""
        return things[self.between(0, len(things) - 1)]

    def weighted(self, shares: Mapping[_Thing, float]) -> _Thing:
        """Return one of the keys, as often as its share (the shares add up to 1)."""
        rest = self.unit()
        for thing, share in shares.items():
            rest -= share
            if rest < 0:
                return thing
        return thing

    def shuffled(self, things: Sequence[_Thing]) -> list[_Thing]:
        """Return the things in another order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.between(0, last)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
