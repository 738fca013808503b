"""Actions: who does what by when.

Each gesture is one transaction and one event. A gesture carries the version of the action that
the person saw: if somebody else changed it in the meantime, nothing is written and the refusal
shows both texts.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from dashboard.rhythm import action_store, wishes
from dashboard.rhythm.action import (
    Action,
    ActionEvent,
    EventKind,
    one_line,
    owner_problems,
    title_problems,
    undone,
    written_day,
)
from dashboard.rhythm.gesture import Gesture, change, not_dropped, read_seen
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import catalogue
from pipelines.people.names import Names, names_at
from pipelines.store import Cursor


def add_action(
    context: Context,
    title: str,
    owner: str,
    due_on: date | None,
    kpi: str | None = None,
    *,
    priority_id: int | None = None,
    deal: str | None = None,
) -> Action:
    """Add an action.

    Args:
        due_on: Mandatory; None is what an empty form gives.
        kpi: Key of the KPI it should move.
        priority_id: The priority of a plan that it serves.
        deal: The deal that it is about, as ``Deal.key``.

    Raises:
        Refused: Something mandatory is missing or too long, or nobody knows the KPI; all that
            is wrong is said at once. There is no such priority.
        AccessRefused: It is for somebody else, and who adds it may see only their own.
    """
    new = replace(checked(context, title, owner, due_on, kpi), priority_id=priority_id, deal=deal)
    return context.store.write(lambda cursor: write_new(context, cursor, new))


def checked(
    context: Context, title: str, owner: str, due_on: date | None, kpi: str | None = None
) -> Action:
    """Return an action that may be added, as ``write_new`` takes it.

    Raises:
        Refused: As for ``add_action``.
    """
    title, owner = one_line(title), one_line(owner)
    problems = [*title_problems(title), *owner_problems(owner), *wishes.kpi_problems(context, kpi)]
    day = wishes.accepted(problems, due_on)
    return Action(0, title, owner, day, kpi, context.today(), None, 1)


def write_new(context: Context, cursor: Cursor, new: Action) -> Action:
    """Write an action within a larger transaction, such as that of a decision.

    Args:
        new: As ``checked`` returns it; it gets its number here.

    Raises:
        AccessRefused: As for ``add_action``.
        Refused: There is no such priority.
    """
    shown = names_at(cursor).shown(new.owner)
    if not context.actor.scope.sees(shown):
        raise AccessRefused.of(
            msg("You may add actions for yourself only."),
            hint=msg("Ask a manager to give an action to somebody else."),
        )
    if new.priority_id is not None:
        action_store.check_priority(cursor, context.actor.scope, new.priority_id)
    action = replace(new, action_id=action_store.next_id(cursor), owner=shown)
    action_store.insert(cursor, action)
    action_store.record(
        cursor,
        ActionEvent(
            action.action_id,
            action.version,
            action.created_on,
            clock.now(),
            EventKind.ADDED,
            before=None,
            after=action.title,
            reason=None,
            author=context.actor.name,
        ),
    )
    action_store.remember(cursor, context.actor, What.ACTION_ADDED, None, action)
    return action


def complete(context: Context, action_id: int, version: int, *, on: date | None = None) -> Action:
    """Tick an action off.

    Args:
        version: The one that the person saw; the same for every gesture below.
        on: The day it was done; None: today.

    Returns:
        The action as it is now. A gesture whose wish is already fulfilled changes nothing, so
        two people may tick the same action.

    Raises:
        Refused: There is no such action, or somebody changed it in the meantime; the same for
            every gesture below. It was given up.
    """
    day = on or context.today()
    gesture = Gesture(
        EventKind.DONE,
        msg("tick it off"),
        lambda action: replace(not_dropped(action), done_on=action.done_on or day),
        lambda action: written_day(action.done_on),
    )
    return change(context, action_id, version, gesture)


def reopen(context: Context, action_id: int, version: int) -> Action:
    """Take back that an action is done."""
    gesture = Gesture(
        EventKind.REOPENED,
        msg("reopen it"),
        lambda action: replace(action, done_on=None),
        lambda action: written_day(action.done_on),
    )
    return change(context, action_id, version, gesture)


def move(
    context: Context,
    action_id: int,
    version: int,
    due_on: date | None,
    reason: str,
) -> Action:
    """Give an action another date.

    Raises:
        Refused: The date or the reason is missing.
    """
    return change(context, action_id, version, wishes.moved(due_on, reason))


def assign(context: Context, action_id: int, version: int, owner: str) -> Action:
    """Make somebody else responsible.

    Raises:
        Refused: The name is missing or too long.
    """
    return change(context, action_id, version, wishes.assigned(owner))


def rename(context: Context, action_id: int, version: int, title: str) -> Action:
    """Say an action in other words.

    Raises:
        Refused: The title is missing or too long.
    """
    return change(context, action_id, version, wishes.renamed(title))


def link(
    context: Context,
    action_id: int,
    version: int,
    kpi: str | None,
) -> Action:
    """Say which KPI an action should move; None for none.

    Raises:
        Refused: Nobody knows the KPI.
    """
    return change(context, action_id, version, wishes.linked(context, kpi))


def list_actions(context: Context, as_of: date | None = None) -> tuple[Action, ...]:
    """Return every action by due date, done ones included; for some, only their own.

    Args:
        as_of: The day whose evening is asked about: actions as they stood then, without those
            added later. None for now.
    """
    actions, names = context.store.read(
        lambda cursor: (action_store.read_all(cursor), names_at(cursor))
    )
    if as_of is None:
        return _seen(context, actions, names)
    events = context.store.read(action_store.read_events)
    later: dict[int, list[ActionEvent]] = {}
    for event in events:
        if event.happened_on > as_of:
            later.setdefault(event.action_id, []).append(event)
    then = (undone(action, later.get(action.action_id, ())) for action in actions)
    return tuple(
        sorted(
            _seen(context, (action for action in then if action is not None), names),
            key=lambda action: (action.due_on, action.action_id),
        )
    )


def history(context: Context, action_id: int) -> tuple[ActionEvent, ...]:
    """Return what happened to an action, oldest first; empty for one that does not exist."""

    def read(cursor: Cursor) -> tuple[ActionEvent, ...]:
        try:
            read_seen(cursor, context.actor.scope, action_id)
        except Refused:
            return ()
        return action_store.read_events(cursor, action_id)

    known = _visible(context)
    return tuple(
        replace(event, before=known(event.before), after=known(event.after))
        if event.kind is EventKind.LINKED
        else event
        for event in context.store.read(read)
    )


def _seen(context: Context, actions: Iterable[Action], names: Names) -> tuple[Action, ...]:
    """Return the actions that whoever asks may see, under the names the product shows."""
    known = _visible(context)
    shown = (
        replace(action, owner=names.shown(action.owner), kpi=known(action.kpi))
        for action in actions
    )
    return tuple(action for action in shown if context.actor.scope.sees(action.owner))


def _visible(context: Context) -> Callable[[str | None], str | None]:
    """Return what hides the KPIs that do not exist for whoever asks: their keys tell too much."""
    if context.actor.scope.margins:
        return lambda key: key
    definitions = catalogue(context)
    return lambda key: key if key in definitions else None
