"""The reviews of months and quarters that leave on paper: as they were kept, else as of today."""

from dashboard.rhythm.gap_review.building import gap_review
from dashboard.rhythm.gap_review.freezing import read_frozen
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.seat import rows
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.reading import whole_review
from dashboard.rhythm.quarter.record import QuarterRecord, as_seen
from dashboard.rhythm.quarter.recording import record_of
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.periods import Grain, Period


def gap_review_of(context: Context, month: Period) -> GapReview:
    """Return the closed gap review of a month as it was; without one, its gaps as of today.

    Raises:
        Refused: It is no month, or not over yet.
        AccessRefused: Whoever asks was not invited.
    """
    _check(context, month, Grain.MONTH)
    kept = _kept(context, Kind.MONTHLY, month)
    return gap_review(context, month) if kept is None else read_frozen(context, kept)


def quarter_record_of(context: Context, quarter: Period) -> QuarterRecord:
    """Return the closed review of a quarter as it was; without one, its evidence as of today.

    Raises:
        Refused: It is no quarter, or not over yet.
        AccessRefused: Whoever asks was not invited.
    """
    _check(context, quarter, Grain.QUARTER)
    kept = _kept(context, Kind.QUARTERLY, quarter)
    if kept is not None:
        return read_record(context, kept)
    record = record_of(context, whole_review(context, quarter))
    return as_seen(record, context.actor.scope, together=False)


def _kept(context: Context, kind: Kind, period: Period) -> int | None:
    found = context.store.read(
        lambda cursor: rows(cursor, "kept_review", kind=kind, starts_on=period.start)
    )
    return found[0][0] if found else None


def _check(context: Context, period: Period, grain: Grain) -> None:
    label = context.calendar.label(period)
    if period.grain is not grain:
        what, example = (
            (msg("'{text}' is not a month.", text=label), "2026-10")
            if grain is Grain.MONTH
            else (msg("'{text}' is not a quarter.", text=label), "2026-Q3")
        )
        raise Refused.of(what, hint=msg("Write it as {example}.", example=example))
    if period.is_partial(context.today()):
        raise Refused.of(
            msg("{period} is not over yet.", period=label),
            hint=msg("The report is made once its last day has passed."),
        )
