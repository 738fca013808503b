"""Plans as people read them: the one that holds, as it is or as it was on any past day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action, ActionEvent, EventKind
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.model import Plan, PlanStatus, PlanVersion
from pipelines.context import Context
from pipelines.kpis.catalogue import catalogue
from pipelines.store import Cursor


@dataclass(frozen=True)
class PlanOnDay:
    """A plan as it stood in the evening of a day.

    Attributes:
        actions: Those under its priorities, by date; for some, only their own.
        versions: Up to that day, oldest first.
        carried: Numbers of the actions that go on in another plan.
        moves: What happened to these actions for a reason, such as other dates and giving up, and
            how they were renamed; oldest first.
    """

    plan: Plan
    actions: tuple[Action, ...]
    versions: tuple[PlanVersion, ...]
    carried: frozenset[int] = frozenset()
    moves: tuple[ActionEvent, ...] = ()


def list_plans(context: Context, *, person: str | None = None) -> tuple[Plan, ...]:
    """Return the plans of the company, or of a person, as they are now, the newest first."""
    plans = context.store.read(plan_store.read_plans)
    seen = _seen(context, (one for one in plans if one.person == person))
    return tuple(sorted(seen, key=lambda one: (one.starts_on, one.plan_id), reverse=True))


def planned_people(context: Context) -> tuple[str, ...]:
    """Return those who have a plan of their own, by name; for some, only themselves."""
    plans = _seen(context, context.store.read(plan_store.read_plans))
    return tuple(sorted({one.person for one in plans if one.person}))


def plan_on(
    context: Context, day: date | None = None, *, person: str | None = None
) -> PlanOnDay | None:
    """Return the plan that held on a day, as it stood in the evening of that day.

    That is the adopted plan with this day, else the newest adopted one, else a draft, else the
    newest closed one; None if there was none.

    Args:
        day: None: today, as it is now.
        person: Whose; None for the company's.
    """
    versions = _versions(context, day, person)
    newest = {one.plan.plan_id: one for one in versions}
    looked_from = day or context.today()
    plans = sorted((one.plan for one in newest.values()), key=lambda one: _rank(one, looked_from))
    return _on_day(context, plans[0].plan_id, versions, day) if plans else None


def plan_numbered(context: Context, plan_id: int, day: date | None = None) -> PlanOnDay | None:
    """Return one plan as it stood on a day; None if there was none, or it is somebody else's."""
    return _on_day(context, plan_id, _versions(context, day, None, any_person=True), day)


def _on_day(
    context: Context, plan_id: int, versions: Iterable[PlanVersion], day: date | None
) -> PlanOnDay | None:
    of_plan = tuple(one for one in versions if one.plan.plan_id == plan_id)
    if not of_plan:
        return None
    plan = of_plan[-1].plan
    numbers = {one.priority_id for one in plan.priorities}
    known = list_actions(context, day)
    actions = tuple(one for one in known if one.priority_id in numbers)
    return PlanOnDay(
        plan,
        actions,
        of_plan,
        frozenset(one.carried_from for one in known if one.carried_from is not None),
        _moves(context, {one.action_id for one in actions}, day),
    )


def _moves(context: Context, actions: Collection[int], day: date | None) -> tuple[ActionEvent, ...]:
    found = (
        event
        for event in context.store.read(action_store.read_events)
        if event.action_id in actions
        and (event.reason is not None or event.kind is EventKind.RENAMED)
        and (day is None or event.happened_on <= day)
    )
    return tuple(sorted(found, key=lambda event: (event.happened_on, event.happened_at)))


def _versions(
    context: Context, day: date | None, person: str | None, *, any_person: bool = False
) -> tuple[PlanVersion, ...]:
    def read(cursor: Cursor) -> tuple[PlanVersion, ...]:
        return plan_store.read_versions(cursor)

    found = (
        one
        for one in context.store.read(read)
        if (any_person or one.plan.person == person) and (day is None or one.happened_on <= day)
    )
    return tuple(replace(one, plan=plan) for one in found for plan in _seen(context, [one.plan]))


def _seen(context: Context, plans: Iterable[Plan]) -> list[Plan]:
    """Return the plans that whoever asks may see, without the KPIs that they may not."""
    scope = context.actor.scope
    seen = [one for one in plans if one.person is None or scope.sees(one.person)]
    if scope.margins:
        return seen
    known = catalogue(context)
    return [
        replace(
            plan,
            priorities=tuple(
                one if one.kpi in known else replace(one, kpi=None, from_value=None, to_value=None)
                for one in plan.priorities
            ),
        )
        for plan in seen
    ]


def _rank(plan: Plan, day: date) -> tuple[int, int, int]:
    """Return what plans are chosen by, the best first."""
    newest = (-plan.starts_on.toordinal(), -plan.plan_id)
    match plan.status:
        case PlanStatus.ADOPTED:
            return (0 if day in plan else 1, *newest)
        case PlanStatus.DRAFT:
            return (2, *newest)
        case PlanStatus.CLOSED:
            return (3, *newest)
