"""How far a KPI moved from the weeks before a day to the weeks after it, with an interval. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

#: Values of Student's t that hold 95 % of the distribution, by degrees of freedom.
_T: tuple[tuple[int, float], ...] = (
    *((1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (6, 2.447), (7, 2.365)),
    *((8, 2.306), (9, 2.262), (10, 2.228), (11, 2.201), (12, 2.179), (13, 2.160), (14, 2.145)),
    *((15, 2.131), (16, 2.120), (17, 2.110), (18, 2.101), (19, 2.093), (20, 2.086), (21, 2.080)),
    *((22, 2.074), (23, 2.069), (24, 2.064), (25, 2.060), (26, 2.056), (27, 2.052), (28, 2.048)),
    *((29, 2.045), (30, 2.042), (40, 2.021), (60, 2.000), (120, 1.980)),
)
_FEWEST = 2


@dataclass(frozen=True)
class Difference:
    """How far apart two stretches of weeks are, in the KPI's unit.

    Attributes:
        before, after: Mean of a week; of a rate, the rate of all weeks together.
        low, high: The 95 % interval of ``change``; None where a side has fewer than two weeks.
    """

    before: float
    after: float
    change: float
    low: float | None
    high: float | None


def difference(
    before: Sequence[tuple[float, float]], after: Sequence[tuple[float, float]]
) -> Difference:
    """Return the change between two stretches of weeks.

    Args:
        before: Numerator and denominator of each week, of a plain value the value and 1; at least
            one week, and a denominator above zero in one of them.
        after: The same.

    Source:
        The weeks as clusters: ratio estimator and its variance from W. G. Cochran, *Sampling
        Techniques* (1977), 6.3; for plain values that is the mean and s²/n. Interval and degrees
        of freedom from B. L. Welch, *Biometrika* 34 (1947), rounded down: rather too wide.
    """
    first, second = _rate(before), _rate(after)
    change = second - first
    if min(len(before), len(after)) < _FEWEST:
        return Difference(first, second, change, None, None)
    spreads = [_variance(weeks, rate) for weeks, rate in ((before, first), (after, second))]
    whole = fsum(spreads)
    if whole == 0:
        return Difference(first, second, change, change, change)
    parts = fsum(
        spread**2 / (len(weeks) - 1) for spread, weeks in zip(spreads, (before, after), strict=True)
    )
    reach = _t(whole**2 / parts) * sqrt(whole)
    return Difference(first, second, change, change - reach, change + reach)


def _rate(weeks: Sequence[tuple[float, float]]) -> float:
    return fsum(part for part, _ in weeks) / fsum(base for _, base in weeks)


def _variance(weeks: Sequence[tuple[float, float]], rate: float) -> float:
    """Return the variance of the rate of some weeks; at least two of them."""
    count = len(weeks)
    mean_base = fsum(base for _, base in weeks) / count
    rests = fsum((part - rate * base) ** 2 for part, base in weeks)
    return rests / (count - 1) / count / mean_base**2


def _t(freedom: float) -> float:
    place = bisect_right([one for one, _ in _T], freedom) - 1
    return _T[max(place, 0)][1]
