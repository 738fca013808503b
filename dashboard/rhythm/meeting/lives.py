"""Decisions across meetings: which there are, and the whole life of one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action, ActionEvent
from dashboard.rhythm.meeting.life import (
    At,
    Decided,
    DecisionLife,
    Done,
    Raised,
    Standing,
    days_late,
    effect_of,
    standing_of,
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
from dashboard.rhythm.quarter.model import Item
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Definition
from pipelines.people.names import Names, names_at
from pipelines.periods import Grain, Period
from pipelines.store import Cursor


def decisions(context: Context) -> tuple[Decided, ...]:
    """Return every decision of closed meetings, newest meeting first.

    For some, only those of meetings they are invited to.
    """
    hidden, today = hidden_kpis(context), context.today()

    def read(cursor: Cursor) -> tuple[Decided, ...]:
        names = names_at(cursor)
        own = invitations(context, cursor, names)
        carried = carried_out(cursor, names, today)
        titles = dict(rows(cursor, "titles"))
        found = []
        for row in rows(cursor, "decided", decision_id=None):
            number, meeting_id, kind, held_on, status, blocker, text, owner, due_on, *rest = row
            if status != Status.CLOSED or (own is not None and meeting_id not in own):
                continue
            action, standing = carried.get(rest[0], (None, None))
            found.append(
                Decided(
                    str(number),
                    text,
                    At(meeting_id, Kind(kind), held_on, readable=True),
                    action.owner if action else names.shown(owner),
                    action.due_on if action else due_on,
                    action.done_on if action else None,
                    titles.get(blocker),
                    None if action is None or action.kpi in hidden else action.kpi,
                    standing,
                    rest[0],
                )
            )
        return tuple(found)

    return context.store.read(read)


def carried_out(cursor: Cursor, names: Names, today: date) -> dict[int, tuple[Action, Standing]]:
    """Return every action and where it stands, by number, under the names the product shows."""
    events: dict[int, list[ActionEvent]] = {}
    for event in action_store.read_events(cursor):
        events.setdefault(event.action_id, []).append(event)
    return {
        one.action_id: (
            replace(one, owner=names.shown(one.owner)),
            standing_of(one, tuple(events.get(one.action_id, ())), today),
        )
        for one in action_store.read_all(cursor)
    }


def decision_life(
    context: Context, decision_id: int, look: Callable[[Period, str], Item | None]
) -> DecisionLife:
    """Return a decision from the beginning to what came of it, as it is known today.

    Args:
        look: Returns the evidence about a thing in a quarter as it is today.

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
            at=at_of(seat, meeting_id),
            raised=None if blocker is None else _raised(seat, blocker, known),
            done=done_of(seat, action_id, hidden, context.today()),
            effect=None,
        )

    life = context.store.read(read)
    if life.done is None:
        return life
    quarter = context.calendar.period(Grain.QUARTER, life.decided_on)
    evidence = look(quarter, f"action {life.done.action.action_id}")
    return replace(life, effect=effect_of(evidence, life.done))


def at_of(seat: Seat, meeting_id: int) -> At:
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
        None if blocker.raised_in is None else at_of(seat, blocker.raised_in),
        None if parked is None else at_of(seat, parked),
        blocker.facts,
        blocker.tried,
        blocker.problem,
        blocker.ideas,
    )


def done_of(seat: Seat, action_id: int, hidden: Collection[str], today: date) -> Done | None:
    """Return what became of an action, as far as somebody who took part may know; None: it is gone.

    Args:
        hidden: KPIs that do not exist for them.
    """
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
