"""From a meeting that ends to its minutes: everything is written out as it was seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean

from dashboard.rhythm.action import Action
from dashboard.rhythm.meeting.commitments import Commitment, Task, tasks_of
from dashboard.rhythm.meeting.hygiene import Hygiene, SectionTime
from dashboard.rhythm.meeting.looking_back import commitments_at, everybodys_actions, kept_at
from dashboard.rhythm.meeting.minutes import (
    AttendeeLine,
    BlockerLine,
    CommitmentLine,
    DecisionLine,
    Minutes,
    PointLine,
    PointState,
    RatingLine,
    ScoreLine,
    SectionNote,
    TaskLine,
    WinLine,
    telling,
)
from dashboard.rhythm.meeting.model import EventKind, Item, Kind, Meeting, Topic
from dashboard.rhythm.meeting.rows import read_meeting
from dashboard.rhythm.meeting.seat import Seat
from dashboard.rhythm.meeting.timing import timing_of
from dashboard.rhythm.period_words import in_full
from dashboard.rhythm.review import Review, Row
from dashboard.rhythm.series import reviewed
from pipelines.kpis.catalogue import shows_margins
from pipelines.kpis.definition import Definition, LocalText


@dataclass(frozen=True)
class Kpis:
    """What the KPIs that a meeting speaks of are called.

    Attributes:
        definitions: Every KPI by key.
    """

    definitions: Mapping[str, Definition]

    def name(self, key: str | None) -> LocalText | None:
        """Return what a KPI is called; its key if nobody knows it any more."""
        if key is None:
            return None
        found = self.definitions.get(key)
        return found.name if found else LocalText(key, key)

    def hides(self, key: str | None) -> bool:
        """Tell whether a KPI shows costs or margins."""
        found = self.definitions.get(key) if key else None
        return found is not None and shows_margins(found)


@dataclass(frozen=True)
class Around(Kpis):
    """What the minutes of a meeting take from outside of it.

    Attributes:
        review: Of the last finished week, with everything in it.
        next_on: The day of the next meeting.
    """

    review: Review
    next_on: date | None


def freeze(seat: Seat, around: Around) -> Minutes:
    """Return the minutes of a meeting whose clock has just been stopped."""
    meeting = _with_own_blockers(read_meeting(seat, ()))
    actions = everybodys_actions(seat)
    closed_at = meeting.events[-1].at
    timing = timing_of(meeting.events, meeting.sections, closed_at)
    started = [one.at for one in meeting.events if one.kind is EventKind.STARTED]
    decided = {one.action_id for one in meeting.decisions}
    tasks = tasks_of(actions, meeting.actions)
    return Minutes(
        meeting.meeting_id,
        meeting.kind,
        meeting.purpose,
        around.review.company,
        meeting.held_on,
        meeting.chair,
        started[0] if started else None,
        closed_at,
        timing.total,
        tuple(AttendeeLine(one.name, one.present) for one in meeting.attendees),
        tuple(
            SectionTime(
                one.position, one.topic, one.title, one.minutes, timing.seconds.get(one.position, 0)
            )
            for one in meeting.sections
        ),
        _section_notes(meeting),
        point_lines(meeting, around),
        around.review.period,
        tuple(score_line(row) for row in around.review.rows),
        commitment_lines(commitments_at(seat), around),
        tuple(WinLine(one.text, one.person, one.practice_id is not None) for one in meeting.wins),
        blocker_lines(meeting, around),
        _decisions(meeting),
        tuple(_task(one) for one in tasks if one.new and one.action.action_id not in decided),
        tuple(map(_task, tasks)),
        _rating(seat),
        Hygiene(
            sum(one.worked_in == meeting.meeting_id for one in meeting.blockers),
            len(meeting.decisions),
            len(meeting.actions),
        ),
        around.next_on,
        kept_at(seat),
        reviewed=_reviewed(seat),
    )


def _reviewed(seat: Seat) -> LocalText | None:
    if seat.head.kind is Kind.WEEKLY:
        return None
    calendar = seat.context.calendar
    return in_full(reviewed(seat.head.kind, seat.head.held_on, calendar), calendar)


def _with_own_blockers(meeting: Meeting) -> Meeting:
    """Return a meeting without the blockers that another one works on, if it works on none."""
    if any(section.topic is Topic.BLOCKERS for section in meeting.sections):
        return meeting
    number = meeting.meeting_id
    own = (
        one for one in meeting.blockers if number in {one.raised_in, one.parked_in, one.worked_in}
    )
    return replace(meeting, blockers=tuple(own))


def _section_notes(meeting: Meeting) -> tuple[SectionNote, ...]:
    return tuple(
        SectionNote(one.position, text)
        for one in meeting.sections
        if (text := _written(meeting, f"section {one.position}"))
    )


def point_lines(meeting: Meeting, around: Kpis) -> tuple[PointLine, ...]:
    """Return the points on the agenda."""
    return tuple(
        PointLine(
            one.item_id,
            one.section,
            one.title,
            one.raised_by,
            one.reason,
            _written(meeting, f"item {one.item_id}"),
            carried=not one.closed and one.raised_by is not None,
            # what the product says about such a KPI tells how it stands
            confidential=one.raised_by is None and one.action_id is None and around.hides(one.kpi),
            became=_became(one, meeting),
        )
        for one in meeting.items
    )


def _became(item: Item, meeting: Meeting) -> PointState:
    if any(one.item_id == item.item_id for one in meeting.blockers):
        return PointState.BLOCKER
    if item.closed:
        return PointState.SETTLED
    return PointState.UNTOUCHED if item.raised_by is None else PointState.CARRIED


def score_line(row: Row) -> ScoreLine:
    """Return a KPI as a review shows it."""
    judged = row.latest
    point = judged.point if judged else None
    aim = judged.aim if judged else None
    return ScoreLine(
        key=row.definition.key,
        name=row.definition.name,
        value=point.value if point else None,
        numerator=point.numerator if point else None,
        denominator=point.denominator if point else None,
        target=aim.value if aim else None,
        max_target=aim.max_value if aim else None,
        at_most=aim.at_most if aim else False,
        gap=judged.gap if judged else None,
        on_target=judged.on_target if judged else None,
        verdict=judged.verdict if judged else None,
        signal=judged.signal if judged else None,
        favourable=judged.favourable if judged else None,
        weeks_off=judged.off_target_run if judged else 0,
        unit=row.definition.unit,
        currency=row.currency,
        responsible=row.responsible,
        confidential=shows_margins(row.definition),
    )


def commitment_lines(found: Iterable[Commitment], around: Kpis) -> tuple[CommitmentLine, ...]:
    """Return the actions that a meeting looks back on."""
    return tuple(
        CommitmentLine(
            one.action.action_id,
            one.action.title,
            one.action.owner,
            one.action.due_on,
            one.action.done_on,
            one.standing,
            around.name(one.action.kpi),
            around.hides(one.action.kpi),
        )
        for one in found
    )


def blocker_lines(meeting: Meeting, around: Kpis) -> tuple[BlockerLine, ...]:
    """Return the blockers that a meeting has before it."""
    return tuple(
        BlockerLine(
            one.blocker_id,
            one.title,
            around.name(one.kpi),
            one.raised_by,
            one.raised_on,
            one.status,
            one.votes,
            one.rank,
            one.facts,
            one.tried,
            one.problem,
            one.ideas,
            tuple(
                decision.decision_id
                for decision in meeting.decisions
                if decision.blocker_id == one.blocker_id
            ),
            one.parked_until,
            one.forum,
            around.hides(one.kpi),
        )
        for one in meeting.blockers
    )


def _decisions(meeting: Meeting) -> tuple[DecisionLine, ...]:
    return tuple(
        DecisionLine(
            one.decision_id, one.blocker_id, one.text, one.owner, one.due_on, one.action_id
        )
        for one in meeting.decisions
    )


def _task(task: Task) -> TaskLine:
    action: Action = task.action
    return TaskLine(action.action_id, action.title, action.owner, action.due_on, task.new)


def _rating(seat: Seat) -> RatingLine:
    scores: Sequence[int] = [
        score for _, score, _ in seat.rows("ratings", meeting_id=seat.meeting_id)
    ]
    return RatingLine(len(scores), telling(len(scores), fmean(scores) if scores else None))


def _written(meeting: Meeting, subject: str) -> str:
    return next((note.text for note in meeting.notes if note.subject == subject), "")
