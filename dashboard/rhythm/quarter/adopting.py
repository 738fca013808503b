"""The next quarter holds: plan, KPIs, targets and what ends, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.rhythm import actions, course
from dashboard.rhythm.improve import experiments
from dashboard.rhythm.meeting.seat import Seat, take_seat
from dashboard.rhythm.period_words import in_full
from dashboard.rhythm.plan import plan_store, plans, priorities
from dashboard.rhythm.plan.carry import carry_over
from dashboard.rhythm.plan.model import NewPriority, Plan, PlanStatus, Priority
from dashboard.rhythm.quarter import checking
from dashboard.rhythm.quarter.aiming import dated, first_day, requests
from dashboard.rhythm.quarter.draft import (
    Draft,
    DraftAction,
    DraftPriority,
    NextQuarter,
    with_actions_counted,
)
from dashboard.rhythm.quarter.drafting import (
    keep,
    kept_at,
    refuse_half_seen,
    seen_draft,
    whole_draft,
)
from dashboard.rhythm.quarter.model import Way
from dashboard.text import language_of, render
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg
from pipelines.journal import What
from pipelines.kpis.choice import choose_at, chosen
from pipelines.kpis.target import Target
from pipelines.kpis.targets import aimed_at, set_target_at


def adopt(context: Context, meeting_id: int, version: int) -> NextQuarter:
    """Let the next quarter hold as its draft has it.

    The former plan is closed and the next one adopted, with what goes on; actions and experiments
    end where that was decided; the KPIs are chosen from the first day of the plan on (from today,
    if that is past). Targets that change hold from the first day of the quarter on, or of the running
    week, if that is later: finished weeks keep what they had. All of it or nothing is done, and what
    was before stays in the history.

    Args:
        version: The one that the person saw.

    Returns:
        The next quarter as it was adopted; adopting it twice is one adoption.

    Raises:
        Refused: All that speaks against it; there is no such review.
        AccessRefused: They may not see all of it, or are not invited.
        Conflict: Somebody changed the draft, or something in it, in the meantime.
    """
    refuse_half_seen(context)
    # read before the transaction: what follows from the verdicts takes a moment
    proposal = whole_draft(context, meeting_id)

    def steps() -> NextQuarter:
        before = take_seat(
            context,
            meeting_id,
            lambda seat: _seen(seat, version, proposal),
            also_closed=True,
        )
        if before.adopted:
            return before
        known = aimed_at(context)
        before = replace(before, draft=_adoptable(context, before.draft, known))
        _carry_out(context, before.draft, known)
        return take_seat(context, meeting_id, lambda seat: _mark(seat, before), also_closed=True)

    return context.store.together(steps)


def adoptable(context: Context, wanted: NextQuarter) -> NextQuarter:
    """Return a draft as adopting it would have it today, and what is worth a thought then.

    Nothing is written.

    Raises:
        Refused: All that speaks against it.
        AccessRefused: They may not see all of it.
    """
    refuse_half_seen(context)
    draft = _adoptable(context, wanted.draft, aimed_at(context))
    return replace(wanted, draft=draft, problems=(), notes=checking.notes(context, draft))


def _adoptable(context: Context, draft: Draft, known: Sequence[Target]) -> Draft:
    begins = first_day(draft.quarter, context.today(), context.calendar)
    found = with_actions_counted(dated(draft, known, begins))
    if problems := checking.problems(context, found):
        raise Refused(*problems)
    return found


def _seen(seat: Seat, version: int, proposal: NextQuarter) -> NextQuarter:
    found = kept_at(seat.cursor, seat)
    if found is not None and found.adopted:
        return found
    return seen_draft(seat, version) or proposal


def _mark(seat: Seat, before: NextQuarter) -> NextQuarter:
    after = replace(
        before,
        version=before.version + 1,
        adopted_by=seat.me,
        adopted_at=clock.now(),
        problems=(),
        notes=(),
    )
    keep(seat, What.NEXT_QUARTER_ADOPTED, before, after)
    return after


def _carry_out(context: Context, draft: Draft, known: Sequence[Target]) -> None:
    reason = _in_company_words(
        context,
        msg(
            "Decided in the quarterly review for {quarter}",
            quarter=in_full(draft.quarter, context.calendar),
        ),
    )
    for action in draft.actions:
        _settle(context, action, reason)
    for experiment in draft.experiments:
        if experiment.outcome is not None:
            experiments.end_experiment(
                context,
                experiment.experiment_id,
                experiment.version,
                experiment.outcome,
                experiment.conclusion,
            )
    _plan(context, draft, reason)
    _choose(context, draft)
    new = list(requests(draft, known, reason))
    if new:
        context.store.write(lambda cursor: [set_target_at(context, cursor, one) for one in new])


def _settle(context: Context, wanted: DraftAction, reason: str) -> None:
    """Give an action up, or change what was changed of it."""
    number, version = wanted.action_id, wanted.version
    if wanted.way is Way.DROP:
        course.drop(context, number, version, wanted.reason)
        return
    found = next((one for one in actions.list_actions(context) if one.action_id == number), None)
    if found is None or not found.is_open:
        return  # done or given up since: there is nothing to carry on
    if found.title != wanted.title:
        version = actions.rename(context, number, version, wanted.title).version
    if found.owner != wanted.owner:
        version = actions.assign(context, number, version, wanted.owner).version
    if found.due_on != wanted.due_on:
        actions.move(context, number, version, wanted.due_on, wanted.reason or reason)


def _plan(context: Context, draft: Draft, reason: str) -> None:
    former = next(
        (
            one
            for one in context.store.read(plan_store.read_plans)
            if one.plan_id == draft.former_plan
        ),
        None,
    )
    plan = _drafted(context, draft, former)
    for wanted in draft.priorities:
        plan = _priority(context, plan, wanted)
    if former is not None and former.status is not PlanStatus.CLOSED:
        plans.close(context, former.plan_id, former.version, reason=reason)
    plans.adopt(context, plan.plan_id, plan.version)


def _drafted(context: Context, draft: Draft, former: Plan | None) -> Plan:
    """Return the next plan with what goes on of the former one."""
    if former is None:
        return plans.draft(context, starts_on=draft.starts_on, ends_on=draft.ends_on)
    standing = {one.priority_id for one in former.standing}
    going_on = [
        one.carried_from
        for one in draft.priorities
        if one.carried_from is not None and one.carried_from in standing
    ]
    carried = {one.action_id for one in draft.actions if one.way is not Way.DROP}
    return carry_over(
        context,
        former.plan_id,
        former.version,
        priorities=going_on,
        actions=[
            one.action_id
            for one in actions.list_actions(context)
            if one.action_id in carried and one.is_open and one.priority_id in going_on
        ],
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
    )


def _priority(context: Context, plan: Plan, wanted: DraftPriority) -> Plan:
    """Return the plan with a priority as the draft has it."""
    found = next(
        (
            one
            for one in plan.standing
            if one.carried_from is not None and one.carried_from == wanted.carried_from
        ),
        None,
    )
    if found is not None and _says(found, wanted):
        return plan
    return priorities.set_priority(
        context,
        plan.plan_id,
        plan.version,
        NewPriority(wanted.title, wanted.kpi, wanted.from_value, wanted.to_value),
        priority_id=found.priority_id if found else None,
    )


def _says(found: Priority, wanted: DraftPriority) -> bool:
    new = (wanted.title, wanted.kpi, wanted.from_value, wanted.to_value)
    return (found.title, found.kpi, found.from_value, found.to_value) == new


def _choose(context: Context, draft: Draft) -> None:
    wanted = [(one.key, one.responsible) for one in draft.kpis if one.key is not None]
    begins = max(draft.starts_on, context.today())
    if [(one.key, one.responsible) for one in chosen(context, begins)] != wanted:
        context.store.write(lambda cursor: choose_at(context, cursor, wanted, begins))


def _in_company_words(context: Context, message: Message) -> str:
    return render(message, language_of(context.workspace.settings.locale))
