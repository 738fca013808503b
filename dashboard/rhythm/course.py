"""The course of an action: how far it is, what it serves and should bring, whether it goes on.

As in ``actions``, each gesture is one transaction and one event, against the version somebody saw.
"""

from dataclasses import replace

from dashboard.rhythm import action_store, wishes
from dashboard.rhythm.action import (
    Action,
    Comment,
    EventKind,
    comment_problems,
    progress_problems,
)
from dashboard.rhythm.gesture import Gesture, change, not_dropped, read_seen
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.journal import What, note
from pipelines.people.names import names_at
from pipelines.store import Cursor
from pipelines.visible import visible


def set_progress(context: Context, action_id: int, version: int, percent: int) -> Action:
    """Say how far an action is. All of it is not yet done: whoever did it ticks it off.

    Args:
        percent: 0 to 100.

    Raises:
        Refused: It is no percentage, or the action is done or given up; the same for every
            gesture here as for those in ``actions``.
    """
    wishes.refuse(progress_problems(percent))
    gesture = Gesture(
        EventKind.PROGRESSED,
        msg("say that it is {percent}% done", percent=percent),
        lambda action: replace(_still_open(action), estimate=percent),
        lambda action: str(action.estimate),
    )
    return change(context, action_id, version, gesture)


def place(context: Context, action_id: int, version: int, priority_id: int | None) -> Action:
    """Put an action under a priority of a plan; None: under none.

    Raises:
        Refused: There is no such priority.
    """
    return change(context, action_id, version, wishes.placed(context, priority_id))


def expect(
    context: Context,
    action_id: int,
    version: int,
    effect: float | None,
    lag_weeks: int | None,
) -> Action:
    """Say what an action should bring, and when it should show.

    Args:
        effect: The change of the action's KPI, in the KPI's own unit; None: nothing is expected.
        lag_weeks: Weeks until then.

    Raises:
        Refused: Something is no number, the delay is too long, or the action has no KPI.
    """
    return change(context, action_id, version, wishes.expected(effect, lag_weeks))


def drop(context: Context, action_id: int, version: int, reason: str) -> Action:
    """Give an action up. It stays in the history, and is neither late nor due any more.

    Raises:
        Refused: The reason is missing or too long, or the action is done.
    """
    return change(context, action_id, version, wishes.dropped(context.today(), reason))


def take_up(context: Context, action_id: int, version: int) -> Action:
    """Go on with an action that was given up."""
    return change(context, action_id, version, wishes.taken_up())


def comment(context: Context, action_id: int, text: str) -> Comment:
    """Say something about an action. It changes nothing: nobody's form becomes too old by it.

    Raises:
        Refused: There is no such action for whoever speaks, or the comment is empty or too long.
    """
    return context.store.write(lambda cursor: write_comment(context, cursor, action_id, text))


def write_comment(context: Context, cursor: Cursor, action_id: int, text: str) -> Comment:
    """Say something about an action within a larger transaction; see ``comment``."""
    said = visible(text).strip()
    wishes.refuse(comment_problems(said))
    action = read_seen(cursor, context.actor.scope, action_id)
    number = action_store.next_comment_id(cursor)
    written = Comment(number, action_id, clock.now(), context.actor.name, said)
    action_store.insert_comment(cursor, written)
    note(
        cursor,
        context.actor,
        What.ACTION_COMMENTED,
        f"action {action_id}",
        after={"title": action.title, "text": said},
    )
    return written


def comments(context: Context, action_id: int) -> tuple[Comment, ...]:
    """Return what was said about an action, oldest first; nothing of one that nobody may see."""

    def read(cursor: Cursor) -> tuple[Comment, ...]:
        try:
            read_seen(cursor, context.actor.scope, action_id)
        except Refused:
            return ()
        names = names_at(cursor)
        return tuple(
            replace(one, author=names.shown(one.author)) if one.author else one
            for one in action_store.read_comments(cursor, action_id)
        )

    return context.store.read(read)


def _still_open(action: Action) -> Action:
    if action.done_on is not None:
        raise Refused.of(
            msg("“{title}” is done already.", title=action.title),
            hint=msg("Reopen it first."),
        )
    return not_dropped(action)
