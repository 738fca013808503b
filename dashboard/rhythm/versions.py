"""What two people who changed the same thing are told."""

from pipelines.errors import Conflict, Message
from pipelines.sql import statement
from pipelines.store import Cursor


def conflict(
    cursor: Cursor, subject: str, *, mine: Message, theirs: Message, version: int
) -> Conflict:
    """Return the conflict of a thing that the journal knows by a subject, such as ``pact 3``."""
    found = cursor.execute(statement("journal/last_change"), {"subject": subject}).fetchall()
    ((by, at),) = found or [(None, None)]
    return Conflict.between(mine, theirs, version, by=by, at=at)
