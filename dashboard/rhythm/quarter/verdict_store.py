"""Verdicts in the store: each function is one step of somebody's transaction."""

from dashboard.rhythm.quarter.model import Decided, Way
from pipelines.people.names import Names
from pipelines.sql import statement
from pipelines.store import Cursor


def read_all(cursor: Cursor, meeting_id: int, names: Names) -> dict[str, Decided]:
    """Return what a review decided so far, by subject, under the names the product shows."""
    rows = cursor.execute(statement("quarter/verdicts"), {"meeting_id": meeting_id}).fetchall()
    return {
        subject: Decided(Way(way), reason, change, who and names.shown(who), at, version)
        for subject, way, reason, change, who, at, version in rows
    }


def put(cursor: Cursor, meeting_id: int, subject: str, decided: Decided) -> None:
    """Write what was decided about one thing."""
    cursor.execute(
        statement("quarter/put_verdict"),
        {
            "meeting_id": meeting_id,
            "subject": subject,
            "verdict": decided.way,
            "reason": decided.reason,
            "change": decided.change,
            "decided_by": decided.decided_by,
            "decided_at": decided.decided_at,
            "version": decided.version,
        },
    )


def delete(cursor: Cursor, meeting_id: int, subject: str) -> None:
    """Take back what was decided about one thing."""
    values = {"meeting_id": meeting_id, "subject": subject}
    cursor.execute(statement("quarter/delete_verdict"), values)


def state(subject: str, decided: Decided) -> dict[str, object]:
    """Return a verdict as the journal keeps it."""
    return {
        "about": subject,
        "way": decided.way,
        "reason": decided.reason,
        "change": decided.change,
        "decided_by": decided.decided_by,
        "version": decided.version,
    }
