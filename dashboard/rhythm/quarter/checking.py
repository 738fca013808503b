"""What speaks against adopting a draft of the next quarter, and what is worth a thought."""

from collections.abc import Iterator, Mapping
from datetime import date

from dashboard.rhythm.action import owner_problems, reason_problems, title_problems
from dashboard.rhythm.improve.experiment import conclusion_problems
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.model import MOST_PRIORITIES, NewPriority, PlanStatus
from dashboard.rhythm.plan.rules import dates_problems, priority_problems
from dashboard.rhythm.quarter.aiming import request_of
from dashboard.rhythm.quarter.draft import Draft
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.target_words import aims_apart
from dashboard.text import alphabetical
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import choice_problems, with_names
from pipelines.kpis.definition import Definition
from pipelines.kpis.targets import check_target
from pipelines.people.register import gone
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
        *_work(draft, context.today()),
    )


def notes(context: Context, draft: Draft) -> tuple[Message, ...]:
    """Return what nobody has to change before a draft is adopted, and everybody should know.

    Args:
        context: In the hands of somebody who sees everything.
    """
    known, currency = catalogue(context), context.workspace.settings.currency
    lonely = tuple(
        known[one.key].name for one in draft.kpis if one.key in known and not one.responsible
    )
    return (
        *([msg("Nobody answers for {kpis}.", kpis=lonely)] if lonely else []),
        *_left_behind(context, draft, known),
        *aims_apart(draft, {key: (one.unit, currency) for key, one in known.items()}),
    )


def _left_behind(
    context: Context, draft: Draft, known: Mapping[str, Definition]
) -> Iterator[Message]:
    """Yield what goes on in the hands of those who left."""
    for name in sorted(gone(context), key=alphabetical):
        held: list[object] = [
            known[one.key].name
            for one in draft.kpis
            if one.key and one.key in known and one.responsible == name
        ]
        held += [
            msg("“{title}”", title=one.title)
            for one in draft.actions
            if one.owner == name and one.way is not Way.DROP
        ]
        if held:
            yield msg(
                "{name} does not work here any more; somebody else has to take over {things}.",
                name=name,
                things=tuple(held),
            )


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
    yield from (with_names(one, known) for one in choice_problems(context, keys))


def _targets(context: Context, draft: Draft) -> Iterator[Problem]:
    for target in draft.targets:
        try:
            check_target(context, request_of(target, draft.quarter.start))
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


def _work(draft: Draft, today: date) -> Iterator[Problem]:
    hint = msg("Say in a few words why it is given up.")
    for action in draft.actions:
        yield from title_problems(action.title)
        yield from owner_problems(action.owner)
        if action.way is Way.DROP:
            yield from reason_problems(action.reason, hint)
        elif action.due_on < today:
            yield Problem(
                msg("“{title}” was due on {day}.", title=action.title, day=action.due_on),
                hint=msg("Give it a new date, or give it up."),
            )
    for experiment in draft.experiments:
        if experiment.outcome is not None:
            yield from conclusion_problems(experiment.conclusion)
