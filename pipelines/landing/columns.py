"""What the files tell about all deals, as columns, and what of it was known on a day. Pure.

Days are counted from 1970-01-01, amounts in ten-thousandths; a day that never came is ``NEVER``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis.won_by_then import Stays

Days = NDArray[np.int32]

#: Later than any date that a file can hold.
NEVER = 10_000_000
#: Amounts are kept to four decimals, as in the tables.
UNIT = 10_000
_EPOCH = date(1970, 1, 1)


def number_of(day: date) -> int:
    """Return a day as it is counted here."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """Return the day with a number."""
    return _EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class Deals:
    """One place per deal, won, lost or open.

    Attributes:
        key: What it is found by again; ascending.
        created: The first day; ``NEVER`` where the files do not tell.
        closed: The day it was won or lost.
        amount: 0 where the files tell none.
        priced: Whether they tell one.
        vanished: The day a full export no longer held it.
        seen_from: The day of the import that first showed it as it is now.
    """

    key: NDArray[np.uint64]
    created: Days
    closed: Days
    won: NDArray[np.bool_]
    amount: NDArray[np.int64]
    priced: NDArray[np.bool_]
    vanished: Days
    seen_from: Days


@dataclass(frozen=True)
class StayColumns:
    """One place per time that a deal spent in a stage, ordered by stage and day.

    Attributes:
        deal: Place among the deals.
        stage: Number of the stage; 0 before the files name one.
        entered: First day.
        left: The day it went on or was finished.
        ended: The day it was won or lost.
        won, lost: How it ended, if it did.
    """

    deal: NDArray[np.int32]
    stage: NDArray[np.int32]
    entered: Days
    left: Days
    ended: Days
    won: NDArray[np.bool_]
    lost: NDArray[np.bool_]

    @cached_property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """First place of each stage, and the one after its last."""
        _, firsts = np.unique(self.stage, return_index=True)
        return tuple(pairwise([*firsts.tolist(), len(self.stage)]))


@dataclass(frozen=True)
class Former:
    """What deals were before they became what they are, ordered by deal and day.

    Attributes:
        deal: Place among the deals.
        since, until: Seen so from the one day to before the other.
    """

    deal: NDArray[np.int32]
    since: Days
    until: Days
    amount: NDArray[np.int64]
    priced: NDArray[np.bool_]


@dataclass(frozen=True)
class Open:
    """Deals that are open on a day.

    Attributes:
        deal: Place among the deals.
        stage: Where each is.
        days_there: For how many days.
    """

    deal: NDArray[np.int32]
    stage: NDArray[np.int32]
    days_there: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Columns:
    """All of it; the same only as itself, so that what follows from it can be kept beside it.

    Attributes:
        labels: What stages are called, by their numbers; "" for 0.
        first_day: The day the oldest deal was created; ``NEVER`` without any.
    """

    deals: Deals
    stays: StayColumns
    former: Former
    labels: tuple[str, ...]
    first_day: int

    def stays_by(self, day: int, most: int | None = None) -> Stays:
        """Return what was known of all stays at the end of a day.

        Args:
            most: About so many, evenly taken from all; all if None.
        """
        every = 1 if most is None else max(1, len(self.stays.deal) // most)
        known = [slice(part.start, part.stop, every) for part in self._entered_by(day)]
        stays = self.stays

        def taken(column: Days) -> Days:
            return np.concatenate([column[part] for part in known]) if known else column[:0]

        entered = taken(stays.entered)
        ended = taken(stays.ended)
        over = ended <= day
        parts = [np.zeros(0, dtype=np.bool_)]
        won = np.concatenate([*(stays.won[part] for part in known), *parts])
        lost = np.concatenate([*(stays.lost[part] for part in known), *parts])
        return Stays(
            stage=taken(stays.stage),
            left=np.minimum(taken(stays.left), day) - entered,
            ended=np.minimum(ended, day) - entered,
            won=won & over,
            lost=lost & over,
        )

    def open_on(self, day: int) -> Open:
        """Return the deals that were open at the end of a day."""
        places = [
            part.start + np.flatnonzero(self.stays.left[part] > day)
            for part in self._entered_by(day)
        ]
        found = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
        stays = self.stays
        return Open(
            stays.deal[found], stays.stage[found], (day - stays.entered[found]).astype(np.int32)
        )

    def finished_by(self, day: int) -> int:
        """Return how many deals were won or lost by the end of a day."""
        return int(np.searchsorted(self._finished, np.int32(day), side="right"))

    @cached_property
    def _finished(self) -> Days:
        """The days on which deals were won or lost, in order."""
        return np.sort(self.deals.closed)

    def won_within(self, after: int, until: int) -> NDArray[np.intp]:
        """Return the places of the deals that were won after a day and by another."""
        place, closed = self._won
        first, end = np.searchsorted(closed, np.array([after, until], dtype=np.int32), side="right")
        return place[first:end]

    @cached_property
    def _won(self) -> tuple[NDArray[np.intp], Days]:
        """The places of deals won in the order of their days, and those days."""
        place = np.flatnonzero(self.deals.won)
        place = place[np.argsort(self.deals.closed[place], kind="stable")]
        return place, self.deals.closed[place]

    def amounts_on(
        self, deal: NDArray[np.int32], day: int
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Return what deals were worth on a day, as far as the files of the time tell.

        Returns:
            Amounts, whether there is one, and whether a file of that time tells it: from before
            the first file it is what that one says.
        """
        amount, priced = self.deals.amount[deal], self.deals.priced[deal]
        known = self.deals.seen_from[deal] <= day
        former = self.former
        later = np.flatnonzero(former.until > day)
        if len(later) and len(deal):
            found, first = np.unique(former.deal[later], return_index=True)
            place = np.minimum(np.searchsorted(found, deal), len(found) - 1)
            has = found[place] == deal
            version = later[first[place[has]]]
            amount[has], priced[has] = former.amount[version], former.priced[version]
            known[has] = former.since[version] <= day
        return amount, priced, known

    def _entered_by(self, day: int) -> Iterator[slice]:
        """Yield the stays that began by a day, stage by stage."""
        for first, end in self.stays.bounds:
            count = int(np.searchsorted(self.stays.entered[first:end], np.int32(day), side="right"))
            yield slice(first, first + count)
