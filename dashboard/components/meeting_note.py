"""A note of a meeting, as its script takes it."""

from typing import Any

from dashboard.rhythm.meeting.model import Meeting


def note_field(meeting: Meeting, subject: str, label: str, hint: str = "") -> dict[str, Any]:
    """Return a text that several people may write in."""
    note = next((one for one in meeting.notes if one.subject == subject), None)
    return {
        "subject": subject,
        "label": label,
        "hint": hint,
        "text": note.text if note else "",
        "version": note.version if note else 0,
        "by": note.author if note else None,
    }
