"""From the days on which deals entered stages to the times they spent there. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.landing.columns import NEVER, Days, Deals, StayColumns

#: Sorting one number is faster than sorting two: any day, also one before 1970, has room in it.
_ROOM = 1 << 24
_SHIFT = 1 << 23


@dataclass(frozen=True)
class _Steps:
    """Entries of deals that count, ordered by deal and day.

    Attributes:
        end: Whether the stage is one in which deals end.
    """

    deal: NDArray[np.int64]
    stage: NDArray[np.int32]
    entered: Days
    end: NDArray[np.bool_]

    def taken(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "_Steps":
        return _Steps(self.deal[which], self.stage[which], self.entered[which], self.end[which])


def stays_of(
    deals: Deals, key: NDArray[np.uint64], stage: NDArray[np.int32], entered: Days
) -> StayColumns:
    """Return the times that deals spent in one stage, by stage and day.

    From its first day until the files name a stage, a deal is in stage 0. A stage that at least
    half of its finished deals entered on the day they were finished, or later, is their end, not a
    stay: a deal that comes back from there was lost before, as everybody thought then.

    Args:
        key: Of the deals that entered a stage; unknown ones are left out.
        stage: The number of each stage, from 1.
        entered: The day of each entry.
    """
    steps = _begun(deals, _known(deals, key, stage, entered))
    return _followed(deals, steps)


def _known(
    deals: Deals, key: NDArray[np.uint64], stage: NDArray[np.int32], entered: Days
) -> _Steps:
    """Return the entries that count: before the deal was finished, the last of each day."""
    if not len(key) or not len(deals.key):
        none = np.zeros(0, dtype=np.int32)
        return _Steps(none.astype(np.int64), none, none, none.astype(np.bool_))
    deal = np.minimum(np.searchsorted(deals.key, key), len(deals.key) - 1)
    counted = deals.key[deal] == key
    deal, stage, entered = deal[counted], stage[counted], entered[counted]
    many = int(stage.max(initial=0)) + 1
    ends, won_ends = _ends(deals, deal, stage, entered, many)
    rank = _usual_order(deals, deal, stage, entered, many)
    steps = _Steps(deal, stage, entered, ends[stage])
    open_then = entered < deals.closed[deal]
    steps, order = steps.taken(open_then), rank[stage[open_then]]
    # of several stages in one day, the one that usually comes last
    place = np.argsort(_ordered(steps.deal, steps.entered) * many + order, kind="stable")
    steps = steps.taken(place)
    last = np.ones(len(place), dtype=np.bool_)
    last[:-1] = np.diff(steps.deal).astype(np.bool_) | np.diff(steps.entered).astype(np.bool_)
    steps = steps.taken(last)
    return steps.taken(~_too_early(deals, steps, won_ends))


def _ends(
    deals: Deals,
    deal: NDArray[np.int64],
    stage: NDArray[np.int32],
    entered: Days,
    many: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for each stage whether deals end there, and whether that is by being won."""
    finished = deals.closed[deal] != NEVER
    of_finished = np.bincount(stage[finished], minlength=many)
    at_end = finished & (entered >= deals.closed[deal])
    at_end_there = np.bincount(stage[at_end], minlength=many)
    won_there = np.bincount(stage[at_end & deals.won[deal]], minlength=many)
    is_end = (of_finished > 0) & (2 * at_end_there >= of_finished)
    return is_end, is_end & (2 * won_there >= at_end_there)


def _usual_order(
    deals: Deals,
    deal: NDArray[np.int64],
    stage: NDArray[np.int32],
    entered: Days,
    many: int,
) -> NDArray[np.int64]:
    """Return for each stage its place by how long after their first day deals enter it."""
    told = deals.created[deal] != NEVER
    after = (entered - deals.created[deal])[told]
    counts = np.bincount(stage[told], minlength=many)
    sums = np.bincount(stage[told], after, minlength=many)
    places: NDArray[np.int64] = np.argsort(np.argsort(sums / np.maximum(counts, 1), kind="stable"))
    return places


def _too_early(deals: Deals, steps: _Steps, won_ends: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which ends are told before their day: a deal that was won is open until it is."""
    last_live = np.full(len(deals.key), -NEVER, dtype=np.int32)
    last_live[steps.deal[~steps.end]] = steps.entered[~steps.end]  # the last of each deal stays
    found: NDArray[np.bool_] = (
        won_ends[steps.stage] & deals.won[steps.deal] & (steps.entered > last_live[steps.deal])
    )
    return found


def _begun(deals: Deals, steps: _Steps) -> _Steps:
    """Return the steps with the first one of each deal, on the day it was created."""
    first = np.full(len(deals.key), NEVER, dtype=np.int32)
    first[steps.deal[::-1]] = steps.entered[::-1]  # the first of each deal stays
    begins = np.flatnonzero(
        (deals.created != NEVER) & (deals.created < deals.closed) & (deals.created < first)
    )
    joined = _Steps(
        np.concatenate([steps.deal, begins]),
        np.concatenate([steps.stage, np.zeros(len(begins), dtype=np.int32)]),
        np.concatenate([steps.entered, deals.created[begins]]),
        np.concatenate([steps.end, np.zeros(len(begins), dtype=np.bool_)]),
    )
    return joined.taken(np.argsort(_ordered(joined.deal, joined.entered), kind="stable"))


def _followed(deals: Deals, steps: _Steps) -> StayColumns:
    """Return what followed each step that is no end."""
    many = len(steps.deal)
    left = deals.closed[steps.deal]
    goes_on = np.flatnonzero(steps.deal[:-1] == steps.deal[1:])
    left[goes_on] = steps.entered[goes_on + 1]
    ends = np.flatnonzero(steps.end)
    following = np.searchsorted(ends, np.arange(many), side="right")
    has_end = following < len(ends)
    has_end[has_end] = steps.deal[ends[following[has_end]]] == steps.deal[has_end]
    ended = deals.closed[steps.deal]
    ended[has_end] = steps.entered[ends[following[has_end]]]
    won = deals.won[steps.deal] & ~has_end
    lost = (ended != NEVER) & ~won
    # by stage and day
    place = np.argsort(_ordered(steps.stage.astype(np.int64), steps.entered), kind="stable")
    place = place[~steps.end[place]]
    return StayColumns(
        deal=steps.deal[place].astype(np.int32),
        stage=steps.stage[place],
        entered=steps.entered[place],
        left=left[place],
        ended=ended[place],
        won=won[place],
        lost=lost[place],
    )


def _ordered(first: NDArray[np.int64], then: Days) -> NDArray[np.int64]:
    """Return numbers that order by two columns."""
    found: NDArray[np.int64] = first * _ROOM + then + _SHIFT
    return found
