"""What to read before a weekly meeting: what is off, what fired, what is still awaited."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.rhythm import action_store
from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.improve.experiments import list_experiments
from dashboard.rhythm.meeting.freezing import score_line
from dashboard.rhythm.meeting.looking_back import commitments_at, former_minutes
from dashboard.rhythm.meeting.minutes import CommitmentLine, Standing
from dashboard.rhythm.meeting.model import Meeting
from dashboard.rhythm.meeting.seat import hidden_kpis, seat_at
from dashboard.rhythm.pact.pacts import fired
from dashboard.rhythm.preread.asking import asked_of
from dashboard.rhythm.preread.model import Week
from dashboard.rhythm.review import Review
from dashboard.rhythm.words import is_exception, verdict_sentence
from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.people.register import gone
from pipelines.store import Cursor

#: Before the first meeting, one looks back a week.
_WEEK = timedelta(weeks=1)


def evidence(context: Context, _held_on: date) -> "WeekEvidence":
    """Return the newest finished week."""
    return WeekEvidence(weekly_review(context))


@dataclass(frozen=True)
class WeekEvidence:
    """A week, for a meeting that looks at it."""

    review: Review
    kpis: Collection[str] | None = None

    def about(self, context: Context, meeting: Meeting, _late: Sequence[CommitmentLine]) -> Week:
        """Return what the meeting looks at."""
        review = self.review
        exceptions = [row for row in review.rows if is_exception(row)]
        running = [one for one in list_experiments(context) if one.ended_on is None]
        return Week(
            week=review.period,
            exceptions=tuple(map(score_line, exceptions)),
            reasons=tuple(map(verdict_sentence, exceptions)),
            quiet=len(review.rows) - len(exceptions),
            pacts=fired(context, review.period),
            trials=tuple(one for one in running if one.shows_from <= meeting.held_on),
            asked=asked_of(gone(context), news=_silent(context, meeting), numbers=_untyped(review)),
        )


def _silent(context: Context, meeting: Meeting) -> Sequence[tuple[str, str]]:
    """Return what is due by the meeting, open, and not touched since the last one."""
    hidden, invited = hidden_kpis(context), {one.name for one in meeting.attendees}

    def read(cursor: Cursor) -> Sequence[tuple[str, str]]:
        seat = seat_at(context, cursor, meeting.meeting_id)
        before = former_minutes(cursor, seat.head, most=1)
        since = before[0].held_on if before else meeting.held_on - _WEEK
        last: dict[int, date] = {}
        for event in action_store.read_events(cursor):
            last[event.action_id] = max(event.happened_on, last.get(event.action_id, date.min))
        open_ones = (
            one.action
            for one in commitments_at(seat, hidden)
            if one.standing is not Standing.DONE and one.action.owner in invited
        )
        return [
            (action.owner, action.title)
            for action in open_ones
            if last.get(action.action_id, action.created_on) <= since
            and not _commented(cursor, action.action_id, since)
        ]

    return context.store.read(read)


def _commented(cursor: Cursor, action_id: int, since: date) -> bool:
    comments = action_store.read_comments(cursor, action_id)
    return any(one.written_at.date() > since for one in comments)


def _untyped(review: Review) -> Iterator[tuple[str | None, Message]]:
    for row in review.rows:
        typed = row.latest is not None and row.latest.point.value is not None
        if row.definition.measure is None and not typed:
            name = row.definition.name
            yield row.responsible, msg("{kpi}: no number typed for the week", kpi=name)
