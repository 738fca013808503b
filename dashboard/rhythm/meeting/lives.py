"""Decisions across meetings: which there are, and the whole life of one."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action
from dashboard.rhythm.improve.experiment import Experiment
from dashboard.rhythm.improve.experiments import list_experiments
from dashboard.rhythm.improve.judgement import judge_experiment
from dashboard.rhythm.meeting.life import (
    At,
    Decided,
    DecisionLife,
    Done,
    Effect,
    Raised,
    Unjudged,
    days_late,
    standing_of,
    why_unjudged,
)
from dashboard.rhythm.meeting.model import Blocker, Kind, Status
from dashboard.rhythm.meeting.rows import read_blocker
from dashboard.rhythm.meeting.seat import (
    Seat,
    head_at,
    hidden_kpis,
    invitations,
    rows,
    seat_at,
)
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Definition
from pipelines.people.names import names_at
from pipelines.periods import Grain
from pipelines.store import Cursor


def decisions(context: Context) -> tuple[Decided, ...]:
    """Return every decision of closed meetings, newest meeting first.

    For some, only those of meetings they are invited to.
    """
    hidden, today = hidden_kpis(context), context.today()

    def read(cursor: Cursor) -> tuple[Decided, ...]:
        names = names_at(cursor)
        own = invitations(context, cursor, names)
        actions = {one.action_id: one for one in action_store.read_all(cursor)}
        events: dict[int, list[Any]] = {}
        for event in action_store.read_events(cursor):
            events.setdefault(event.action_id, []).append(event)
        titles = dict(rows(cursor, "titles"))
        found = []
        for row in rows(cursor, "decided", decision_id=None):
            number, meeting_id, kind, held_on, status, blocker, text, owner, due_on, *rest = row
            if status != Status.CLOSED or (own is not None and meeting_id not in own):
                continue
            action = actions.get(rest[0])
            history = tuple(events.get(rest[0], ()))
            found.append(
                Decided(
                    number,
                    text,
                    names.shown(action.owner if action else owner),
                    action.due_on if action else due_on,
                    action.done_on if action else None,
                    titles.get(blocker),
                    None if action is None or action.kpi in hidden else action.kpi,
                    At(meeting_id, Kind(kind), held_on, readable=True),
                    standing_of(action, history, today) if action else None,
                )
            )
        return tuple(found)

    return context.store.read(read)


def decision_life(context: Context, decision_id: int) -> DecisionLife:
    """Return a decision from the beginning to what came of it, as it is known today.

    Raises:
        Refused: There is no such decision.
        AccessRefused: Whoever asks was not invited to the meeting that took it.
    """
    hidden, known = hidden_kpis(context), catalogue(context)

    def read(cursor: Cursor) -> DecisionLife:
        found = rows(cursor, "decided", decision_id=decision_id)
        if not found:
            raise Refused.of(msg("There is no decision {number}.", number=str(decision_id)))
        _, meeting_id, _, held_on, _, blocker_id, text, owner, due_on, action_id, *when = found[0]
        seat = seat_at(context, cursor, meeting_id)
        decided_at, author = when
        blocker = None if blocker_id is None else read_blocker(seat, blocker_id)
        return DecisionLife(
            decision_id=decision_id,
            text=text,
            owner=seat.names.shown(owner),
            due_on=due_on,
            # the day of the meeting at the company; the moment is in UTC
            decided_on=held_on,
            decided_at=decided_at,
            author=None if author is None else seat.names.shown(author),
            at=_at(seat, meeting_id),
            raised=None if blocker is None else _raised(seat, blocker, known),
            done=_done(seat, action_id, hidden, context.today()),
            effect=None,
        )

    life = context.store.read(read)
    return replace(life, effect=_effect(context, life, hidden))


def _at(seat: Seat, meeting_id: int) -> At:
    """Return a meeting as something to open."""
    head = head_at(seat.cursor, meeting_id)
    own = invitations(seat.context, seat.cursor, seat.names)
    closed = head.status is Status.CLOSED
    return At(
        meeting_id, head.kind, head.held_on, readable=closed and (own is None or meeting_id in own)
    )


def _raised(seat: Seat, blocker: Blocker, known: Mapping[str, Definition]) -> Raised:
    point = seat.rows("raised", item_id=blocker.item_id) if blocker.item_id is not None else []
    kpi = known.get(blocker.kpi) if blocker.kpi else None
    seen = blocker.kpi is None or kpi is not None
    parked = blocker.parked_in if blocker.parked_in != blocker.worked_in else None
    return Raised(
        blocker.title,
        kpi.name if kpi else None,
        blocker.raised_by,
        # what the product says about a KPI tells how it stands
        point[0][0] if point and seen else None,
        blocker.raised_on,
        None if blocker.raised_in is None else _at(seat, blocker.raised_in),
        None if parked is None else _at(seat, parked),
        blocker.facts,
        blocker.tried,
        blocker.problem,
        blocker.ideas,
    )


def _done(seat: Seat, action_id: int, hidden: Collection[str], today: date) -> Done | None:
    try:
        found = action_store.read_one(seat.cursor, action_id)
    except Refused:
        return None
    owner = seat.names.shown(found.owner)
    action = replace(found, owner=owner, kpi=None if found.kpi in hidden else found.kpi)
    events = action_store.read_events(seat.cursor, action_id)
    standing, late = standing_of(action, events, today), days_late(action, today)
    if not seat.context.actor.scope.sees(owner):
        # at the table one hears how it stands; what was said about it is its owner's
        return Done(action, standing, late, None, ())
    said = tuple(
        replace(one, author=seat.names.shown(one.author)) if one.author else one
        for one in action_store.read_comments(seat.cursor, action_id)
    )
    return Done(action, standing, late, events, said)


def _effect(context: Context, life: DecisionLife, hidden: Collection[str]) -> Effect | None:
    action = life.done.action if life.done else None
    if action is not None and action.kpi is None and _was_hidden(context, action, hidden):
        return None
    lag = (action.lag_weeks if action else None) or 0
    expected = action.effect if action else None
    key = action.kpi if action else None
    kpi = catalogue(context).get(key) if key else None
    unjudged = why_unjudged(action)
    if unjudged is not None or kpi is None or action is None or action.done_on is None:
        why = unjudged or Unjudged.NO_NUMBERS
        return Effect(kpi, None, why, None, expected, lag)
    return _judged(context, kpi, action.done_on, expected, lag)


def _was_hidden(context: Context, action: Action, hidden: Collection[str]) -> bool:
    if not hidden:
        return False
    kept = context.store.read(lambda cursor: action_store.read_one(cursor, action.action_id))
    return kept.kpi in hidden


def _judged(
    context: Context, kpi: Definition, done_on: date, expected: float | None, lag: int
) -> Effect:
    (judged,) = assess(context, [kpi.key], Grain.WEEK)
    currency = judged.series.currency
    if judged.series.unavailable is not None:
        return Effect(kpi, currency, Unjudged.NO_NUMBERS, None, expected, lag)
    judgement = judge_experiment(judged, done_on, lag)
    beside = [
        one.title
        for one in list_experiments(context)
        if one.kpi == kpi.key and _overlaps(one, done_on)
    ]
    return Effect(kpi, currency, None, judgement, expected, lag, tuple(beside))


def _overlaps(one: Experiment, done_on: date) -> bool:
    """Tell whether an experiment began after a decision was done, or had not ended by then."""
    return one.ended_on is None or one.ended_on > done_on
