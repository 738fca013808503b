"""How many KPIs of a quarter reached their target, in a sentence."""

from dashboard.report.quarterly.scores import on_target
from dashboard.rhythm.quarter.reading import quarter_review
from pipelines.context import Context
from pipelines.periods import Grain
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
