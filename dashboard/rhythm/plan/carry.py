"""From one plan to the next: what goes on, and where it comes from."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from dashboard.format import average
from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action, ActionEvent, EventKind
from dashboard.rhythm.actions import write_new
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.model import Plan, PlanStatus, Priority, in_order
from dashboard.rhythm.plan.plans import draft_at
from dashboard.rhythm.plan.standing import stands_at
from dashboard.rhythm.requests import carry_request_at
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Conflict, Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import everything
from pipelines.kpis.definition import Definition
from pipelines.store import Cursor


def carry_over(
    context: Context,
    plan_id: int,
    version: int,
    *,
    priorities: Collection[int],
    actions: Collection[int],
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Plan:
    """Draft the plan after a plan, with what goes on.

    A priority that goes on starts from where its KPI stands now. An action that goes on becomes an
    action of the next plan, with its owner, its date, how far it is and the other date that somebody
    asks for; the former one ends with the plan it belonged to.

    Args:
        version: The one that the person saw.
        priorities: Numbers of priorities of the plan.
        actions: Numbers of open actions under these priorities.
        starts_on: None: the first working day after the plan.
        ends_on: The last day; None: 90 days.

    Raises:
        Refused: There is no such plan, priority or action, an action's priority does not go on,
            the dates make no plan, or there is a draft already.
        AccessRefused: They may prepare their own plan only.
        Conflict: Somebody changed the plan in the meantime.
    """
    starts = starting_points(context, _seen(context, plan_id))

    def write(cursor: Cursor) -> Plan:
        former = plan_store.read_plan(cursor, plan_id, context.actor.scope.sees)
        if former.version != version:
            raise Conflict.between(msg("the next plan"), msg("a changed plan"), former.version)
        going_on = _priorities(former, priorities)
        carried = _actions(cursor, actions, [one.priority_id for one in going_on])
        started = [
            replace(
                one,
                priority_id=0,
                carried_from=one.priority_id,
                from_value=starts.get(one.priority_id, one.from_value),
            )
            for one in going_on
        ]
        wanted = replace(
            former,
            starts_on=starts_on or date.min,
            ends_on=ends_on or date.min,
            status=PlanStatus.DRAFT,
            carried_from=plan_id,
            priorities=tuple(started),
            version=1,
        )
        plan = draft_at(cursor, context, in_order(wanted))
        followers = {one.carried_from: one.priority_id for one in plan.priorities}
        for action in carried:
            _carry(cursor, context, action, followers[action.priority_id])
        return plan

    return context.store.write(write)


def starting_points(context: Context, plan: Plan) -> dict[int, float | None]:
    """Return from where each priority of a plan starts anew, by its number.

    That is where its KPI stands now, in its own unit, also where that is past its aim: then somebody
    has to aim further. Where nobody knows, it is where it started from before.
    """
    known, stands = everything(context), stands_at(context, plan)
    return {one.priority_id: _starts(one, stands, known) for one in plan.standing}


def _seen(context: Context, plan_id: int) -> Plan:
    sees = context.actor.scope.sees
    return context.store.read(lambda cursor: plan_store.read_plan(cursor, plan_id, sees))


def _priorities(plan: Plan, wanted: Collection[int]) -> list[Priority]:
    found = [one for one in plan.standing if one.priority_id in wanted]
    unknown = set(wanted) - {one.priority_id for one in found}
    if unknown:
        raise Refused.of(msg("There is no priority {number}.", number=str(min(unknown))))
    return found


def _actions(cursor: Cursor, wanted: Collection[int], under: Collection[int]) -> list[Action]:
    found = []
    for action_id in sorted(wanted):
        action = action_store.read_one(cursor, action_id)
        if not action.is_open:
            raise Refused.of(msg("“{title}” is not open any more.", title=action.title))
        if action.priority_id not in under:
            raise Refused.of(
                msg("The priority of “{title}” does not go on.", title=action.title),
                hint=msg("Let it go on too, or leave the action with its owner."),
            )
        found.append(action)
    return found


def _starts(
    priority: Priority, stands: Mapping[int, float | None], known: Mapping[str, Definition]
) -> float | None:
    now = stands.get(priority.priority_id)
    definition = known.get(priority.kpi or "")
    if now is None or definition is None:
        return priority.from_value
    return average(now, definition.unit)


def _carry(cursor: Cursor, context: Context, former: Action, priority_id: int) -> None:
    today = context.today()
    new = write_new(
        context,
        cursor,
        replace(
            former,
            created_on=today,
            version=1,
            priority_id=priority_id,
            carried_from=former.action_id,
        ),
    )
    carry_request_at(context, cursor, former, new)
    ended = replace(former, dropped_on=today, version=former.version + 1)
    action_store.update(cursor, ended)
    action_store.record(
        cursor,
        ActionEvent(
            former.action_id,
            ended.version,
            today,
            clock.now(),
            EventKind.CARRIED,
            before=None,
            after=str(new.action_id),
            reason=None,
            author=context.actor.name,
        ),
    )
    action_store.remember(cursor, context.actor, What.ACTION_CARRIED, former, ended)
