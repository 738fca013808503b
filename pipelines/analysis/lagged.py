"""Whether one weekly series is followed by another some weeks later, more than chance does. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

#: With fewer pairs, one of them decides: chance agrees as closely in more than one of twenty.
FEWEST_PAIRS = 20
#: What happened more than a year ago was another way of working.
MOST_PAIRS = 52
#: As usual: chance alone does as much in one case of twenty.
RARE = 0.05
#: Sums of ranks are off in the last bits.
_SAME = 1e-12


@dataclass(frozen=True)
class Following:
    """How two series go together.

    Attributes:
        pairs: How many weeks were compared.
        correlation: Of their ranks, -1 to 1.
        by_chance: The share of all shifts of one series against the other, the real one among
            them, that agree at least as closely; 0.05 with twenty pairs at best.
    """

    pairs: int
    correlation: float
    by_chance: float

    @property
    def tells(self) -> bool:
        """Whether chance does as much only rarely."""
        return self.by_chance <= RARE


def pairs(
    leading: Sequence[float | None], following: Sequence[float | None], lag: int
) -> tuple[tuple[float, float], ...]:
    """Return each value with the one of the other series ``lag`` places later, newest 52.

    Args:
        leading: One per week, oldest first, None where there is none.
        following: The same weeks.
        lag: In weeks, from 0.
    """
    later = following[lag:]
    found = [
        (first, second)
        for first, second in zip(leading, later, strict=False)
        if first is not None and second is not None
    ]
    return tuple(found[-MOST_PAIRS:])


def follows(found: Sequence[tuple[float, float]]) -> Following | None:
    """Return how closely the second values go with the first.

    A series is shifted against the other by every number of weeks, end joined to beginning: that
    leaves the rhythm of each as it is (weeks resemble their neighbours, which makes plain
    shuffling find too much) and breaks only what goes from one to the other.

    Args:
        found: As from ``pairs``, oldest first.

    Returns:
        None for fewer than ``FEWEST_PAIRS`` pairs, or if one of the series never varies.

    Source:
        Rank correlation: C. Spearman (1904), ties with their mean rank. Test by shifts: an exact
        randomisation test over the cyclic group (E. S. Edgington, *Randomization Tests*, 1980); it
        takes both series for stationary, so that two trends may still agree by chance.
    """
    count = len(found)
    if count < FEWEST_PAIRS:
        return None
    first = _centred_ranks([one for one, _ in found])
    second = _centred_ranks([one for _, one in found])
    size = sqrt(fsum(one * one for one in first) * fsum(one * one for one in second))
    if size == 0:
        return None

    def agreement(shift: int) -> float:
        shifted = [*second[shift:], *second[:shift]]
        return fsum(one * other for one, other in zip(first, shifted, strict=True)) / size

    real = agreement(0)
    as_close = sum(abs(agreement(shift)) >= abs(real) - _SAME for shift in range(count))
    return Following(count, real, as_close / count)


def _centred_ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value less the mean rank; equal values share theirs."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2
        start = end + 1
    middle = (len(values) - 1) / 2
    return [one - middle for one in ranks]
