"""A meeting from its rows, under the names the product shows."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from dashboard.rhythm.meeting.model import (
    Attendee,
    Blocker,
    BlockerStatus,
    Decision,
    Item,
    Meeting,
    Note,
    Ratings,
    Section,
    Status,
    Step,
    Topic,
    Win,
)
from dashboard.rhythm.meeting.seat import Seat, events_at
from dashboard.text import alphabetical

_PRESENT = {"present": True, "absent": False, None: None}
_Linked = TypeVar("_Linked", Item, Blocker)


def read_meeting(seat: Seat, hidden: Collection[str]) -> Meeting:
    """Return the meeting somebody sits in, as they may see it.

    Args:
        hidden: KPIs that do not exist for them.
    """
    head = seat.head
    blockers = read_blockers(seat)
    attendees = read_attendees(seat)
    return Meeting(
        head.meeting_id,
        head.kind,
        head.purpose,
        head.held_on,
        _shown(seat, head.chair),
        head.status,
        head.revision + seat.number("changes"),
        read_sections(seat),
        events_at(seat.cursor, seat.meeting_id),
        attendees,
        _seen_items(read_items(seat), hidden),
        (
            *_seen_notes(read_notes(seat), hidden),
            *read_blocker_notes(seat, [one.blocker_id for one in blockers]),
        ),
        read_wins(seat),
        tuple(_without(blocker, hidden) for blocker in blockers),
        read_decisions(seat),
        _ratings(seat, attendees),
        own_votes=tuple(number for number, person in _votes(seat) if person == seat.me),
        actions=tuple(number for (number,) in seat.rows("actions", meeting_id=seat.meeting_id)),
    )


def read_sections(seat: Seat) -> tuple[Section, ...]:
    """Return the agenda in its order."""
    return tuple(
        Section(position, Topic(kind), title, minutes)
        for position, kind, title, minutes in seat.rows("sections", meeting_id=seat.meeting_id)
    )


def read_attendees(seat: Seat) -> tuple[Attendee, ...]:
    """Return who is invited, by name."""
    found = (
        Attendee(seat.names.shown(name), _PRESENT[presence], version)
        for name, presence, version in seat.rows("attendance", meeting_id=seat.meeting_id)
    )
    # a person who was invited under two names is one person
    return tuple(sorted({one.name: one for one in found}.values(), key=_by_name))


def read_items(seat: Seat) -> tuple[Item, ...]:
    """Return the points of the agenda, oldest first."""
    concerns: dict[int, dict[str, None]] = {}
    for number, name in seat.rows("concerns", meeting_id=seat.meeting_id):
        concerns.setdefault(number, {})[seat.names.shown(name)] = None
    return tuple(
        Item(
            number,
            section,
            title,
            kpi,
            action_id,
            _shown(seat, raised_by),
            reason,
            closed,
            tuple(sorted(concerns.get(number, ()), key=alphabetical)),
            version,
        )
        for number, section, title, kpi, action_id, raised_by, reason, closed, version in seat.rows(
            "items", meeting_id=seat.meeting_id
        )
    )


def read_notes(seat: Seat) -> tuple[Note, ...]:
    """Return what is written down in the meeting itself, by subject."""
    return tuple(Note(*row) for row in seat.rows("notes", meeting_id=seat.meeting_id))


def read_blocker_notes(seat: Seat, numbers: Sequence[int]) -> tuple[Note, ...]:
    """Return what is written down about some blockers, with the subjects of notes."""
    return tuple(
        Note(f"blocker {number} {step}", *rest)
        for number, step, *rest in seat.rows("blocker_notes", blockers=list(numbers))
    )


def read_wins(seat: Seat) -> tuple[Win, ...]:
    """Return the good news, oldest first."""
    return tuple(
        Win(number, text, _shown(seat, person), practice_id, _shown(seat, author), version)
        for number, text, person, practice_id, author, version in seat.rows(
            "wins", meeting_id=seat.meeting_id
        )
    )


def read_blockers(seat: Seat) -> tuple[Blocker, ...]:
    """Return the blockers that a meeting has before it: the top three, then by votes, then by age.

    Of a closed meeting, those that it wrote down, worked or parked.
    """
    live = seat.head.status is not Status.CLOSED
    found = seat.rows(
        "blockers", blocker_id=None, meeting_id=seat.meeting_id, day=seat.head.held_on, live=live
    )
    votes = Counter(number for number, _ in _votes(seat))
    texts: dict[int, dict[str, str]] = {}
    numbers = [row[0] for row in found]
    for number, step, text, *_ in seat.rows("blocker_notes", blockers=numbers):
        texts.setdefault(number, {})[step] = text
    blockers = [_blocker(seat, row, texts.get(row[0], {}), votes[row[0]]) for row in found]
    return tuple(sorted(blockers, key=_order))


def read_blocker(seat: Seat, blocker_id: int) -> Blocker | None:
    """Return one blocker, of whatever meeting; None if there is none of that number."""
    found = seat.rows("blockers", blocker_id=blocker_id, meeting_id=None, day=None, live=False)
    if not found:
        return None
    texts = {step: text for _, step, text, *_ in seat.rows("blocker_notes", blockers=[blocker_id])}
    votes = sum(number == blocker_id for number, _ in _votes(seat))
    return _blocker(seat, found[0], texts, votes)


def read_decisions(seat: Seat) -> tuple[Decision, ...]:
    """Return what was decided, in the order it was."""
    return tuple(
        Decision(number, blocker, text, seat.names.shown(owner), *rest)
        for number, blocker, text, owner, *rest in seat.rows(
            "decisions", meeting_id=seat.meeting_id
        )
    )


def _blocker(seat: Seat, row: tuple[Any, ...], texts: dict[str, str], votes: int) -> Blocker:
    (
        number,
        title,
        kpi,
        action_id,
        item_id,
        raised_in,
        raised_on,
        raised_by,
        status,
        rank,
        parked_until,
        forum,
        parked_in,
        worked_in,
        deal,
        version,
    ) = row
    return Blocker(
        number,
        title,
        kpi,
        action_id,
        item_id,
        _shown(seat, raised_by),
        raised_on,
        BlockerStatus(status),
        votes,
        rank,
        texts.get(Step.FACTS, ""),
        texts.get(Step.TRIED, ""),
        texts.get(Step.PROBLEM, ""),
        texts.get(Step.IDEAS, ""),
        parked_until,
        forum,
        raised_in,
        parked_in,
        worked_in,
        deal,
        version,
    )


def _order(blocker: Blocker) -> tuple[int, int, int]:
    last = 4  # after the three
    return blocker.rank or last, -blocker.votes, blocker.blocker_id


def _votes(seat: Seat) -> list[tuple[int, str]]:
    found = seat.rows("votes", meeting_id=seat.meeting_id)
    return sorted({(number, seat.names.shown(person)) for number, person in found})


def _ratings(seat: Seat, attendees: Collection[Attendee]) -> Ratings:
    given = {
        seat.names.shown(person): (score, comment)
        for person, score, comment in seat.rows("ratings", meeting_id=seat.meeting_id)
    }
    own = given.get(seat.me or "")
    present = {one.name for one in attendees if one.present}
    complete = seat.head.status is Status.CLOSED or (bool(present) and present <= given.keys())
    readable = complete and seat.context.actor.scope.ratings
    return Ratings(
        tuple(given),
        tuple((name, *one) for name, one in given.items()) if readable else (),
        own[0] if own else None,
    )


def _seen_items(items: Collection[Item], hidden: Collection[str]) -> tuple[Item, ...]:
    """Return points without KPIs that do not exist for the reader.

    What the product says about such a KPI would tell how it stands, so it is left out.
    """
    return tuple(
        _without(item, hidden)
        for item in items
        if item.kpi not in hidden or item.raised_by is not None or item.action_id is not None
    )


def _seen_notes(notes: Collection[Note], hidden: Collection[str]) -> tuple[Note, ...]:
    """Return notes without those about gaps of KPIs that do not exist for the reader."""
    unseen = {f"gap {key}" for key in hidden}
    return tuple(note for note in notes if note.subject not in unseen)


def _without(one: _Linked, hidden: Collection[str]) -> _Linked:
    return replace(one, kpi=None) if one.kpi in hidden else one


def _by_name(one: Attendee) -> tuple[str, str]:
    return alphabetical(one.name)


def _shown(seat: Seat, name: str | None) -> str | None:
    return None if name is None else seat.names.shown(name)
