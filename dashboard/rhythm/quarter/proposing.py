"""The next quarter as it follows from what a review decided. What nobody decided about goes on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dashboard.rhythm.action import Action
from dashboard.rhythm.dates import Worked, next_working_day
from dashboard.rhythm.improve.experiment import Experiment, Outcome
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.rhythm.plan.rules import LONGEST_DAYS, SHORTEST_DAYS, usual_end
from dashboard.rhythm.quarter.aiming import dated, last_aimed
from dashboard.rhythm.quarter.draft import (
    Draft,
    DraftAction,
    DraftExperiment,
    DraftKpi,
    DraftPriority,
    DraftTarget,
    with_actions_counted,
)
from dashboard.rhythm.quarter.model import Decided, QuarterReview, Way
from dashboard.rhythm.quarter.words import why
from pipelines.kpis.choice import Choice
from pipelines.kpis.target import Target
from pipelines.periods import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How the company stands when the next quarter is drafted.

    Attributes:
        plan: The one that ends; None: there is none.
        targets: Every target that was ever set.
        actions: Open ones.
        experiments: Running ones.
        aims_from: First day of targets that change.
        starts: From where each priority of the plan starts anew, by its number.
    """

    chosen: Sequence[Choice]
    targets: Sequence[Target]
    plan: Plan | None
    actions: Sequence[Action]
    experiments: Sequence[Experiment]
    today: date
    aims_from: date
    starts: Mapping[int, float | None] = field(default_factory=dict)

    @property
    def cut_short(self) -> date | None:
        """The last day of the plan, where that lies ahead: adopting the next one ends it today."""
        return self.plan.ends_on if self.plan and self.plan.ends_on > self.today else None


def proposed(review: QuarterReview, standing: Standing, working: Worked) -> Draft:
    """Return the next quarter as it follows from what a review decided.

    What nobody decided about goes on as it is.
    """
    decided = {one.subject: one.decided for one in review.items if one.decided is not None}
    starts_on, ends_on = plan_dates(review.following, standing.plan, standing.today, working)
    kept = [one for one in standing.chosen if _way(decided.get(f"kpi {one.key}")) is not Way.DROP]
    going_on = {one.key for one in kept if _way(decided.get(f"kpi {one.key}")) is Way.KEEP}
    found = Draft(
        quarter=review.following,
        former_plan=standing.plan.plan_id if standing.plan else None,
        cut_short=standing.cut_short,
        chosen=tuple(one.key for one in standing.chosen),
        starts_on=starts_on,
        ends_on=ends_on,
        kpis=tuple(
            DraftKpi(one.key, one.responsible)
            if one.key in going_on
            else DraftKpi(None, one.responsible, instead_of=one.key)
            for one in kept
        ),
        targets=tuple(_targets(standing, [one.key for one in kept if one.key in going_on])),
        priorities=tuple(_priorities(standing, decided)),
        actions=tuple(_action(one, decided) for one in standing.actions),
        experiments=tuple(
            _experiment(one, decided.get(f"experiment {one.experiment_id}"), review)
            for one in standing.experiments
        ),
    )
    return with_actions_counted(dated(found, standing.targets, standing.aims_from))


def up_to_date(draft: Draft, standing: Standing) -> Draft:
    """Return an edited draft with actions, experiments and targets as they are now.

    What was changed elsewhere since it was edited is taken as it is; what is done is left out, and
    what is new goes on.
    """
    edited = {one.action_id: one for one in draft.actions}
    tried = {one.experiment_id: one for one in draft.experiments}
    actions = []
    for action in standing.actions:
        before = edited.get(action.action_id)
        now = _action(action, {})
        if before is None:
            actions.append(now)
        elif before.version == action.version:
            actions.append(replace(before, due_before=action.due_on))
        else:
            actions.append(replace(now, way=before.way, reason=before.reason))
    is_former = standing.plan is not None and standing.plan.plan_id == draft.former_plan
    found = replace(
        draft,
        cut_short=standing.cut_short if is_former else None,
        chosen=tuple(one.key for one in standing.chosen),
        actions=tuple(actions),
        experiments=tuple(
            replace(tried[one.experiment_id], version=one.version)
            if one.experiment_id in tried
            else DraftExperiment(one.experiment_id, one.version, one.title, one.kpi, None, "")
            for one in standing.experiments
        ),
    )
    return with_actions_counted(dated(found, standing.targets, standing.aims_from))


def plan_dates(
    quarter: Period, former: Plan | None, today: date, working: Worked
) -> tuple[date, date]:
    """Return first and last day of the plan of a quarter.

    It begins on the first working day of the quarter, or on the one after the former plan if that
    reaches into it. If the former one is the quarter's own, it is replaced from tomorrow on; from
    then on one begins, too, where too little of the quarter is left for a plan.
    """
    after = quarter.start - _DAY
    is_own = former is not None and former.starts_on >= quarter.start
    if former is not None and not is_own and former.ends_on in quarter:
        after = former.ends_on
    if is_own or (quarter.last_day - today).days < SHORTEST_DAYS:
        after = max(after, today)
    starts_on = next_working_day(after, working)
    days = (quarter.last_day - starts_on).days + 1
    fits = SHORTEST_DAYS <= days <= LONGEST_DAYS
    return starts_on, quarter.last_day if fits else usual_end(starts_on)


def former_plan(plans: Iterable[Plan]) -> Plan | None:
    """Return the plan of the company that the next one follows: the last that is adopted."""
    adopted = [one for one in plans if one.person is None and one.status is PlanStatus.ADOPTED]
    return max(adopted, key=lambda one: (one.starts_on, one.plan_id), default=None)


def _way(decided: Decided | None) -> Way:
    return decided.way if decided else Way.KEEP


def _targets(standing: Standing, keys: Sequence[str]) -> Iterable[DraftTarget]:
    """Yield what the company aims at with the KPIs that go on."""
    for key in keys:
        last = last_aimed(standing.targets, key, standing.aims_from)
        if last is not None:
            yield DraftTarget(key, last.value, last.max_value, last.at_most, last.per)


def _priorities(standing: Standing, decided: dict[str, Decided]) -> Iterable[DraftPriority]:
    for one in standing.plan.standing if standing.plan else ():
        if _way(decided.get(f"kpi {one.kpi}")) is not Way.DROP:
            begins = standing.starts.get(one.priority_id, one.from_value)
            yield DraftPriority(one.title, one.kpi, begins, one.to_value, one.priority_id)


def _action(action: Action, decided: dict[str, Decided]) -> DraftAction:
    found = decided.get(f"action {action.action_id}")
    return DraftAction(
        action.action_id,
        action.version,
        action.title,
        action.owner,
        action.due_on,
        action.priority_id,
        _way(found),
        _why(found),
        action.kpi,
        action.due_on,
    )


def _experiment(one: Experiment, found: Decided | None, review: QuarterReview) -> DraftExperiment:
    outcome = None
    if found is not None:
        item = review.item(f"experiment {one.experiment_id}")
        judged = item is not None and item.work is not None and item.work.effect is not None
        outcome = {
            Way.DROP: Outcome.STOP,
            Way.CHANGE: Outcome.CHANGE,
            # what nobody can judge yet is kept as what it is: an experiment
            Way.KEEP: Outcome.GENERALISE if judged else None,
        }[found.way]
    return DraftExperiment(
        one.experiment_id, one.version, one.title, one.kpi, outcome, _why(found) if outcome else ""
    )


def _why(found: Decided | None) -> str:
    """Return why something was decided, and what changes; "" where nobody decided about it."""
    return why(found.reason, found.change) if found else ""
