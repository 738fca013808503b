"""Actions in the store: each function is one step of somebody's transaction."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from dashboard.rhythm.action import Action, ActionEvent, Comment, EventKind
from pipelines.actor import Actor, Scope
from pipelines.errors import Refused, msg
from pipelines.journal import What, note
from pipelines.people.names import names_at
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


def check_priority(cursor: Cursor, scope: Scope, priority_id: int) -> None:
    """Let an action serve a priority that stands, in a plan that somebody may see.

    Raises:
        Refused: There is no such priority for them.
    """
    rows = cursor.execute(statement("actions/priority"), {"priority_id": priority_id}).fetchall()
    seen = [person for _, person in rows if person is None or scope.sees(_shown(cursor, person))]
    if not seen:
        raise Refused.of(msg("There is no priority {number}.", number=str(priority_id)))


def _shown(cursor: Cursor, name: str) -> str:
    return names_at(cursor).shown(name)


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
    for name in ("created_on", "decision_id", "carried_from", "deal"):  # never change
        del values[name]
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


def insert_comment(cursor: Cursor, comment: Comment) -> None:
    """Write what somebody said."""
    cursor.execute(statement("actions/insert_comment"), asdict(comment))


def next_comment_id(cursor: Cursor) -> int:
    """Return the number of the next comment."""
    return int(cursor.execute(statement("actions/next_comment_id")).fetchall()[0][0])


def read_comments(cursor: Cursor, action_id: int) -> tuple[Comment, ...]:
    """Return what was said about an action, oldest first."""
    rows = cursor.execute(statement("actions/comments"), {"action_id": action_id}).fetchall()
    return tuple(Comment(*row) for row in rows)


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
    return read_events(cursor, action_id)[-1]


def _event(row: Sequence[Any]) -> ActionEvent:
    number, version, day, moment, kind, *rest = row
    return ActionEvent(number, version, day, moment, EventKind(kind), *rest)


def _name_person(cursor: Cursor, name: str) -> None:
    cursor.execute(statement("actions/insert_person"), {"name": name})
