"""What the gauge and the checklist are measured from: meetings, actions, KPIs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action
from dashboard.rhythm.effect.discipline import Discipline, Facts, Held, discipline
from dashboard.rhythm.effect.gauge import MOST_MEETINGS, Gauge, MeetingEffect, gauge
from dashboard.rhythm.effect.kept import Kept, Promise, kept_between
from dashboard.rhythm.effect.promises import promises_of
from dashboard.rhythm.meeting.model import Kind as Rhythm
from dashboard.rhythm.meeting.model import Status
from dashboard.rhythm.meeting.reading import MeetingLine, meetings
from pipelines.actor import ITSELF, Scope
from pipelines.analysis.judgement import JudgedSeries
from pipelines.context import Context
from pipelines.kpis.assess import assess_each
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import chosen
from pipelines.kpis.definition import Kind
from pipelines.periods import Grain, Period
from pipelines.workdays import working_days

#: What fell due in the week before the first meeting counts for it.
_WEEK = timedelta(days=7)


def read_gauge(context: Context) -> Gauge:
    """Return how people found the closed weekly meetings, beside what came of them.

    Everybody's commitments count, whoever asks: no name and no single rating comes out of it.
    """
    whole = _whole(context)
    closed = _weekly(closed_meetings(whole))
    if not closed:
        return gauge(())
    since = closed[-MOST_MEETINGS:][0].held_on
    return gauge(effects(closed, promises_made(whole), weeks_that_moved(whole, since)))


def effects(
    closed: Sequence[MeetingLine], promises: Sequence[Promise], good_weeks: Sequence[date]
) -> tuple[MeetingEffect, ...]:
    """Return what came of meetings, each thing counted for one of them. Pure.

    Args:
        closed: The oldest first.
        good_weeks: The first day of a week for every KPI that began to move in the right direction
            in it; it counts for the last meeting held by that day.
    """
    found = []
    for place, line in enumerate(closed):
        kept = kept_between(promises, *_looked_back(closed, place))
        after = closed[place + 1].held_on if place + 1 < len(closed) else date.max
        found.append(
            MeetingEffect(
                held_on=line.held_on,
                rating=line.rating,
                due=kept.due,
                on_time=kept.on_time,
                decisions=line.decisions,
                signals=sum(line.held_on <= week < after for week in good_weeks),
            )
        )
    return tuple(found)


def read_discipline(context: Context, *, also: Rhythm | None = None) -> Discipline:
    """Return the checklist of today, everybody's commitments included.

    Args:
        also: A review that is being held today, and closes with this.
    """
    whole = _whole(context)
    known = catalogue(whole)
    kinds = [known[one.key].kind for one in chosen(whole) if one.key in known]
    open_actions = [action for action in _actions(whole) if action.is_open]
    held: dict[Rhythm, list[Held]] = {kind: [] for kind in Rhythm}
    closed = closed_meetings(whole)
    for line in closed:
        held[line.kind].append(Held(line.held_on, line.minutes_taken))
    if also is not None:
        held[also].append(Held(context.today()))
    settings = context.workspace.settings
    working = working_days(settings.country, settings.province)
    facts = Facts(
        weekly=held[Rhythm.WEEKLY],
        monthly=held[Rhythm.MONTHLY],
        quarterly=held[Rhythm.QUARTERLY],
        inputs=kinds.count(Kind.INPUT),
        outputs=kinds.count(Kind.OUTPUT),
        open_actions=len(open_actions),
        owned_actions=sum(bool(action.owner) for action in open_actions),
        kept=_kept(_weekly(closed), promises_made(whole)),
    )
    return discipline(
        facts, context.calendar, lambda week: bool(working.count(week)), context.today()
    )


def _whole(context: Context) -> Context:
    """Return the workspace with everybody's rows, and ratings as whoever asks may see them."""
    scope = Scope(ratings=context.actor.scope.ratings)
    return context.by(replace(ITSELF, scope=scope))


def closed_meetings(context: Context) -> tuple[MeetingLine, ...]:
    """Return the closed meetings up to today that whoever asks may see."""
    today = context.today()
    return tuple(
        line for line in meetings(context) if line.status is Status.CLOSED and line.held_on <= today
    )


def _actions(context: Context) -> tuple[Action, ...]:
    return context.store.read(action_store.read_all)


def promises_made(context: Context) -> tuple[Promise, ...]:
    """Return everybody's promises, whoever asks."""
    actions, events = context.store.read(
        lambda cursor: (action_store.read_all(cursor), action_store.read_events(cursor))
    )
    return promises_of(actions, events, context.today())


def _weekly(closed: Sequence[MeetingLine]) -> list[MeetingLine]:
    """Return the weekly meetings, the oldest first."""
    weekly = [line for line in closed if line.kind is Rhythm.WEEKLY]
    return sorted(weekly, key=lambda line: line.held_on)


def _looked_back(closed: Sequence[MeetingLine], place: int) -> tuple[date, date]:
    """Return from which day and until which (not included) a meeting looks back on commitments."""
    day = closed[place].held_on
    return (closed[place - 1].held_on if place else day - _WEEK), day


def _kept(closed: Sequence[MeetingLine], promises: Sequence[Promise]) -> Kept:
    """Return which commitments were kept, over the same meetings as the gauge."""
    if not closed:
        return Kept(0, 0)
    first = max(0, len(closed) - MOST_MEETINGS)
    return kept_between(promises, _looked_back(closed, first)[0], closed[-1].held_on)


def weeks_that_moved(context: Context, since: date, until: date | None = None) -> list[date]:
    """Return the first day of each week in which a KPI began to move in the right direction.

    What counts is what the week's own page said when the week was over: a run of eight that is
    known today had not begun for anybody in its first week. A KPI that goes on where it went
    before has not moved again.

    Args:
        since: Weeks from this day's on are looked at.
        until: Weeks that begin before this day are; None: those that are over today.
    """
    known, today = catalogue(context), context.today()
    last = min(until or today, today)
    keys = [one.key for one in chosen(context.on(last)) if one.key in known]
    first = context.calendar.previous(context.calendar.period(Grain.WEEK, since))
    running = context.calendar.period(Grain.WEEK, today)
    weeks = list(context.calendar.periods(Grain.WEEK, first.start, min(running.start, last)))
    if not keys or not weeks:
        return []
    then = assess_each(context, keys, weeks)
    return [
        week.start
        for place in range(len(keys))
        for before, week in pairwise(weeks)
        if _moves(then[week][place], week) and not _moves(then[before][place], before)
    ]


def _moves(judged: JudgedSeries, week: Period) -> bool:
    """Tell whether a week's own page showed a signal in the right direction."""
    newest = judged.points[-1] if judged.points else None
    return newest is not None and newest.point.period == week and bool(newest.favourable)
