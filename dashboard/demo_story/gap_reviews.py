"""How the monthly gap reviews are held: causes, decisions, and a blocker for the weekly meeting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial

from dashboard.demo_story.gap_script import told_gaps
from dashboard.demo_story.quarter import QUARTER
from dashboard.demo_story.review_script import Answer, ToldGaps
from dashboard.demo_story.script import Promise, Worked
from dashboard.demo_story.sitting import AtHand, Sitting
from dashboard.demo_story.stage import MARC_ANDRE, Days, Scene, Stage
from dashboard.rhythm import action_store
from dashboard.rhythm.actions import complete
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.building import gap_review
from dashboard.rhythm.meeting import blockers, noting
from dashboard.rhythm.meeting.model import Kind
from pipelines.gaps.model import Gap
from pipelines.kpis.targets import TargetRequest
from pipelines.periods import Grain

_DAY = timedelta(days=1)
#: After the weekly meeting of the day, if there is one.
_BEGINS = time(10, 2, 10)
_TICKED_OFF = time(15, 40)
#: The position of the gaps on the agenda.
_GAPS = 2
#: The blocker of the weekly meetings that comes out of a gap review.
_HANDED_ON = "marge"


def gap_review_scenes(days: Days) -> Iterator[Scene]:
    """Return the gap reviews, and how what was promised in them was kept."""
    held = days.gap_reviews
    before_second = sum(day < days.quarter_reviews[1] for day in held)
    handed_on_in = max((day for day in held if day < _taken_up(days)[0]), default=None)
    for place, day in enumerate(held):
        told = told_gaps(place, before_second, len(held))
        one = _Held(told, _taken_up(days)[1] if day == handed_on_in else None)
        yield Scene(day, _BEGINS, one.play)
        for answer in told.answers:
            if answer.act is not None and not answer.after_quarter:
                done = _due(days, day, answer)
                if done <= days.today:
                    yield Scene(done, _TICKED_OFF, partial(_tick_off, promise=answer.act))


def _taken_up(days: Days) -> tuple[date, Worked]:
    """Return which blocker a gap review hands on, and the day of the meeting that works it."""
    return next(
        (day, one)
        for day, told in zip(days.meetings, QUARTER, strict=True)
        for one in told.blockers
        if one.key == _HANDED_ON
    )


def _due(days: Days, day: date, answer: Answer) -> date:
    promise = answer.act
    if promise is None:
        raise RuntimeError("only what somebody does has a day")
    since = days.quarter_reviews[1] if answer.after_quarter else day
    return days.worked(since + promise.due * _DAY)


@dataclass
class _Held:
    """A gap review while it is held."""

    told: ToldGaps
    handed_on: Worked | None
    at_hand: AtHand = field(default_factory=AtHand)

    def play(self, stage: Stage) -> None:
        """Hold it."""
        self.at_hand.gaps = gap_review(stage.context.on(stage.day))
        sitting = Sitting(
            Kind.MONTHLY,
            MARC_ANDRE,
            _BEGINS,
            self.told.lengths,
            self.told.ratings,
            self.told.absent,
        )
        sitting.hold(stage, partial(self._talk, stage), self.at_hand)

    def _talk(self, stage: Stage, number: int, section: int) -> None:
        if section != _GAPS or self.at_hand.gaps is None:
            return
        for answer in self.told.answers:
            gap = self.at_hand.gaps.gap(answer.kpi)
            if answer.always or _is_off(gap):
                _answer(stage, number, answer)
        if self.handed_on is not None:
            made = blockers.make_blocker(
                stage.by(self.handed_on.raised_by or MARC_ANDRE),
                number,
                title=self.handed_on.title,
                kpi=self.handed_on.kpi,
            )
            stage.blockers[self.handed_on.key] = made.blocker_id


def _is_off(gap: Gap | None) -> bool:
    return gap is not None and gap.month is not None and gap.month.on_target is False


def _answer(stage: Stage, number: int, answer: Answer) -> None:
    lead, kpi = stage.by(), answer.kpi
    noting.save_note(lead, number, f"gap {kpi}", answer.cause, 0)
    if answer.act is not None:
        due = _due(stage.days, stage.day, answer)
        given = deciding.act(
            lead, number, kpi, 0, answer.act.title, owner=answer.act.owner, due_on=due
        ).action
        if given is None:
            raise RuntimeError("acting gives an action out")
        stage.place(
            stage.context.store.read(lambda cursor: action_store.read_one(cursor, given.action_id))
        )
    elif answer.adjust is not None:
        request = TargetRequest(
            kpi,
            answer.adjust.value,
            stage.context.calendar.period(Grain.MONTH, stage.day).start,
            per=Grain.WEEK,
            reason=answer.adjust.reason,
        )
        deciding.adjust(lead, number, request, 0)
    elif answer.accept:
        deciding.accept(lead, number, kpi, 0, answer.accept)


def _tick_off(stage: Stage, promise: Promise) -> None:
    action = stage.actions.get(promise.title)
    if action is not None and action.is_open:
        stage.remember(complete(stage.by(promise.owner), action.action_id, action.version))
