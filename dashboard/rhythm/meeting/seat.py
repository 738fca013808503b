"""Somebody at the table: one gesture in a meeting, in one transaction.

Every gesture asks the same things first, in the transaction that writes: is there such a meeting,
does whoever asks take part in it, is it still open. Whatever is written makes the meeting's
revision grow, which is how other screens learn that there is something new.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from dashboard.rhythm.meeting.model import EventKind, Kind, MeetingEvent, Purpose, Status
from pipelines.clock import Steady
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused, msg
from pipelines.journal import What, note
from pipelines.kpis.catalogue import everything, shows_margins
from pipelines.people.names import Names, names_at
from pipelines.sql import statement
from pipelines.store import Cursor, Store

_Result = TypeVar("_Result")
_clocks: WeakKeyDictionary[Store, Steady] = WeakKeyDictionary()


@dataclass(frozen=True)
class Head:
    """A meeting without what is in it."""

    meeting_id: int
    kind: Kind
    purpose: Purpose
    held_on: date
    chair: str | None
    status: Status
    revision: int


class Seat:
    """What somebody sees and writes in one transaction of a meeting.

    Attributes:
        head: The meeting as it was at the beginning.
        names: Whom written names mean.
        me: The name of whoever sits there; None: the product itself.
        changed: Whether something was written.
    """

    def __init__(self, context: Context, cursor: Cursor, head: Head) -> None:
        self.context = context
        self.cursor = cursor
        self.head = head
        self.names = names_at(cursor)
        self.me = name_of(context, cursor, self.names)
        self.changed = False

    @property
    def meeting_id(self) -> int:
        """The meeting's number."""
        return self.head.meeting_id

    def rows(self, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        """Return what a statement of this area finds."""
        return rows(self.cursor, name, **values)

    def number(self, name: str) -> int:
        """Return the one number that a statement of this area finds."""
        return int(self.rows(name)[0][0])

    def put(self, name: str, /, **values: object) -> None:
        """Run a statement of this area that writes."""
        self.cursor.execute(statement(f"meetings/{name}"), values)
        self.changed = True

    def write_down(
        self,
        what: What,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Note a change in the journal."""
        note(self.cursor, self.context.actor, what, subject, before=before, after=after)

    def somebody(self) -> str:
        """Return who sits there.

        Raises:
            Refused: Nobody does: the product does not vote.
        """
        if self.me is None:
            raise Refused.of(msg("Only somebody who takes part can do this."))
        return self.me


def take_seat(
    context: Context,
    meeting_id: int,
    gesture: Callable[[Seat], _Result],
    *,
    also_closed: bool = False,
) -> _Result:
    """Return what a gesture returns, run in one transaction of an open meeting.

    Args:
        gesture: May be run more than once, as for ``Store.write``.
        also_closed: The gesture knows what to do with a closed meeting.

    Raises:
        Refused: There is no such meeting, it is closed, or the gesture refused.
        AccessRefused: Whoever asks is not invited.
    """

    def write(cursor: Cursor) -> _Result:
        seat = seat_at(context, cursor, meeting_id)
        if not also_closed:
            refuse_closed(seat.head)
        result = gesture(seat)
        if seat.changed:
            seat.put("bump", meeting_id=meeting_id)
        return result

    return context.store.write(write)


def seat_at(context: Context, cursor: Cursor, meeting_id: int) -> Seat:
    """Return a seat in somebody's transaction, also of a closed meeting.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """
    seat = Seat(context, cursor, head_at(cursor, meeting_id))
    own = invitations(context, cursor, seat.names)
    if own is not None and meeting_id not in own:
        raise AccessRefused.of(
            msg("You are not invited to this meeting."),
            hint=msg("Ask whoever leads it to invite you."),
        )
    return seat


def invitations(context: Context, cursor: Cursor, names: Names) -> frozenset[int] | None:
    """Return the meetings that somebody takes part in, for those who see no others; else None."""
    own = context.actor.scope.people
    if own is None:
        return None
    spelled = sorted(own | names.spellings(names.shown_names(own)))
    return frozenset(number for (number,) in rows(cursor, "invited_to", names=spelled))


def head_at(cursor: Cursor, meeting_id: int) -> Head:
    """Return a meeting without what is in it.

    Raises:
        Refused: There is none of that number.
    """
    found = rows(cursor, "head", meeting_id=meeting_id)
    if not found:
        raise Refused.of(msg("There is no meeting {number}.", number=str(meeting_id)))
    return head_of(found[0])


def head_of(row: Sequence[Any]) -> Head:
    """Return a meeting from its row."""
    number, kind, purpose, held_on, chair, status, revision = row
    return Head(number, Kind(kind), Purpose(purpose), held_on, chair, Status(status), revision)


def heads_at(cursor: Cursor) -> tuple[Head, ...]:
    """Return every meeting, newest day first."""
    return tuple(map(head_of, rows(cursor, "heads")))


def refuse_closed(head: Head) -> None:
    """Refuse to change a closed meeting.

    Raises:
        Refused: It is closed.
    """
    if head.status is Status.CLOSED:
        raise Refused.of(
            msg("The meeting of {day} is closed.", day=head.held_on),
            hint=msg("Its minutes stay as they are; write it down in the next meeting."),
        )


def rows(cursor: Cursor, name: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Return what a statement of this area finds."""
    return cursor.execute(statement(f"meetings/{name}"), values).fetchall()


def name_of(context: Context, cursor: Cursor, names: Names) -> str | None:
    """Return the name under which whoever asks takes part; None: the product itself."""
    actor = context.actor
    if actor.person_id is not None:
        found = rows(cursor, "person", person_id=actor.person_id)
        if found:
            return names.shown(found[0][0])
    return None if actor.name is None else names.shown(actor.name)


def events_at(cursor: Cursor, meeting_id: int) -> tuple[MeetingEvent, ...]:
    """Return what moved the clock of a meeting, in its order."""
    return tuple(
        MeetingEvent(number, at, EventKind(kind), section, author)
        for number, at, kind, section, author in rows(cursor, "events", meeting_id=meeting_id)
    )


def moment(context: Context, meeting_id: int, events: Sequence[MeetingEvent]) -> datetime:
    """Return the moment it is in a meeting, in UTC; it does not go back when the clock does."""
    steady = _clocks.setdefault(context.store, Steady())
    return steady.now(meeting_id, events[-1].at if events else None)


def hidden_kpis(context: Context) -> frozenset[str]:
    """Return the KPIs that do not exist for whoever asks; read before a transaction begins."""
    if context.actor.scope.margins:
        return frozenset()
    found = everything(context).items()
    return frozenset(key for key, definition in found if shows_margins(definition))
