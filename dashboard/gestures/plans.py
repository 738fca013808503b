"""What people do with plans, and with the actions under them."""

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.conflict import attempt_seen
from dashboard.components.messages import attempt, say
from dashboard.components.plan_board import NewAction
from dashboard.components.plan_forms import TypedPriority
from dashboard.components.terms_form import TypedTerms
from dashboard.gestures.named import responsible
from dashboard.gestures.twice import ask_about_day
from dashboard.rhythm import actions, course
from dashboard.rhythm.plan import carry, one_to_ones, plans, priorities, reading
from dashboard.rhythm.plan.model import NewPriority, Plan, PlanStatus
from dashboard.rhythm.plan.one_to_ones import OneToOne
from dashboard.rhythm.plan.typed import read_terms
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Unit
from pipelines.kpis.target_values import parse_target_value

_SAVED = msg("Saved.")


def draft(
    language: Language, person: str | None, starts_on: date | None, ends_on: date | None
) -> bool:
    """Begin a plan; tell whether it was accepted."""

    def work() -> None:
        _require_draft(person)
        plans.draft(session.current(), person=person, starts_on=starts_on, ends_on=ends_on)

    return attempt(language, work, msg("The draft is there: name its priorities."))


def set_priority(
    language: Language, plan: Plan, typed: TypedPriority, priority_id: int | None, reason: str
) -> bool:
    """Add a priority or say one anew; tell whether it was accepted."""
    return _changed(
        language,
        plan,
        lambda context, version: priorities.set_priority(
            context,
            plan.plan_id,
            version,
            _read_priority(context, typed),
            priority_id=priority_id,
            reason=reason,
        ),
    )


def take_out(language: Language, plan: Plan, priority_id: int, reason: str) -> bool:
    """Take a priority out; tell whether it was accepted."""
    return _changed(
        language,
        plan,
        lambda context, version: priorities.take_out(
            context, plan.plan_id, version, priority_id, reason=reason
        ),
    )


def raise_priority(language: Language, plan: Plan, priority_id: int) -> bool:
    """Put a priority before the one above it; tell whether it was accepted."""
    order = [one.priority_id for one in plan.standing]
    at = order.index(priority_id) if priority_id in order else 0
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    return _changed(
        language,
        plan,
        lambda context, version: priorities.reorder(context, plan.plan_id, version, order),
    )


def set_dates(
    language: Language, plan: Plan, starts_on: date | None, ends_on: date | None, reason: str
) -> bool:
    """Give a plan other dates; tell whether it was accepted."""
    return _changed(
        language,
        plan,
        lambda context, version: plans.set_dates(
            context, plan.plan_id, version, starts_on, ends_on, reason=reason
        ),
    )


def set_terms(language: Language, plan: Plan, typed: TypedTerms, reason: str) -> bool:
    """Say what a person's plan agrees on; tell whether it was accepted."""
    return _changed(
        language,
        plan,
        lambda context, version: plans.set_terms(
            context, plan.plan_id, version, read_terms(**asdict(typed)), reason=reason
        ),
    )


def adopt(language: Language, plan: Plan) -> bool:
    """Let a plan hold; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        plans.adopt(session.current(), plan.plan_id, version)

    done = msg("The plan holds from now on. Its scope and dates change only with a reason.")
    return attempt_seen(language, plan.version, work, done)


def close(language: Language, plan: Plan, reason: str) -> bool:
    """Close a plan; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        plans.close(session.current(), plan.plan_id, version, reason=reason)

    return attempt_seen(language, plan.version, work, msg("The plan is closed."))


def carry_over(
    language: Language, plan: Plan, kept: Collection[int], actions_kept: Collection[int]
) -> bool:
    """Draft the next plan with what goes on; tell whether it was accepted."""

    def work(version: int) -> None:
        session.require(Capability.EDIT_PLAN)
        carry.carry_over(
            session.current(),
            plan.plan_id,
            version,
            priorities=kept,
            actions=actions_kept,
        )

    done = msg("The draft of the next plan is there, with what goes on.")
    return attempt_seen(language, plan.version, work, done)


def add_under(language: Language, plan: Plan, new: NewAction) -> bool:
    """Add an action under a priority of a plan; tell whether it was accepted."""

    def work() -> None:
        owner = responsible(new.owner)
        ask_about_day(new.due_on, new.title)
        actions.add_action(
            session.current(),
            new.title,
            owner,
            new.due_on,
            new.kpi,
            priority_id=new.priority_id,
        )

    accepted = attempt(language, work)
    if accepted:
        done = msg("The action is in the plan.")
        say(render(data.plan.noticed(done, new.due_on, plan.ends_on), language))
    return accepted


def set_progress(language: Language, action: ActionLine, percent: int) -> None:
    """Say how far an action is."""

    def work(version: int) -> None:
        session.require_own(action.owner)
        course.set_progress(session.current(), action.action_id, version, percent)

    attempt_seen(language, action.version, work)


def hold_one_to_one(language: Language, plan: Plan, help_asked: str, agreed: str) -> bool:
    """Keep what was talked about; tell whether it was accepted."""

    def work() -> None:
        _require_draft(plan.person)
        one_to_ones.hold(session.current(), plan, help_asked, agreed)

    return attempt(language, work, msg("It is kept, with the gaps as they are today."))


def rewrite_one_to_one(language: Language, held: OneToOne, help_asked: str, agreed: str) -> bool:
    """Say in better words what was talked about; tell whether it was accepted."""

    def work(version: int) -> None:
        _require_draft(held.person)
        one_to_ones.rewrite(session.current(), held.one_to_one_id, version, help_asked, agreed)

    return attempt_seen(language, held.version, work, _SAVED)


def _read_priority(context: Context, typed: TypedPriority) -> NewPriority:
    """Read what was typed.

    Raises:
        Refused: A value is no number, or may be meant in two ways.
    """
    known = catalogue(context).get(typed.kpi or "")
    unit = known.unit if known else Unit.COUNT
    return NewPriority(
        typed.title, typed.kpi, _number(typed.from_value, unit), _number(typed.to_value, unit)
    )


def _number(typed: str, unit: Unit) -> float | None:
    return parse_target_value(typed, unit) if typed.strip() else None


def _changed(language: Language, plan: Plan, change: Callable[[Context, int], Any]) -> bool:
    def work(version: int) -> None:
        context = session.current()
        known = reading.list_plans(context, person=plan.person)
        # as it is now: somebody may have adopted it since the page was drawn
        if PlanStatus.DRAFT in {one.status for one in known if one.plan_id == plan.plan_id}:
            _require_draft(plan.person)
        else:
            session.require(Capability.EDIT_PLAN)
        change(context, version)

    return attempt_seen(language, plan.version, work, _SAVED)


def _require_draft(person: str | None) -> None:
    """Let somebody pass who prepares plans, or their own.

    Raises:
        AccessRefused: It is neither.
    """
    visitor = session.visitor()
    if person is not None and person in visitor.names:
        visitor.require(Capability.TAKE_PART)
    else:
        visitor.require(Capability.EDIT_PLAN)
