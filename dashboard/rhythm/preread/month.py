"""What to read before a gap review: the gaps, and what became of what the last one decided."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm import action_store
from dashboard.rhythm.gap_review.building import coming_review, with_meeting
from dashboard.rhythm.gap_review.decision import GapLine
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.minutes import CommitmentLine
from dashboard.rhythm.meeting.model import Kind, Meeting
from dashboard.rhythm.meeting.reading import former_meetings
from dashboard.rhythm.preread.asking import asked_of
from dashboard.rhythm.preread.model import Month, Outcome
from dashboard.rhythm.quarter.work_evidence import state_on
from dashboard.rhythm.quarter.work_words import action_state
from dashboard.rhythm.series import reviewed
from pipelines.context import Context
from pipelines.errors import Message, msg, msg_plural
from pipelines.gaps.model import Gap
from pipelines.kpis.definition import LocalText
from pipelines.kpis.typed import parts_of, series
from pipelines.people.register import gone
from pipelines.periods import Grain, Period


def evidence(context: Context, held_on: date) -> "MonthEvidence":
    """Return the month that a gap review of a day will look at, as it stands today."""
    awaited = reviewed(Kind.MONTHLY, held_on, context.calendar)
    return MonthEvidence(awaited, coming_review(context, held_on))


@dataclass(frozen=True)
class MonthEvidence:
    """A month, for a gap review that looks at it; see ``model.Month``."""

    awaited: Period
    review: GapReview

    @property
    def kpis(self) -> Collection[str] | None:
        """Those it looks at."""
        return {one.definition.key for one in self.review.gaps}

    def about(self, context: Context, meeting: Meeting, late: Sequence[CommitmentLine]) -> Month:
        """Return what the meeting looks at."""
        review = with_meeting(context, meeting.meeting_id, self.review)
        former = former_meetings(context, meeting.meeting_id, most=1)
        decided = [
            one
            for one in (former[0].gaps if former else ())
            if one.response or one.earlier or one.cause
        ]
        return Month(
            self.awaited,
            review,
            tuple(_outcomes(context, decided, review)),
            asked_of(
                gone(context),
                news=[(one.owner, one.title) for one in late],
                numbers=_untyped(review, context),
                causes=_unexplained(review, context),
            ),
        )


def _outcomes(context: Context, decided: Sequence[GapLine], review: GapReview) -> Iterator[Outcome]:
    actions = {one.action_id: one for one in context.store.read(action_store.read_all)}
    carried = {one.carried_from for one in actions.values()}
    for line in decided:
        given = line.as_it_holds.action
        action = actions.get(given.action_id) if given else None
        said: Message | None = None
        if action is not None:
            state = state_on(action, context.today())
            said = action_state(action, state, goes_on=action.action_id in carried)
        yield Outcome(line, said, review.gap(line.key))


def _unexplained(review: GapReview, context: Context) -> Iterator[tuple[str | None, LocalText]]:
    for gap in review.missed:
        if _is_told(gap, context) and not review.cause(gap.definition.key):
            yield gap.responsible, gap.definition.name


def _untyped(review: GapReview, context: Context) -> Iterator[tuple[str | None, Message]]:
    if review.month.is_partial(context.today()):
        return  # it is not over: its number is not missing yet
    for gap in review.gaps:
        typed = gap.month is not None and gap.month.actual is not None
        if gap.definition.measure is None and not typed and _is_told(gap, context):
            missing = _missing(gap, review.month, context)
            if missing is not None:
                yield gap.responsible, missing


def _missing(gap: Gap, month: Period, context: Context) -> Message | None:
    """Return what is to be typed for a month to have a number; None: typing more would not help."""
    kpi = gap.definition
    (weekly,) = series(context, kpi, Grain.WEEK, by=None, as_of=month.last_day)
    typed = {one.period for one in weekly.points if one.value is not None}
    weeks = () if weekly.unavailable else parts_of(context.calendar, month, Grain.WEEK)
    if missing := [week for week in weeks if week not in typed]:
        return msg_plural(
            "{kpi}: no number typed for {count} week of the month",
            "{kpi}: no number typed for {count} weeks of the month",
            len(missing),
            kpi=kpi.name,
        )
    if weeks and gap.month is None:
        return None  # no rule makes a month of them, which is said where its number would stand
    return msg("{kpi}: no number typed for the month", kpi=kpi.name)


def _is_told(gap: Gap, context: Context) -> bool:
    """Tell whether whoever reads knows who answers for a KPI, be it nobody."""
    return gap.responsible is not None or context.actor.scope.people is None
