"""What was promised for a day, and which share of it was kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: Of the commitments, kept on their day.
KEPT_GOAL = 0.9


@dataclass(frozen=True)
class Promise:
    """A commitment that had a date.

    Attributes:
        on_time: Kept by that day; False also if it was put off only once it was late.
    """

    due_on: date
    on_time: bool


@dataclass(frozen=True)
class Kept:
    """Commitments of which one could tell whether they were kept.

    Attributes:
        on_time: Ticked off on their day or before.
        due: All of them.
    """

    on_time: int
    due: int

    @property
    def share(self) -> float | None:
        """The share kept on its day, as a fraction; None: nothing was due."""
        return self.on_time / self.due if self.due else None

    @property
    def goal(self) -> float:
        """The share that a company aims at, as a fraction."""
        return KEPT_GOAL

    @property
    def reaches_goal(self) -> bool:
        """Whether as many were kept as the company aims at; also if nothing was due."""
        return self.share is None or self.share >= self.goal


def kept_between(promises: Iterable[Promise], since: date, until: date) -> Kept:
    """Return how many of the commitments that fell due in [``since``, ``until``) were kept.

    A meeting tells so of those due since the meeting before it: what is due on its own day is not
    over yet, and counts for the next. Each date that was promised counts once.
    """
    due = [one for one in promises if since <= one.due_on < until]
    return Kept(sum(one.on_time for one in due), len(due))
