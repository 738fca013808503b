"""Who was sent what about a meeting, so that nobody gets it twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.rhythm.meeting.seat import Seat, seat_at
from dashboard.rhythm.meeting.trouble import from_kept, to_kept
from pipelines.context import Context
from pipelines.errors import Problem
from pipelines.journal import What, note
from pipelines.sql import statement
from pipelines.store import Cursor


class Post(StrEnum):
    """What is sent about a meeting."""

    MINUTES = "minutes"
    PREREAD = "preread"


class Way(StrEnum):
    """How a letter went."""

    SERVER = "server"  # the mail server has it
    FILE = "file"  # it lies in the outbox


@dataclass(frozen=True)
class Letter:
    """A letter about a meeting.

    Attributes:
        name: Whom it is for, as the product shows them.
        sent_at: UTC.
        file: Its name in the outbox; None: the server has it.
        trouble: Why the server did not take it; none: it did, or there is no server.
    """

    post: Post
    name: str
    address: str
    sent_at: datetime
    way: Way
    file: str | None = None
    trouble: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sent:
    """Who has got something about a meeting.

    Attributes:
        letters: What became of them.
        unreachable: Those who are invited and have no address.
        has_server: Whether the company has a mail server.
    """

    letters: tuple[Letter, ...]
    unreachable: tuple[str, ...]
    has_server: bool


def letters(context: Context, meeting_id: int) -> tuple[Letter, ...]:
    """Return the letters about a meeting, by name.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> tuple[Letter, ...]:
        seat = seat_at(context, cursor, meeting_id)
        return _letters(seat)

    return context.store.read(read)


def record(context: Context, meeting_id: int, letter: Letter) -> None:
    """Write down what became of a letter; of one that was sent again, the newest counts."""

    def write(cursor: Cursor) -> None:
        cursor.execute(
            statement("letters/put"),
            {
                "meeting_id": meeting_id,
                "kind": letter.post,
                "name": letter.name,
                "address": letter.address,
                "sent_at": letter.sent_at,
                "way": letter.way,
                "file": letter.file,
                "trouble": to_kept(letter.trouble),
            },
        )

    context.store.write(write)


def note_sent(context: Context, meeting_id: int, post: Post, sent: Iterable[Letter]) -> None:
    """Note in the journal that letters were sent."""
    ways = [one.way for one in sent]
    after = {
        "kind": post.value,
        "server": ways.count(Way.SERVER),
        "file": ways.count(Way.FILE),
    }

    def write(cursor: Cursor) -> None:
        note(cursor, context.actor, What.MEETING_SENT, f"meeting {meeting_id}", after=after)

    context.store.write(write)


def _letters(seat: Seat) -> tuple[Letter, ...]:
    found = seat.cursor.execute(
        statement("letters/letters"), {"meeting_id": seat.meeting_id}
    ).fetchall()
    return tuple(
        Letter(
            Post(kind),
            seat.names.shown(name),
            address,
            sent_at,
            Way(way),
            file,
            from_kept(trouble),
        )
        for kind, name, address, sent_at, way, file, trouble in found
    )
