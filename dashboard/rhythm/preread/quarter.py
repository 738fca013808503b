"""What to read before a quarterly review: the evidence of its passes, and the next quarter."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.rhythm.meeting.minutes import CommitmentLine
from dashboard.rhythm.meeting.model import Kind, Meeting
from dashboard.rhythm.meeting.reading import former_meetings
from dashboard.rhythm.preread.asking import asked_of
from dashboard.rhythm.preread.model import Quarter
from dashboard.rhythm.quarter.drafting import whole_draft
from dashboard.rhythm.quarter.freezing import with_verdicts
from dashboard.rhythm.quarter.model import QuarterReview, Way
from dashboard.rhythm.quarter.reading import whole_review
from dashboard.rhythm.quarter.record import QuarterRecord, as_seen
from dashboard.rhythm.quarter.recording import record_of, with_following
from dashboard.rhythm.series import reviewed
from pipelines.context import Context
from pipelines.kpis.definition import LocalText
from pipelines.people.register import gone


def evidence(context: Context, held_on: date) -> "QuarterEvidence":
    """Return the quarter that a review of a day looks at, with everything in it."""
    quarter = reviewed(Kind.QUARTERLY, held_on, context.calendar)
    return QuarterEvidence(record_of(context, whole_review(context, quarter)))


@dataclass(frozen=True)
class QuarterEvidence:
    """A quarter with everything in it, for a review that looks at it."""

    record: QuarterRecord

    @property
    def kpis(self) -> Collection[str] | None:
        """Those it looks at."""
        return {one.kpi.key for one in self.record.review.kpis if one.kpi is not None}

    def about(self, context: Context, meeting: Meeting, _late: Sequence[CommitmentLine]) -> Quarter:
        """Return what the meeting looks at, as whoever asks may see it."""
        number = meeting.meeting_id
        review = with_verdicts(context, number, self.record.review)
        drafted = whole_draft(context, number, self.record.review)
        whole = with_following(context, replace(self.record, review=review), drafted)
        record = as_seen(whole, context.actor.scope, together=True)
        former = former_meetings(context, number, most=1)
        return Quarter(
            record,
            tuple(one for one in (former[0].verdicts if former else ()) if one.way is not Way.KEEP),
            asked_of(gone(context), verdicts=_undecided(record.review, context)),
        )


def _undecided(review: QuarterReview, context: Context) -> Iterator[tuple[str | None, LocalText]]:
    """Yield whose proposal is awaited about what; nobody's and hidden ones are told apart."""
    for item in (*review.kpis, *review.work):
        if item.is_waiting and (item.owner is not None or context.actor.scope.people is None):
            yield item.owner, item.name
