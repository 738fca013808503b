"""What the page of the gap review shows: the numbers of a month, and what a meeting says of them."""

from dataclasses import replace

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.data.reach import for_reading, reads_all
from dashboard.kept import remembered, remembered_numbers
from dashboard.rhythm.gap_review import building, freezing
from dashboard.rhythm.gap_review.model import GapReview, as_seen
from dashboard.rhythm.meeting.model import Kind, Meeting
from dashboard.rhythm.meeting.reading import MeetingLine, meeting, meetings
from dashboard.rhythm.series import reviewed
from pipelines.periods import Grain, Period


def of_meeting(seen: Meeting) -> GapReview:
    """Return the gaps a meeting looks at, with what it said about them so far."""
    context = session.current()
    month = building.reviewed_month(context, seen.held_on)
    return building.with_meeting(context, seen.meeting_id, _numbers(month))


def newest() -> GapReview:
    """Return the gaps of the last finished month, before a meeting says anything about them."""
    session.require(Capability.TAKE_PART)
    context = session.current()
    found = _numbers(context.calendar.last_finished(Grain.MONTH, context.today()))
    # read without a meeting, it has no decisions for those who see only themselves
    return found if context.actor.scope.people is None else replace(found, earlier=())


def review(meeting_id: int | None) -> GapReview:
    """Return a gap review: as it was, once it is closed; None: see ``newest``.

    Raises:
        Refused: There is none.
        AccessRefused: Whoever looks may not read it.
    """
    if meeting_id is None:
        return newest()
    if is_closed(meeting_id):
        return frozen(meeting_id)
    session.require(Capability.TAKE_PART)
    return of_meeting(meeting(session.current(), meeting_id))


def is_due(meeting_ahead: Meeting) -> bool:
    """Tell whether the month that a planned meeting will look at is over."""
    context = session.current()
    month = reviewed(Kind.MONTHLY, meeting_ahead.held_on, context.calendar)
    return not month.is_partial(context.today())


def closed() -> tuple[MeetingLine, ...]:
    """Return the closed gap reviews that whoever looks may read, newest first."""
    return _closed(whole=reads_all())


def is_closed(meeting_id: int) -> bool:
    """Tell whether a meeting keeps a gap review that whoever looks may read."""
    return any(one.meeting_id == meeting_id for one in closed())


def frozen(meeting_id: int) -> GapReview:
    """Return a closed gap review as it was, as whoever looks may see it.

    Raises:
        Refused: There is none.
        AccessRefused: They may not read it.
    """
    kept = freezing.read_frozen(for_reading(), meeting_id)
    # who reads all reviews need not see the parts of each colleague
    return as_seen(kept, session.current().actor.scope)


@remembered_numbers
def _numbers(month: Period) -> GapReview:
    return building.gap_review(session.current(), month)


@remembered
def _closed(*, whole: bool) -> tuple[MeetingLine, ...]:
    del whole  # what is kept depends on it
    context = for_reading()
    kept = freezing.kept_reviews(context)
    return tuple(one for one in meetings(context) if one.meeting_id in kept)
