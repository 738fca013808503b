"""Which share of the commitments a meeting found kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.rhythm.effect.discipline import KEPT_GOAL
from dashboard.rhythm.meeting.minutes import CommitmentLine, Standing


@dataclass(frozen=True)
class Kept:
    """Commitments of which a meeting could tell whether they were kept.

    Attributes:
        on_time: Ticked off on their day or before.
        due: All of them: those, the ones ticked off too late, and the late ones. What is due on
            the day of the meeting itself is not told yet.
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


def kept_of(commitments: Iterable[CommitmentLine]) -> Kept:
    """Return how many of the commitments that a meeting looked at were kept on their day."""
    told = [one for one in commitments if one.standing is not Standing.OPEN]
    on_time = sum(one.done_on is not None and one.done_on <= one.due_on for one in told)
    return Kept(on_time, len(told))
