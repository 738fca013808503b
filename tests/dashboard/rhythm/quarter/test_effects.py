"""What came of actions and experiments: a signal, a size with an interval, or why nothing can be said."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import isclose

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.course import drop, expect
from dashboard.rhythm.improve.experiment import Outcome, Plan
from dashboard.rhythm.improve.experiments import end_experiment, start_experiment
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.quarter.model import Effect, Item, WorkNumbers, WorkState
from dashboard.rhythm.quarter.reading import quarter_review
from pipelines.context import Context
from tests.builders.meetings import ZOE
from tests.builders.quarters import quarter_company, told

#: Thirteen weeks around ten, then thirteen around fifteen, up to Sunday 4 October.
BETTER = (*[9, 11] * 6, 10, *[14, 16] * 6, 15)
FLAT = (9, 11) * 13
#: The Monday from which on they are around fifteen.
MONDAY = date(2026, 7, 6)
PLAN = Plan("Call back", "They decide sooner.", "deals_won", "Zoé Côté", MONDAY, 4.0, 0)


def company(won: Sequence[int] = BETTER) -> Context:
    return quarter_company(won, last=date(2026, 10, 1))


def experiment(context: Context, plan: Plan = PLAN) -> int:
    assert plan.starts_on is not None
    return start_experiment(context.on(plan.starts_on), plan).experiment_id


def done_action(
    context: Context,
    title: str = "Call back",
    kpi: str | None = "deals_won",
    done_on: date = MONDAY,
    lag: int | None = None,
) -> int:
    before = done_on - timedelta(weeks=1)
    action = add_action(context.on(before), title, "Zoé Côté", done_on, kpi)
    if lag is not None:
        action = expect(context.on(before), action.action_id, action.version, None, lag)
    complete(context.on(done_on), action.action_id, action.version)
    return action.action_id


def item(context: Context, subject: str) -> tuple[Item, WorkNumbers]:
    found = quarter_review(context).item(subject)
    assert found is not None
    assert found.work is not None
    return found, found.work


def effect(context: Context, subject: str) -> Effect:
    _, work = item(context, subject)
    assert work.effect is not None, work.unjudged
    return work.effect


def why_not(context: Context, subject: str) -> str:
    _, work = item(context, subject)
    assert work.effect is None
    return str(work.unjudged)


def test_an_experiment_that_worked_has_a_signal_and_a_size_with_its_interval() -> None:
    context = company()
    number = experiment(context)

    found = effect(context, f"experiment {number}")

    assert found.finding is Finding.RIGHT
    assert (found.weeks_before, found.weeks_after) == (13, 13)
    assert (found.before, found.after, found.difference) == (10.0, 15.0, 5.0)
    # s² of both sides: twelve ones and a zero, over 12, is 1; over 13 weeks each: √(2/13);
    # freedom (2/13)² / (2 · (1/13)²/12) = 24
    reach = 2.064 * (2 / 13) ** 0.5
    assert found.low is not None
    assert found.high is not None
    assert isclose(found.low, 5 - reach)
    assert isclose(found.high, 5 + reach)


def test_it_is_said_in_words() -> None:
    context = company()
    number = experiment(context)

    said = told(quarter_review(context), f"experiment {number}")

    assert said[0] == "Running since Jul 6, 2026."
    assert said[1] == (
        "Deals won: 13 weeks with a signal in the right direction since Jul 6, 2026."
    )
    assert (
        "From 10 to 15 on average (13 weeks before, 13 after): +5, between +4.2 and +5.8." in said
    )


def test_nothing_that_moved_is_perhaps_nothing() -> None:
    context = company(FLAT)
    number = experiment(context)

    found = effect(context, f"experiment {number}")

    assert (found.finding, found.signals) == (Finding.NO_SIGNAL, 0)
    assert any(
        "so perhaps nothing" in one for one in told(quarter_review(context), f"experiment {number}")
    )


def test_an_action_without_a_kpi_cannot_be_judged() -> None:
    context = company()
    number = done_action(context, kpi=None)

    assert why_not(context, f"action {number}") == "no KPI is linked to it"
    assert "Its effect cannot be judged: no KPI is linked to it." in told(
        quarter_review(context), f"action {number}"
    )


def test_two_at_the_same_time_for_one_kpi_spoil_each_other() -> None:
    context = company()
    first = done_action(context, "Call back")
    second = done_action(context, "Visit", done_on=date(2026, 7, 20))
    elsewhere = done_action(context, "Write", kpi="win_rate", done_on=date(2026, 7, 20))

    assert why_not(context, f"action {first}") == ("at the same time, for the same KPI: “Visit”")
    assert "“Call back”" in why_not(context, f"action {second}")
    # of another KPI, so it spoils nothing and nothing spoils it
    assert effect(context, f"action {elsewhere}").kpi == "win_rate"


def test_what_showed_before_all_the_weeks_compared_spoils_nothing() -> None:
    context = company((*[9, 11] * 10, *BETTER))
    done_action(context, "Long ago", done_on=MONDAY - timedelta(weeks=20))
    number = done_action(context, "Call back")

    assert effect(context, f"action {number}").difference == 5.0


def test_the_action_that_begins_an_experiment_is_judged_as_one_with_it() -> None:
    context = company()
    number = experiment(context)
    done_action(context, "Write the first letter", done_on=MONDAY + timedelta(days=2))

    found = effect(context, f"experiment {number}")

    assert found.together == ("Write the first letter",)
    assert "Judged as one with “Write the first letter”." in told(
        quarter_review(context), f"experiment {number}"
    )


def test_one_change_has_one_effect_under_both_its_names() -> None:
    context = company()
    number = experiment(context)
    begun = done_action(context, "Write the first letter", done_on=MONDAY + timedelta(days=2))
    tried, done = effect(context, f"experiment {number}"), effect(context, f"action {begun}")

    assert (done.difference, done.shows_from) == (tried.difference, tried.shows_from)
    assert done.together == (item(context, f"experiment {number}")[0].name.en,)


def test_many_others_are_named_in_part_and_counted() -> None:
    context = company()
    number = done_action(context)
    for letter in "ABCDE":
        done_action(context, letter, done_on=date(2026, 7, 20))

    assert why_not(context, f"action {number}").endswith(": “A”, “B”, “C”, 2 more")


def test_too_few_weeks_after_cannot_be_judged() -> None:
    context = company(FLAT)
    number = done_action(context, done_on=date(2026, 9, 21))

    # of the weeks from Monday 21 September on, two are over
    assert why_not(context, f"action {number}") == (
        "13 weeks with a value before and 2 after, where 6 each are needed"
    )


def test_one_week_of_history_cannot_be_judged() -> None:
    context = quarter_company([5])
    number = done_action(context, done_on=date(2026, 9, 21))

    assert "where 6 each are needed" in why_not(context, f"action {number}")


def test_what_is_open_late_or_given_up_is_told_apart() -> None:
    context = quarter_company()
    then = context.on(date(2026, 9, 1))
    late = add_action(then, "Late", "Zoé Côté", date(2026, 9, 15), "deals_won")
    ahead = add_action(then, "Ahead", "Zoé Côté", date(2026, 11, 2), "deals_won")
    gone = add_action(then, "Gone", "Zoé Côté", date(2026, 9, 15))
    drop(context.on(date(2026, 9, 10)), gone.action_id, gone.version, "Nobody needs it")

    states = {
        one.action_id: item(context, f"action {one.action_id}")[1].state
        for one in (late, ahead, gone)
    }

    assert list(states.values()) == [WorkState.LATE, WorkState.OPEN, WorkState.DROPPED]
    assert why_not(context, f"action {late.action_id}") == "it is not done yet"
    assert told(quarter_review(context), f"action {late.action_id}")[0] == (
        "Late: due on Sep 15, 2026."
    )


def test_what_was_over_before_the_quarter_or_began_after_it_is_left_out() -> None:
    context = quarter_company()
    done_action(context, "Before", done_on=date(2026, 6, 24))
    add_action(context.on(date(2026, 10, 5)), "After", "Zoé Côté", date(2026, 10, 20))

    assert quarter_review(context).work == ()


def test_what_was_done_before_and_was_to_show_in_the_quarter_belongs_to_it() -> None:
    context = company()
    number = done_action(context, done_on=date(2026, 6, 22), lag=2)

    found = effect(context, f"action {number}")

    assert found.shows_from == MONDAY
    assert (found.weeks_before, found.weeks_after) == (11, 13)


def test_an_experiment_that_was_stopped_is_judged_by_its_own_weeks() -> None:
    context = company()
    number = experiment(context)
    stopped = context.on(date(2026, 8, 31))
    end_experiment(stopped, number, 1, Outcome.STOP, "It cost too much")

    found, work = item(context, f"experiment {number}")

    assert (work.state, work.outcome) == (WorkState.ENDED, Outcome.STOP)
    assert work.effect is not None
    assert work.effect.weeks_after == 8
    assert str(found.facts[0].said).startswith("From 2026-07-06 to 2026-08-31")


def test_experiments_come_before_actions_and_salespeople_see_neither_margin_nor_colleague() -> None:
    context = company()
    number = experiment(context)
    action = done_action(context, kpi=None)

    assert [one.subject for one in quarter_review(context).work] == [
        f"experiment {number}",
        f"action {action}",
    ]
    assert [one.owner for one in quarter_review(context.by(ZOE)).work] == ["Zoé Côté"] * 2


def test_salespeople_read_of_their_own_work_without_what_colleagues_do() -> None:
    context = company()
    number = done_action(context, "Call back")
    other = add_action(
        context.on(MONDAY), "Visit Érable", "Luc Paré", date(2026, 7, 20), "deals_won"
    )
    complete(context.on(date(2026, 7, 20)), other.action_id, other.version)

    own = quarter_review(context.by(ZOE))

    assert told(own, f"action {number}")[1] == (
        "Its effect cannot be judged: 1 other thing was done for the same KPI at the same time."
    )
    assert "Érable" not in repr(own)
    assert "Érable" in repr(quarter_review(context))
