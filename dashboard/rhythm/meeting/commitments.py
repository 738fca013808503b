"""The actions that a meeting looks back on, and those that go out of it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.rhythm.action import Action
from dashboard.rhythm.meeting.minutes import Minutes, Standing
from dashboard.text import alphabetical

#: Before the first meeting, one looks back a week.
_WEEK = timedelta(weeks=1)
_ORDER = {Standing.LATE: 0, Standing.OPEN: 1, Standing.DONE: 2}


@dataclass(frozen=True)
class Commitment:
    """An action that a meeting looks back on.

    Attributes:
        standing: Late, due by the day of the meeting and still open, or ticked off since the last.
        late_before: The meeting before found it late already.
    """

    action: Action
    standing: Standing
    late_before: bool


@dataclass(frozen=True)
class Task:
    """Who does what by when.

    Attributes:
        new: The meeting gave it out.
    """

    action: Action
    new: bool

    @property
    def decision_id(self) -> int | None:
        """The decision it carries out; None: it carries out none."""
        return self.action.decision_id


def commitments_of(
    actions: Iterable[Action], day: date, before: Minutes | None
) -> tuple[Commitment, ...]:
    """Return what a meeting looks back on: late first, then what is due, then what was done.

    Args:
        day: Of the meeting.
        before: The minutes of the meeting before it; None: it is the first.
    """
    since = before.held_on if before else day - _WEEK
    said_done = found_as(before, Standing.DONE)
    was_late = found_as(before, Standing.LATE)
    found = []
    for action in actions:
        standing = _standing(action, day, since)
        if standing is None or (standing is Standing.DONE and action.action_id in said_done):
            continue
        found.append(Commitment(action, standing, action.action_id in was_late))
    return tuple(sorted(found, key=_order))


def found_as(minutes: Minutes | None, standing: Standing) -> frozenset[int]:
    """Return the actions that a closed meeting found late, open or done."""
    lines = minutes.commitments if minutes else ()
    return frozenset(line.action_id for line in lines if line.standing is standing)


def tasks_of(actions: Iterable[Action], given_out: Collection[int]) -> tuple[Task, ...]:
    """Return who does what by when, for the read-back: by owner, then by date.

    All that is open, also of those who are absent: what nobody reads out is forgotten.

    Args:
        given_out: Numbers of the actions that the meeting gave out.
    """
    tasks = [
        Task(action, action.action_id in given_out)
        for action in actions
        if action.action_id in given_out or action.is_open
    ]
    return tuple(sorted(tasks, key=_by_owner))


def _standing(action: Action, day: date, since: date) -> Standing | None:
    """Return how an action stands at a meeting; None: the meeting does not look back on it."""
    if action.done_on is not None:
        return Standing.DONE if since <= action.done_on <= day else None
    if not action.is_open or action.due_on > day:
        return None
    return Standing.LATE if action.due_on < day else Standing.OPEN


def _by_owner(task: Task) -> tuple[tuple[str, str], date, int]:
    action = task.action
    return alphabetical(action.owner), action.due_on, action.action_id


def _order(commitment: Commitment) -> tuple[int, date, int]:
    action = commitment.action
    return _ORDER[commitment.standing], action.due_on, action.action_id
