"""Actions in the store: each function is one step of somebody's transaction."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from dashboard.rhythm.action import Action, ActionEvent, EventKind
from pipelines.actor import Actor
from pipelines.errors import Refused, msg
from pipelines.journal import What, note
from pipelines.sql import statement
from pipelines.store import Cursor


def read_all(cursor: Cursor) -> tuple[Action, ...]:
    """Return every action, by due date."""
    rows = cursor.execute(statement("actions/actions")).fetchall()
    return tuple(Action(*row) for row in rows)


def read_one(cursor: Cursor, action_id: int) -> Action:
    """Return one action.

    Raises:
        Refused: There is none of that number.
    """
    rows = cursor.execute(statement("actions/action"), {"action_id": action_id}).fetchall()
    if not rows:
        raise no_action(action_id)
    return Action(*rows[0])


def no_action(action_id: int) -> Refused:
    """Return the refusal of an action that is not there for whoever asks."""
    return Refused.of(msg("There is no action {number}.", number=str(action_id)))


def next_id(cursor: Cursor) -> int:
    """Return the number of the next action."""
    return int(cursor.execute(statement("actions/next_id")).fetchall()[0][0])


def insert(cursor: Cursor, action: Action) -> None:
    """Write a new action, and its owner among the people."""
    cursor.execute(statement("actions/insert"), asdict(action))
    _name_person(cursor, action.owner)


def update(cursor: Cursor, action: Action) -> None:
    """Write a changed action, and its owner among the people."""
    values = asdict(action)
    del values["created_on"]  # never changes
    cursor.execute(statement("actions/update"), values)
    _name_person(cursor, action.owner)


def record(cursor: Cursor, event: ActionEvent) -> None:
    """Write what happened."""
    cursor.execute(statement("actions/insert_event"), asdict(event))


def remember(
    cursor: Cursor, actor: Actor, what: What, before: Action | None, after: Action
) -> None:
    """Write down in the journal what an action was and is."""
    note(
        cursor,
        actor,
        what,
        f"action {after.action_id}",
        before=_state(before) if before else None,
        after=_state(after),
    )


def _state(action: Action) -> dict[str, object]:
    kept = asdict(action)
    del kept["action_id"]
    return kept


def read_events(cursor: Cursor, action_id: int | None = None) -> tuple[ActionEvent, ...]:
    """Return what happened to one action, or to all of them; oldest first for each."""
    rows = cursor.execute(statement("actions/events"), {"action_id": action_id}).fetchall()
    return tuple(map(_event, rows))


def last_event(cursor: Cursor, action_id: int) -> ActionEvent:
    """Return what last happened to an action: at least it was added."""
    ((*row,),) = cursor.execute(
        statement("actions/last_event"), {"action_id": action_id}
    ).fetchall()
    return _event(row)


def _event(row: Sequence[Any]) -> ActionEvent:
    number, version, day, moment, kind, *rest = row
    return ActionEvent(number, version, day, moment, EventKind(kind), *rest)


def _name_person(cursor: Cursor, name: str) -> None:
    cursor.execute(statement("actions/insert_person"), {"name": name})
