"""Good practices in the store: each function is one step of somebody's transaction."""

from dataclasses import asdict, replace
from typing import Any

from dashboard.rhythm.improve.practice import Practice
from pipelines.actor import Actor
from pipelines.errors import Refused, msg
from pipelines.journal import What, note
from pipelines.people.names import Names, names_at
from pipelines.sql import statement
from pipelines.store import Cursor


def read_all(cursor: Cursor) -> tuple[Practice, ...]:
    """Return every practice, newest first, with people as the product names them."""
    rows = cursor.execute(statement("practices/practices")).fetchall()
    names = names_at(cursor) if rows else Names()
    found = (Practice(*row) for row in rows)
    return tuple(replace(one, person=one.person and names.shown(one.person)) for one in found)


def read_one(cursor: Cursor, practice_id: int) -> Practice:
    """Return one practice.

    Raises:
        Refused: There is none of that number.
    """
    for practice in read_all(cursor):
        if practice.practice_id == practice_id:
            return practice
    raise Refused.of(msg("There is no good practice {number}.", number=str(practice_id)))


def next_id(cursor: Cursor) -> int:
    """Return the number of the next practice."""
    return int(cursor.execute(statement("practices/next_id")).fetchall()[0][0])


def insert(cursor: Cursor, actor: Actor, practice: Practice) -> None:
    """Write a new practice, and that it was added."""
    cursor.execute(statement("practices/insert"), asdict(practice))
    subject = f"practice {practice.practice_id}"
    note(cursor, actor, What.PRACTICE_ADDED, subject, after=state(practice))


def update(cursor: Cursor, practice: Practice) -> None:
    """Write a changed practice."""
    values = asdict(practice)
    del values["origin"], values["added_on"]  # never change
    cursor.execute(statement("practices/update"), values)


def state(practice: Practice) -> dict[str, Any]:
    """Return a practice as the journal keeps it."""
    kept = asdict(practice)
    del kept["practice_id"]
    return kept
