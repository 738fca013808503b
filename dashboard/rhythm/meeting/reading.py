"""Meetings as whoever asks may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting.commitments import Commitment
from dashboard.rhythm.meeting.hygiene import TIMES_OVER, Hygiene
from dashboard.rhythm.meeting.looking_back import (
    commitments_at,
    former_minutes,
    kept_at,
    kept_minutes,
)
from dashboard.rhythm.meeting.minutes import Minutes, as_seen, telling
from dashboard.rhythm.meeting.model import Kind, Meeting, Purpose, Status
from dashboard.rhythm.meeting.rows import read_meeting
from dashboard.rhythm.meeting.seat import (
    Head,
    heads_at,
    hidden_kpis,
    invitations,
    moment,
    rows,
    seat_at,
)
from dashboard.rhythm.meeting.timing import Timing, timing_of
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.people.names import names_at
from pipelines.store import Cursor

_MINUTE = 60


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list.

    Attributes:
        minutes_taken: Without breaks; None before it is closed.
        planned_minutes: What its agenda says.
        decisions: How many, as are ``actions`` (those of its decisions too) and ``worked``, the
            blockers it worked.
        in_time: Whether it took as long as planned or less; None before it is closed.
        rating: The mean from 1 to 10, as ``minutes.telling`` shows it; None: too few rated it.
        numbers_meeting: Whether it brought nothing but numbers; None before it is closed.
    """

    meeting_id: int
    kind: Kind
    purpose: Purpose
    held_on: date
    status: Status
    minutes_taken: float | None
    planned_minutes: int
    decisions: int
    actions: int
    worked: int
    in_time: bool | None
    rating: float | None
    numbers_meeting: bool | None


def meeting(context: Context, meeting_id: int) -> Meeting:
    """Return a meeting as it stands.

    What is in it depends on who asks, not only on what they may see: their own rating and votes.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: They are not invited.
    """
    hidden = hidden_kpis(context)
    return context.store.read(
        lambda cursor: read_meeting(seat_at(context, cursor, meeting_id), hidden)
    )


def current_meeting(context: Context, kind: Kind = Kind.WEEKLY) -> Meeting | None:
    """Return the meeting of a kind that goes on or comes next; None if none is planned.

    One that has started and is not closed comes first; else the nearest one from today on, else
    the last one that was planned and not held. For some, only among those they are invited to.
    """
    found = context.store.read(lambda cursor: current_at(context, cursor, kind))
    return None if found is None else meeting(context, found.meeting_id)


def current_at(context: Context, cursor: Cursor, kind: Kind = Kind.WEEKLY) -> Head | None:
    """Return the same without what is in it."""
    today = context.today()

    def order(head: Head) -> tuple[bool, bool, int]:
        ahead = (head.held_on - today).days
        return head.status is Status.PLANNED, ahead < 0, abs(ahead)

    own = invitations(context, cursor, names_at(cursor))
    open_ones = [
        head
        for head in heads_at(cursor)
        if head.kind is kind
        and head.status is not Status.CLOSED
        and (own is None or head.meeting_id in own)
    ]
    return min(open_ones, key=order, default=None)


def meetings(context: Context) -> tuple[MeetingLine, ...]:
    """Return every meeting, newest day first; for some, only those they are invited to."""

    def read(cursor: Cursor) -> tuple[MeetingLine, ...]:
        own = invitations(context, cursor, names_at(cursor))
        return tuple(_line(row) for row in rows(cursor, "lines") if own is None or row[0] in own)

    return context.store.read(read)


def revision(context: Context, meeting_id: int) -> int:
    """Return what open pages compare: it grows with the meeting, every action and every pact.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> int:
        ((found,),) = seat_at(context, cursor, meeting_id).rows("revision", meeting_id=meeting_id)
        return int(found)

    return context.store.read(read)


def timing(context: Context, seen: Meeting) -> Timing:
    """Return how long a meeting has taken up to now; see ``timing_of``."""
    now = moment(context, seen.meeting_id, seen.events)
    return timing_of(seen.events, seen.sections, now)


def commitments(context: Context, seen: Meeting) -> tuple[Commitment, ...]:
    """Return the actions that a meeting looks back on, everybody's: late, due, and ticked off.

    Whoever takes part sees them all: the meeting talks about them.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """
    hidden = hidden_kpis(context)

    def read(cursor: Cursor) -> tuple[Commitment, ...]:
        seat = seat_at(context, cursor, seen.meeting_id)
        return commitments_at(seat, hidden)

    return context.store.read(read)


def kept(context: Context, meeting_id: int) -> Kept:
    """Return how many of everybody's commitments due since the meeting before were kept.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """
    return context.store.read(lambda cursor: kept_at(seat_at(context, cursor, meeting_id)))


def minutes(context: Context, meeting_id: int) -> Minutes:
    """Return the minutes of a closed meeting, as they were frozen.

    Raises:
        Refused: There is no such meeting, or it is not closed.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> Minutes:
        found = kept_minutes(seat_at(context, cursor, meeting_id))
        if found is None:
            raise Refused.of(
                msg("The meeting has no minutes yet."), hint=msg("They are made when it is closed.")
            )
        return found

    return as_seen(context.store.read(read), context.actor.scope)


def former_meetings(
    context: Context, meeting_id: int, most: int = TIMES_OVER
) -> tuple[Minutes, ...]:
    """Return the minutes of the closed meetings before one, of its kind, newest first.

    They are for rules such as ``hygiene.overrunning``.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> tuple[Minutes, ...]:
        seat = seat_at(context, cursor, meeting_id)
        return former_minutes(cursor, seat.head, most)

    return tuple(as_seen(one, context.actor.scope) for one in context.store.read(read))


def _line(row: Sequence[Any]) -> MeetingLine:
    number, kind, purpose, held_on, state, planned, decisions, actions, worked, *rest = row
    ratings, mean, seconds, adopted = rest
    closed = state == Status.CLOSED
    return MeetingLine(
        number,
        Kind(kind),
        Purpose(purpose),
        held_on,
        Status(state),
        seconds / _MINUTE if closed else None,
        planned,
        decisions,
        actions,
        worked,
        seconds <= planned * _MINUTE if closed else None,
        telling(ratings, mean),
        Hygiene(worked, decisions, actions, adopted).numbers_meeting if closed else None,
    )
