"""What a quarter says about a KPI: its targets of before, and the result that it should move."""

from datetime import date, timedelta

import pytest

from dashboard.rhythm.quarter.kpi_words import lagged, stood_in
from dashboard.rhythm.quarter.model import Lagged
from dashboard.rhythm.quarter.reading import quarter_review
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.kpis.definition import LocalText
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders.quarters import LAST, WON, aimed, quarter_company, told
from tests.builders.warehouse import closed


def retargeted(day: date) -> Context:
    """Return a company whose target for deals won goes from 10 to 12 a week on a day."""
    context = aimed(quarter_company())
    set_target(context, TargetRequest("deals_won", 12, day, per=Grain.WEEK))
    return context


def test_a_target_that_changed_within_the_quarter_is_explained() -> None:
    before = told(quarter_review(aimed(quarter_company())), "kpi deals_won")

    after = told(quarter_review(retargeted(date(2026, 8, 10))), "kpi deals_won")

    assert not [one for one in before if "changes on" in one or one.startswith("Target:")]
    assert after[1:3] == [
        "Target: 12 per week from Aug 10, 2026 on (10 before).",
        ("The target changes on Aug 10, 2026: over the whole period both count, by working days."),
    ]


def test_a_target_that_began_with_the_quarter_says_what_it_was_before() -> None:
    said = told(quarter_review(retargeted(date(2026, 7, 1))), "kpi deals_won", "fr_CA")

    first = [one for one in said if one.startswith("Cible")]
    assert first == ["Cible\u00a0: 12 par semaine à partir du 1er juillet 2026 (10 avant)."]
    assert not [one for one in said if "change le" in one]


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 10, 1)])
def test_a_target_that_changed_outside_the_quarter_is_no_news_of_it(day: date) -> None:
    said = told(quarter_review(retargeted(day)), "kpi deals_won")

    assert not [one for one in said if one.startswith("Target:")]


def compared_company() -> Context:
    """Return a company of whose activities nobody said what they should move: a sale takes two weeks."""
    days = [LAST - timedelta(weeks=one) for one in range(10)]
    cycle = [
        closed(str(day), "won", 100.0, created_on=str(day - timedelta(weeks=2))) for day in days
    ]
    return quarter_company(WON, *cycle)


def test_what_stands_in_for_an_assumption_is_said_once_for_all_activities() -> None:
    review = quarter_review(compared_company())

    compared = stood_in(review.kpis)

    assert compared is not None
    assert render(compared, "en") == (
        "Where nobody wrote down which result an activity should move, it is compared with Deals "
        "won 2 weeks later, as long as a sale takes."
    )
    said = [render(fact.said, "en") for one in review.kpis for fact in one.facts]
    assert not [one for one in said if "nobody wrote down" in one.lower()]
    assert (
        "Whether Deals won follows 2 weeks later cannot be judged: one of the two never varied."
        in (told(review, "kpi meetings_held"))
    )
    results = [one for one in review.kpis if one.kpi and not one.kpi.lagged]
    assert stood_in(results) is None


@pytest.mark.parametrize(
    ("moved", "language", "sentence"),
    [
        (
            True,
            "en",
            (
                "Sales won follows 6 weeks later: over 52 weeks the two rise and fall together; "
                "chance does as much in 2% of cases."
            ),
        ),
        (
            False,
            "en",
            (
                "No visible link with Sales won 6 weeks later: over 52 weeks, chance does as much in "
                "2% of cases."
            ),
        ),
        (
            False,
            "fr_CA",
            (
                "Aucun lien visible avec «_Ventes conclues_» 6 semaines plus tard_: sur 52 semaines, "
                "le hasard en fait autant dans 2_% des cas."
            ),
        ),
    ],
)
def test_one_sentence_says_whether_a_result_followed(
    *, moved: bool, language: Language, sentence: str
) -> None:
    sales = LocalText("Sales won", "Chiffre d’affaires signé", "Ventes conclues")
    found = Lagged("sales_won", sales, 6, None, 52, 0.4, 0.02, moved, None)

    said = render(lagged(found, LocalText("Meetings held", "Rendez-vous")), language)

    assert said == sentence.replace("_", "\N{NO-BREAK SPACE}")


def test_limits_are_called_natural_and_not_the_lowest_and_the_highest_week() -> None:
    said = told(quarter_review(quarter_company()), "kpi deals_won", "fr_CA")

    # the highest week of the quarter is 20
    assert (
        "Semaines d’avant le trimestre_: moyenne 10; limites naturelles de 4,9 à 15,1. "
        "Semaines du trimestre_: moyenne 10,8; limites naturelles de 3,9 à 17,6."
    ).replace("_", "\N{NO-BREAK SPACE}") in said
