"""What the pages of actions show, and what actions are added among."""

from collections.abc import Sequence
from datetime import date

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.commitments import Around
from dashboard.data import kpis, people
from dashboard.kept import remembered
from dashboard.rhythm import build
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.meeting.coming import next_occurrence
from dashboard.rhythm.one_line import Known
from dashboard.rhythm.review import ActionLine, looking_from
from pipelines.kpis.catalogue import catalogue
from pipelines.periods import Period
from pipelines.workdays import working_days


def around() -> Around:
    """Return what actions are shown and added among."""
    return Around(session.current().today(), people.names(), kpis.definitions(), spoken())


def spoken(there: Sequence[str] = ()) -> Known:
    """Return what an action typed in one line is understood with.

    Args:
        there: Whom whoever types sees beside, such as those who are invited to a meeting.
    """
    context, visitor = session.current(), session.visitor()
    everybody = dict.fromkeys((*people.names(), *people.at_work(), *there))
    mine = tuple(name for name in everybody if name in visitor.names)
    names = tuple(everybody) if visitor.may(Capability.ASSIGN_ACTIONS) else mine
    today, settings = context.today(), context.workspace.settings
    working = working_days(settings.country, settings.province)
    return Known(
        today,
        names,
        next(iter(mine), None),
        working,
        context.calendar,
        _next_meeting(),
        others=tuple(name for name in everybody if name not in names),
    )


@remembered
def _next_meeting() -> date | None:
    """Return the day of the next weekly meeting; None while no first day is set."""
    meeting = next_occurrence(session.current())
    return meeting.held_on if meeting else None


@remembered
def of_week(week: Period) -> tuple[ActionLine, ...]:
    """Return the week's actions: late, due, done."""
    context = session.current()
    day = looking_from(week, context.today())
    actions_then = list_actions(context, None if day == context.today() else week.last_day)
    late, due, done = build.action_lines(actions_then, week, day, catalogue(context))
    return (*late, *due, *done)


@remembered
def actions() -> tuple[ActionLine, ...]:
    """Return every action by date, done ones included."""
    context = session.current()
    known, today = catalogue(context), context.today()
    return tuple(build.action_line(action, today, known) for action in list_actions(context))
