"""What the pages of the quarterly review show: evidence, verdicts, the next quarter."""

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.data.reach import reads_all
from dashboard.kept import remembered, remembered_evidence
from dashboard.rhythm.meeting import reading
from dashboard.rhythm.meeting.model import Kind, Meeting, Status
from dashboard.rhythm.quarter import drafting, freezing
from dashboard.rhythm.quarter.draft import NextQuarter
from dashboard.rhythm.quarter.model import Item, QuarterReview
from dashboard.rhythm.quarter.reading import quarter_review, whole_review
from dashboard.rhythm.quarter.seeing import as_seen, item_as_seen
from dashboard.rhythm.series import reviewed
from pipelines.periods import Period


def of_meeting(meeting: Meeting) -> QuarterReview:
    """Return the quarter that a meeting looks at, with what it has decided so far."""
    context = session.current()
    if meeting.status is Status.CLOSED:
        return freezing.read_frozen_quarter(context, meeting.meeting_id)
    found = freezing.with_verdicts(context, meeting.meeting_id, _whole(_period(meeting)))
    return as_seen(found, context.actor.scope, together=True)


def newest() -> QuarterReview:
    """Return the last finished quarter, before a meeting says anything about it."""
    session.require(Capability.TAKE_PART)
    return _newest()


def evidence(period: Period, subject: str) -> Item | None:
    """Return what is known today about one thing in a quarter; None: nothing for whoever looks.

    Args:
        subject: Something that they may know of, such as the action of a decision that they read.
    """
    found = _whole(period).item(subject)
    return found and item_as_seen(found, session.current().actor.scope, together=reads_all())


@remembered
def following(meeting_id: int) -> NextQuarter:
    """Return the next quarter as a review leaves it.

    Raises:
        Refused: There is no such meeting, or it is no quarterly review.
        AccessRefused: Whoever looks is not invited.
    """
    session.require(Capability.TAKE_PART)
    context = session.current()
    seen = reading.meeting(context, meeting_id)
    at_hand = None if seen.status is Status.CLOSED else _whole(_period(seen))
    return drafting.draft(context, meeting_id, at_hand)


def adopted(meeting_id: int) -> NextQuarter | None:
    """Return the next quarter as a review adopted it; None: it adopted none yet."""
    session.require(Capability.TAKE_PART)
    return drafting.adopted(session.current(), meeting_id)


def latest_meeting() -> int | None:
    """Return the quarterly review that goes on or comes next, else the last closed one."""
    session.require(Capability.TAKE_PART)
    context = session.current()
    current = reading.current_meeting(context, Kind.QUARTERLY)
    if current is not None:
        return current.meeting_id
    held = [one for one in reading.meetings(context) if one.kind is Kind.QUARTERLY]
    return held[0].meeting_id if held else None


def _period(meeting: Meeting) -> Period:
    """Return the quarter that a meeting looks at."""
    return reviewed(Kind.QUARTERLY, meeting.held_on, session.current().calendar)


@remembered_evidence
def _newest() -> QuarterReview:
    return quarter_review(session.current())


@remembered_evidence
def _whole(period: Period) -> QuarterReview:
    """Return a quarter with everything in it: only what somebody may see of it leaves this module."""
    return whole_review(session.current(), period)
