"""From the verdicts to the next quarter: drafted, edited, adopted in one step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.rhythm.actions import add_action, complete, list_actions, move
from dashboard.rhythm.improve.experiment import Outcome, Plan
from dashboard.rhythm.improve.experiments import list_experiments, start_experiment
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.plan.model import NewPriority, PlanStatus
from dashboard.rhythm.plan.plans import adopt as adopt_plan
from dashboard.rhythm.plan.plans import close as close_plan
from dashboard.rhythm.plan.plans import draft as draft_plan
from dashboard.rhythm.plan.priorities import set_priority
from dashboard.rhythm.plan.reading import list_plans, plan_on
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.draft import (
    DraftKpi,
    DraftPriority,
    DraftTarget,
)
from dashboard.rhythm.quarter.drafting import change_draft, draft, draft_again
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.proposing import plan_dates
from dashboard.rhythm.requests import ask, open_requests
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.journal import changes_after
from pipelines.kpis.choice import chosen
from pipelines.periods import Grain, Period
from pipelines.workdays import working_days
from tests.builders.meetings import FIVE, LUC, ZOE, said
from tests.builders.quarters import (
    TODAY,
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1), Grain.QUARTER)
SALES = NewPriority("Sell every week", "deals_won", 10.0, 14.0)
MEETINGS = NewPriority("Meet more", "meetings_held", 1.0, 4.0)
TWO = (SALES, MEETINGS)


def reviewed() -> tuple[Context, int]:
    """Return a company with a plan and a target, and the number of its running review."""
    context = aimed(quarter_company())
    plan_of_the_quarter(context, *TWO)
    return context, review_meeting(context)


def test_without_verdicts_everything_goes_on() -> None:
    context, number = reviewed()

    found = draft(context, number)

    assert (found.version, found.adopted, found.problems) == (0, False, ())
    wanted = found.draft
    assert wanted.quarter == Q4
    assert (wanted.starts_on, wanted.ends_on) == (date(2026, 10, 1), date(2026, 12, 31))
    assert [(one.key, one.responsible) for one in wanted.kpis] == list(FIVE.items())
    (aim,) = wanted.targets
    assert (aim.key, aim.value, aim.per) == ("deals_won", 10, Grain.WEEK)
    assert (aim.stays, aim.valid_from, aim.later) == (True, date(2026, 1, 1), ())
    assert [(one.title, one.kpi, one.to_value) for one in wanted.priorities] == [
        ("Sell every week", "deals_won", 14),
        ("Meet more", "meetings_held", 4),
    ]


def test_what_is_dropped_is_left_out_and_what_changes_asks_for_its_replacement() -> None:
    context, number = reviewed()
    decided(context, number, "kpi meetings_held", Way.DROP, "We count otherwise")
    decided(context, number, "kpi deals_won", Way.CHANGE, "Too slow", "Count proposals")

    found = draft(context, number)

    assert [(one.key, one.instead_of) for one in found.draft.kpis] == [
        ("new_opportunities", None),
        (None, "deals_won"),
        ("sales_won", None),
        ("win_rate", None),
    ]
    assert found.draft.targets == ()
    # the priority of a dropped KPI goes with it
    assert [one.title for one in found.draft.priorities] == ["Sell every week"]
    problems = " ".join(str(one) for one in found.problems)
    assert "Nobody has said what comes in place of Deals won." in problems
    assert "3 KPIs are chosen; it takes 5 to 7." in problems
    assert "1 of them shows activity" in problems


def test_adopting_tells_all_that_speaks_against_it_at_once_and_does_nothing() -> None:
    context, number = reviewed()
    decided(context, number, "kpi meetings_held", Way.DROP, "We count otherwise")
    wanted = draft(context, number).draft
    changed = replace(
        wanted,
        ends_on=wanted.starts_on,
        targets=(DraftTarget("win_rate", 30.0, None, at_most=False, per=None),),
        priorities=(DraftPriority("", None, None, None),),
    )
    kept = change_draft(context, number, 0, changed)
    before = context.store.read(lambda cursor: changes_after(cursor, 0))

    with pytest.raises(Refused) as error:
        adopt(context, number, kept.version)

    assert "is no plan" in said(error)
    assert "lies between 0% and 100%" in said(error)
    assert "The priority has no title." in said(error)
    assert "4 KPIs are chosen" in said(error)
    assert context.store.read(lambda cursor: changes_after(cursor, 0)) == before


def test_adopting_closes_the_old_plan_and_begins_the_new_one_with_what_goes_on() -> None:
    context, number = reviewed()
    former = list_plans(context)[0]
    sales, _ = former.standing
    then = context.on(date(2026, 9, 1))
    going = add_action(
        then, "Call back", "Zoé Côté", date(2026, 10, 30), priority_id=sales.priority_id
    )
    outside = add_action(then, "Write", "Luc Paré", date(2026, 10, 30))
    ask(context.by(ZOE), going.action_id, date(2026, 11, 6), "The customer is away")
    decided(context, number, "kpi meetings_held", Way.KEEP)

    found = adopt(context, number, draft(context, number).version)

    assert (found.adopted, found.adopted_by, found.problems) == (True, "Louise Gagnon", ())
    newest, old = list_plans(context)
    assert (old.plan_id, old.status) == (former.plan_id, PlanStatus.CLOSED)
    assert (newest.status, newest.carried_from) == (PlanStatus.ADOPTED, former.plan_id)
    assert (newest.starts_on, newest.ends_on) == (date(2026, 10, 1), date(2026, 12, 31))
    assert [one.carried_from for one in newest.standing] == [
        one.priority_id for one in former.standing
    ]
    actions = {one.action_id: one for one in list_actions(context)}
    (follower,) = (one for one in actions.values() if one.carried_from == going.action_id)
    assert (follower.title, follower.priority_id) == (
        "Call back",
        newest.standing[0].priority_id,
    )
    assert actions[outside.action_id] == outside
    # what somebody asked for still waits for an answer
    assert [one.action for one in open_requests(context)] == [follower]
    # what was before stays as it was
    held = plan_on(context, date(2026, 9, 15))
    assert held is not None
    assert held.plan.plan_id == former.plan_id


def test_adopting_twice_is_one_adoption() -> None:
    context, number = reviewed()
    first = adopt(context, number, 0)
    before = context.store.read(lambda cursor: changes_after(cursor, 0))

    assert adopt(context, number, 0) == first
    assert context.store.read(lambda cursor: changes_after(cursor, 0)) == before
    assert draft(context, number) == first
    with pytest.raises(Refused, match="adopted already"):
        change_draft(context, number, first.version, first.draft)


def test_a_new_choice_holds_from_today_on_where_the_plan_has_begun() -> None:
    context, number = reviewed()
    decided(context, number, "kpi meetings_held", Way.CHANGE, "Too slow", "Count money")
    wanted = draft(context, number).draft
    kpis = tuple(
        replace(one, key="pipeline_created") if one.key is None else one for one in wanted.kpis
    )

    adopt(context, number, change_draft(context, number, 0, replace(wanted, kpis=kpis)).version)

    assert [one.key for one in chosen(context)][1] == "pipeline_created"
    yesterday = TODAY - timedelta(days=1)
    assert [one.key for one in chosen(context, yesterday)] == list(FIVE)


def test_a_plan_that_begins_later_brings_its_choice_later() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    later = replace(
        wanted,
        starts_on=date(2026, 10, 19),
        kpis=(*wanted.kpis, DraftKpi("pipeline_created", "Zoé Côté")),
    )

    adopt(context, number, change_draft(context, number, 0, later).version)

    assert [one.key for one in chosen(context)] == list(FIVE)
    assert [one.key for one in chosen(context.on(date(2026, 10, 18)))] == list(FIVE)
    assert [one.key for one in chosen(context.on(date(2026, 10, 19)))][-1] == "pipeline_created"


def test_a_dropped_action_is_given_up_with_its_reason_and_a_changed_one_moves() -> None:
    context, number = reviewed()
    then = context.on(date(2026, 9, 1))
    gone = add_action(then, "Write", "Luc Paré", date(2026, 10, 30))
    later = add_action(then, "Call", "Luc Paré", date(2026, 10, 30))
    decided(context, number, f"action {gone.action_id}", Way.DROP, "Nobody reads it")
    wanted = draft(context, number).draft
    moved = tuple(
        replace(one, due_on=date(2026, 11, 20), way=Way.CHANGE, reason="After the fair")
        if one.action_id == later.action_id
        else one
        for one in wanted.actions
    )

    adopt(context, number, change_draft(context, number, 0, replace(wanted, actions=moved)).version)

    actions = {one.action_id: one for one in list_actions(context)}
    assert actions[gone.action_id].dropped_on == TODAY
    assert actions[later.action_id].due_on == date(2026, 11, 20)


def test_an_experiment_ends_as_its_verdict_says() -> None:
    context, number = reviewed()
    plan = Plan("Call back", "They decide sooner.", "deals_won", "Zoé", date(2026, 7, 6), None, 0)
    one = start_experiment(context.on(date(2026, 7, 6)), plan)
    decided(context, number, f"experiment {one.experiment_id}", Way.DROP, "It moved nothing")

    wanted = draft(context, number).draft.experiments
    adopt(context, number, 0)

    assert [(each.outcome, each.conclusion) for each in wanted] == [
        (Outcome.STOP, "It moved nothing")
    ]
    (ended,) = list_experiments(context)
    assert (ended.outcome, ended.ended_on, ended.conclusion) == (
        Outcome.STOP,
        TODAY,
        "It moved nothing",
    )


def test_an_experiment_that_is_kept_before_it_can_be_judged_goes_on() -> None:
    context, number = reviewed()
    begun = date(2026, 9, 28)
    plan = Plan("Call back", "They decide sooner.", "deals_won", "Zoé", begun, None, 4)
    one = start_experiment(context.on(begun), plan)
    decided(context, number, f"experiment {one.experiment_id}", Way.KEEP, "Too early")

    adopt(context, number, 0)

    assert [each.ended_on for each in list_experiments(context)] == [None]


def test_all_of_it_or_nothing_is_done() -> None:
    context, number = reviewed()
    action = add_action(context.on(date(2026, 9, 1)), "Write", "Luc Paré", date(2026, 10, 30))
    wanted = draft(context, number).draft
    moved = tuple(replace(one, due_on=date(2026, 11, 20)) for one in wanted.actions)
    kept = change_draft(context, number, 0, replace(wanted, actions=moved))
    # somebody moves the action after the draft was looked at
    move(context, action.action_id, action.version, date(2026, 11, 3), "The fair")
    before = context.store.read(lambda cursor: changes_after(cursor, 0))

    with pytest.raises(Conflict):
        adopt(context, number, kept.version)

    assert context.store.read(lambda cursor: changes_after(cursor, 0)) == before
    assert not draft(context, number).adopted
    assert [one.status for one in list_plans(context)] == [PlanStatus.ADOPTED]


def test_of_two_who_edit_the_draft_the_second_is_told() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    first = change_draft(context, number, 0, replace(wanted, ends_on=date(2026, 12, 18)))

    with pytest.raises(Conflict):
        change_draft(context, number, 0, replace(wanted, ends_on=date(2026, 12, 11)))
    with pytest.raises(Conflict):
        adopt(context, number, 0)

    assert draft(context, number).draft == first.draft
    assert draft(context, number).version == 1


def test_whoever_keeps_the_same_draft_twice_keeps_it_once() -> None:
    context, number = reviewed()
    wanted = replace(draft(context, number).draft, ends_on=date(2026, 12, 18))
    first = change_draft(context, number, 0, wanted)

    assert change_draft(context, number, 0, wanted) == first


def test_an_edited_draft_shows_work_as_it_is_now() -> None:
    context, number = reviewed()
    then = context.on(date(2026, 9, 1))
    moved = add_action(then, "Write", "Luc Paré", date(2026, 10, 30))
    over = add_action(then, "Call", "Luc Paré", date(2026, 10, 30))
    wanted = draft(context, number).draft
    ways = tuple(replace(one, way=Way.CHANGE, reason="After the fair") for one in wanted.actions)
    change_draft(context, number, 0, replace(wanted, actions=ways))
    move(context, moved.action_id, moved.version, date(2026, 11, 3), "The fair")
    complete(context, over.action_id, over.version)
    new = add_action(context, "Visit", "Zoé Côté", date(2026, 11, 6))

    found = draft(context, number)

    assert [(one.action_id, one.due_on, one.way, one.reason) for one in found.draft.actions] == [
        (moved.action_id, date(2026, 11, 3), Way.CHANGE, "After the fair"),
        (new.action_id, date(2026, 11, 6), Way.KEEP, ""),
    ]
    adopt(context, number, change_draft(context, number, 1, found.draft).version)
    actions = {one.action_id: one for one in list_actions(context)}
    assert actions[moved.action_id].due_on == date(2026, 11, 3)


def test_a_plan_that_was_closed_meanwhile_is_followed_all_the_same() -> None:
    context, number = reviewed()
    kept = change_draft(context, number, 0, draft(context, number).draft)
    former = list_plans(context)[0]
    close_plan(context, former.plan_id, former.version)

    adopt(context, number, kept.version)

    newest, _ = list_plans(context)
    assert (newest.status, newest.carried_from) == (PlanStatus.ADOPTED, former.plan_id)


def test_a_draft_may_be_made_anew_from_the_verdicts() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    kept = change_draft(context, number, 0, replace(wanted, priorities=()))

    again = draft_again(context, number, kept.version)

    assert (again.draft, again.version) == (wanted, 2)


def test_it_may_be_adopted_after_the_review_is_closed() -> None:
    context, number = reviewed()
    closing.close(context, number)

    assert adopt(context, number, 0).adopted


def test_the_first_plan_of_a_company_follows_none() -> None:
    context = quarter_company()
    number = review_meeting(context)
    wanted = draft(context, number)
    assert [str(one.what) for one in wanted.problems] == ["The plan has no priority yet."]
    first = replace(wanted.draft, priorities=(DraftPriority("Sell", "deals_won", 10.0, 14.0),))

    adopt(context, number, change_draft(context, number, 0, first).version)

    (plan,) = list_plans(context)
    assert (plan.status, plan.carried_from, plan.standing[0].title) == (
        PlanStatus.ADOPTED,
        None,
        "Sell",
    )


def test_a_draft_that_lies_there_already_speaks_against_it() -> None:
    context, number = reviewed()
    draft_plan(context, starts_on=date(2027, 1, 4))

    assert "There is another draft of a plan already." in [
        str(one.what) for one in draft(context, number).problems
    ]


def test_a_priority_may_be_said_anew_and_another_added() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    first, second = wanted.priorities
    edited = replace(
        wanted,
        priorities=(
            replace(first, title="Sell twice a week", from_value=11.5, to_value=16.0),
            second,
            DraftPriority("Win more often", "win_rate", 0.9, 0.95),
        ),
    )

    adopted = adopt(context, number, change_draft(context, number, 0, edited).version)

    plan = list_plans(context)[0]
    # what somebody typed counts; else it starts from where its KPI is: a meeting in three of the
    # last four weeks, 0.75, to the decimal that every page and paper shows
    wanted_now = [
        ("Sell twice a week", 11.5, 16),
        ("Meet more", 0.8, 4),
        ("Win more often", 0.9, 0.95),
    ]
    for kept in (plan.standing, adopted.draft.priorities):
        assert [(one.title, one.from_value, one.to_value) for one in kept] == wanted_now
    assert plan.standing[0].carried_from == first.carried_from


@pytest.mark.parametrize("who", [ZOE, LUC])
def test_salespeople_read_the_draft_and_change_nothing(who: object) -> None:
    context, number = reviewed()
    own = context.by(who)  # type: ignore[arg-type]
    found = draft(own, number)

    assert [one.key for one in found.draft.kpis] == list(FIVE)
    with pytest.raises(AccessRefused):
        change_draft(own, number, 0, found.draft)
    with pytest.raises(AccessRefused):
        adopt(own, number, 0)


def test_the_journal_says_that_it_was_edited_and_adopted() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    kept = change_draft(context, number, 0, replace(wanted, ends_on=date(2026, 12, 18)))
    adopt(context, number, kept.version)

    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    found = [one for one in changes if one.what.startswith("next_quarter.")]

    assert [(one.what, one.subject) for one in found] == [
        ("next_quarter.changed", f"next_quarter {number}"),
        ("next_quarter.adopted", f"next_quarter {number}"),
    ]
    assert found[0].after is not None
    assert found[0].after["ends_on"] == "2026-12-18"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "first", "last"),
    [
        # no plan: from the first working day of the quarter to its last day
        (None, None, "2026-10-01", "2026-12-31"),
        # it ends with the quarter before
        ("2026-07-02", "2026-09-30", "2026-10-01", "2026-12-31"),
        # it reaches into the quarter: from the working day after it
        ("2026-07-13", "2026-10-09", "2026-10-13", "2026-12-31"),
        # it is the quarter's own: replaced from tomorrow on
        ("2026-10-01", "2026-12-31", "2026-10-09", "2026-12-31"),
    ],
)
def test_the_days_of_the_next_plan(
    starts_on: str | None, ends_on: str | None, first: str, last: str
) -> None:
    context = quarter_company()
    former = None
    if starts_on and ends_on:
        former = replace(
            plan_of_the_quarter(context),
            starts_on=date.fromisoformat(starts_on),
            ends_on=date.fromisoformat(ends_on),
        )

    found = plan_dates(Q4, former, TODAY, working_days("CA", "QC"))

    assert found == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_plan_that_is_still_to_last_is_said_to_be_cut_short() -> None:
    context = quarter_company()
    then = context.on(date(2026, 6, 25))
    plan = draft_plan(then, starts_on=date(2026, 7, 13), ends_on=date(2026, 10, 9))
    plan = set_priority(then, plan.plan_id, plan.version, SALES)
    adopt_plan(then, plan.plan_id, plan.version)
    number = review_meeting(context)

    wanted = draft(context, number).draft
    kept = change_draft(context, number, 0, wanted)

    assert wanted.cut_short == date(2026, 10, 9)
    # on its last day nothing is lost any more
    assert draft(context.on(date(2026, 10, 9)), number).draft.cut_short is None
    close_plan(context, plan.plan_id, plan.version + 1)
    assert draft(context, number).draft.cut_short is None
    assert kept.draft.former_plan == plan.plan_id


def test_too_little_left_of_a_quarter_makes_a_plan_of_ninety_days() -> None:
    context = quarter_company()
    former = replace(
        plan_of_the_quarter(context), starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)
    )

    for before in (former, None):
        found = plan_dates(Q4, before, date(2026, 12, 10), working_days("CA", "QC"))

        assert found == (date(2026, 12, 11), date(2027, 3, 10))
