"""How probable it is that an open deal is won by a day, from what became of earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

#: What earlier deals in the same stage say counts as much as what all say when there are so many
#: of them; with fewer it counts less.
_PRIOR = 10
#: With fewer finished deals than this, history says nothing.
MIN_FINISHED = 30


@dataclass(frozen=True)
class Stay:
    """A deal's time in one stage; all times in days since it entered that stage.

    Attributes:
        stage: As the company calls it.
        left: When it left the stage, for another one or for good; for a deal that is still there,
            until today.
        ended: When it was won or lost; for an open deal, until today.
        won: It was won.
        lost: It was lost; neither: it is still open.
    """

    stage: str
    left: int
    ended: int
    won: bool
    lost: bool


@dataclass(frozen=True)
class Estimate:
    """A probability and what it rests on.

    Attributes:
        probability: Between 0 and 1.
        alike: How many earlier deals were as long in the same stage.
    """

    probability: float
    alike: int


class WonByThen:
    """What became of a company's deals, stage by stage.

    Args:
        stays: Of all deals, finished or not, as far as the files tell.
    """

    def __init__(self, stays: Sequence[Stay]) -> None:
        by_stage: dict[str, list[Stay]] = {}
        for stay in stays:
            by_stage.setdefault(stay.stage, []).append(stay)
        self._all = _Stays.of(stays)
        self._stages = {stage: _Stays.of(found) for stage, found in by_stage.items()}

    @property
    def finished(self) -> int:
        """How many stays ended with a deal won or lost."""
        return self._all.finished

    def chance(self, stage: str, days_there: int, days_left: int) -> Estimate:
        """Return how probable it is that an open deal is won within some days.

        Args:
            days_there: How long it has been in the stage.
            days_left: Until the day asked about; 0: it would have to be won today.
        """
        everywhere, _ = self._all.won_within(days_there, days_left)
        if stage not in self._stages:
            return Estimate(everywhere, 0)
        here, alike = self._stages[stage].won_within(days_there, days_left)
        weight = alike / (alike + _PRIOR)
        return Estimate(weight * here + (1 - weight) * everywhere, alike)


@dataclass(frozen=True)
class _Stays:
    """Stays as columns, ordered by how long they lasted."""

    left: NDArray[np.int64]
    ended: NDArray[np.int64]
    won: NDArray[np.bool_]
    lost: NDArray[np.bool_]

    @classmethod
    def of(cls, stays: Sequence[Stay]) -> "_Stays":
        ordered = sorted(stays, key=lambda stay: stay.left)
        return cls(
            np.array([stay.left for stay in ordered], dtype=np.int64),
            np.array([stay.ended for stay in ordered], dtype=np.int64),
            np.array([stay.won for stay in ordered], dtype=np.bool_),
            np.array([stay.lost for stay in ordered], dtype=np.bool_),
        )

    @cached_property
    def finished(self) -> int:
        return int(np.count_nonzero(self.won | self.lost))

    def won_within(self, days_there: int, days_left: int) -> tuple[float, int]:
        """Return the share won within some days of those that were still there, and their number."""
        first = int(np.searchsorted(self.left, days_there, side="left"))
        times = self.ended[first:] - days_there
        return won_within(times, self.won[first:], self.lost[first:], days_left), len(times)


def won_within(
    times: NDArray[np.int64], won: NDArray[np.bool_], lost: NDArray[np.bool_], days: int
) -> float:
    """Return the share that is won within some days, where some are not finished yet.

    Args:
        times: Days until each was won or lost, or until nothing more is known of it.
        won: Which of them were won.
        lost: Which were lost; losing ends the chance to be won.
        days: Within how many; 0 takes those of the first day.

    Source:
        O. O. Aalen, S. Johansen, *An Empirical Transition Matrix for Non-homogeneous Markov
        Chains Based on Censored Observations* (1978): the cumulative incidence of one of two
        competing ends.
    """
    if not len(times):
        return 0.0
    length = days + 2
    clipped = np.minimum(times, days + 1)  # what comes later is only still at risk
    exits = np.bincount(clipped, minlength=length)[:length]
    wins = np.bincount(clipped[won], minlength=length)[: days + 1]
    ends = wins + np.bincount(clipped[lost], minlength=length)[: days + 1]
    at_risk = (len(times) - np.concatenate([[0], np.cumsum(exits)[:-1]]))[: days + 1]
    risk = np.maximum(at_risk, 1)
    open_before = np.concatenate([[1.0], np.cumprod(1 - ends / risk)[:-1]])
    return float((open_before * wins / risk).sum())
