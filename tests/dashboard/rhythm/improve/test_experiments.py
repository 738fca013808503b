from dataclasses import replace
from datetime import date

import pytest

from dashboard.rhythm.improve.experiment import Experiment, Outcome, Plan, beside
from dashboard.rhythm.improve.experiments import (
    change_experiment,
    end_experiment,
    list_experiments,
    practice_from,
    start_experiment,
    trials,
)
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.improve.practices import add_practice, list_practices
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from pipelines.people.person import Details
from pipelines.people.register import add_person, change_person
from tests.builders.warehouse import imported, warehouse_with, weekly

TODAY = date(2026, 11, 16)
PLAN = Plan(
    title="Call back every quote after three days",
    hypothesis="Whoever is called decides sooner.",
    kpi="deals_won",
    owner="Zoé Côté",
    starts_on=date(2026, 10, 26),
    effect=3.0,
    lag_weeks=1,
)


def company() -> Context:
    # ten weeks around ten until 8 November, and a week of twenty
    values = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 20]
    return warehouse_with(
        *weekly("2026-08-31", values), imported("deals", "2026-11-16"), today=TODAY
    )


def test_an_experiment_names_one_kpi_one_owner_and_a_day() -> None:
    context = company()

    one = start_experiment(context, PLAN)

    assert list_experiments(context) == (one,)
    assert (one.kpi, one.owner, one.starts_on) == ("deals_won", "Zoé Côté", date(2026, 10, 26))
    assert one.shows_from == date(2026, 11, 2)
    assert (one.ended_on, one.outcome, one.version) == (None, None, 1)


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(Refused) as error:
        start_experiment(company(), Plan("", " ", "", "", None, None, -1))

    assert len(error.value.problems) == 6


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, effect=-3.0),  # more deals are better
        replace(PLAN, effect=0.0),
        replace(PLAN, effect=float("nan")),
        replace(PLAN, kpi="no_show_rate", effect=0.05),  # less is better
        replace(PLAN, lag_weeks=27),
        replace(PLAN, title="x" * 121),
        replace(PLAN, hypothesis="x" * 100_000),
        replace(PLAN, owner="x" * 121),
        replace(PLAN, kpi="nothing"),
    ],
)
def test_what_makes_no_sense_is_refused(plan: Plan) -> None:
    context = company()

    with pytest.raises(Refused):
        start_experiment(context, plan)

    assert list_experiments(context) == ()


def test_two_experiments_on_one_kpi_at_a_time_are_allowed_and_pointed_out() -> None:
    context = company()
    first = start_experiment(context, PLAN)
    second = start_experiment(context, replace(PLAN, title="Another", starts_on=date(2026, 11, 9)))
    other = start_experiment(context, replace(PLAN, title="A third", kpi="sales_won", effect=None))

    found = {one.experiment.title: one.beside for one in trials(context)}

    assert found == {first.title: (second,), "Another": (first,), "A third": ()}
    end_experiment(context, first.experiment_id, 1, Outcome.STOP, "Nobody had the time.")
    assert other.experiment_id == 3


@pytest.mark.parametrize(
    ("start", "ended", "overlap"),
    [
        ("2026-11-09", None, True),
        ("2026-09-01", "2026-10-26", False),  # ended on the day the other started
        ("2026-09-01", "2026-10-27", True),
        ("2026-12-07", None, False),  # has not started, and the other shows before
    ],
)
def test_experiments_that_ran_one_after_the_other_do_not_disturb_each_other(
    start: str, ended: str | None, *, overlap: bool
) -> None:
    def experiment(number: int, starts_on: str, ended_on: str | None) -> Experiment:
        end = date.fromisoformat(ended_on) if ended_on else None
        begin = date.fromisoformat(starts_on)
        return Experiment(number, "", "", "deals_won", "", begin, None, 1, end, None, None, None, 1)

    mine = experiment(1, "2026-10-26", None)

    assert bool(beside(mine, [experiment(2, start, ended)], TODAY)) is overlap


