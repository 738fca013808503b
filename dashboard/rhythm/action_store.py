"""Actions in the store: each function is one step of somebody's transaction."""

from dataclasses import asdict

from dashboard.rhythm.action import Action, ActionEvent, EventKind
from pipelines.errors import Refused, msg
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
        raise Refused.of(msg("There is no action {number}.", number=str(action_id)))
    return Action(*rows[0])


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


def read_events(cursor: Cursor, action_id: int | None = None) -> tuple[ActionEvent, ...]:
    """Return what happened to one action, or to all of them; oldest first for each."""
    rows = cursor.execute(statement("actions/events"), {"action_id": action_id}).fetchall()
    return tuple(
        ActionEvent(number, version, day, moment, EventKind(kind), *rest)
        for number, version, day, moment, kind, *rest in rows
    )


def _name_person(cursor: Cursor, name: str) -> None:
    cursor.execute(statement("actions/insert_person"), {"name": name})
