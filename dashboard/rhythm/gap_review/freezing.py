"""Gap reviews as they are kept once their meeting is closed."""

from datetime import date

from dashboard.rhythm.frozen import Freezer, kinds_of
from dashboard.rhythm.gap_review.decision import GapDecision, GapLine
from dashboard.rhythm.gap_review.model import (
    FormerReview,
    GapReview,
    as_seen,
    for_keeping,
    with_said,
)
from dashboard.rhythm.gap_review.rows import causes_of, decisions_at, rows
from dashboard.rhythm.meeting.looking_back import reviewed_on
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.rows import read_notes
from dashboard.rhythm.meeting.seat import Seat, seat_at
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg
from pipelines.gaps.model import Gap
from pipelines.kpis.definition import LocalText
from pipelines.kpis.quantity import Quantity
from pipelines.periods import Period
from pipelines.store import Cursor


def freeze_gaps(seat: Seat, numbers: GapReview | None) -> tuple[GapLine, ...]:
    """Keep a gap review with what its meeting said about it, in the transaction that closes it.

    Args:
        numbers: As ``building.numbers_of`` read them before; None: it is no gap review.

    Returns:
        The gaps as the minutes keep them.
    """
    if numbers is None:
        return ()
    said = with_said(numbers, causes_of(read_notes(seat)), decisions_at(seat))
    review = for_keeping(said)
    rows(
        seat.cursor,
        "put_frozen",
        meeting_id=seat.meeting_id,
        starts_on=review.month.start,
        content=_FREEZER.to_json(review),
    )
    return gap_lines(review)


def read_frozen(context: Context, meeting_id: int) -> GapReview:
    """Return a closed gap review as it was, as far as whoever asks may see it.

    Raises:
        Refused: There is no such meeting, it is no gap review, or it is not closed.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> GapReview | None:
        seat_at(context, cursor, meeting_id)
        return frozen_at(cursor, meeting_id)

    found = context.store.read(read)
    if found is None:
        raise Refused.of(
            msg("This meeting keeps no gap review."),
            hint=msg("It is kept when a monthly gap review is closed."),
        )
    return as_seen(found, context.actor.scope)


def kept_reviews(context: Context) -> frozenset[int]:
    """Return the meetings that keep a gap review: those closed before there were any keep none."""
    found = context.store.read(lambda cursor: rows(cursor, "kept"))
    return frozenset(number for (number,) in found)


def frozen_at(cursor: Cursor, meeting_id: int) -> GapReview | None:
    """Return a closed gap review with everything in it; None: there is none."""
    found = rows(cursor, "frozen", meeting_id=meeting_id)
    return _read(found[0][0]) if found else None


def former_at(cursor: Cursor, month: Period) -> tuple[FormerReview, GapReview] | None:
    """Return the newest closed gap review of an earlier month, everything in it; None: none."""
    found = rows(cursor, "former", month=month.start)
    if not found:
        return None
    number, held_on, closed_at, content = found[0]
    review = _read(content)
    return FormerReview(number, review.month, held_on, closed_at), review


def same_at(cursor: Cursor, month: Period) -> tuple[tuple[date, GapReview], ...]:
    """Return the closed gap reviews of a month with their days, newest first."""
    days = reviewed_on(cursor, Kind.MONTHLY, month)
    found = ((held_on, frozen_at(cursor, number)) for number, held_on in days)
    return tuple((held_on, review) for held_on, review in found if review is not None)


def gap_lines(review: GapReview) -> tuple[GapLine, ...]:
    """Return the gaps of a review as the minutes keep them, in its order."""
    return tuple(_line(one, review.decision(one.definition.key), review) for one in review.gaps)


def _line(gap: Gap, decision: GapDecision | None, review: GapReview) -> GapLine:
    key, month = gap.definition.key, gap.month
    return GapLine(
        key=key,
        name=gap.definition.name,
        month=review.month,
        actual=month.actual if month else None,
        target=month.target if month else None,
        max_target=month.max_target if month else None,
        at_most=month.at_most if month else False,
        gap=month.gap if month else None,
        on_target=month.on_target if month else None,
        unit=gap.definition.unit,
        currency=gap.currency,
        cause=review.cause(key),
        response=decision.response if decision else None,
        reason=decision.reason if decision else None,
        action=decision.action if decision else None,
        new_target=decision.target if decision else None,
        confidential=key in review.confidential,
        earlier=None if decision else review.earlier_decision(key),
    )


def _read(content: str) -> GapReview:
    review: GapReview = _FREEZER.from_json(content)
    return review


#: Sentences may speak of any of the latter.
_FREEZER = Freezer(*kinds_of(GapReview, Message, LocalText, Period, Quantity))
