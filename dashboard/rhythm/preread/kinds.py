"""What to read before a meeting of any kind: made anew whenever somebody asks for it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from dashboard.rhythm.build import files_of
from dashboard.rhythm.meeting.freezing import (
    Kpis,
    blocker_lines,
    commitment_lines,
    point_lines,
)
from dashboard.rhythm.meeting.looking_back import commitments_at
from dashboard.rhythm.meeting.minutes import CommitmentLine, Standing
from dashboard.rhythm.meeting.model import Blocker, BlockerStatus, Kind, Meeting
from dashboard.rhythm.meeting.rows import read_meeting
from dashboard.rhythm.meeting.seat import hidden_kpis, seat_at
from dashboard.rhythm.preread import month, quarter, week
from dashboard.rhythm.preread.model import Month, Preread, Quarter, Week
from pipelines.context import Context
from pipelines.kpis.catalogue import everything
from pipelines.store import Cursor


class Evidence(Protocol):
    """What a meeting of a kind looks at, whichever meeting it is."""

    @property
    def kpis(self) -> Collection[str] | None:
        """Those whose blockers are talked about in it; None: all blockers are."""

    def about(
        self, context: Context, meeting: Meeting, late: Sequence[CommitmentLine], /
    ) -> Week | Month | Quarter:
        """Return what a meeting looks at, as whoever asks may see it."""


#: The three rhythms.
_KINDS: Mapping[Kind, Callable[[Context, date], Evidence]] = {
    Kind.WEEKLY: week.evidence,
    Kind.MONTHLY: month.evidence,
    Kind.QUARTERLY: quarter.evidence,
}


def evidence(context: Context, kind: Kind, held_on: date) -> Evidence:
    """Return what a meeting of a kind looks at on a day; some of it is not for everybody."""
    return _KINDS[kind](context, held_on)


def preread(
    context: Context,
    meeting_id: int,
    at_hand: Callable[[Kind, date], Evidence] | None = None,
) -> Preread:
    """Return what to read before a meeting, as whoever asks may see it.

    Args:
        at_hand: Returns what ``evidence`` does, where somebody keeps it; None: it is read.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """
    hidden, known, today = hidden_kpis(context), Kpis(everything(context)), context.today()

    def read(cursor: Cursor) -> tuple[Meeting, tuple[CommitmentLine, ...]]:
        seat = seat_at(context, cursor, meeting_id)
        now = commitments_at(seat, hidden, today)
        late = commitment_lines((one for one in now if one.standing is Standing.LATE), known)
        return read_meeting(seat, hidden), late

    meeting, late = context.store.read(read)
    kind, day = meeting.kind, meeting.held_on
    looked_at = at_hand(kind, day) if at_hand else evidence(context, kind, day)
    talked_about = [one for one in meeting.blockers if _is_awaited(one, meeting, looked_at.kpis)]
    return Preread(
        meeting_id,
        kind,
        meeting.purpose,
        context.workspace.settings.company,
        day,
        meeting.chair,
        tuple(one.name for one in meeting.attendees),
        meeting.sections,
        today,
        late,
        blocker_lines(replace(meeting, blockers=tuple(talked_about)), known),
        tuple(
            line
            for line, item in zip(point_lines(meeting, known), meeting.items, strict=True)
            if not item.closed and item.kpi not in hidden
        ),
        files_of(context),
        looked_at.about(context, meeting, late),
    )


def _is_awaited(blocker: Blocker, meeting: Meeting, kpis: Collection[str] | None) -> bool:
    """Tell whether a meeting is to talk about a blocker."""
    if blocker.status is BlockerStatus.WORKED:
        return False
    return kpis is None or blocker.kpi in kpis or blocker.raised_in == meeting.meeting_id
