"""The closed meetings, to choose one to read."""

from dataclasses import dataclass, replace

from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting.keeping import kept_of
from dashboard.rhythm.meeting.minutes import as_seen, from_json
from dashboard.rhythm.meeting.model import Status
from dashboard.rhythm.meeting.reading import MeetingLine, meetings
from dashboard.rhythm.meeting.seat import rows
from pipelines.context import Context
from pipelines.kpis.definition import LocalText


@dataclass(frozen=True)
class Closed:
    """A closed meeting in a list.

    Attributes:
        kept: Which share of the commitments it found kept.
        reviewed: What the month or quarter is called that it looked back on; see ``Minutes``.
    """

    line: MeetingLine
    kept: Kept
    reviewed: LocalText | None


def closed_meetings(context: Context) -> tuple[Closed, ...]:
    """Return the closed meetings, newest first; for some, only those they are invited to.

    They count the decisions that whoever asks reads in their minutes.
    """
    lines = [one for one in meetings(context) if one.status is Status.CLOSED]
    contents = dict(context.store.read(lambda cursor: rows(cursor, "all_minutes")))
    found = (
        (one, as_seen(from_json(contents[one.meeting_id]), context.actor.scope))
        for one in lines
        if one.meeting_id in contents
    )
    return tuple(
        Closed(replace(line, decisions=minutes.decided), kept_of(minutes), minutes.reviewed)
        for line, minutes in found
    )
