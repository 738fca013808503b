"""What goes on in the next plan, and that one can see where it comes from."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.rhythm.action import EventKind
from dashboard.rhythm.actions import history, list_actions
from dashboard.rhythm.build import action_lines
from dashboard.rhythm.plan.carry import carry_over
from dashboard.rhythm.plan.model import PlanStatus
from dashboard.rhythm.plan.plans import adopt, draft
from dashboard.rhythm.plan.reading import list_plans, plan_on
from dashboard.rhythm.requests import answer, ask, open_requests
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.periods import Grain
from tests.builders.plans import Made, five_weeks_in
from tests.builders.warehouse import add, imported, meeting, warehouse_with

TODAY = date(2026, 11, 16)


def company() -> tuple[Context, Made]:
    # sixteen meetings in each of the four weeks before, on Tuesdays
    rows = [
        meeting(str(TODAY - timedelta(days=6, weeks=week))) for week in range(4) for _ in range(16)
    ]
    context = warehouse_with(
        *rows, imported("activities", "2026-11-15"), today=TODAY, country="CA", province="QC"
    )
    return context, five_weeks_in(context, TODAY, ("Zoé", "Luc"))


def test_chosen_priorities_and_actions_go_on_with_their_lineage() -> None:
    context, made = company()
    meetings, _, sales = (one.priority_id for one in made.plan.standing)
    _, late, moved, half, ahead = made.actions

    plan = carry_over(
        context,
        made.plan.plan_id,
        made.plan.version,
        priorities=[meetings, sales],
        actions=[late.action_id, half.action_id],
    )

    assert (plan.status, plan.carried_from) == (PlanStatus.DRAFT, made.plan.plan_id)
    # Thanksgiving is on 12 October: the former one began on the 13th and ends on 10 January
    assert plan.starts_on == date(2027, 1, 11)
    first, second = plan.standing
    assert (first.carried_from, first.position) == (meetings, 1)
    assert (second.carried_from, second.position) == (sales, 2)
    # it starts from where the KPI is now; nobody knows where sales are
    assert (first.from_value, first.to_value) == (16, 22)
    assert (second.from_value, second.to_value) == (80_000, 100_000)

    actions = {one.action_id: one for one in list_actions(context)}
    followers = {one.carried_from: one for one in actions.values() if one.carried_from}
    assert set(followers) == {late.action_id, half.action_id}
    goes_on = followers[half.action_id]
    assert (goes_on.title, goes_on.owner, goes_on.due_on, goes_on.progress) == (
        half.title,
        half.owner,
        half.due_on,
        50,
    )
    assert goes_on.priority_id == first.priority_id
    assert [event.kind for event in history(context, half.action_id)][-1] is EventKind.CARRIED
    for untouched in (moved, ahead):
        assert actions[untouched.action_id] == untouched


def test_what_was_late_is_late_in_the_next_plan_and_late_once() -> None:
    context, made = company()
    late = made.actions[1]
    carry_over(
        context,
        made.plan.plan_id,
        made.plan.version,
        priorities=[made.plan.standing[2].priority_id],
        actions=[late.action_id],
    )

    week = context.calendar.last_finished(Grain.WEEK, TODAY)
    found, _, _ = action_lines(list_actions(context), week, TODAY, {})
    assert [one.title for one in found] == [late.title]


def test_the_plan_that_holds_is_shown_as_it_was_before_something_was_carried_over() -> None:
    context, made = company()
    before = plan_on(context)
    assert before is not None
    carry_over(
        context.on(TODAY + timedelta(days=1)),
        made.plan.plan_id,
        made.plan.version,
        priorities=[made.plan.standing[0].priority_id],
        actions=[made.actions[3].action_id],
    )

    then = plan_on(context, TODAY)
    assert then is not None
    assert then.actions == before.actions
    now = plan_on(context)
    assert now is not None
    assert now.carried == {made.actions[3].action_id}


def test_nothing_goes_on_that_cannot_and_then_nothing_is_written() -> None:
    context, made = company()
    meetings, no_shows, _ = (one.priority_id for one in made.plan.standing)
    done, late, *_ = (one.action_id for one in made.actions)
    number, version = made.plan.plan_id, made.plan.version

    with pytest.raises(Refused, match="no priority 99"):
        carry_over(context, number, version, priorities=[99], actions=[])
    with pytest.raises(Refused, match="not open any more"):
        carry_over(context, number, version, priorities=[no_shows], actions=[done])
    with pytest.raises(Refused, match="does not go on"):
        carry_over(context, number, version, priorities=[meetings], actions=[late])
    with pytest.raises(Conflict):
        carry_over(context, number, version - 1, priorities=[meetings], actions=[])
    with pytest.raises(Refused, match="no plan 7"):
        carry_over(context, 7, version, priorities=[], actions=[])
    zoe = context.by(Actor("Zoé", None, Scope(frozenset({"Zoé"}))))
    with pytest.raises(AccessRefused):
        carry_over(zoe, number, version, priorities=[meetings], actions=[])
    draft(context)
    with pytest.raises(Refused, match="a draft already"):
        carry_over(context, number, version, priorities=[meetings], actions=[])

    assert len(list_plans(context)) == 2
    assert len(list_actions(context)) == 5


def test_what_somebody_asks_for_goes_on_with_the_action_it_is_about() -> None:
    context, made = company()
    priority = made.plan.standing[0].priority_id
    half = made.actions[3]
    zoe = context.by(Actor("Zoé", None, Scope(frozenset({half.owner}))))
    asked = ask(zoe, half.action_id, half.due_on + timedelta(days=7), "The customer is away")

    carry_over(
        context,
        made.plan.plan_id,
        made.plan.version,
        priorities=[priority],
        actions=[half.action_id],
    )

    (follower,) = (one for one in list_actions(context) if one.carried_from == half.action_id)
    (waiting,) = open_requests(context)
    assert waiting.action == follower
    assert waiting.request == replace(asked, action_id=follower.action_id)
    answer(context, asked.request_id, asked.version, granted=True)
    due = {one.action_id: one.due_on for one in list_actions(context)}
    assert due[follower.action_id] == asked.due_on
    assert due[half.action_id] == half.due_on


def test_a_kpi_that_is_past_its_aim_leaves_its_priority_to_be_thought_about() -> None:
    context, made = company()
    with_more = [meeting("2026-11-10") for _ in range(40)]

    add(context, *with_more)
    (meetings, *_) = (one.priority_id for one in made.plan.standing)

    plan = carry_over(
        context, made.plan.plan_id, made.plan.version, priorities=[meetings], actions=[]
    )

    # 104 meetings in four weeks are 26 a week: past the 22 that were aimed at
    assert [(one.from_value, one.to_value) for one in plan.standing] == [(26, 22)]
    with pytest.raises(Refused, match="better when it grows"):
        adopt(context, plan.plan_id, plan.version)
