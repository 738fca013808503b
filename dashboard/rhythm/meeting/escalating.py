"""Putting on the agenda what has stayed as it is for too long; each point once."""

from collections.abc import Mapping, Sequence

from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.meeting.commitments import found_as
from dashboard.rhythm.meeting.escalation import Raised, late_again, off_target
from dashboard.rhythm.meeting.looking_back import everybodys_actions, former_minutes
from dashboard.rhythm.meeting.minutes import Standing
from dashboard.rhythm.meeting.model import Item, Kind, Status, Topic
from dashboard.rhythm.meeting.placing import blocker_of, in_company_words, put_item, section_of
from dashboard.rhythm.meeting.rows import read_items, read_notes
from dashboard.rhythm.meeting.seat import Seat, take_seat
from dashboard.rhythm.review import Review
from pipelines.actor import ITSELF
from pipelines.context import Context

#: How many meetings back it is looked whether an action was late: a quarter.
_MEETINGS_BACK = 13
#: The kind of thing a point is about, and which one.
_About = tuple[str, str | int | None]


def escalate(context: Context, meeting_id: int) -> int:
    """Put on the agenda what has to be there; planning and starting a meeting do it too.

    Returns:
        How many points are new.

    Raises:
        Refused: There is no such meeting, or it is closed.
        AccessRefused: Whoever asks is not invited.
    """
    raised = numbers_raised(context)
    return take_seat(context, meeting_id, lambda seat: escalate_at(seat, raised))


def numbers_raised(context: Context, review: Review | None = None) -> tuple[Raised, ...]:
    """Return the KPIs that have to be talked about; read before a transaction begins.

    Args:
        review: That of the day, everything in it, where somebody has it at hand.
    """
    # for everybody in the meeting, whatever whoever starts it may see
    return off_target((review or weekly_review(context.by(ITSELF))).rows)


def escalate_at(seat: Seat, numbers: Sequence[Raised]) -> int:
    """Put on the agenda what has to be there, in somebody's transaction; return how much is new.

    Only the weekly meeting is told: it is the one that acts within the week.
    """
    if seat.head.kind is not Kind.WEEKLY:
        return 0
    raised = {_about(one): one for one in (*numbers, *_actions_raised(seat))}
    if seat.head.status is Status.PLANNED:
        _count_anew(seat, raised)
    there = {_about(item) for item in read_items(seat)}
    new = [
        one for about, one in raised.items() if about not in there and not _is_blocker(seat, one)
    ]
    for one in new:
        _put(seat, one)
    return len(new)


def _count_anew(seat: Seat, raised: Mapping[_About, Raised]) -> None:
    """Let what the product said when the meeting was planned be true on its day."""
    written = {note.subject for note in read_notes(seat) if note.text}
    for item in read_items(seat):
        if item.raised_by is not None or item.closed or f"item {item.item_id}" in written:
            continue
        now = raised.get(_about(item))
        if now is None:
            seat.put("delete_concerns", item_id=item.item_id)
            seat.put("delete_item", item_id=item.item_id)
        elif now.reason != item.reason:
            seat.put("set_reason", item_id=item.item_id, reason=now.reason)


def _actions_raised(seat: Seat) -> tuple[Raised, ...]:
    before = [
        found_as(minutes, Standing.LATE)
        for minutes in former_minutes(seat.cursor, seat.head, _MEETINGS_BACK)
    ]
    return late_again(everybodys_actions(seat), seat.head.held_on, before)


def _about(one: Raised | Item) -> _About:
    """Return what a point is about: an action, else a KPI, else itself."""
    match one:
        case Item(action_id=None, kpi=None):
            return "item", one.item_id
        case Item(action_id=None):
            return "kpi", one.kpi
        case Item():
            return "action", one.action_id
        case Raised():
            return ("kpi", one.kpi) if one.action is None else ("action", one.action.action_id)


def _is_blocker(seat: Seat, one: Raised) -> bool:
    """Tell whether somebody made it a blocker that is not solved yet."""
    if one.action is not None:
        return blocker_of(seat, action_id=one.action.action_id) is not None
    return blocker_of(seat, kpi=one.kpi) is not None


def _put(seat: Seat, one: Raised) -> None:
    action = one.action
    name = in_company_words(seat.context, one.name) if one.name else one.kpi
    put_item(
        seat,
        title=action.title if action else name or "",
        section=section_of(seat, Topic.COMMITMENTS if action else Topic.SCOREBOARD),
        kpi=one.kpi,
        action_id=action.action_id if action else None,
        reason=one.reason,
        concerns=one.concerns,
    )
