"""What the page of a meeting shows. Read anew each time: a meeting lives by the second."""

from datetime import date

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
from dashboard.components.commitments import proposed_day
from dashboard.components.meeting_sight import Outgoing, Sight
from dashboard.data import gap_review, improve, people, quarter, reviews
from dashboard.readers import readers
from dashboard.rhythm.meeting import closing, coming, reading
from dashboard.rhythm.meeting.model import Kind, Meeting, Status, Topic
from pipelines.kpis.catalogue import catalogue
from pipelines.periods import Grain
from pipelines.settings import Meetings

#: What is decided about in a quarterly review.
_VERDICTS = frozenset({Topic.KPIS, Topic.WORK, Topic.RITUALS})


def revision(meeting_id: int) -> int:
    """Return the number that grows with everything that changes in a meeting.

    Raises:
        Refused: There is no such meeting; AccessRefused: whoever looks is not invited.
    """
    session.require(Capability.TAKE_PART)
    return reading.revision(session.current(), meeting_id)


def sight(
    meeting_id: int, *, looked_at: int | None = None, gap: str = "", subject: str = ""
) -> Sight:
    """Return a meeting as whoever looks sees it now.

    Args:
        looked_at: The blocker they opened.
        gap: The KPI whose gap they opened.
        subject: What of a quarter they opened.

    Raises:
        Refused: As for ``revision``.
    """
    session.require(Capability.TAKE_PART)
    return _seen(reading.meeting(session.current(), meeting_id), looked_at, gap, subject)


def current(kind: Kind = Kind.WEEKLY) -> Sight | None:
    """Return the meeting of a kind that goes on or comes next; None if none is prepared yet."""
    session.require(Capability.TAKE_PART)
    found = reading.current_meeting(session.current(), kind)
    return _seen(found, None, "") if found else None


def next_day(kind: Kind = Kind.WEEKLY) -> date:
    """Return the day of the next meeting of a kind."""
    return coming.next_day(session.current(), kind)


def _seen(meeting: Meeting, looked_at: int | None, gap: str, subject: str = "") -> Sight:
    context, visitor = session.current(), session.visitor()
    today, timing = context.today(), reading.timing(context, meeting)
    topic = next((one.topic for one in meeting.sections if one.position == timing.current), None)
    planned, runs = meeting.status is Status.PLANNED, visitor.may(Capability.RUN_MEETINGS)
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
        pacts=improve.fired(week) if topic in {Topic.BLOCKERS, Topic.GAPS} else (),
        former=reading.former_meetings(context, meeting.meeting_id) if planned else (),
        read_back=closing.read_back(context, meeting.meeting_id),
        today=today,
        proposed=proposed_day(today),
        name=_oneself(meeting, visitor),
        account=str(visitor.account_id),
        runs=runs,
        assigns=visitor.may(Capability.ASSIGN_ACTIONS),
        minutes=_meant_to_last(context.workspace.settings.meetings, meeting.kind),
        accounts=people.with_account(one.name for one in meeting.attendees)
        if topic is Topic.CLOSE
        else (),
        calendar=context.calendar,
        currency=context.workspace.settings.currency,
        looked_at=looked_at,
        gaps=gap_review.of_meeting(meeting) if _looks_at_gaps(meeting, topic) else None,
        gap_looked_at=gap,
        quarter=quarter.of_meeting(meeting)
        if topic in _VERDICTS or _has_begun(meeting, Kind.QUARTERLY)
        else None,
        subject=subject,
        following=quarter.following(meeting.meeting_id) if topic is Topic.NEXT else None,
        adopted=quarter.adopted(meeting.meeting_id)
        if _has_begun(meeting, Kind.QUARTERLY)
        else None,
        weekly_on=_weekly_on(today) if topic is Topic.GAPS else None,
        outgoing=_outgoing(meeting) if topic is Topic.CLOSE and runs else None,
    )


def _weekly_on(today: date) -> date:
    """Return when what is handed to the weekly meeting is talked about."""
    ahead = reading.current_meeting(session.current(), Kind.WEEKLY)
    return ahead.held_on if ahead and ahead.held_on >= today else next_day(Kind.WEEKLY)


def _outgoing(meeting: Meeting) -> Outgoing:
    invited = readers([one.name for one in meeting.attendees])
    unreachable = tuple(one.name for one in invited if one.address is None)
    has_server = bool(session.current().workspace.settings.mail.host)
    return Outgoing(len(invited) - len(unreachable), unreachable, has_server)


def _looks_at_gaps(meeting: Meeting, topic: Topic | None) -> bool:
    """Tell whether gaps are shown, or what was decided about them: all through a gap review."""
    return _has_begun(meeting, Kind.MONTHLY) or topic in {Topic.GAPS, Topic.LANDING}


def _has_begun(meeting: Meeting, kind: Kind) -> bool:
    """Tell whether it is a meeting of a kind, and is not only planned."""
    return meeting.kind is kind and meeting.status is not Status.PLANNED


def _oneself(meeting: Meeting, visitor: Visitor) -> str:
    invited = (one.name for one in meeting.attendees)
    return next((name for name in invited if name in visitor.names), visitor.name)


def _meant_to_last(rules: Meetings, kind: Kind) -> int:
    match kind:
        case Kind.WEEKLY:
            return rules.minutes
        case Kind.MONTHLY:
            return rules.monthly_minutes
        case Kind.QUARTERLY:
            return rules.quarterly_minutes
