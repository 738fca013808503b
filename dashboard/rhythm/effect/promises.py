"""Which commitments were kept on their day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from dashboard.rhythm.action import Action, ActionEvent, EventKind
from dashboard.rhythm.effect.kept import Promise


def promises_of(
    actions: Iterable[Action], events: Sequence[ActionEvent], today: date
) -> tuple[Promise, ...]:
    """Return every date that was promised, with whether it was kept.

    A date that was moved while there was still time is replaced by the new one; one that was
    moved after it had passed was missed, and the new one counts as well. What was given up in
    time is no promise any more.

    Args:
        events: Of all the actions, oldest first for each.
        today: Dates from today on that nobody has kept yet are left out.
    """
    found = [
        Promise(date.fromisoformat(event.before), on_time=False)
        for event in events
        if event.kind is EventKind.MOVED
        and event.before is not None
        and event.happened_on > date.fromisoformat(event.before)
    ]
    for action in actions:
        if action.done_on is not None:
            found.append(Promise(action.due_on, action.done_on <= action.due_on))
        elif action.dropped_on is not None and action.dropped_on <= action.due_on:
            continue
        elif action.due_on < today:
            found.append(Promise(action.due_on, on_time=False))
    return tuple(found)
