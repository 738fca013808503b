"""What a review decided at first, before it decided otherwise: from the journal."""

from collections.abc import Callable

from dashboard.rhythm.meeting.seat import Seat
from dashboard.rhythm.review_lives.model import Former
from pipelines.errors import Message, msg
from pipelines.journal import State, changes_about


def former_at(
    seat: Seat, subject: str, words: Callable[[State], Message], *, stands: bool
) -> tuple[Former, ...]:
    """Return what was decided about something and does not hold, oldest first.

    Args:
        subject: As the journal has it.
        words: A decision from its state.
        stands: Whether the last one holds.
    """
    found = tuple(
        Former(
            words(one.after) if one.after is not None else msg("Taken back."),
            seat.names.shown(one.actor) if one.actor else None,
            one.at,
        )
        for one in changes_about(seat.cursor, subject)
    )
    return found[:-1] if stands else found
