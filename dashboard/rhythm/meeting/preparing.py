"""Planning a meeting: its day, what it is for, who leads it, who is invited."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.coming import next_day
from dashboard.rhythm.meeting.escalating import escalate_at, numbers_raised
from dashboard.rhythm.meeting.model import (
    Kind,
    Opened,
    Purpose,
    Section,
    Status,
)
from dashboard.rhythm.meeting.rows import read_attendees, read_sections
from dashboard.rhythm.meeting.running import UNDER_WAY, put_attendee
from dashboard.rhythm.meeting.seat import (
    Head,
    Seat,
    heads_at,
    name_of,
    rows,
    take_seat,
)
from dashboard.rhythm.meeting.usual import is_outdated, usual_sections
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.journal import What
from pipelines.people.names import names_at
from pipelines.store import Cursor

_USUAL_PURPOSE = {
    Kind.WEEKLY: Purpose.DECIDE,
    Kind.MONTHLY: Purpose.TAKE_STOCK,
    Kind.QUARTERLY: Purpose.PLAN,
}


def plan_meeting(
    context: Context,
    kind: Kind = Kind.WEEKLY,
    day: date | None = None,
    *,
    purpose: Purpose | None = None,
    chair: str | None = None,
    invited: Sequence[str] | None = None,
) -> Opened:
    """Plan a meeting; one that is planned for the day already is the same meeting.

    Args:
        day: None: that of the one that goes on or is planned already, else the next that is due.
        purpose: None: what meetings of its kind are for.
        chair: Who leads it; None: whoever led the last one of its kind, else whoever plans it.
        invited: None: those of the last one who still work here, else everybody who does.

    Raises:
        Refused: A name is too long, or the day is in the past.
    """
    due = next_day(context, kind)
    raised = numbers_raised(context) if kind is Kind.WEEKLY else ()

    def write(cursor: Cursor) -> Opened:
        heads = [head for head in heads_at(cursor) if head.kind is kind]
        ahead = [head for head in heads if day is None and _comes(head, context.today())]
        wanted = day or (ahead[-1].held_on if ahead else due)
        for head in heads:
            if head.held_on == wanted:
                return Opened(head.meeting_id, already=True)
        if wanted < context.today():
            raise Refused.of(msg("{day} is in the past.", day=wanted))
        former = next((head for head in heads if head.held_on < wanted), None)
        seat = plan_at(
            context, cursor, kind, wanted, former, purpose=purpose, chair=chair, invited=invited
        )
        escalate_at(seat, raised)
        return Opened(seat.meeting_id, already=False)

    return context.store.write(write)


def plan_at(
    context: Context,
    cursor: Cursor,
    kind: Kind,
    day: date,
    former: Head | None,
    *,
    purpose: Purpose | None = None,
    chair: str | None = None,
    invited: Sequence[str] | None = None,
) -> Seat:
    """Plan a meeting in somebody's transaction, after the example of a former one.

    Raises:
        Refused: A name is too long.
    """
    names = names_at(cursor)
    ((number,),) = rows(cursor, "next_meeting_id")
    led_by = chair or (former.chair if former else None) or name_of(context, cursor, names)
    head = Head(
        number,
        kind,
        purpose or (former.purpose if former else _USUAL_PURPOSE[kind]),
        day,
        typed.name(led_by) if led_by else None,
        Status.PLANNED,
        1,
    )
    seat = Seat(context, cursor, head)
    seat.put("insert_meeting", **asdict(head))
    example = Seat(context, cursor, former) if former else None
    agenda = _agenda(seat, example)
    seat.put(
        "insert_sections",
        meeting_id=number,
        positions=[section.position for section in agenda],
        kinds=[section.topic.value for section in agenda],
        titles=[section.title for section in agenda],
        minutes=[section.minutes for section in agenda],
    )
    asked = (names.shown(typed.name(one)) for one in _invited(seat, example, invited, head.chair))
    seat.put("insert_attendees", meeting_id=number, names=list(dict.fromkeys(asked)))
    seat.write_down(What.MEETING_PLANNED, f"meeting {number}", after=_state(head))
    return seat


def change_meeting(
    context: Context,
    meeting_id: int,
    *,
    day: date | None = None,
    purpose: Purpose | None = None,
    chair: str | None = None,
) -> None:
    """Change the day of a planned meeting, what it is for, or who leads it; None: as it is.

    Raises:
        Refused: The day is in the past or taken by another meeting of the kind, the meeting has
            started (its day is what it is), or the name is too long.
        AccessRefused: Whoever asks is not invited.
    """
    today = context.today()

    def gesture(seat: Seat) -> None:
        before = seat.head
        after = replace(
            before,
            held_on=day or before.held_on,
            purpose=purpose or before.purpose,
            chair=seat.names.shown(typed.name(chair)) if chair else before.chair,
        )
        if after == before:
            return
        if after.held_on != before.held_on:
            _refuse_day(seat, after.held_on, today)
            seat.put("set_day", meeting_id=meeting_id, held_on=after.held_on)
        seat.put("set_frame", meeting_id=meeting_id, purpose=after.purpose, chair=after.chair)
        seat.write_down(
            What.MEETING_CHANGED,
            f"meeting {meeting_id}",
            before=_state(before),
            after=_state(after),
        )

    take_seat(context, meeting_id, gesture)


def invite(context: Context, meeting_id: int, names: Sequence[str]) -> None:
    """Invite people; those who are invited already stay as they are.

    Raises:
        Refused: A name is empty or too long.
        AccessRefused: Whoever asks is not invited.
    """
    wanted = [typed.name(name) for name in names]

    def gesture(seat: Seat) -> None:
        there = {one.name for one in read_attendees(seat)}
        for name in dict.fromkeys(seat.names.shown(name) for name in wanted):
            if name not in there:
                put_attendee(seat, name, None, 1)

    take_seat(context, meeting_id, gesture)


def uninvite(context: Context, meeting_id: int, name: str) -> None:
    """Take back an invitation.

    Raises:
        Refused: They are marked as present.
        AccessRefused: Whoever asks is not invited.
    """

    def gesture(seat: Seat) -> None:
        shown = seat.names.shown(name)
        for one in read_attendees(seat):
            if one.name != shown:
                continue
            if one.present:
                raise Refused.of(msg("{name} is there.", name=shown))
            for spelled in {shown, *seat.names.spellings({shown})}:
                seat.put("delete_attendee", meeting_id=meeting_id, name=spelled)

    take_seat(context, meeting_id, gesture)


def put_section(seat: Seat, section: Section) -> None:
    """Write a section of the agenda, new or changed."""
    seat.put(
        "put_section",
        meeting_id=seat.meeting_id,
        position=section.position,
        kind=section.topic,
        title=section.title,
        minutes=section.minutes,
    )


def _agenda(seat: Seat, example: Seat | None) -> tuple[Section, ...]:
    """Return the agenda of a new meeting: as the last one had it, in the same order."""
    sections = read_sections(example) if example else ()
    if sections and not is_outdated(seat.head.kind, sections):
        return tuple(replace(one, position=place) for place, one in enumerate(sections, 1))
    rules = seat.context.workspace.settings.meetings
    whole = {
        Kind.WEEKLY: rules.minutes,
        Kind.MONTHLY: rules.monthly_minutes,
        Kind.QUARTERLY: rules.quarterly_minutes,
    }
    return usual_sections(seat.head.kind, whole[seat.head.kind])


def _invited(
    seat: Seat, example: Seat | None, invited: Sequence[str] | None, chair: str | None
) -> list[str]:
    """Return who is invited, whoever leads it among them."""
    if invited is not None:
        chosen = list(invited)
    else:
        people = {seat.names.shown(name): active for name, active in seat.rows("people")}
        last = [one.name for one in read_attendees(example)] if example else []
        # somebody with an account need not be one of the people
        stayed = [name for name in last if people.get(name, True)]
        chosen = stayed or [name for name, active in people.items() if active]
    return [*chosen, chair] if chair else chosen


def _comes(head: Head, today: date) -> bool:
    """Tell whether a meeting goes on, or is planned for a day to come."""
    ahead = head.status is Status.PLANNED and head.held_on >= today
    return ahead or head.status in UNDER_WAY


def _refuse_day(seat: Seat, day: date, today: date) -> None:
    if seat.head.status is not Status.PLANNED:
        raise Refused.of(msg("The meeting has started; its day stays as it is."))
    if day < today:
        raise Refused.of(msg("{day} is in the past.", day=day))
    for other in heads_at(seat.cursor):
        if other.kind is seat.head.kind and other.held_on == day:
            raise Refused.of(msg("Another meeting of this kind is planned for {day}.", day=day))


def _state(head: Head) -> dict[str, object]:
    kept = asdict(head)
    del kept["meeting_id"], kept["revision"]
    return kept
