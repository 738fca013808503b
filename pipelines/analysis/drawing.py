"""Draw sums that uncertain amounts may add up to, where there are too many to follow."""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis.following import Mass
from pipelines.analysis.uncertain import Uncertain, moved

#: With so many draws the ends of a range stand to about half a point of probability
#: (sqrt(0.1 * 0.9 / 10,000) = 0.3 %).
_DRAWS = 10_000
#: Good and bad times in so many equally probable steps, each with its share of the draws.
_TIMES = 50
_AT_ONCE = _DRAWS // _TIMES
_STEPS = np.array([NormalDist().inv_cdf((step + 0.5) / _TIMES) for step in range(_TIMES)])
#: So many amounts are drawn one by one; what lies beyond is small beside them, and its sum is
#: normal.
_ONE_BY_ONE = 1_000
#: The same question gets the same answer.
_SEED = 90


def drawn(question: Uncertain, places: Sequence[int]) -> list[Mass]:
    """Return sums, and the same without each of some amounts.

    Args:
        places: Of the amounts to leave out, one after the other.
    """
    dice = np.random.default_rng(_SEED)
    rest, weights = question.rest()
    totals = dice.choice(rest, size=_DRAWS, p=weights)
    times = _STEPS * question.spread
    single, many = _parted(question, places)
    # floats are multiplied many times faster, and are exact up to 2 ** 53 cents
    amounts = question.amounts[single].astype(np.float64)
    chances = moved(question.probabilities[single], times).astype(np.float32)
    columns = [np.flatnonzero(single == place) for place in places]
    parts = np.zeros((len(places), _DRAWS), dtype=np.int64)
    for step in range(_TIMES):
        now = slice(step * _AT_ONCE, (step + 1) * _AT_ONCE)
        come = dice.random((_AT_ONCE, len(single)), dtype=np.float32) < chances[step]
        totals[now] += np.rint(come.astype(np.float64) @ amounts).astype(np.int64)
        for part, place, column in zip(parts, places, columns, strict=True):
            if len(column):
                part[now] = come[:, column[0]] * question.amounts[place]
    if len(many):
        totals += _normal(question, many, np.repeat(times, _AT_ONCE), dice)
    return [_unique(totals), *(_unique(totals - part) for part in parts)]


def _parted(
    question: Uncertain, places: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the amounts that are drawn one by one, those asked for among them, and the others."""
    likely = question.likely()
    if len(likely) <= _ONE_BY_ONE:
        return likely, likely[:0]
    chance = question.probabilities[likely]
    variance = question.amounts[likely].astype(np.float64) ** 2 * chance * (1 - chance)
    variance[np.isin(likely, places)] = np.inf
    order = np.argsort(-variance, kind="stable")
    return likely[order[:_ONE_BY_ONE]], likely[order[_ONE_BY_ONE:]]


def _normal(
    question: Uncertain,
    places: NDArray[np.int64],
    times: NDArray[np.float64],
    dice: np.random.Generator,
) -> NDArray[np.int64]:
    amounts = question.amounts[places].astype(np.float64)
    chance = question.probabilities[places]
    each = chance * (1 - chance)
    deviation = np.sqrt(amounts**2 @ each)
    sums = amounts @ chance + (amounts @ each) * times + deviation * dice.standard_normal(_DRAWS)
    return np.rint(sums).astype(np.int64)


def _unique(sums: NDArray[np.int64]) -> Mass:
    found, counts = np.unique(sums, return_counts=True)
    return found, counts / len(sums)