def test_what_the_weeks_say_comes_from_the_companys_own_numbers() -> None:
    context = company()
    start_experiment(context, PLAN)

    (trial,) = trials(context)

    assert trial.judgement is not None
    assert trial.judgement.finding is Finding.RIGHT
    assert (trial.judgement.weeks_before, trial.judgement.weeks_after) == (8, 2)
    assert trial.judgement.mean_after == 15


def test_an_experiment_without_numbers_is_listed_all_the_same() -> None:
    context = warehouse_with(today=TODAY)
    start_experiment(context, PLAN)

    assert [one.judgement for one in trials(context)] == [None]


def test_an_experiment_ends_with_a_conclusion() -> None:
    context = company()
    start_experiment(context, PLAN)

    with pytest.raises(Refused):
        end_experiment(context, 1, 1, Outcome.CHANGE, " \n ")
    ended = end_experiment(context, 1, 1, Outcome.CHANGE, "Five days are better.")

    assert (ended.ended_on, ended.outcome, ended.version) == (TODAY, Outcome.CHANGE, 2)
    assert ended.conclusion == "Five days are better."


def test_what_works_becomes_a_good_practice_once() -> None:
    context = company()
    start_experiment(context, PLAN)
    with pytest.raises(Refused):
        practice_from(context, 1, 1)
    end_experiment(context, 1, 1, Outcome.GENERALISE, "Three more deals a week.")

    practice = practice_from(context, 1, 2)

    assert practice.title == "Call back every quote after three days"
    assert practice.text == "Whoever is called decides sooner.\n\nThree more deals a week."
    assert (practice.origin, practice.person) == ("experiment 1", "Zoé Côté")
    assert practice_from(context, 1, 2) == practice
    assert list_practices(context) == (practice,)
    assert list_experiments(context)[0].practice_id == practice.practice_id


def test_an_experiment_that_somebody_else_ended_shows_how() -> None:
    context = company().by(Actor("Louise Gagnon"))
    start_experiment(context, PLAN)
    end_experiment(context, 1, 1, Outcome.STOP, "No time.")

    with pytest.raises(Conflict) as error:
        change_experiment(context, 1, 1, replace(PLAN, title="Other words"))

    assert "No time." in str(error.value.theirs)
    assert error.value.by == "Louise Gagnon"


def test_an_experiment_on_margins_does_not_exist_for_those_who_may_not_see_them() -> None:
    context = company()
    start_experiment(context, replace(PLAN, kpi="gross_margin_rate", effect=0.02))
    salesperson = context.by(Actor("Zoé Côté", scope=Scope(frozenset({"Zoé Côté"}), margins=False)))

    assert list_experiments(salesperson) == ()
    with pytest.raises(Refused, match="There is no experiment"):
        end_experiment(salesperson, 1, 1, Outcome.STOP, "x")


def test_a_new_name_is_carried_into_experiments_and_practices() -> None:
    context = company()
    person = add_person(context, Details("Zoé Côté"))
    start_experiment(context, PLAN)
    end_experiment(context, 1, 1, Outcome.GENERALISE, "It works.")
    practice_from(context, 1, 2)
    change_person(context, person.person_id, person.version, Details("Zoé Roy"))

    assert list_experiments(context)[0].owner == "Zoé Roy"
    assert list_practices(context)[0].person == "Zoé Roy"


def test_a_salesperson_is_not_told_which_colleague_is_responsible() -> None:
    context = company()
    start_experiment(context, PLAN)
    start_experiment(context, replace(PLAN, title="Another", owner="Marc Roy"))
    add_practice(context, "Show a sample", person="Marc Roy")
    salesperson = context.by(Actor("Zoé Côté", scope=Scope(frozenset({"Zoé Côté"}))))

    assert {one.owner for one in list_experiments(salesperson)} == {"Zoé Côté", ""}
    assert [one.person for one in list_practices(salesperson)] == [None]
