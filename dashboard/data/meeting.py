"""What the page of a meeting shows. Read anew each time: a meeting lives by the second."""

from datetime import date

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
from dashboard.components.commitments import proposed_day
from dashboard.components.meeting_sight import Sight
from dashboard.data import improve, people, reviews
from dashboard.rhythm.meeting import closing, coming, reading
from dashboard.rhythm.meeting.model import Meeting, Status, Topic
from pipelines.kpis.catalogue import catalogue
from pipelines.periods import Grain


def revision(meeting_id: int) -> int:
    """Return the number that grows with everything that changes in a meeting.

    Raises:
        Refused: There is no such meeting; AccessRefused: whoever looks is not invited.
    """
    session.require(Capability.TAKE_PART)
    return reading.revision(session.current(), meeting_id)


def sight(meeting_id: int, *, looked_at: int | None = None) -> Sight:
    """Return a meeting as whoever looks sees it now.

    Args:
        looked_at: The blocker they opened.

    Raises:
        Refused: As for ``revision``.
    """
    session.require(Capability.TAKE_PART)
    return _seen(reading.meeting(session.current(), meeting_id), looked_at)


def current() -> Sight | None:
    """Return the weekly meeting that goes on or comes next; None if none is prepared yet."""
    session.require(Capability.TAKE_PART)
    found = reading.current_meeting(session.current())
    return _seen(found, None) if found else None


def next_day() -> date:
    """Return the day of the next weekly meeting."""
    return coming.next_day(session.current())


def _seen(meeting: Meeting, looked_at: int | None) -> Sight:
    context, visitor = session.current(), session.visitor()
    today, timing = context.today(), reading.timing(context, meeting)
    topic = next((one.topic for one in meeting.sections if one.position == timing.current), None)
    planned = meeting.status is Status.PLANNED
    week = context.calendar.last_finished(Grain.WEEK, min(meeting.held_on, today))
    # everybody's page asks after every word that somebody writes: what no part of it shows is left
    return Sight(
        meeting=meeting,
        timing=timing,
        review=reviews.review(week) if topic in {Topic.SCOREBOARD, Topic.BLOCKERS} else None,
        commitments=reading.commitments(context, meeting) if topic is Topic.COMMITMENTS else (),
        kept=reading.kept(context, meeting.meeting_id) if topic is Topic.COMMITMENTS else None,
        kpis=catalogue(context),
        people=people.at_work() if planned else (),
        pacts=improve.fired(week) if topic is Topic.BLOCKERS else (),
        former=reading.former_meetings(context, meeting.meeting_id) if planned else (),
        read_back=closing.read_back(context, meeting.meeting_id),
        today=today,
        proposed=proposed_day(today),
        name=_oneself(meeting, visitor),
        account=str(visitor.account_id),
        runs=visitor.may(Capability.RUN_MEETINGS),
        calendar=context.calendar,
        currency=context.workspace.settings.currency,
        looked_at=looked_at,
    )


def _oneself(meeting: Meeting, visitor: Visitor) -> str:
    invited = (one.name for one in meeting.attendees)
    return next((name for name in invited if name in visitor.names), visitor.name)
