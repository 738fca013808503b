"""The quarterly review of a meeting: with its verdicts while it is open, as it was once closed."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.rhythm.frozen import Freezer, kinds_of
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.rhythm.meeting.seat import Head, Seat, seat_at
from dashboard.rhythm.quarter import verdict_store
from dashboard.rhythm.quarter.model import (
    Decided,
    Item,
    QuarterReview,
    VerdictLine,
)
from dashboard.rhythm.quarter.reading import whole_review
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.rhythm.quarter.record import as_seen as record_as_seen
from dashboard.rhythm.quarter.seeing import as_seen, verdict_lines
from dashboard.rhythm.quarter.verdicts import refuse_other
from dashboard.rhythm.series import reviewed
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg, msg_plural
from pipelines.kpis.definition import LocalText
from pipelines.kpis.quantity import Quantity
from pipelines.periods import Period
from pipelines.sql import statement
from pipelines.store import Cursor

#: Sentences may speak of any of the latter.
_FREEZER = Freezer(*kinds_of(QuarterRecord, Message, LocalText, Period, Quantity))
#: What reviews say that were closed before sentences were kept with their translations, and no other
#: does any more.
SAID_BEFORE = (
    msg("No value for the quarter."),
    msg("there are {count} weeks to compare, where {needed} are needed"),
    msg("A week before the quarter: {before}. In the quarter: {after}."),
    msg("A week in the quarter: {after}."),
    msg("{centre} on average, between {lower} and {upper}"),
    msg_plural(
        "Nobody wrote down which result it should move; here it is {result}, {count} week later, as "
        "long as a sale takes.",
        "Nobody wrote down which result it should move; here it is {result}, {count} weeks later, as "
        "long as a sale takes.",
        0,
    ),
    msg_plural("Held {count} time.", "Held {count} times.", 0),
    msg_plural(
        "{taken} minutes on average, {planned} planned; {in_time} of {count} in time.",
        "{taken} minutes on average, {planned} planned; {in_time} of {count} in time.",
        0,
    ),
    msg("Done on {day}, in time."),
)


def meeting_review(context: Context, meeting_id: int) -> QuarterReview:
    """Return the review of a meeting as whoever takes part sees it, with what is decided so far.

    Once the meeting is closed, it is the review as it was then.

    Raises:
        Refused: There is no such meeting, or it is no quarterly review.
        AccessRefused: Whoever asks is not invited.
    """
    head = context.store.read(lambda cursor: _head(context, cursor, meeting_id))
    if head.status is Status.CLOSED:
        return read_frozen_quarter(context, meeting_id)
    found = with_verdicts(context, meeting_id, evidence(context, head))
    return as_seen(found, context.actor.scope, together=True)


def evidence(context: Context, head: Head) -> QuarterReview:
    """Return what a meeting looks at: the quarter finished before its day, with everything in it."""
    quarter = reviewed(Kind.QUARTERLY, head.held_on, context.calendar)
    return replace(whole_review(context, quarter), meeting_id=head.meeting_id)


def with_verdicts(context: Context, meeting_id: int, review: QuarterReview) -> QuarterReview:
    """Return a review with what a meeting has decided so far."""

    def read(cursor: Cursor) -> Mapping[str, Decided]:
        seat = seat_at(context, cursor, meeting_id)
        return verdict_store.read_all(cursor, meeting_id, seat.names)

    return replace(_decided(review, context.store.read(read)), meeting_id=meeting_id)


def read_frozen_quarter(context: Context, meeting_id: int) -> QuarterReview:
    """Return the review of a closed meeting as it was seen when it closed; see ``read_record``."""
    return read_record(context, meeting_id).review


def read_record(context: Context, meeting_id: int) -> QuarterRecord:
    """Return everything that was kept of a review when its meeting closed.

    Raises:
        Refused: There is no such meeting, it is no quarterly review, or it is not closed.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> str:
        _head(context, cursor, meeting_id)
        rows = cursor.execute(statement("quarter/frozen"), {"meeting_id": meeting_id}).fetchall()
        if not rows:
            raise Refused.of(
                msg("The review is not closed yet."), hint=msg("It is kept when it is closed.")
            )
        return str(rows[0][0])

    found: QuarterRecord = _FREEZER.from_json(context.store.read(read))
    return record_as_seen(found, context.actor.scope, together=True)


def kept_quarters(context: Context) -> frozenset[int]:
    """Return the meetings that keep a quarterly review."""
    found = context.store.read(lambda cursor: cursor.execute(statement("quarter/kept")).fetchall())
    return frozenset(number for (number,) in found)


def freeze_quarter(seat: Seat, record: QuarterRecord | None) -> tuple[VerdictLine, ...]:
    """Keep a review as it is now, with its verdicts; return these for the minutes.

    Args:
        record: As ``recording.record_to_keep`` read it before; None: it is no quarterly review.
    """
    if record is None:
        return ()
    decided = verdict_store.read_all(seat.cursor, seat.meeting_id, seat.names)
    review = _decided(record.review, decided)
    seat.cursor.execute(
        statement("quarter/insert_frozen"),
        {
            "meeting_id": seat.meeting_id,
            "starts_on": review.quarter.start,
            "content": _FREEZER.to_json(replace(record, review=review)),
        },
    )
    return verdict_lines(review)


def _head(context: Context, cursor: Cursor, meeting_id: int) -> Head:
    head = seat_at(context, cursor, meeting_id).head
    refuse_other(head)
    return head


def _decided(review: QuarterReview, found: Mapping[str, Decided]) -> QuarterReview:
    def items(those: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(one, decided=found.get(one.subject)) for one in those)

    return replace(
        review,
        kpis=items(review.kpis),
        work=items(review.work),
        rituals=items(review.rituals),
    )
