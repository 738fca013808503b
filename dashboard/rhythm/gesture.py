"""One change of an action: against the version somebody saw, in one transaction, with its event."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action, ActionEvent, EventKind
from pipelines import clock
from pipelines.actor import Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Message, Problem, Refused, msg
from pipelines.journal import What
from pipelines.people.names import names_at
from pipelines.store import Cursor

#: What somebody may do who may not change actions: with their own.
_OWN = frozenset({EventKind.DONE, EventKind.REOPENED, EventKind.PROGRESSED})


@dataclass(frozen=True)
class Gesture:
    """A change somebody asks for.

    Attributes:
        wish: In words, to show it beside what somebody else did.
        changed: The action afterwards; an equal one if there is nothing to do.
        written: The changed field as the history writes it.
    """

    kind: EventKind
    wish: Message
    changed: Callable[[Action], Action]
    written: Callable[[Action], str | None]
    reason: str | None = None


def change(context: Context, action_id: int, version: int, gesture: Gesture) -> Action:
    """Do what somebody asks for, and write down what happened.

    Args:
        version: The version of the action that the person saw.

    Raises:
        Refused: There is no such action for whoever asks.
        AccessRefused: It is theirs, but they may only tick it off or reopen it.
        Conflict: Somebody changed it in the meantime.
    """
    return context.store.write(
        lambda cursor: change_in(context, cursor, action_id, version, gesture)
    )


def change_in(
    context: Context, cursor: Cursor, action_id: int, version: int, gesture: Gesture
) -> Action:
    """Do what somebody asks for within a larger transaction; see ``change``."""
    before = read_seen(cursor, context.actor.scope, action_id)
    _check(context.actor.scope, gesture.kind)
    after = gesture.changed(before)
    if after == before:
        return before
    if before.version != version:
        raise _conflict(before, action_store.last_event(cursor, action_id), gesture)
    after = replace(after, version=version + 1)
    action_store.update(cursor, after)
    action_store.record(
        cursor,
        ActionEvent(
            action_id,
            after.version,
            context.today(),
            clock.now(),
            gesture.kind,
            before=gesture.written(before),
            after=gesture.written(after),
            reason=gesture.reason,
            author=context.actor.name,
        ),
    )
    what = What(f"action.{gesture.kind}")
    action_store.remember(cursor, context.actor, what, before, after)
    return after


def read_seen(cursor: Cursor, scope: Scope, action_id: int) -> Action:
    """Return an action that somebody may see, under the name the product shows.

    Raises:
        Refused: There is none of that number, or it is somebody else's: nobody can tell which.
    """
    action = action_store.read_one(cursor, action_id)
    shown = replace(action, owner=names_at(cursor).shown(action.owner))
    if not scope.sees(shown.owner):
        raise action_store.no_action(action_id)
    return shown


def _check(scope: Scope, kind: EventKind) -> None:
    if scope.people is not None and kind not in _OWN:
        raise AccessRefused.of(
            msg("You may tick off your own actions, not change them."),
            hint=msg("Ask a manager to change it."),
        )


def not_dropped(action: Action) -> Action:
    """Return an action that is still to be done, or was done.

    Raises:
        Refused: It was given up.
    """
    if action.dropped_on is not None:
        raise Refused.of(
            msg("“{title}” was given up.", title=action.title),
            hint=msg("Take it up again first."),
        )
    return action


def _conflict(now: Action, last: ActionEvent, gesture: Gesture) -> Conflict:
    state = (
        msg("“{title}”, {owner}, done on {day}", title=now.title, owner=now.owner, day=now.done_on)
        if now.done_on
        else msg(
            "“{title}”, {owner}, due on {day}", title=now.title, owner=now.owner, day=now.due_on
        )
    )
    what = (
        msg(
            "{author} changed this action in the meantime. It now says: {now}.",
            author=last.author,
            now=state,
        )
        if last.author
        else msg("Somebody changed this action in the meantime. It now says: {now}.", now=state)
    )
    hint = msg(
        "You wanted to {wish}: nothing of it was written. Look again and decide.",
        wish=gesture.wish,
    )
    return Conflict(
        Problem(what, hint=hint),
        mine=gesture.wish,
        theirs=state,
        version=now.version,
        by=last.author,
        at=last.happened_at,
    )
