"""How many KPIs of a quarter reached their target, in a sentence."""

from datetime import date

from dashboard.report.quarterly.scores import decided_cell, on_target
from dashboard.rhythm.quarter.reading import quarter_review
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.periods import Grain
from tests.builders.meetings import FIVE
from tests.builders.quarters import TODAY, aimed, quarter_company
from tests.builders.warehouse import warehouse_with


def said(context: Context, *, running: bool = False) -> list[str]:
    quarter = context.calendar.period(Grain.QUARTER, TODAY) if running else None
    return [one.text for one in on_target(quarter_review(context, quarter), "en")]


def test_only_what_can_be_judged_is_counted() -> None:
    assert said(aimed(quarter_company())) == ["1 KPI out of 1 on target."]


def test_a_quarter_in_which_nothing_can_be_judged_says_what_it_takes() -> None:
    assert said(quarter_company()) == [
        "No KPI can be judged for this quarter: it takes a target and enough data."
    ]


def test_of_no_kpi_and_of_a_running_quarter_nothing_is_said_to_lack() -> None:
    assert said(warehouse_with(today=TODAY)) == []
    assert said(aimed(quarter_company()), running=True) == []


def test_a_kpi_that_another_one_replaced_is_not_counted_and_says_since_when() -> None:
    context = aimed(quarter_company())
    others = [(key, who) for key, who in FIVE.items() if key != "deals_won"]
    choose(context.on(date(2026, 7, 14)), [*others, ("pipeline_created", "Zoé Côté")])
    review = quarter_review(context)

    # the only KPI with a target was given up
    assert [one.text for one in on_target(review, "en")] == [
        "No KPI can be judged for this quarter: it takes a target and enough data."
    ]
    item = review.item("kpi deals_won")
    assert item is not None
    assert decided_cell(item, "fr_CA").text == "remplacé le 14 juill."
    assert decided_cell(item, "en").text == "replaced on Jul 14"


def test_a_kpi_that_nothing_came_in_place_of_says_until_when_it_was_followed() -> None:
    context = quarter_company()
    others = [(key, who) for key, who in FIVE.items() if key != "deals_won"]
    more = [("pipeline_created", None), ("average_deal", None)]
    choose(context.on(date(2026, 7, 6)), [*FIVE.items(), *more])
    choose(context.on(date(2026, 8, 3)), [*others, *more])

    item = quarter_review(context).item("kpi deals_won")

    assert item is not None
    assert decided_cell(item, "en").text == "followed until Aug 2"
