"""The 90-day plan: drafting it, its three priorities, adopting, changing and closing it.

Each gesture is one transaction and one version. A gesture carries the version of the plan that the
person saw; once the plan is adopted, its scope and dates change only with a reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.rhythm.action import MAX_NAME, one_line, too_long
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.change import Change, change, change_at, keep
from dashboard.rhythm.plan.model import (
    ChangeKind,
    Plan,
    PlanStatus,
)
from dashboard.rhythm.plan.rules import (
    aim_problems,
    dates_problems,
    usual_dates,
    usual_end,
)
from dashboard.rhythm.plan.terms import PersonalTerms, terms_problems, tidy_terms
from pipelines.context import Context
from pipelines.errors import AccessRefused, Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue, everything
from pipelines.people.names import names_at
from pipelines.store import Cursor
from pipelines.workdays import WorkingDays, working_days


def draft(
    context: Context,
    *,
    person: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Plan:
    """Begin a plan.

    Args:
        person: Whose; None for the company's.
        starts_on: None: the first working day after the last plan, or after today.
        ends_on: The last day; None: 90 days.

    Raises:
        Refused: The dates make no plan, or there is a draft already.
        AccessRefused: It is not their own, and they may prepare only that.
    """
    owner = one_line(person) if person is not None else None
    if problems := too_long(owner or "", MAX_NAME):
        raise Refused(*problems)
    return context.store.write(
        lambda cursor: draft_at(
            cursor,
            context,
            Plan(
                plan_id=0,
                person=owner or None,
                starts_on=starts_on or date.min,
                ends_on=ends_on or date.min,
                status=PlanStatus.DRAFT,
                carried_from=None,
                terms=PersonalTerms() if owner else None,
                priorities=(),
                version=1,
            ),
        )
    )


def draft_at(cursor: Cursor, context: Context, wanted: Plan) -> Plan:
    """Begin a plan within a larger transaction; dates that are ``date.min`` are proposed ones.

    Raises:
        Refused: As for ``draft``; so is AccessRefused.
    """
    person = names_at(cursor).shown(wanted.person) if wanted.person else None
    scope = context.actor.scope
    if scope.people is not None and (person is None or not scope.sees(person)):
        raise AccessRefused.of(
            msg("You may prepare your own plan only."),
            hint=msg("Ask a manager to draft this one."),
        )
    same = [one for one in plan_store.read_plans(cursor) if one.person == person]
    if any(one.status is PlanStatus.DRAFT for one in same):
        raise Refused.of(
            msg("There is a draft already."), hint=msg("Change it, adopt it, or close it.")
        )
    starts_on, ends_on = wanted.starts_on, wanted.ends_on
    if starts_on == date.min:
        ends = [one.ends_on for one in same if one.status is PlanStatus.ADOPTED]
        starts_on, _ = usual_dates(max([context.today(), *ends]), _working_days(context))
    if ends_on == date.min:
        ends_on = usual_end(starts_on)
    _refuse(dates_problems(starts_on, ends_on, _working_days(context)))
    plan = plan_store.with_numbers(
        cursor,
        replace(
            wanted,
            plan_id=plan_store.next_plan_id(cursor),
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
    )
    plan_store.insert(cursor, plan)
    keep(cursor, context, plan, ChangeKind.DRAFTED)
    return plan


def set_dates(
    context: Context,
    plan_id: int,
    version: int,
    starts_on: date | None,
    ends_on: date | None,
    *,
    reason: str = "",
) -> Plan:
    """Give a plan other dates.

    Raises:
        Refused: They make no plan, or another adopted plan has these days.
    """
    first, last = _checked_dates(context, starts_on, ends_on)

    def write(cursor: Cursor) -> Plan:
        def changed(plan: Plan) -> Plan:
            moved = replace(plan, starts_on=first, ends_on=last)
            if plan.status is PlanStatus.ADOPTED:
                _refuse(_taken(cursor, moved))
            return moved

        wish = msg("from {start} to {end}", start=first, end=last)
        wanted = Change(ChangeKind.DATES, wish, changed, reason)
        return change_at(cursor, context, plan_id, version, wanted)

    return context.store.write(write)


def set_terms(
    context: Context, plan_id: int, version: int, terms: PersonalTerms, *, reason: str = ""
) -> Plan:
    """Say what a person's plan agrees on beside priorities.

    Raises:
        Refused: All that is wrong with the terms; the plan is the company's.
    """
    wanted = tidy_terms(terms)
    problems = terms_problems(wanted, catalogue(context))

    def changed(plan: Plan) -> Plan:
        if plan.person is None:
            raise Refused.of(msg("Only the plan of a person has such terms."))
        _refuse(problems)
        return replace(plan, terms=wanted)

    wish = msg("other terms")
    return change(context, plan_id, version, Change(ChangeKind.TERMS, wish, changed, reason))


def adopt(context: Context, plan_id: int, version: int) -> Plan:
    """Let a plan hold from now on: its scope and dates change only with a reason.

    Raises:
        Refused: It has no priority, one aims at what is behind it, or another adopted plan has some
            of its days.
        AccessRefused: They may only prepare it.
    """

    def write(cursor: Cursor) -> Plan:
        def changed(plan: Plan) -> Plan:
            if context.actor.scope.people is not None:
                raise AccessRefused.of(
                    msg("You may prepare your plan, not adopt it."),
                    hint=msg("Ask a manager to look at it with you and to adopt it."),
                )
            aims = aim_problems(plan, everything(context))
            _refuse([*_empty(plan), *_taken(cursor, plan), *aims])
            return replace(plan, status=PlanStatus.ADOPTED)

        wanted = Change(ChangeKind.ADOPTED, msg("adopt the plan"), changed, asks_why=False)
        return change_at(cursor, context, plan_id, version, wanted)

    return context.store.write(write)


def close(context: Context, plan_id: int, version: int, *, reason: str = "") -> Plan:
    """Close a plan: it stays as it is from now on. Its open actions stay with their owners.

    Raises:
        AccessRefused: They may change only the draft of their own plan.
    """
    wish = msg("close the plan")
    wanted = Change(
        ChangeKind.CLOSED,
        wish,
        lambda plan: replace(plan, status=PlanStatus.CLOSED),
        reason,
        asks_why=False,
    )
    return change(context, plan_id, version, wanted)


def _empty(plan: Plan) -> list[Problem]:
    if plan.standing:
        return []
    return [
        Problem(
            msg("The plan has no priority yet."),
            hint=msg("Say first what should be different at the end."),
        )
    ]


def _taken(cursor: Cursor, plan: Plan) -> list[Problem]:
    """Return why a plan cannot have its days: another adopted one has some of them."""
    for one in plan_store.read_plans(cursor):
        apart = one.ends_on < plan.starts_on or plan.ends_on < one.starts_on
        same = one.person == plan.person and one.plan_id != plan.plan_id
        if same and one.status is PlanStatus.ADOPTED and not apart:
            return [
                Problem(
                    msg(
                        "The plan from {start} to {end} still holds.",
                        start=one.starts_on,
                        end=one.ends_on,
                    ),
                    hint=msg("Close it first, or let this one begin after it."),
                )
            ]
    return []


def _checked_dates(
    context: Context, starts_on: date | None, ends_on: date | None
) -> tuple[date, date]:
    problems = dates_problems(starts_on, ends_on, _working_days(context))
    if problems or starts_on is None or ends_on is None:
        raise Refused(*problems)
    return starts_on, ends_on


def _working_days(context: Context) -> WorkingDays:
    settings = context.workspace.settings
    return working_days(settings.country, settings.province)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(*problems)
