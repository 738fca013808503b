"""What speaks against adopting a draft of the next quarter; all of it at once."""

from collections.abc import Iterator
from dataclasses import asdict

from dashboard.rhythm.action import owner_problems, reason_problems, title_problems
from dashboard.rhythm.improve.experiment import conclusion_problems
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.model import MOST_PRIORITIES, NewPriority, PlanStatus
from dashboard.rhythm.plan.rules import dates_problems, priority_problems
from dashboard.rhythm.quarter.draft import Draft, DraftTarget
from dashboard.rhythm.quarter.model import Way
from pipelines.context import Context
from pipelines.errors import Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import choice_problems
from pipelines.kpis.target import TargetRequest
from pipelines.kpis.targets import check_target
from pipelines.workdays import working_days


def problems(context: Context, draft: Draft) -> tuple[Problem, ...]:
    """Return all that speaks against a draft; empty if nothing does.

    Args:
        context: In the hands of somebody who sees everything.
    """
    return (
        *_choice(context, draft),
        *_targets(context, draft),
        *_plan(context, draft),
        *_work(draft),
    )


def request_of(draft: Draft, target: DraftTarget, reason: str | None = None) -> TargetRequest:
    """Return a target as it is set: from the first day of the quarter on."""
    return TargetRequest(**asdict(target), valid_from=draft.quarter.start, reason=reason)


def _choice(context: Context, draft: Draft) -> Iterator[Problem]:
    known = catalogue(context)
    for one in draft.kpis:
        if one.key is None:
            replaced = known.get(one.instead_of or "")
            yield Problem(
                msg(
                    "Nobody has said what comes in place of {kpi}.",
                    kpi=replaced.name if replaced else one.instead_of,
                ),
                hint=msg("Choose another KPI, or the same one if only its target changes."),
            )
    keys = [(one.key, one.responsible) for one in draft.kpis if one.key is not None]
    yield from choice_problems(context, keys)


def _targets(context: Context, draft: Draft) -> Iterator[Problem]:
    for target in draft.targets:
        try:
            check_target(context, request_of(draft, target))
        except Refused as refused:
            yield from refused.problems


def _plan(context: Context, draft: Draft) -> Iterator[Problem]:
    settings = context.workspace.settings
    working = working_days(settings.country, settings.province)
    yield from dates_problems(draft.starts_on, draft.ends_on, working)
    if not draft.priorities:
        yield Problem(
            msg("The plan has no priority yet."),
            hint=msg("Say first what should be different at the end."),
        )
    elif len(draft.priorities) > MOST_PRIORITIES:
        yield Problem(
            msg("A plan has three priorities at most."),
            hint=msg("With a fourth, none of them is one: leave one out."),
        )
    known = catalogue(context)
    for one in draft.priorities:
        new = NewPriority(one.title, one.kpi, one.from_value, one.to_value)
        if one.carried_from is not None:
            # it starts from where its KPI is now, if that is short of the aim
            new = NewPriority(one.title, one.kpi, None, one.to_value)
        yield from priority_problems(new, known)
    yield from _other_plans(context, draft)


def _other_plans(context: Context, draft: Draft) -> Iterator[Problem]:
    for plan in context.store.read(plan_store.read_plans):
        if plan.person is not None or plan.plan_id == draft.former_plan:
            continue
        if plan.status is PlanStatus.DRAFT:
            yield Problem(
                msg("There is another draft of a plan already."),
                hint=msg("Close it on the page of the plan first."),
            )
        apart = plan.ends_on < draft.starts_on or draft.ends_on < plan.starts_on
        if plan.status is PlanStatus.ADOPTED and not apart:
            yield Problem(
                msg(
                    "The plan from {start} to {end} still holds.",
                    start=plan.starts_on,
                    end=plan.ends_on,
                ),
                hint=msg("Close it first, or let this one begin after it."),
            )


def _work(draft: Draft) -> Iterator[Problem]:
    hint = msg("Say in a few words why it is given up.")
    for action in draft.actions:
        yield from title_problems(action.title)
        yield from owner_problems(action.owner)
        if action.way is Way.DROP:
            yield from reason_problems(action.reason, hint)
    for experiment in draft.experiments:
        if experiment.outcome is not None:
            yield from conclusion_problems(experiment.conclusion)
