"""One change of a plan: against the version somebody saw, in one transaction, with its version."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from dashboard.rhythm.action import MAX_REASON, one_line, too_long
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.model import ChangeKind, Plan, PlanStatus, PlanVersion
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Message, Problem, Refused, msg, msg_plural
from pipelines.journal import What, note
from pipelines.store import Cursor


@dataclass(frozen=True)
class Change:
    """A change somebody asks for.

    Attributes:
        wish: In words, to show it beside what somebody else did.
        changed: The plan afterwards, new priorities numbered 0; an equal one if there is nothing
            to do. Raises ``Refused`` with all that is wrong.
        reason: Mandatory for scope, dates and terms once the plan is adopted.
        asks_why: Whether that is so for this change.
    """

    kind: ChangeKind
    wish: Message
    changed: Callable[[Plan], Plan]
    reason: str = ""
    asks_why: bool = True


def change(context: Context, plan_id: int, version: int, wanted: Change) -> Plan:
    """Do what somebody asks for, and keep the whole plan as it is since.

    Args:
        version: The version of the plan that the person saw.

    Returns:
        The plan as it is now. A change that is there already changes nothing.

    Raises:
        Refused: There is no such plan for whoever asks, it is closed, a reason is missing, or
            what the change itself says.
        AccessRefused: They may change only the draft of their own plan.
        Conflict: Somebody changed it in the meantime.
    """
    return context.store.write(lambda cursor: change_at(cursor, context, plan_id, version, wanted))


def change_at(cursor: Cursor, context: Context, plan_id: int, version: int, wanted: Change) -> Plan:
    """Do the same within a larger transaction."""
    before = plan_store.read_plan(cursor, plan_id, context.actor.scope.sees)
    check_editable(context, before)
    after = wanted.changed(before)
    if after == before:
        return before
    if before.version != version:
        raise _conflict(cursor, before, wanted)
    reason = one_line(wanted.reason)
    _check_reason(before, wanted, reason)
    after = plan_store.with_numbers(cursor, replace(after, version=version + 1))
    plan_store.update(cursor, after, before)
    keep(cursor, context, after, wanted.kind, reason=reason or None, before=before)
    return after


def keep(
    cursor: Cursor,
    context: Context,
    after: Plan,
    kind: ChangeKind,
    *,
    reason: str | None = None,
    before: Plan | None = None,
) -> None:
    """Keep a plan as it is after a change, and note it in the journal."""
    plan_store.record(
        cursor,
        PlanVersion(
            after, after.version, context.today(), clock.now(), context.actor.name, kind, reason
        ),
    )
    note(
        cursor,
        context.actor,
        What(f"plan.{kind}"),
        f"plan {after.plan_id}",
        before=_state(before) if before else None,
        after=_state(after) | ({"reason": reason} if reason else {}),
    )


def check_editable(context: Context, plan: Plan) -> None:
    """Let somebody change a plan.

    Raises:
        Refused: It is closed.
        AccessRefused: They may change only the draft of their own plan, and this is none.
    """
    if plan.status is PlanStatus.CLOSED:
        raise Refused.of(
            msg("The plan is closed: it stays as it was."),
            hint=msg("What goes on belongs to the next plan."),
        )
    if context.actor.scope.people is None:
        return
    if plan.person is None or plan.status is not PlanStatus.DRAFT:
        raise AccessRefused.of(
            msg("You may prepare your own plan while it is a draft."),
            hint=msg("Ask a manager to change this one."),
        )


def _check_reason(before: Plan, wanted: Change, reason: str) -> None:
    if before.status is PlanStatus.ADOPTED and wanted.asks_why and not reason:
        raise Refused(
            Problem(
                msg("The reason is missing."),
                hint=msg(
                    "An adopted plan changes only for a reason: say it in a few words, "
                    "the plan's history keeps it."
                ),
            )
        )
    if problems := too_long(reason, MAX_REASON):
        raise Refused(*problems)


def _conflict(cursor: Cursor, now: Plan, wanted: Change) -> Conflict:
    last = next(
        one for one in reversed(plan_store.read_versions(cursor)) if one.plan.plan_id == now.plan_id
    )
    state = (
        msg(
            "{priorities}, from {start} to {end}",
            priorities=[f"“{one.title}”" for one in now.standing],
            start=now.starts_on,
            end=now.ends_on,
        )
        if now.standing
        else msg_plural(
            "a plan of {count} day without priorities",
            "a plan of {count} days without priorities",
            (now.ends_on - now.starts_on).days + 1,
        )
    )
    return Conflict.between(wanted.wish, state, now.version, by=last.author, at=last.happened_at)


def _state(plan: Plan) -> dict[str, object]:
    """Return a plan as the journal has it: what people read; ``plan_versions`` has the rest."""
    return {
        "person": plan.person,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "plan_status": plan.status,
        "carried_from": plan.carried_from,
        "priorities": [
            {
                "title": one.title,
                "kpi": one.kpi,
                "from_value": one.from_value,
                "to_value": one.to_value,
            }
            for one in plan.standing
        ],
        "terms": asdict(plan.terms) if plan.terms else None,
        "version": plan.version,
    }
