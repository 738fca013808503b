"""What to read before a meeting: made anew whenever somebody asks for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.rhythm import action_store
from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.improve.experiment import Experiment
from dashboard.rhythm.improve.experiments import list_experiments
from dashboard.rhythm.meeting.commitments import Commitment
from dashboard.rhythm.meeting.freezing import (
    Around,
    blocker_lines,
    commitment_lines,
    point_lines,
    score_line,
)
from dashboard.rhythm.meeting.looking_back import commitments_at, former_minutes
from dashboard.rhythm.meeting.minutes import (
    BlockerLine,
    CommitmentLine,
    PointLine,
    ScoreLine,
    Standing,
)
from dashboard.rhythm.meeting.model import BlockerStatus, Kind, Purpose, Section
from dashboard.rhythm.meeting.rows import read_meeting
from dashboard.rhythm.meeting.seat import Seat, hidden_kpis, seat_at
from dashboard.rhythm.pact.pacts import Fired, fired
from dashboard.rhythm.review import FileLine, Review
from dashboard.rhythm.words import is_exception, verdict_sentence
from dashboard.text import alphabetical
from pipelines.context import Context
from pipelines.errors import Message
from pipelines.kpis.catalogue import everything
from pipelines.kpis.definition import LocalText
from pipelines.periods import Period
from pipelines.store import Cursor

#: Before the first meeting, one looks back a week.
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Silent:
    """Somebody of whom something is awaited before the meeting.

    Attributes:
        name: None: a number that nobody answers for.
        commitments: What is due by the meeting, open, and not touched since the last one.
        kpis: Those whose number of the week is typed, and missing.
    """

    name: str | None
    commitments: tuple[str, ...]
    kpis: tuple[LocalText, ...]


@dataclass(frozen=True)
class Preread:
    """What somebody who is invited reads before a meeting.

    Attributes:
        week: The newest finished one.
        exceptions: The KPIs of that week to talk about.
        reasons: Why each of them is one, in their order.
        quiet: How many others there are.
        as_of: The day it is made: what is late, is late today.
        late: Commitments that are late by then.
        blockers: Open ones, and those that come back from hold.
        points: Those that stand on the agenda and are not settled.
        pacts: Those that fired.
        trials: Experiments whose effect should show by the day of the meeting.
        files: How fresh the data is.
    """

    meeting_id: int
    kind: Kind
    purpose: Purpose
    company: str
    held_on: date
    chair: str | None
    invited: tuple[str, ...]
    sections: tuple[Section, ...]
    week: Period
    exceptions: tuple[ScoreLine, ...]
    reasons: tuple[Message | LocalText, ...]
    quiet: int
    as_of: date
    late: tuple[CommitmentLine, ...]
    blockers: tuple[BlockerLine, ...]
    points: tuple[PointLine, ...]
    pacts: tuple[Fired, ...]
    trials: tuple[Experiment, ...]
    files: tuple[FileLine, ...]
    silent: tuple[Silent, ...]


def preread(context: Context, meeting_id: int) -> Preread:
    """Return what to read before a meeting, as whoever asks may see it.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """
    review, hidden, known = weekly_review(context), hidden_kpis(context), everything(context)
    around, today = Around(review, known, None), context.today()
    pacts = fired(context, review.period)
    running = [one for one in list_experiments(context) if one.ended_on is None]

    def read(cursor: Cursor) -> Preread:
        seat = seat_at(context, cursor, meeting_id)
        meeting = read_meeting(seat, hidden)
        back, now = (commitments_at(seat, hidden, day) for day in (None, today))
        exceptions = [row for row in review.rows if is_exception(row)]
        return Preread(
            meeting_id,
            meeting.kind,
            meeting.purpose,
            review.company,
            meeting.held_on,
            meeting.chair,
            tuple(one.name for one in meeting.attendees),
            meeting.sections,
            review.period,
            tuple(map(score_line, exceptions)),
            tuple(map(verdict_sentence, exceptions)),
            len(review.rows) - len(exceptions),
            today,
            commitment_lines((one for one in now if one.standing is Standing.LATE), around),
            tuple(
                one
                for one in blocker_lines(meeting, around)
                if one.status is not BlockerStatus.WORKED
            ),
            tuple(
                line
                for line, item in zip(point_lines(meeting, around), meeting.items, strict=True)
                if not item.closed and item.kpi not in hidden
            ),
            pacts,
            tuple(one for one in running if one.shows_from <= meeting.held_on),
            review.files,
            _silent(seat, back, review, {one.name for one in meeting.attendees}),
        )

    return context.store.read(read)


def _silent(
    seat: Seat, back: Iterable[Commitment], review: Review, invited: Collection[str]
) -> tuple[Silent, ...]:
    before = former_minutes(seat.cursor, seat.head, most=1)
    since = before[0].held_on if before else seat.head.held_on - _WEEK
    last: dict[int, date] = {}
    for event in action_store.read_events(seat.cursor):
        last[event.action_id] = max(event.happened_on, last.get(event.action_id, date.min))
    waiting: dict[str | None, list[str]] = {}
    for one in back:
        action = one.action
        touched = last.get(action.action_id, action.created_on)
        if one.standing is Standing.DONE or action.owner not in invited or touched > since:
            continue
        if not _commented(seat.cursor, action.action_id, since):
            waiting.setdefault(action.owner, []).append(action.title)
    untyped: dict[str | None, list[LocalText]] = {}
    for row in review.rows:
        typed = row.latest is not None and row.latest.point.value is not None
        if row.definition.measure is None and not typed:
            untyped.setdefault(row.responsible, []).append(row.definition.name)
    names = sorted({*waiting, *untyped}, key=lambda name: (name is None, alphabetical(name or "")))
    return tuple(
        Silent(name, tuple(waiting.get(name, ())), tuple(untyped.get(name, ()))) for name in names
    )


def _commented(cursor: Cursor, action_id: int, since: date) -> bool:
    comments = action_store.read_comments(cursor, action_id)
    return any(one.written_at.date() > since for one in comments)
