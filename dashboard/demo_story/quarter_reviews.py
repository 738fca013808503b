"""How the quarterly reviews are held, and how the next quarter comes out of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from functools import partial

from dashboard.demo_story.meetings import due_on, give_out, tick_off
from dashboard.demo_story.quarter_script import (
    FIRST_QUARTER,
    LEARNED,
    SECOND_QUARTER,
)
from dashboard.demo_story.review_script import ToldQuarter
from dashboard.demo_story.sitting import AtHand, Sitting
from dashboard.demo_story.stage import Days, Scene, Stage
from dashboard.demo_story.trials import ends_in_review, reminders
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.seat import head_at
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.quarter import adopting, drafting
from dashboard.rhythm.quarter.aiming import last_aimed
from dashboard.rhythm.quarter.draft import (
    Draft,
    DraftAction,
    DraftKpi,
    DraftPriority,
    DraftTarget,
)
from dashboard.rhythm.quarter.freezing import evidence
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.proposing import former_plan
from dashboard.rhythm.quarter.verdicts import decide_on
from pipelines.kpis.targets import aimed_at
from pipelines.sample import OWNER

_BEGINS = time(13, 38, 30)
_TICKED_OFF = time(15, 20)
_A_TENTH_MORE = 1.1
_KPIS, _WORK, _RITUALS, _NEXT = 2, 3, 4, 5
#: What late actions get that go on.
_MORE_TIME = timedelta(weeks=2)
_PASSES = {"kpi": _KPIS, "ritual": _RITUALS}


def quarter_review_scenes(days: Days) -> Iterator[Scene]:
    """Return the quarterly reviews."""
    for day, told in zip(days.quarter_reviews, (FIRST_QUARTER, SECOND_QUARTER), strict=True):
        one = _Held(told)
        yield Scene(day, _BEGINS, one.play)
        for promise in told.promises:
            done = due_on(days, day, promise)
            if done <= days.today:
                yield Scene(done, _TICKED_OFF, partial(tick_off, promise=promise))


@dataclass
class _Held:
    """A quarterly review while it is held."""

    told: ToldQuarter
    version: int = 0
    at_hand: AtHand = field(default_factory=AtHand)

    def play(self, stage: Stage) -> None:
        """Hold it."""
        sitting = Sitting(
            Kind.QUARTERLY,
            OWNER,
            _BEGINS,
            self.told.lengths,
            self.told.ratings,
            self.told.absent,
            self.told.notes,
        )
        sitting.hold(stage, partial(self._talk, stage), self.at_hand)

    def _adopt(self, stage: Stage, number: int) -> None:
        """Let the next quarter hold."""
        adopting.adopt(stage.by(OWNER), number, self.version)
        plan = former_plan(stage.context.store.read(plan_store.read_plans))
        if plan is None:
            raise RuntimeError("adopting a quarter adopts its plan")
        stage.priorities = {one.kpi: one.priority_id for one in plan.standing if one.kpi}
        for action in list_actions(stage.context):
            if action.is_open:  # carried over, or with another day
                stage.remember(action)

    def _talk(self, stage: Stage, number: int, section: int) -> None:
        boss = stage.by(OWNER)
        for verdict in self.told.verdicts:
            if _PASSES[verdict.subject.partition(" ")[0]] == section:
                decide_on(
                    boss,
                    number,
                    verdict.subject,
                    0,
                    way=verdict.way,
                    reason=verdict.reason,
                    change=verdict.change,
                )
        match section:
            case 2:
                for promise in self.told.promises:
                    give_out(stage, number, promise)
            case 3:
                self._look_at_work(stage, number)
            case 5:
                self._draft(stage, number)
                self._adopt(stage, number)
                # what it closes with knows what became of the experiment and of the actions
                self.at_hand.evidence = None
            case _:
                pass

    def _look_at_work(self, stage: Stage, number: int) -> None:
        boss = stage.by(OWNER)
        trial = reminders(stage)
        if trial is not None:
            decide_on(
                boss,
                number,
                f"experiment {trial.experiment_id}",
                0,
                way=Way.KEEP,
                reason=self.told.tried,
            )
        for title, way, reason in self.told.actions:
            subject = f"action {stage.actions[title].action_id}"
            decide_on(boss, number, subject, 0, way=way, reason=reason)

    def _draft(self, stage: Stage, number: int) -> None:
        """Draft the next quarter from what was decided, and say what it is to bring."""
        boss = stage.by(OWNER)
        head = boss.store.read(lambda cursor: head_at(cursor, number))
        self.at_hand.evidence = evidence(boss, head)
        proposed = drafting.whole_draft(boss, number, self.at_hand.evidence)
        wanted = self._edited(stage, proposed.draft)
        self.version = drafting.change_draft(boss, number, proposed.version, wanted).version

    def _edited(self, stage: Stage, draft: Draft) -> Draft:
        instead = {old: (new, who) for old, new, who in self.told.instead}
        kpis = []
        for one in draft.kpis:
            key, who = instead.get(one.instead_of or "", (one.key or one.instead_of, None))
            kpis.append(DraftKpi(key, who or one.responsible, one.instead_of))
        keys = {one.key for one in draft.targets}
        targets = [
            *draft.targets,
            *(
                target
                for one in kpis
                if one.key and one.key not in keys
                for target in _aimed(stage, draft, one.key)
            ),
        ]
        return replace(
            draft,
            kpis=tuple(kpis),
            targets=tuple(targets),
            priorities=self._priorities(draft),
            actions=tuple(_in_time(stage, one) for one in draft.actions),
            experiments=tuple(
                replace(one, outcome=Outcome.GENERALISE, conclusion=LEARNED)
                if ends_in_review(stage.days, stage.day)
                else replace(one, outcome=None, conclusion="")
                for one in draft.experiments
            ),
        )

    def _priorities(self, draft: Draft) -> tuple[DraftPriority, ...]:
        former = {one.kpi: one for one in draft.priorities}
        found = []
        for one in self.told.priorities:
            going_on = former.get(one.kpi)
            begins = (going_on or one).from_value
            # on some days of telling, the KPI has come so far already that they aim further
            further = max(one.to_value or 0, round((begins or 0) * _A_TENTH_MORE))
            found.append(
                DraftPriority(
                    one.title,
                    one.kpi,
                    begins,
                    further if going_on else one.to_value,
                    going_on.carried_from if going_on else None,
                )
            )
        return tuple(found)


def _in_time(stage: Stage, action: DraftAction) -> DraftAction:
    """Return an action that goes on with a day that lies ahead."""
    if action.way is Way.DROP or action.due_on >= stage.day:
        return action
    return replace(action, due_on=stage.days.worked(stage.day + _MORE_TIME))


def _aimed(stage: Stage, draft: Draft, key: str) -> Iterator[DraftTarget]:
    """Yield what is aimed at already for a KPI that is chosen anew."""
    begins = draft.aims_from or draft.quarter.start
    now = last_aimed(aimed_at(stage.context, key), key, begins)
    if now is not None:
        yield DraftTarget(key, now.value, now.max_value, now.at_most, now.per)
