"""One change of an action: against the version somebody saw, in one transaction, with its event."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action, ActionEvent, EventKind
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg
from pipelines.store import Cursor


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
    author: str | None = None


def change(context: Context, action_id: int, version: int, gesture: Gesture) -> Action:
    """Do what somebody asks for, and write down what happened.

    Args:
        version: The version of the action that the person saw.

    Raises:
        Refused: There is no such action, or somebody changed it in the meantime.
    """
    today = context.today()

    def write(cursor: Cursor) -> Action:
        before = action_store.read_one(cursor, action_id)
        after = gesture.changed(before)
        if after == before:
            return before
        if before.version != version:
            raise _conflict(before, action_store.read_events(cursor, action_id)[-1], gesture)
        after = replace(after, version=version + 1)
        action_store.update(cursor, after)
        action_store.record(
            cursor,
            ActionEvent(
                action_id,
                after.version,
                today,
                clock.now(),
                gesture.kind,
                before=gesture.written(before),
                after=gesture.written(after),
                reason=gesture.reason,
                author=gesture.author,
            ),
        )
        return after

    return context.store.write(write)


def _conflict(now: Action, last: ActionEvent, gesture: Gesture) -> Refused:
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
    return Refused.of(
        what,
        hint=msg(
            "You wanted to {wish}: nothing of it was written. Look again and decide.",
            wish=gesture.wish,
        ),
    )
