"""What a person's plan agrees on: everything that is wrong with it is said at once."""

from dataclasses import replace

import pytest

from dashboard.rhythm.plan.terms import (
    Account,
    ActivityTarget,
    Effort,
    Frequency,
    PersonalTerms,
    terms_problems,
    tidy_terms,
)
from tests.builders.plans import TERMS
from tests.builders.warehouse import SHIPPED


def said(terms: PersonalTerms) -> list[str]:
    return [str(one.what) for one in terms_problems(terms, SHIPPED)]


def test_terms_without_a_fault_have_no_problem_and_neither_have_empty_ones() -> None:
    assert said(TERMS) == []
    assert said(PersonalTerms()) == []


@pytest.mark.parametrize(("last", "problems"), [(40, []), (40.5, ["100.5"])])
def test_effort_adds_up_to_100_percent_at_most(last: float, problems: list[str]) -> None:
    terms = PersonalTerms(effort=(Effort("A", 35), Effort("B", 25), Effort("C", last)))

    assert said(terms) == [f"The shares of effort add up to {one}%." for one in problems]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    terms = PersonalTerms(
        accounts=(Account("", "A"), Account("Érable"), Account("Érable")),
        frequencies=(Frequency("A", 0), Frequency("A", 2), Frequency("", 53)),
        rendez_vous="x" * 2_001,
        effort=(Effort("A", -1), Effort("B", float("nan"))),
        activity=(
            ActivityTarget("win_rate", 3),
            ActivityTarget("meetings_held", 0),
            ActivityTarget("sales_won", 1),
            ActivityTarget("nothing", 2),
        ),
        means="x" * 100_000,
    )

    assert said(terms) == [
        "A target account has no name.",
        "“Érable” is there twice.",
        "A segment has no name.",
        "“A” is there twice.",
        "“Every 0 weeks” is no rhythm.",
        "“Every 53 weeks” is no rhythm.",
        f"“{'x' * 30}…” is too long: 2001 characters.",
        "A share of effort lies between 0 and 100%.",
        "A share of effort lies between 0 and 100%.",
        "Win rate does not count an activity.",
        "A target for each week is a number above 0.",
        f"{SHIPPED['sales_won'].name} does not count an activity.",
        "There is no KPI 'nothing'.",
        f"“{'x' * 30}…” is too long: 100000 characters.",
    ]


def test_a_list_of_customers_is_no_choice() -> None:
    accounts = tuple(Account(f"Customer {number}") for number in range(51))

    assert said(PersonalTerms(accounts=accounts)) == ["51 target accounts are too many."]
    assert said(PersonalTerms(accounts=accounts[:50])) == []


def test_what_people_type_is_tidied_and_empty_lines_are_left_out() -> None:
    terms = replace(
        TERMS,
        accounts=(Account(" Hôtel\n du Lac ", "A\u202e"), Account(" ", "")),
        rendez_vous=" A \u202e word\n",
    )

    tidied = tidy_terms(terms)

    assert tidied.accounts == (Account("Hôtel du Lac", "A"),)
    assert tidied.rendez_vous == "A  word"
