"""Closing a meeting: read back, rate, carry over, freeze."""

from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.gap_review.building import numbers_of
from dashboard.rhythm.gap_review.freezing import freeze_gaps
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.coming import day_after, held_at
from dashboard.rhythm.meeting.commitments import Task, tasks_of
from dashboard.rhythm.meeting.freezing import Around, freeze
from dashboard.rhythm.meeting.looking_back import everybodys_actions, kept_minutes
from dashboard.rhythm.meeting.minutes import (
    Minutes,
    as_seen,
    to_json,
    with_gaps,
    with_verdicts,
)
from dashboard.rhythm.meeting.model import Status, Topic
from dashboard.rhythm.meeting.placing import put_item, section_of
from dashboard.rhythm.meeting.preparing import plan_at
from dashboard.rhythm.meeting.rows import (
    read_blockers,
    read_items,
    read_sections,
)
from dashboard.rhythm.meeting.running import UNDER_WAY, close_clock
from dashboard.rhythm.meeting.seat import Seat, heads_at, hidden_kpis, seat_at, take_seat
from dashboard.rhythm.quarter.freezing import freeze_quarter
from dashboard.rhythm.quarter.model import QuarterReview
from dashboard.rhythm.quarter.record import adopted
from dashboard.rhythm.quarter.recording import record_to_keep
from dashboard.rhythm.review import Review
from pipelines.actor import ITSELF
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import everything
from pipelines.store import Cursor

_SCORES = range(1, 11)


def read_back(context: Context, meeting_id: int) -> tuple[Task, ...]:
    """Return who does what by when: by owner, then by date.

    All that the meeting gave out, and all that is open.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """
    hidden = hidden_kpis(context)

    def read(cursor: Cursor) -> tuple[Task, ...]:
        seat = seat_at(context, cursor, meeting_id)
        given_out = [number for (number,) in seat.rows("actions", meeting_id=meeting_id)]
        return tasks_of(everybodys_actions(seat, hidden), given_out)

    return context.store.read(read)


def rate(context: Context, meeting_id: int, score: int, comment: str = "") -> None:
    """Say how one found the meeting; until it is closed, one may say it anew.

    Nobody reads it before everybody who is there has rated the meeting, or it is closed; and then
    only those who may.

    Args:
        score: 1 to 10.

    Raises:
        Refused: The score is none, the comment is too long, or the meeting has not started.
        AccessRefused: Whoever asks is not invited.
    """
    if score not in _SCORES:
        raise Refused.of(msg("{score} is no rating.", score=score), hint=msg("Rate from 1 to 10."))
    said = typed.remark(comment)

    def gesture(seat: Seat) -> None:
        me = seat.somebody()
        if seat.head.status not in UNDER_WAY:
            raise Refused.of(msg("The meeting has not started."))
        given = {
            seat.names.shown(person): (value, remark)
            for person, value, remark in seat.rows("ratings", meeting_id=meeting_id)
        }
        if given.get(me) != (score, said):
            seat.put("put_rating", meeting_id=meeting_id, person=me, score=score, comment=said)

    take_seat(context, meeting_id, gesture)


def close(
    context: Context,
    meeting_id: int,
    *,
    review: Review | None = None,
    gaps: GapReview | None = None,
    evidence: QuarterReview | None = None,
) -> Minutes:
    """Close a meeting: its minutes are frozen, and what is open goes on to the next one.

    The next meeting of the kind is planned if it is not yet. Points that people raised and nobody
    dealt with stand on its agenda; open blockers are before it by themselves. What the product
    raised is counted anew.

    Args:
        review: That of the day, everything in it, where somebody has it at hand.
        gaps, evidence: What a gap review and a quarterly review look at, likewise.

    Returns:
        The minutes; of a meeting that is closed already, those it has.

    Raises:
        Refused: There is no such meeting, or it has not started.
        AccessRefused: Whoever asks is not invited.
    """
    # before what takes a moment, which is read before the transaction
    kept = context.store.read(lambda cursor: _kept(seat_at(context, cursor, meeting_id)))
    if kept is not None:
        return as_seen(kept, context.actor.scope)
    # the minutes are everybody's, whatever whoever closes the meeting may see
    seen = review or weekly_review(context.by(ITSELF))
    definitions = everything(context)
    numbers = gaps or numbers_of(context, meeting_id)
    quarter = record_to_keep(context, meeting_id, evidence)

    def gesture(seat: Seat) -> Minutes:
        kept = _kept(seat)
        if kept is not None:
            return kept
        close_clock(seat)
        following = _next(seat)
        next_on = following.head.held_on if following else None
        minutes = freeze(seat, Around(definitions, seen, next_on))
        minutes = with_gaps(minutes, freeze_gaps(seat, numbers))
        minutes = with_verdicts(minutes, freeze_quarter(seat, quarter), adopted(quarter))
        seat.put(
            "insert_minutes",
            meeting_id=meeting_id,
            closed_at=minutes.closed_at,
            content=to_json(minutes),
        )
        _carry_over(seat, following)
        seat.write_down(
            What.MEETING_CLOSED,
            f"meeting {meeting_id}",
            before={"status": seat.head.status},
            after={"status": Status.CLOSED, "held_on": seat.head.held_on},
        )
        return minutes

    return as_seen(take_seat(context, meeting_id, gesture, also_closed=True), context.actor.scope)


def _kept(seat: Seat) -> Minutes | None:
    """Return the minutes of a meeting that is closed; None: it goes on.

    Raises:
        Refused: It has not started.
    """
    kept = kept_minutes(seat)
    if kept is None and seat.head.status not in UNDER_WAY:
        raise Refused.of(
            msg("The meeting has not started."),
            hint=msg("A meeting that was not held has no minutes."),
        )
    return kept


def _next(seat: Seat) -> Seat | None:
    """Return the next meeting of the kind, planned if it is not; None: its day is taken."""
    context, head = seat.context, seat.head
    ahead = [
        other
        for other in heads_at(seat.cursor)
        if other.kind is head.kind and other.held_on > head.held_on
    ]
    planned = [other for other in ahead if other.status is Status.PLANNED]
    if planned:
        return Seat(context, seat.cursor, min(planned, key=lambda other: other.held_on))
    held = held_at(seat.cursor).get(head.kind, ())
    day = day_after(context, head.kind, max(head.held_on, context.today()), held)
    if any(other.held_on == day for other in ahead):
        return None
    return plan_at(context, seat.cursor, head.kind, day, head)


def _carry_over(seat: Seat, following: Seat | None) -> None:
    """Put what nobody dealt with before the next meeting, which chooses its own three blockers."""
    for number in [one.blocker_id for one in read_blockers(seat) if one.rank is not None]:
        seat.put("set_rank", blocker_id=number, rank=None)
    if following is None:
        return
    topics = {section.position: section.topic for section in read_sections(seat)}
    there = {(item.title, item.raised_by) for item in read_items(following)}
    for item in read_items(seat):
        if item.closed or item.raised_by is None or (item.title, item.raised_by) in there:
            continue
        put_item(
            following,
            title=item.title,
            section=section_of(following, topics.get(item.section, Topic.OTHER)),
            kpi=item.kpi,
            action_id=item.action_id,
            concerns=item.concerns,
            raised_by=item.raised_by,
        )
    if following.changed:
        following.put("bump", meeting_id=following.meeting_id)
