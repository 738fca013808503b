"""Where a period ends, in numbers: from what was known on a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis.uncertain import Uncertain
from pipelines.analysis.won_by_then import WonByThen
from pipelines.landing.columns import NEVER, UNIT, Columns, Open
from pipelines.landing.lessons import Lesson, Size, scenarios, size_effect, spread

#: With fewer earlier periods nobody knows what deals that are not there yet will bring.
MIN_EARLIER = 4
#: Further back it was another company.
MOST_EARLIER = 8
_UNIT_OF_CENTS = UNIT // 100


@dataclass(frozen=True)
class Moment:
    """A day within a period; days are numbers.

    Attributes:
        before: The last day before the period.
        day: What happened by its end is known.
        last: The last day of the period.
    """

    before: int
    day: int
    last: int


@dataclass(frozen=True)
class Forecast:
    """What is closed, what may come in, and what it rests on; sums in ten-thousandths.

    Attributes:
        closed: In the period, by the day.
        open: The deals that are open on the day.
        curve: What became of deals that were as long in the same stage: each one's chance by that.
        chance: Of each to be won by the last day, with what its size changes.
        settled: Which of them a file of that time calls won or lost, on a day to come: nothing about
            them is left to chance.
        alike: How many earlier deals were longer in the same stage.
        anywhere: How many were longer in any one stage.
        amount: Of each, as known on the day; 0 where there is none.
        priced: Whether there is one.
        known: Whether a file of that time tells it.
        worth: What each adds if it is won.
        brought: For each earlier period, what each deal not there on the day still added.
        others: Sums that deals not yet there may add, equally probable; empty where nobody knows.
        size: How much larger deals are won less.
        spread: How far good and bad times move all chances.
        static: Where the usual weights by stage land, which most CRMs show: every open deal counts
            with the share of its stage's finished deals that were won, whatever time is left, and
            deals that are not there yet count nothing.
    """

    closed: int
    open: Open
    curve: NDArray[np.float64]
    chance: NDArray[np.float64]
    settled: NDArray[np.bool_]
    alike: NDArray[np.int64]
    anywhere: NDArray[np.int64]
    amount: NDArray[np.int64]
    priced: NDArray[np.bool_]
    known: NDArray[np.bool_]
    worth: NDArray[np.int64]
    brought: tuple[NDArray[np.int64], ...]
    others: NDArray[np.int64]
    size: Size
    spread: float
    static: int

    @property
    def expected(self) -> NDArray[np.int64]:
        """What each open deal adds on average, in cents."""
        return np.array(np.rint(self.chance * self.worth / _UNIT_OF_CENTS), dtype=np.int64)

    @property
    def question(self) -> Uncertain:
        """What is asked of chance, in cents."""
        return Uncertain(
            certain=_cents(self.closed),
            amounts=np.array(np.rint(self.worth / _UNIT_OF_CENTS), dtype=np.int64),
            probabilities=self.chance,
            others=np.array(np.rint(self.others / _UNIT_OF_CENTS), dtype=np.int64),
            spread=self.spread,
        )


def forecast(
    columns: Columns,
    now: Moment,
    earlier: Sequence[Moment],
    *,
    money: bool,
    most_stays: int | None = None,
) -> Forecast:
    """Return where a period ends.

    Args:
        now: Nothing after its day is looked at.
        earlier: The same time of earlier periods, which were over by then, oldest first.
        money: Amounts are added; otherwise deals are counted.
        most_stays: About so many are looked at, evenly taken from all; all if None.
    """
    curves = WonByThen(columns.stays_by(now.day, most_stays))
    opened = [columns.open_on(moment.day) for moment in (now, *earlier)]
    days = [moment.last - moment.day for moment in (now, *earlier)]
    estimates = curves.chances(
        np.concatenate([one.stage for one in opened]),
        np.concatenate([one.days_there for one in opened]),
        np.repeat(days, [len(one.deal) for one in opened]).astype(np.int32),
    )
    ends = np.cumsum([len(one.deal) for one in opened])[:-1]
    curve, *curves_then = np.split(estimates.probability, ends)
    lessons, brought = [], []
    for moment, then, of_each in zip(earlier, opened[1:], curves_then, strict=True):
        won = columns.won_within(moment.day, moment.last)
        came = np.zeros(len(columns.deals.key), dtype=np.bool_)
        came[won] = True
        lessons.append(
            Lesson(of_each, columns.amounts_on(then.deal, moment.day)[0], came[then.deal])
        )
        came[then.deal] = False
        brought.append(worth(columns, won[came[won]], money=money))
    size = size_effect(lessons)
    sized = [Lesson(size.applied(one.chance, one.amount), one.amount, one.won) for one in lessons]
    open_now = opened[0]
    amount, priced, known = columns.amounts_on(open_now.deal, now.day)
    closed = int(worth(columns, columns.won_within(now.before, now.day), money=money).sum())
    deals, of_now = columns.deals, open_now.deal
    settled = (deals.seen_from[of_now] <= now.day) & (deals.closed[of_now] != NEVER)
    comes = deals.won[of_now] & (deals.closed[of_now] <= now.last)
    worth_now = amount if money else np.full(len(curve), UNIT, dtype=np.int64)
    return Forecast(
        closed=closed,
        open=open_now,
        curve=curve,
        chance=np.where(settled, comes, size.applied(curve, amount)),
        settled=settled,
        alike=estimates.alike[: len(curve)],
        anywhere=estimates.anywhere[: len(curve)],
        amount=amount,
        priced=priced,
        known=known,
        worth=worth_now,
        brought=tuple(brought),
        others=scenarios(brought) if len(earlier) >= MIN_EARLIER else np.zeros(0, dtype=np.int64),
        size=size,
        spread=spread(sized),
        static=closed + _static(curves, open_now, worth_now),
    )


def worth(columns: Columns, which: NDArray[np.intp], *, money: bool) -> NDArray[np.int64]:
    """Return what each of some deals adds to the KPI."""
    if money:
        return columns.deals.amount[which]
    return np.full(len(which), UNIT, dtype=np.int64)


def _static(curves: WonByThen, of: Open, worth_: NDArray[np.int64]) -> int:
    stages, place = np.unique(of.stage, return_inverse=True)
    shares = np.array([curves.share_won(int(stage)) for stage in stages])
    return round(float(worth_ @ shares[place])) if len(stages) else 0


def _cents(units: int) -> int:
    return round(units / _UNIT_OF_CENTS)
