"""How probable it is that an open deal is won by a day, from what became of earlier ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: What earlier deals in the same stage say counts as much as what all say when there are so many
#: of them; with fewer it counts less.
_PRIOR = 10
#: With fewer deals won or lost than this, history says nothing.
MIN_FINISHED = 30
#: Deals that lay for longer than three years in one stage are compared with all that did.
_MOST_DAYS = 1096

_OPEN, _WON, _LOST = range(3)


@dataclass(frozen=True)
class Stays:
    """The times that deals spent in one stage, as columns of equal length, ordered by stage.

    Times are days since a deal entered the stage; a deal that left it came at least one into the
    next, or to its end.

    Attributes:
        stage: The number of the stage.
        left: When it left the stage, for another one or for good; for a deal that is still
            there, until today.
        ended: When it was won or lost; for an open deal, until today.
        won: It was won.
        lost: It was lost; neither: it is still open.
    """

    stage: NDArray[np.int32]
    left: NDArray[np.int32]
    ended: NDArray[np.int32]
    won: NDArray[np.bool_]
    lost: NDArray[np.bool_]


@dataclass(frozen=True)
class Estimates:
    """Probabilities and what they rest on, one place per question.

    Attributes:
        probability: Between 0 and 1.
        alike: How many earlier deals were longer in the same stage.
        anywhere: How many were longer in any one stage.
    """

    probability: NDArray[np.float64]
    alike: NDArray[np.int64]
    anywhere: NDArray[np.int64]


class WonByThen:
    """What became of a company's deals, stage by stage.

    Args:
        stays: Of all deals, finished or not, as far as the files tell.
    """

    def __init__(self, stays: Stays) -> None:
        self._stays = stays
        #: All that is asked of a stay, in one number.
        self._end = np.where(stays.won, _WON, np.where(stays.lost, _LOST, _OPEN)).astype(np.int8)

    def share_won(self, stage: int | None = None) -> float:
        """Return how many of the finished stays (in a stage) ended with a deal won, as a share.

        Without any, that of all; 0 if nothing is finished.
        """
        end = self._end if stage is None else self._end[self._of_stage(stage)]
        finished = np.count_nonzero(end)
        if not finished:
            return 0.0 if stage is None else self.share_won()
        return float(np.count_nonzero(end == _WON) / finished)

    def chances(
        self,
        stage: NDArray[np.int32],
        days_there: NDArray[np.int32],
        days_left: NDArray[np.int32],
    ) -> Estimates:
        """Return how probable it is that open deals are won within some days, one by one.

        Args:
            stage: Where each is.
            days_there: For how many days it has been there, without being finished on the last.
            days_left: Within how many days after that it would have to be won; 0: it is too late.
        """
        probability = np.zeros(len(stage))
        alike = np.zeros(len(stage), dtype=np.int64)
        if not len(stage):
            return Estimates(probability, alike, alike)
        days = np.clip(days_there, 0, _MOST_DAYS)
        most = int(max(days_left.max(), 0))
        ages, place = np.unique(days, return_inverse=True)
        everywhere = self._curves(slice(None), ages, most)
        left = np.clip(days_left, 0, None)
        probability[:] = everywhere.won_within[place, left]
        anywhere = everywhere.alike[place]
        for one in np.unique(stage):
            mine = np.flatnonzero(stage == one)
            ages, place = np.unique(days[mine], return_inverse=True)
            here = self._curves(self._of_stage(int(one)), ages, most)
            count = here.alike[place]
            weight = count / (count + _PRIOR)
            probability[mine] *= 1 - weight
            probability[mine] += weight * here.won_within[place, left[mine]]
            alike[mine] = count
        return Estimates(probability, alike, anywhere)

    def _of_stage(self, stage: int) -> slice:
        # of the same type: another one would have the whole column copied
        ends = np.array([stage, stage + 1], dtype=np.int32)
        first, last = np.searchsorted(self._stays.stage, ends)
        return slice(int(first), int(last))

    def _curves(self, part: slice, ages: NDArray[np.int32], most: int) -> "_Curves":
        """Return the curves of some stays, for deals of some ages (ascending).

        Source:
            O. O. Aalen, S. Johansen, *An Empirical Transition Matrix for Non-homogeneous Markov
            Chains Based on Censored Observations* (1978): the cumulative incidence of one of two
            competing ends, among those that were still there at a time (a landmark).
        """
        left, ended = self._stays.left[part], self._stays.ended[part]
        rows, width = len(ages) + 1, int(ages[-1]) + most + 2
        # how many of the ages a stay outlasted: it says something about deals of those
        outlasted = np.searchsorted(ages, np.arange(width), side="left").astype(np.int32)
        cell = outlasted[np.minimum(left, width - 1)]
        cell += self._end[part].astype(np.int32) * np.int32(rows)
        cell *= np.int32(width)
        cell += np.minimum(ended, width - 1)
        cells = np.bincount(cell, minlength=3 * rows * width).reshape(3, rows, width)
        # row n: those that outlasted age n, which are all in the rows above it
        counts = cells[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
        alike = counts.sum(axis=(0, 2))
        day = ages[:, None] + np.arange(1, most + 1)
        exits = np.take_along_axis(counts.sum(axis=0), day, axis=1)
        wins = np.take_along_axis(counts[_WON], day, axis=1)
        ends = wins + np.take_along_axis(counts[_LOST], day, axis=1)
        none = np.zeros((len(ages), 1))
        gone = np.hstack([none, np.cumsum(exits, axis=1)[:, :-1]]) if most else exits
        risk = np.maximum(alike[:, None] - gone, 1)
        still = np.cumprod(1 - ends / risk, axis=1)
        before = np.hstack([none + 1, still[:, :-1]]) if most else still
        return _Curves(np.hstack([none, np.cumsum(before * wins / risk, axis=1)]), alike)


@dataclass(frozen=True)
class _Curves:
    """What becomes of deals by how long they were there, one row per age.

    Attributes:
        won_within: The share that is won within so many days (the column), 0 for none.
        alike: How many were there for longer.
    """

    won_within: NDArray[np.float64]
    alike: NDArray[np.int64]
