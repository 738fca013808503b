"""Several things changed about an action at once: all of them, or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from dashboard.rhythm import wishes
from dashboard.rhythm.action import Action
from dashboard.rhythm.course import write_comment
from dashboard.rhythm.gesture import Gesture, change_in, read_seen
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, msg
from pipelines.store import Cursor


@dataclass(frozen=True)
class Fields:
    """What can be changed about an action, as in ``Action``.

    Attributes:
        due_on: None: the field was emptied, which is refused.
        dropped: Whether it is given up.
    """

    title: str
    owner: str
    due_on: date | None
    kpi: str | None
    priority_id: int | None
    effect: float | None
    lag_weeks: int | None
    dropped: bool


def rewrite(
    context: Context,
    action_id: int,
    version: int,
    seen: Fields,
    wanted: Fields,
    *,
    reason: str = "",
    comment: str = "",
) -> Action:
    """Change what somebody changed in a form, in one transaction, each field with its event.

    Args:
        version: The one that the person saw.
        seen: What the form showed: a field that says the same in ``wanted`` is left alone.
        reason: Why the date moves, or why it is given up; needed for these only.
        comment: What others should know; "" for nothing.

    Returns:
        The action as it is now; wishes that are fulfilled already change nothing.

    Raises:
        Refused: Something is missing, too long or unknown; all that is wrong is said at once.
        AccessRefused: Whoever asks may not change it.
        Conflict: Somebody changed it in the meantime: nothing was written.
    """
    if reason.strip() and wanted.due_on == seen.due_on and wanted.dropped == seen.dropped:
        raise Refused.of(
            msg("There is a reason, but the date is the same."),
            hint=msg("Change the date, or take the reason out."),
        )
    gestures = _gestures(context, seen, wanted, reason)

    def write(cursor: Cursor) -> Action:
        now = version
        for gesture in gestures:
            before = read_seen(cursor, context.actor.scope, action_id)
            if gesture.changed(before) != before:
                now = change_in(context, cursor, action_id, now, gesture).version
        if comment.strip():
            write_comment(context, cursor, action_id, comment)
        return read_seen(cursor, context.actor.scope, action_id)

    return context.store.write(write)


def _gestures(context: Context, seen: Fields, wanted: Fields, reason: str) -> list[Gesture]:
    """Return the gestures for what differs, each with the whole wish.

    Raises:
        Refused: Something is wrong; all of it.
    """
    found: list[Gesture] = []
    problems: list[Problem] = []
    for make in _wishes(context, seen, wanted, reason):
        try:
            found.append(make())
        except Refused as error:
            problems += (one for one in error.problems if one not in problems)
    wishes.refuse(problems)
    if not found:
        return []
    whole = reduce(_both, (one.wish for one in found))
    return [replace(one, wish=whole) for one in found]


def _wishes(
    context: Context, seen: Fields, wanted: Fields, reason: str
) -> Iterator[Callable[[], Gesture]]:
    if seen.dropped and not wanted.dropped:
        yield wishes.taken_up
    if wanted.title != seen.title:
        yield lambda: wishes.renamed(wanted.title)
    if wanted.owner != seen.owner:
        yield lambda: wishes.assigned(wanted.owner)
    if wanted.kpi != seen.kpi:
        yield lambda: wishes.linked(context, wanted.kpi)
    if wanted.priority_id != seen.priority_id:
        yield lambda: wishes.placed(context, wanted.priority_id)
    if (wanted.effect, wanted.lag_weeks) != (seen.effect, seen.lag_weeks):
        yield lambda: wishes.expected(wanted.effect, wanted.lag_weeks)
    if wanted.due_on != seen.due_on:
        yield lambda: wishes.moved(wanted.due_on, reason)
    if wanted.dropped and not seen.dropped:
        yield lambda: wishes.dropped(context.today(), reason)


def _both(one: Message, other: Message) -> Message:
    return msg("{one}, {other}", one=one, other=other)
