"""Amounts that may come in, as columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Uncertain:
    """What is there, and what may come in.

    Attributes:
        certain: What is there already, in cents.
        amounts: What may come in, each whole or not at all, in cents.
        probabilities: That each does; between 0 and 1.
        others: Sums of something else, one of which comes in too, all equally probable, in cents;
            nothing else if it is empty.
        spread: The standard deviation by which good and bad times move all log odds together.
    """

    certain: int
    amounts: NDArray[np.int64]
    probabilities: NDArray[np.float64]
    others: NDArray[np.int64]
    spread: float = 0.0

    def likely(self) -> NDArray[np.int64]:
        """Return the places of what may come in and would change the sum."""
        return np.flatnonzero((self.probabilities > 0) & (self.amounts != 0))

    def rest(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the sums of what does not hang on the chances, and their probabilities."""
        if not len(self.others):
            return np.array([self.certain], dtype=np.int64), np.ones(1)
        found, counts = np.unique(self.others, return_counts=True)
        return found + self.certain, counts / len(self.others)


def moved(probabilities: NDArray[np.float64], shifts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities whose log odds are shifted: one row per shift."""
    factor = np.exp(shifts)[:, None]
    return probabilities * factor / (1 - probabilities + probabilities * factor)
