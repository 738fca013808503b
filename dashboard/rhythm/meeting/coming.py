"""The days on which meetings come next, seen from those that were held."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.rhythm.meeting.seat import heads_at
from dashboard.rhythm.series import Occurrence, next_meeting
from pipelines.context import Context
from pipelines.store import Cursor
from pipelines.workdays import working_days

#: Far enough back for any rule to apply.
_LONG_AGO = timedelta(weeks=52)


def held_days(context: Context) -> Mapping[Kind, Collection[date]]:
    """Return the days of the meetings that have begun, by kind, for ``series.as_held``."""
    return context.store.read(held_at)


def held_at(cursor: Cursor) -> Mapping[Kind, Collection[date]]:
    """Return the same in somebody's transaction."""
    found: dict[Kind, list[date]] = defaultdict(list)
    for head in heads_at(cursor):
        if head.status is not Status.PLANNED:
            found[head.kind].append(head.held_on)
    return found


def next_occurrence(context: Context, kind: Kind = Kind.WEEKLY) -> Occurrence | None:
    """Return the next meeting of a kind after today; None while no first day is set."""
    settings = context.workspace.settings
    working = working_days(settings.country, settings.province)
    held = held_days(context).get(kind, ())
    today = context.today()
    return next_meeting(settings.meetings, settings.calendar, working, today, kind, held=held)


def next_day(context: Context, kind: Kind = Kind.WEEKLY, after: date | None = None) -> date:
    """Return the day on which the next meeting of a kind is due.

    Args:
        after: The day it has to follow; None: it may be today.
    """
    return day_after(context, kind, after, held_days(context).get(kind, ()))


def day_after(context: Context, kind: Kind, after: date | None, held: Collection[date]) -> date:
    """Return the same for the days on which meetings of the kind were held."""
    settings = context.workspace.settings
    since = after or context.today() - timedelta(days=1)
    rules = settings.meetings
    if rules.first_on is None:
        # whoever plans a meeting has begun
        rules = rules.model_copy(update={"first_on": since - _LONG_AGO})
    working = working_days(settings.country, settings.province)
    due = next_meeting(rules, settings.calendar, working, since, kind, held=held)
    return due.held_on if due else since + timedelta(days=1)
