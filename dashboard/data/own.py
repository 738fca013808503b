"""What is somebody's own, and what waits for an answer."""

from datetime import timedelta

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.mine import Mine, OwnNumber, Promise, Typed
from dashboard.data import commitments, entries, people
from dashboard.kept import remembered
from dashboard.report.calendar_file import Dates, Due, calendar_file
from dashboard.rhythm.course import comments
from dashboard.rhythm.meeting.coming import held_days
from dashboard.rhythm.requests import Open, latest_requests, open_requests
from dashboard.rhythm.review import ActionLine
from dashboard.rhythm.series import as_held, occurrences
from dashboard.text import Language
from pipelines import clock
from pipelines.analysis.judgement import JudgedPoint
from pipelines.journal import What, count_of
from pipelines.kpis.assess import assess
from pipelines.kpis.choice import chosen
from pipelines.periods import Grain
from pipelines.workdays import working_days

#: How far a calendar reaches: a quarter back, and two ahead.
_PAST, _AHEAD = timedelta(days=92), timedelta(days=184)
#: Nobody types further back on a telephone; the page for typed numbers goes further.
_PERIODS = 6
#: How many numbers are shown beside the field for the next one.
_SHOWN = 3


def mine() -> Mine:
    """Return the commitments and numbers of whoever looks.

    Raises:
        AccessRefused: They have none.
    """
    session.require(Capability.DO_ACTIONS)
    context, visitor = session.current(), session.visitor()
    requests = latest_requests(context)
    lines = sorted(_own_lines(), key=lambda line: (not line.is_open, line.due_on, line.action_id))
    return Mine(
        promises=tuple(
            Promise(
                line,
                next(reversed(comments(context, line.action_id)), None),
                requests.get(line.action_id),
            )
            for line in lines
        ),
        typed=_typed(),
        numbers=_numbers(visitor.names),
        today=context.today(),
        calendar=context.calendar,
        moves=visitor.may(Capability.ASSIGN_ACTIONS),
        known=bool(visitor.names),
    )


def calendar(calendar_id: str, language: Language) -> bytes | None:
    """Return the dates of whoever is looking as an iCalendar file; None for somebody who left.

    Args:
        calendar_id: Names the events for ever.

    Raises:
        AccessRefused: They have no commitments.
    """
    session.require(Capability.DO_ACTIONS)
    context, number = session.current(), session.visitor().person_id
    if any(one.person_id == number and not one.active for one in people.persons()):
        return None
    settings, today = context.workspace.settings, context.today()
    working = working_days(settings.country, settings.province)
    dates = Dates(
        calendar_id=calendar_id,
        company=settings.company,
        timezone=settings.timezone,
        due=[
            Due(line.action_id, line.title, line.due_on, line.version)
            for line in _own_lines()
            if line.is_open
        ],
        meetings=as_held(
            occurrences(
                settings.meetings, context.calendar, working, today - _PAST, today + _AHEAD
            ),
            held_days(context),
        ),
        version=context.store.read(lambda cursor: count_of(cursor, What.SETTINGS_CHANGED)),
        made_at=clock.now(),
    )
    return calendar_file(dates, context.calendar, language)


def requests_to_answer() -> tuple[Open, ...]:
    """Return the wishes to move actions that whoever looks may grant; none for most."""
    if not session.visitor().may(Capability.ASSIGN_ACTIONS):
        return ()
    return _open_requests()


@remembered
def _open_requests() -> tuple[Open, ...]:
    return open_requests(session.current())


def _own_lines() -> list[ActionLine]:
    """Return what is still to do, late ones first by their date, and what was ticked today."""
    own, today = session.visitor().names, session.current().today()
    return [
        line
        for line in commitments.actions()
        if line.owner in own and (line.is_open or line.done_on == today)
    ]


def _typed() -> tuple[Typed, ...]:
    """Return the hand-kept KPIs that whoever looks is responsible for."""
    own = session.visitor().names
    keys = {one.key for one in chosen(session.current()) if one.responsible in own}
    found = []
    for kpi in entries.typed_kpis():
        if kpi.key not in keys:
            continue
        typed = [one for one in entries.entries(kpi.key) if one.owner is None][:_SHOWN]
        grain = typed[0].grain if typed and typed[0].grain else Grain.WEEK
        running, *finished = entries.recent_periods(grain)[:_PERIODS]
        found.append(Typed(kpi, (running, *finished), finished[0], typed))
    return tuple(found)


@remembered
def _numbers(names: frozenset[str]) -> tuple[OwnNumber, ...]:
    """Return the KPIs of the company for which somebody has a target of their own."""
    context = session.current()
    keys = [one.key for one in chosen(context)]
    calendar, today = context.calendar, context.today()
    finished = calendar.last_finished(Grain.WEEK, today)
    running = calendar.period(Grain.WEEK, today)
    found = []
    for group in assess(context, keys, Grain.WEEK, by="owner") if keys and names else []:
        if group.series.group not in names:
            continue
        at: dict[object, JudgedPoint] = {point.point.period: point for point in group.points}
        before, now = at.get(finished), at.get(running)
        if (before and before.aim) or (now and now.aim):
            series = group.series
            found.append(OwnNumber(series.definition, before, now, series.currency))
    return tuple(found)
