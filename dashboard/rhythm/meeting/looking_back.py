"""What earlier meetings said, and what this one looks back on."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action
from dashboard.rhythm.effect.kept import Kept, kept_between
from dashboard.rhythm.effect.promises import promises_of
from dashboard.rhythm.meeting.commitments import Commitment, commitments_of
from dashboard.rhythm.meeting.minutes import Minutes, from_json
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.seat import Head, Seat, rows
from pipelines.periods import Period
from pipelines.store import Cursor

#: Before the first meeting, one looks back a week.
_WEEK = timedelta(weeks=1)


def kept_minutes(seat: Seat) -> Minutes | None:
    """Return the minutes of a meeting; None: it is not closed."""
    found = seat.rows("minutes", meeting_id=seat.meeting_id)
    return from_json(found[0][0]) if found else None


def former_minutes(cursor: Cursor, head: Head, most: int) -> tuple[Minutes, ...]:
    """Return the minutes of the closed meetings before one, of its kind, newest first."""
    found = rows(cursor, "former_minutes", kind=head.kind, day=head.held_on, most=most)
    return tuple(from_json(content) for (content,) in found)


def reviewed_on(cursor: Cursor, kind: Kind, period: Period) -> tuple[tuple[int, date], ...]:
    """Return the closed reviews of a month or a quarter: number and day, newest first."""
    return tuple(rows(cursor, "reviewed_on", kind=kind, starts_on=period.start))


def everybodys_actions(seat: Seat, hidden: Collection[str] = ()) -> tuple[Action, ...]:
    """Return all actions: whoever takes part in a meeting sees what it talks about.

    Args:
        hidden: KPIs that do not exist for the reader.
    """
    return tuple(
        replace(
            action,
            owner=seat.names.shown(action.owner),
            kpi=None if action.kpi in hidden else action.kpi,
        )
        for action in action_store.read_all(seat.cursor)
    )


def commitments_at(
    seat: Seat, hidden: Collection[str] = (), day: date | None = None
) -> tuple[Commitment, ...]:
    """Return the actions that a meeting looks back on; see ``commitments_of``.

    Args:
        day: As of another day than that of the meeting.
    """
    before = former_minutes(seat.cursor, seat.head, most=1)
    actions = everybodys_actions(seat, hidden)
    return commitments_of(actions, day or seat.head.held_on, before[0] if before else None)


def kept_at(seat: Seat) -> Kept:
    """Return how many of everybody's commitments due since the meeting before were kept."""
    before = former_minutes(seat.cursor, seat.head, most=1)
    day = seat.head.held_on
    promises = promises_of(
        action_store.read_all(seat.cursor), action_store.read_events(seat.cursor), day
    )
    return kept_between(promises, before[0].held_on if before else day - _WEEK, day)
