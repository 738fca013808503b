"""Gap reviews as the store keeps them; steps of somebody's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from dashboard.rhythm.gap_review.decision import GapDecision, GivenAction, NewTarget, Response
from dashboard.rhythm.gap_review.model import Cause, Intake
from dashboard.rhythm.meeting.model import Note
from dashboard.rhythm.meeting.seat import Seat
from pipelines import clock
from pipelines.people.names import Names
from pipelines.periods import Grain, Period
from pipelines.sql import statement
from pipelines.store import Cursor

#: The beginning of the subject of a note about a cause.
_GAP = "gap "


class Kept(NamedTuple):
    """A closed gap review before another one, as it is kept."""

    meeting_id: int
    held_on: Any
    closed_at: datetime
    content: str


def rows(cursor: Cursor, name: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Return what a statement of this area finds."""
    return cursor.execute(statement(f"gap_review/{name}"), values).fetchall()


def causes_of(notes: Iterable[Note]) -> tuple[Cause, ...]:
    """Return the causes that are written down among the notes of a meeting."""
    return tuple(
        Cause(note.subject.removeprefix(_GAP), note.text)
        for note in notes
        if note.subject.startswith(_GAP) and note.text
    )


def decisions_at(seat: Seat) -> tuple[GapDecision, ...]:
    """Return what a meeting has decided about gaps, in the order it did."""
    found = rows(seat.cursor, "decisions", meeting_id=seat.meeting_id)
    return tuple(_decision(row, seat.names) for row in found)


def decision_at(seat: Seat, kpi: str) -> GapDecision | None:
    """Return what a meeting has decided about a KPI; None: nothing yet."""
    return next((one for one in decisions_at(seat) if one.kpi == kpi), None)


def known_decision(seat: Seat, kpi: str) -> GapDecision:
    """Return what a meeting has decided about a KPI that it has decided about."""
    return next(one for one in decisions_at(seat) if one.kpi == kpi)


def put_decision(seat: Seat, **values: object) -> None:
    """Write a decision, new or changed; the meeting's revision grows."""
    rows(seat.cursor, "put_decision", meeting_id=seat.meeting_id, **values)
    seat.changed = True


def take_back_action(seat: Seat, action_id: int) -> None:
    """Count an action no longer among those that the meeting gave out."""
    rows(seat.cursor, "take_back_action", meeting_id=seat.meeting_id, action_id=action_id)
    seat.changed = True


def intakes_before(cursor: Cursor, month: Period) -> tuple[Intake, ...]:
    """Return what was taken in since the last gap review of a month or of one before it."""
    found = rows(cursor, "intakes", month=month.start, until=clock.now())
    return tuple(Intake(*row) for row in found)


def _decision(row: Sequence[Any], names: Names) -> GapDecision:
    kpi, response, reason, *rest = row
    action_id, title, owner, due_on, target_id, value, most, at_most, per, start, *said = rest
    by, at, version = said
    return GapDecision(
        kpi,
        Response(response),
        reason,
        None if action_id is None else GivenAction(action_id, title, names.shown(owner), due_on),
        None
        if target_id is None
        else NewTarget(target_id, value, most, at_most, Grain(per) if per else None, start),
        names.shown(by) if by else None,
        at,
        version,
    )
