"""Running a meeting: its clock, and who is there.

The clock is made of events that are written down when they happen. It stands where it stood after
a restart, and a screen that comes late shows the same time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dashboard.rhythm.meeting.escalating import escalate_at, numbers_raised
from dashboard.rhythm.meeting.model import BlockerStatus, EventKind, Opened, Status
from dashboard.rhythm.meeting.placing import known_section, reopened, update_blocker
from dashboard.rhythm.meeting.rows import read_attendees, read_blockers, read_sections
from dashboard.rhythm.meeting.seat import (
    Head,
    Seat,
    events_at,
    heads_at,
    moment,
    seat_at,
    take_seat,
)
from dashboard.rhythm.meeting.timing import timing_of
from dashboard.rhythm.review import Review
from pipelines.context import Context
from pipelines.errors import Conflict, Message, Refused, msg
from pipelines.journal import What

#: Begun and not closed.
UNDER_WAY = frozenset({Status.RUNNING, Status.PAUSED, Status.SUSPENDED})
_PRESENCE = {True: "present", False: "absent", None: None}


def start(context: Context, meeting_id: int, *, review: Review | None = None) -> Opened:
    """Start a planned meeting, today; whoever starts it second is in the same meeting.

    Args:
        review: That of the day, everything in it, where somebody has it at hand.

    Raises:
        Refused: There is no such meeting, it is closed, or another one of its kind goes on, was
            held today or is planned for today.
        AccessRefused: Whoever asks is not invited; so for every gesture in a meeting.
    """
    raised = numbers_raised(context, review)
    today = context.today()

    def gesture(seat: Seat) -> Opened:
        if seat.head.status in UNDER_WAY:
            return Opened(seat.meeting_id, already=True)
        _refuse_beside(seat, today)
        if seat.head.held_on != today:
            seat.put("set_day", meeting_id=seat.meeting_id, held_on=today)
            seat.head = replace(seat.head, held_on=today)
        escalate_at(seat, raised)
        _bring_back_parked(seat)
        sections = read_sections(seat)
        _happen(seat, EventKind.STARTED, Status.RUNNING, sections[0].position if sections else None)
        seat.write_down(
            What.MEETING_STARTED,
            f"meeting {seat.meeting_id}",
            after={
                "kind": seat.head.kind,
                "purpose": seat.head.purpose,
                "held_on": seat.head.held_on,
                "chair": seat.head.chair,
                "status": Status.RUNNING,
            },
        )
        return Opened(seat.meeting_id, already=False)

    return take_seat(context, meeting_id, gesture)


def refuse_start(context: Context, meeting_id: int) -> None:
    """Refuse what ``start`` would refuse, before anybody is asked anything about it.

    Raises:
        Refused: As for ``start``.
        AccessRefused: As for ``start``.
    """
    context.store.read(
        lambda cursor: _refuse_beside(seat_at(context, cursor, meeting_id), context.today())
    )


def enter(context: Context, meeting_id: int, section: int) -> None:
    """Go to a section; where the meeting is already, nothing happens.

    Raises:
        Refused: There is no such section, or the meeting has not started.
    """

    def gesture(seat: Seat) -> None:
        _refuse_idle(seat)
        known_section(seat, section)
        if _current(seat) != section:
            _happen(seat, EventKind.ENTERED, seat.head.status, section)

    take_seat(context, meeting_id, gesture)


def next_section(context: Context, meeting_id: int, seen: int | None = None) -> None:
    """Go to the next section; in the last one nothing happens.

    Args:
        seen: The section that the person saw: where the meeting has gone on from it already, as
            for two presses of one button or two people who press it at once, nothing happens.
            None: from wherever it is.

    Raises:
        Refused: The meeting has not started.
    """
    _step(context, meeting_id, 1, seen)


def previous_section(context: Context, meeting_id: int, seen: int | None = None) -> None:
    """Go back a section; in the first one nothing happens.

    Args:
        seen: As for ``next_section``.

    Raises:
        Refused: The meeting has not started.
    """
    _step(context, meeting_id, -1, seen)


def pause(context: Context, meeting_id: int) -> None:
    """Stop the clock for a break of minutes.

    Raises:
        Refused: The meeting has not started, or is suspended.
    """
    _turn(context, meeting_id, EventKind.PAUSED, Status.PAUSED, frozenset({Status.RUNNING}))


def suspend(context: Context, meeting_id: int) -> None:
    """Stop the meeting, to go on at another time.

    Raises:
        Refused: The meeting has not started.
    """
    _turn(
        context,
        meeting_id,
        EventKind.SUSPENDED,
        Status.SUSPENDED,
        frozenset({Status.RUNNING, Status.PAUSED}),
    )


def resume(context: Context, meeting_id: int) -> None:
    """Go on after a break, or on another day, exactly where the meeting was.

    Raises:
        Refused: The meeting has not started.
    """
    stopped = frozenset({Status.PAUSED, Status.SUSPENDED})
    _turn(context, meeting_id, EventKind.RESUMED, Status.RUNNING, stopped)


def mark(
    context: Context, meeting_id: int, name: str, version: int, *, present: bool | None
) -> None:
    """Mark whether somebody is there.

    Args:
        version: Of the attendee, as the person saw it.
        present: None: it is not known any more.

    Raises:
        Refused: They are not invited.
        Conflict: Somebody marked something else in the meantime.
    """

    def gesture(seat: Seat) -> None:
        shown = seat.names.shown(name)
        found = [one for one in read_attendees(seat) if one.name == shown]
        if not found:
            raise Refused.of(
                msg("{name} is not invited.", name=name), hint=msg("Invite them first.")
            )
        if found[0].present == present:
            return
        if found[0].version != version:
            raise Conflict.between(
                _presence(shown, present=present),
                _presence(shown, present=found[0].present),
                found[0].version,
            )
        put_attendee(seat, shown, _PRESENCE[present], version + 1)

    take_seat(context, meeting_id, gesture)


def put_attendee(seat: Seat, name: str, presence: str | None, version: int) -> None:
    """Write who is invited, and whether they are there."""
    seat.put(
        "put_attendee",
        meeting_id=seat.meeting_id,
        name=name,
        presence=presence,
        version=version,
    )


def close_clock(seat: Seat) -> None:
    """Stop the clock for good."""
    _happen(seat, EventKind.CLOSED, Status.CLOSED, None)


def _refuse_beside(seat: Seat, today: date) -> None:
    """Refuse to start a meeting today for the sake of another one of its kind."""
    others = [one for one in heads_at(seat.cursor) if one.kind is seat.head.kind]
    for other in others:
        if other.status in UNDER_WAY:
            raise Refused.of(
                msg("The meeting of {day} is still open.", day=other.held_on),
                hint=msg("Close it first, or go on with it."),
            )
    if seat.head.held_on != today:
        _refuse_second(others, today)


def _refuse_second(others: Iterable[Head], today: date) -> None:
    """Refuse a second meeting of a kind on one day: minutes bear the day they were held on."""
    for other in others:
        if other.held_on == today and other.status is Status.CLOSED:
            raise Refused.of(
                msg("A meeting of this kind was held today already."),
                hint=msg("This one can start on another day."),
            )
        if other.held_on == today:
            raise Refused.of(
                msg("Another meeting of this kind is planned for {day}.", day=today),
                hint=msg("Start that one, or put it to another day first."),
            )


def _bring_back_parked(seat: Seat) -> None:
    """Open the parked blockers whose day has come."""
    for blocker in read_blockers(seat):
        if blocker.status is BlockerStatus.PARKED:
            update_blocker(seat, reopened(blocker))


def _step(context: Context, meeting_id: int, by: int, seen: int | None) -> None:
    def gesture(seat: Seat) -> None:
        _refuse_idle(seat)
        positions = [section.position for section in read_sections(seat)]
        current = _current(seat)
        if seen not in {None, current}:
            return
        place = positions.index(current) + by if current in positions else 0
        if 0 <= place < len(positions):
            _happen(seat, EventKind.ENTERED, seat.head.status, positions[place])

    take_seat(context, meeting_id, gesture)


def _turn(
    context: Context, meeting_id: int, kind: EventKind, to: Status, possible: frozenset[Status]
) -> None:
    def gesture(seat: Seat) -> None:
        _refuse_idle(seat)
        if seat.head.status is to:
            return
        if seat.head.status not in possible:
            raise Refused.of(msg("The meeting is suspended."), hint=msg("Go on with it first."))
        _happen(seat, kind, to, None)

    take_seat(context, meeting_id, gesture)


def _happen(seat: Seat, kind: EventKind, status: Status, section: int | None) -> None:
    """Write down what moves the clock, and how far the meeting is from then on."""
    events = events_at(seat.cursor, seat.meeting_id)
    seat.put(
        "insert_event",
        meeting_id=seat.meeting_id,
        number=len(events) + 1,
        happened_at=moment(seat.context, seat.meeting_id, events),
        kind=kind,
        section=section,
        author=seat.me,
    )
    if status is not seat.head.status:
        seat.put("set_status", meeting_id=seat.meeting_id, status=status)


def _current(seat: Seat) -> int | None:
    events = events_at(seat.cursor, seat.meeting_id)
    now = events[-1].at if events else moment(seat.context, seat.meeting_id, events)
    return timing_of(events, (), now).current


def _refuse_idle(seat: Seat) -> None:
    if seat.head.status not in UNDER_WAY:
        raise Refused.of(
            msg("The meeting has not started."),
            hint=msg("Start it, then go from section to section."),
        )


def _presence(name: str, *, present: bool | None) -> Message:
    if present is None:
        return msg("{name}: not marked", name=name)
    return msg("{name}: present", name=name) if present else msg("{name}: absent", name=name)
