"""The priorities of a plan: three at most, each tied to a KPI, in their order.

Gestures as in ``plans``: one transaction and one version each, with a reason once it is adopted.
"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.rhythm.plan.change import Change, change
from dashboard.rhythm.plan.model import ChangeKind, NewPriority, Plan, Priority, in_order
from dashboard.rhythm.plan.rules import fourth_problems, priority_problems, tidy_priority
from pipelines.context import Context
from pipelines.errors import Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue


def set_priority(
    context: Context,
    plan_id: int,
    version: int,
    new: NewPriority,
    *,
    priority_id: int | None = None,
    reason: str = "",
) -> Plan:
    """Add a priority, or say one anew.

    Args:
        version: The one that the person saw; the same for every gesture below.
        priority_id: The one to change; None adds one.
        reason: Mandatory once the plan is adopted; the same for every gesture below.

    Raises:
        Refused: All that is wrong with it at once; the plan has three already; there is no such
            plan or priority; a reason is missing.
        AccessRefused: They may change only the draft of their own plan.
        Conflict: Somebody changed the plan in the meantime.
    """
    wanted = tidy_priority(new)
    problems = priority_problems(wanted, catalogue(context))

    def changed(plan: Plan) -> Plan:
        if priority_id is None:
            _refuse([*fourth_problems(plan), *problems])
            return _with(plan, wanted, len(plan.standing) + 1)
        known = _priority(plan, priority_id)
        _refuse(problems)
        said = replace(
            known,
            title=wanted.title,
            kpi=wanted.kpi,
            from_value=wanted.from_value,
            to_value=wanted.to_value,
        )
        return _replaced(plan, said)

    wish = msg("the priority “{title}”", title=wanted.title)
    return change(context, plan_id, version, Change(ChangeKind.SCOPE, wish, changed, reason))


def take_out(
    context: Context, plan_id: int, version: int, priority_id: int, *, reason: str = ""
) -> Plan:
    """Take a priority out of a plan; its actions stay with their owners."""
    today = context.today()

    def changed(plan: Plan) -> Plan:
        return in_order(_replaced(plan, replace(_priority(plan, priority_id), dropped_on=today)))

    wish = msg("take a priority out")
    return change(context, plan_id, version, Change(ChangeKind.SCOPE, wish, changed, reason))


def reorder(context: Context, plan_id: int, version: int, order: Sequence[int]) -> Plan:
    """Put the priorities into another order. It changes nothing that was agreed on.

    Args:
        order: Their numbers, the first one first.

    Raises:
        Refused: It does not name each priority of the plan once.
    """

    def changed(plan: Plan) -> Plan:
        if sorted(order) != sorted(one.priority_id for one in plan.standing):
            raise Refused.of(msg("The order has to name each priority once."))
        moved = [replace(one, position=order.index(one.priority_id) + 1) for one in plan.standing]
        gone = [one for one in plan.priorities if one.dropped_on is not None]
        return in_order(replace(plan, priorities=(*moved, *gone)))

    wish = msg("another order of the priorities")
    wanted = Change(ChangeKind.SCOPE, wish, changed, asks_why=False)
    return change(context, plan_id, version, wanted)


def _with(plan: Plan, new: NewPriority, position: int) -> Plan:
    added = Priority(0, position, new.title, new.kpi, new.from_value, new.to_value)
    return in_order(replace(plan, priorities=(*plan.priorities, added)))


def _replaced(plan: Plan, priority: Priority) -> Plan:
    same = priority.priority_id
    return replace(
        plan,
        priorities=tuple(priority if one.priority_id == same else one for one in plan.priorities),
    )


def _priority(plan: Plan, priority_id: int) -> Priority:
    for one in plan.standing:
        if one.priority_id == priority_id:
            return one
    raise Refused.of(msg("There is no priority {number}.", number=str(priority_id)))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(*problems)
