"""From the company's data to the gaps of a month."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dashboard.rhythm.gap_review.decision import EarlierDecision
from dashboard.rhythm.gap_review.freezing import former_at, frozen_at, same_at
from dashboard.rhythm.gap_review.model import (
    FormerReview,
    GapReview,
    Intake,
    as_seen,
    with_said,
)
from dashboard.rhythm.gap_review.rows import causes_of, decisions_at, intakes_before
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.rhythm.meeting.rows import read_notes
from dashboard.rhythm.meeting.seat import Head, Seat, seat_at
from dashboard.rhythm.series import reviewed
from pipelines.actor import ITSELF
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.gaps.gaps import gaps
from pipelines.kpis.catalogue import catalogue, shows_margins
from pipelines.kpis.choice import chosen
from pipelines.landing.landing import landings
from pipelines.landing.track_record import track_record
from pipelines.periods import Grain, Period
from pipelines.store import Cursor


def gap_review(context: Context, month: Period | None = None) -> GapReview:
    """Return the gaps of a month as whoever asks may see them, without what a meeting said.

    Args:
        month: A finished month; the last one if None.

    Raises:
        Refused: It is not a month, or not over yet.
    """
    looked_at = month or context.calendar.last_finished(Grain.MONTH, context.today())
    _check(context, looked_at)
    return _review(context, looked_at)


def coming_review(context: Context, held_on: date) -> GapReview:
    """Return the gaps that a review of a day will look at, as far as there are any today.

    While its month is not over, these are those of the month that goes on, to date.
    """
    calendar = context.calendar
    goes_on = calendar.period(Grain.MONTH, context.today())
    return _review(context, min(reviewed(Kind.MONTHLY, held_on, calendar), goes_on))


def _review(context: Context, looked_at: Period) -> GapReview:
    calendar, today = context.calendar, context.today()
    former, said, intakes = context.store.read(lambda cursor: _before(cursor, looked_at))
    reviews = context.store.read(lambda cursor: same_at(cursor, looked_at))
    quarter = calendar.period(Grain.QUARTER, looked_at.start)
    of_month = gaps(context, looked_at, then=_then(said, looked_at, context))
    ends = landings(context, [one.definition.key for one in of_month], quarter)
    found = tuple(replace(one, landing=where) for one, where in zip(of_month, ends, strict=True))
    review = GapReview(
        company=context.workspace.settings.company,
        month=looked_at,
        quarter=quarter,
        today=today,
        proposed=not (chosen(context, today) or chosen(context)),
        gaps=found,
        records=tuple(
            track_record(context, one.definition.key)
            for one in found
            if one.landing is not None and one.landing.outlook is not None
        ),
        confidential=tuple(one.definition.key for one in found if shows_margins(one.definition)),
        former=former,
        intakes=intakes,
        reviewed_on=tuple(held_on for held_on, _ in reviews),
        earlier=tuple(_decided_then(reviews)),
        unseen=_unseen(context, looked_at),
    )
    return as_seen(review, context.actor.scope)


def meeting_review(
    context: Context, meeting_id: int, numbers: GapReview | None = None
) -> GapReview:
    """Return the gap review of a meeting with what it said so far; frozen once it is closed.

    Args:
        numbers: Those of its month, where somebody has them at hand.

    Raises:
        Refused: There is no such meeting, or it is no gap review.
        AccessRefused: Whoever asks is not invited.
    """
    head, kept = context.store.read(lambda cursor: _kept(context, cursor, meeting_id))
    if kept is not None:
        return as_seen(kept, context.actor.scope)
    review = numbers or gap_review(context, reviewed_month(context, head.held_on))
    return with_meeting(context, meeting_id, review)


def with_meeting(context: Context, meeting_id: int, review: GapReview) -> GapReview:
    """Return a review with what a meeting that is not closed said about it so far."""

    def read(cursor: Cursor) -> GapReview:
        seat = seat_at(context, cursor, meeting_id)
        return with_said(review, causes_of(read_notes(seat)), decisions_at(seat))

    return context.store.read(read)


def numbers_of(context: Context, meeting_id: int) -> GapReview | None:
    """Return the numbers that a meeting freezes when it is closed; None: it is no gap review.

    With everything in them, whoever closes it: what is kept is everybody's. Read before the
    transaction that closes it.
    """
    context = context.by(ITSELF)
    head = context.store.read(lambda cursor: seat_at(context, cursor, meeting_id).head)
    if head.kind is not Kind.MONTHLY or head.status is Status.CLOSED:
        return None
    return gap_review(context, reviewed_month(context, head.held_on))


def reviewed_month(context: Context, held_on: date) -> Period:
    """Return the month whose numbers a gap review of a day has: the one it looks back on.

    One that is still to come has, until then, those of the last month that is over today.
    """
    return reviewed(Kind.MONTHLY, min(held_on, context.today()), context.calendar)


def _unseen(context: Context, month: Period) -> int:
    """Return how many KPIs of a month whoever asks may not see: their gaps are not even read."""
    whole, visible = context.by(ITSELF), catalogue(context)
    choice = chosen(whole, min(context.today(), month.last_day)) or chosen(whole)
    return sum(one.key not in visible for one in choice)


def _decided_then(reviews: Iterable[tuple[date, GapReview]]) -> Iterator[EarlierDecision]:
    """Yield the last decision about each KPI.

    Args:
        reviews: Of one month, newest first.
    """
    seen: set[str] = set()
    for held_on, review in reviews:
        new = [one for one in review.decisions if one.kpi not in seen]
        seen.update(one.kpi for one in new)
        yield from (EarlierDecision(held_on, one) for one in new)


def _check(context: Context, month: Period) -> None:
    newest = context.calendar.last_finished(Grain.MONTH, context.today())
    if month.grain is not Grain.MONTH:
        raise Refused.of(
            msg("'{text}' is not a month.", text=context.calendar.label(month)),
            hint=msg("Write it as 2026-10."),
        )
    if month > newest:
        raise Refused.of(
            msg("The month {month} is not over yet.", month=context.calendar.label(month)),
            hint=msg(
                "A gap review looks back; the last finished month is {month}.",
                month=context.calendar.label(newest),
            ),
        )


def _before(
    cursor: Cursor, month: Period
) -> tuple[FormerReview | None, GapReview | None, tuple[Intake, ...]]:
    former, said = former_at(cursor, month) or (None, None)
    return former, said, intakes_before(cursor, month)


def _kept(context: Context, cursor: Cursor, meeting_id: int) -> tuple[Head, GapReview | None]:
    seat: Seat = seat_at(context, cursor, meeting_id)
    if seat.head.kind is not Kind.MONTHLY:
        raise Refused.of(msg("This meeting is no gap review."))
    return seat.head, frozen_at(cursor, meeting_id)


def _then(said: GapReview | None, month: Period, context: Context) -> dict[str, float | None]:
    """Return what a review said of the month before, of KPIs that are computed as they were.

    A number that another formula makes is no restated one.
    """
    if said is None or said.month != context.calendar.previous(month):
        return {}
    definitions = catalogue(context)
    return {
        one.definition.key: one.month.actual
        for one in said.gaps
        if one.month is not None
        and one.definition.key in definitions
        and definitions[one.definition.key].measure == one.definition.measure
    }
