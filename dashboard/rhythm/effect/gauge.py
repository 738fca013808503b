"""The illusion gauge: what people felt in meetings, beside what came of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from math import fsum

from dashboard.rhythm.effect.kept import Kept

#: Fewer meetings say nothing.
MIN_MEETINGS = 4
#: A quarter of weekly meetings; what was before is another story.
MOST_MEETINGS = 13
#: Out of 10, on average: people are pleased.
HIGH_RATING = 7.5
#: Of the commitments; the goal is higher, but below this most weeks break promises.
KEPT_SHARE = 0.75


@dataclass(frozen=True)
class MeetingEffect:
    """A closed meeting: how people found it, and what came of it.

    Attributes:
        rating: The average of those who rated it, from 1 to 10; None: nobody did.
        due: Commitments that fell due since the meeting before.
        on_time: How many of them were kept by their day.
        decisions: Taken in it, with owner and date.
        signals: KPIs that began to move in the right direction, in the weeks after it.
    """

    held_on: date
    rating: float | None
    due: int
    on_time: int
    decisions: int
    signals: int


class Reading(Enum):
    """What the gauge says."""

    NOT_YET = auto()
    NO_RATINGS = auto()
    ILLUSION = auto()  # pleased, and nothing changes
    PARTLY = auto()  # pleased, and only a part of the effect is there
    EARNED = auto()  # pleased, and with reason
    UNSUNG = auto()  # not pleased, and yet it works
    NEITHER = auto()  # not pleased, and nothing changes


@dataclass(frozen=True)
class Gauge:
    """Satisfaction beside effect, over the newest closed meetings.

    Attributes:
        meetings: Those it looks at, oldest first.
        rating: The average of their ratings; None without any.
        due, on_time: Commitments of all of them.
        keeps: Whether enough commitments were kept; None: none was due.
        decides: Whether there was at least one decision a meeting.
        moves: Whether at least one KPI began to move in the right direction.
    """

    reading: Reading
    meetings: tuple[MeetingEffect, ...]
    rating: float | None
    due: int
    on_time: int
    decisions: int
    signals: int
    keeps: bool | None
    decides: bool
    moves: bool

    @property
    def kept(self) -> Kept:
        """The commitments of all of them."""
        return Kept(self.on_time, self.due)


def gauge(effects: Sequence[MeetingEffect]) -> Gauge:
    """Return what closed meetings say together; nothing below ``MIN_MEETINGS``.

    Effect means that something is done or moves: commitments kept, or KPIs with a signal in the
    right direction. Decisions alone are good intentions.

    Args:
        effects: One per closed meeting, oldest first.
    """
    meetings = tuple(effects[-MOST_MEETINGS:])
    ratings = [one.rating for one in meetings if one.rating is not None]
    rating = fsum(ratings) / len(ratings) if ratings else None
    due, on_time = sum(one.due for one in meetings), sum(one.on_time for one in meetings)
    decisions = sum(one.decisions for one in meetings)
    signals = sum(one.signals for one in meetings)
    keeps = on_time >= KEPT_SHARE * due if due else None
    moves = signals > 0
    return Gauge(
        reading=_reading(len(meetings), rating, keeps=keeps, moves=moves),
        meetings=meetings,
        rating=rating,
        due=due,
        on_time=on_time,
        decisions=decisions,
        signals=signals,
        keeps=keeps,
        decides=bool(meetings) and decisions >= len(meetings),
        moves=moves,
    )


def _reading(meetings: int, rating: float | None, *, keeps: bool | None, moves: bool) -> Reading:
    if meetings < MIN_MEETINGS:
        return Reading.NOT_YET
    if rating is None:
        return Reading.NO_RATINGS
    if rating < HIGH_RATING:
        return Reading.UNSUNG if keeps or moves else Reading.NEITHER
    if keeps and moves:
        return Reading.EARNED
    return Reading.PARTLY if keeps or moves else Reading.ILLUSION
