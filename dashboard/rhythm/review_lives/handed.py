"""What became of the blocker that a gap was made: a weekly meeting works it, not the review."""

from collections.abc import Iterator

from dashboard.rhythm.meeting.lives import at_of
from dashboard.rhythm.meeting.model import Blocker, BlockerStatus
from dashboard.rhythm.meeting.rows import read_blocker
from dashboard.rhythm.meeting.seat import Seat
from dashboard.rhythm.review_lives.model import Handed


def handed_at(seat: Seat, kpi: str) -> tuple[Handed, ...]:
    """Return the blockers that a meeting made of a KPI, oldest first."""
    found = seat.rows("handed", meeting_id=seat.meeting_id, kpi=kpi)
    blockers = (read_blocker(seat, number) for (number,) in found)
    return tuple(_handed(seat, one) for one in blockers if one is not None)


def _handed(seat: Seat, blocker: Blocker) -> Handed:
    parked = blocker.status is BlockerStatus.PARKED
    dealt_with = blocker.parked_in if parked else blocker.worked_in
    at = at_of(seat, dealt_with) if dealt_with is not None else None
    return Handed(
        blocker.title,
        blocker.status,
        at,
        blocker.parked_until if parked else None,
        tuple(_decisions(seat, blocker)) if at is not None and at.readable else (),
    )


def _decisions(seat: Seat, blocker: Blocker) -> Iterator[tuple[int, str]]:
    """Yield the number of each decision about a blocker, and what it says."""
    for number, _, _, _, _, about, text, *_ in seat.rows("decided", decision_id=None):
        if about == blocker.blocker_id:
            yield number, text
