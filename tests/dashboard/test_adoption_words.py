"""What is said before the next quarter is adopted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from dashboard.components.adoption_words import adopting_it
from dashboard.rhythm.actions import add_action, move
from dashboard.rhythm.quarter.draft import DraftKpi, NextQuarter
from dashboard.rhythm.quarter.drafting import change_draft, draft
from dashboard.rhythm.quarter.model import Way
from dashboard.text import Language
from pipelines.context import Context
from pipelines.kpis.catalogue import catalogue
from tests.builders.quarters import (
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)

OCTOBER, NOVEMBER = date(2026, 10, 20), date(2026, 11, 3)


@pytest.fixture
def company() -> Iterator[Context]:
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    yield context
    context.close()


def said(context: Context, found: NextQuarter, language: Language = "en") -> tuple[str, ...]:
    return adopting_it(found.draft, catalogue(context), "CAD", language).said


def test_a_kpi_that_is_dropped_or_gives_way_to_another_one_is_named(company: Context) -> None:
    number = review_meeting(company)
    assert "No longer followed" not in str(said(company, draft(company, number)))
    decided(company, number, "kpi deals_won", Way.DROP, "Nobody reads it")
    found = draft(company, number)
    assert said(company, found)[1] == "No longer followed: Deals won."
    kpis = tuple(
        DraftKpi("no_show_rate", None, instead_of=one.key) if one.key == "meetings_held" else one
        for one in found.draft.kpis
    )

    change_draft(company, number, found.version, replace(found.draft, kpis=kpis))

    found = draft(company, number)
    assert set(found.draft.chosen) - {one.key for one in kpis} == {"deals_won", "meetings_held"}
    line = said(company, found)[1]
    assert line.startswith("No longer followed: ")
    assert {"Deals won", "Meetings held"} == set(line[20:-1].split(" and "))


def test_an_action_whose_date_is_moved_is_named_with_both_days(company: Context) -> None:
    titles = ("Call Lavoie", "Call Roy", "Call Côté")
    numbers = [add_action(company, title, "Marc Roy", OCTOBER).action_id for title in titles]
    number = review_meeting(company)
    found = draft(company, number)
    assert "Date moved" not in str(said(company, found))
    # the first is given up: its day does not matter any more
    ways = dict(zip(numbers, (Way.DROP, Way.KEEP, Way.KEEP), strict=True))
    days = dict(zip(numbers, (NOVEMBER, NOVEMBER, OCTOBER), strict=True))
    wanted = tuple(
        replace(one, way=ways[one.action_id], due_on=days[one.action_id])
        for one in found.draft.actions
    )

    change_draft(company, number, found.version, replace(found.draft, actions=wanted))

    lines = [one for one in said(company, draft(company, number)) if one.startswith("Date moved")]
    assert lines == ["Date moved: Call Roy, Oct 20, 2026 → Nov 3, 2026"]
    # somebody moves it to that day in the meantime: adopting moves nothing
    move(company, numbers[1], 1, NOVEMBER, "They are away")
    assert "Date moved" not in str(said(company, draft(company, number)))
