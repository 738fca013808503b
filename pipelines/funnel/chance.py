"""What chance may do to shares of small numbers. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: The normal quantile of a confidence of 95 %, both sides.
_Z = 1.959963984540054
#: Probabilities that differ by less than this, relatively, are equal: they are sums of logarithms.
_EQUAL = 1e-7


class Outcome(NamedTuple):
    """How many of some were won."""

    won: int
    of: int


def interval(won: int, of: int) -> tuple[float, float]:
    """Return the shares that are plausible for what was seen, with a confidence of 95 %.

    Args:
        of: One or more.

    Source:
        E. B. Wilson, *Probable Inference, the Law of Succession, and Statistical Inference* (1927).
    """
    share, weight = won / of, _Z**2 / of
    centre = (share + weight / 2) / (1 + weight)
    half = _Z / (1 + weight) * sqrt(share * (1 - share) / of + weight / (4 * of))
    return max(0.0, centre - half), min(1.0, centre + half)


def by_chance(one: Outcome, other: Outcome) -> float:
    """Return how often chance alone makes two shares differ as much as these, or more.

    Source:
        R. A. Fisher, *Statistical Methods for Research Workers* (5th ed., 1934): the exact test of
        a fourfold table, two-sided: all tables with the same totals that are no more probable.
    """
    total, won = one.of + other.of, one.won + other.won
    fewest, most = max(0, won - other.of), min(one.of, won)
    factorials = _log_factorials(1 << total.bit_length())
    seen = np.arange(fewest, most + 1)
    logs = (
        factorials[won]
        - factorials[seen]
        - factorials[won - seen]
        + factorials[total - won]
        - factorials[one.of - seen]
        - factorials[total - won - one.of + seen]
    )
    weights = np.exp(logs - logs.max())
    here = weights[one.won - fewest]
    return float(weights[weights <= here * (1 + _EQUAL)].sum() / weights.sum())


def beyond_chance(probabilities: Sequence[float], level: float = 0.05) -> tuple[bool, ...]:
    """Return which of many comparisons stand out, so that all of them together seldom mislead.

    Args:
        probabilities: As ``by_chance`` gives them, one for each comparison that was made.
        level: How often one or more may stand out though chance explains them all.

    Source:
        S. Holm, *A Simple Sequentially Rejective Multiple Test Procedure* (1979).
    """
    found = [False] * len(probabilities)
    ordered = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    for place, number in enumerate(ordered):
        if probabilities[number] > level / (len(probabilities) - place):
            break
        found[number] = True
    return tuple(found)


@lru_cache(maxsize=2)
def _log_factorials(largest: int) -> NDArray[np.float64]:
    """Return the logarithms of the factorials from 0 to a number."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, largest + 1, dtype=np.float64)))])
