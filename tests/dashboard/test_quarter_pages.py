"""The pages of the quarterly review: evidence, the meeting's sections, the next quarter."""

from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.meeting_closing import closing_data
from dashboard.components.meeting_page import page_data
from dashboard.navigation import Place
from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import closing, running
from dashboard.rhythm.plan.model import NewPriority, PlanStatus
from dashboard.rhythm.plan.reading import list_plans
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.drafting import draft
from dashboard.rhythm.quarter.model import Way
from dashboard.text import LANGUAGES
from pipelines.context import Context
from pipelines.kpis.choice import chosen
from pipelines.kpis.targets import TargetRequest, list_targets, set_target
from pipelines.periods import Grain
from tests.builders.pages import all_given, given, open_page, showing, texts
from tests.builders.quarters import (
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)

ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
MARC = Visitor("Marc Roy", Role.MANAGER, names=frozenset({"Marc Roy"}))
SECTIONS = {"kpis": 2, "work": 3, "rituals": 4, "next": 5}


@pytest.fixture
def company() -> Iterator[Context]:
    context = aimed(quarter_company())
    plan_of_the_quarter(
        context,
        NewPriority("Sell every week", "deals_won", 10.0, 14.0),
    )
    with showing(context):
        yield context
    context.close()


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (one for one in page.button if one.label == label)
    return button.click().run()


def question(page: AppTest) -> str:
    """Return what the page asks before the next quarter is adopted."""
    said = [str(one.value) for one in page.markdown]
    first = next(place for place, one in enumerate(said) if "takes over" in one)
    return "\n".join(said[first:])


def adopt_on(page: AppTest) -> AppTest:
    """Adopt the next quarter on its page, which asks first."""
    return press(press(page, "Adopt the next quarter"), "Adopt it now")


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_a_review_is_prepared_its_evidence_is_there_to_read(
    company: Context, language: str
) -> None:
    page = open_page(Place.QUARTER_REVIEW, lang=language)

    assert not page.exception
    shown = texts(page)
    assert "140" in shown
    assert "{" not in shown
    assert company.store.version


def test_it_can_be_prepared_and_shows_its_agenda(company: Context) -> None:
    page = press(open_page(Place.QUARTER_REVIEW), "Prepare the meeting")

    assert not page.exception
    sections = given(page, "meeting")["clock"]["sections"]
    assert [one["minutes"] for one in sections] == [10, 45, 40, 20, 25, 10]
    assert list_plans(company)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", SECTIONS)
def test_every_section_says_what_it_has_in_every_language(
    company: Context, topic: str, language: str
) -> None:
    number = review_meeting(company)
    running.enter(company, number, SECTIONS[topic])

    shown = page_data(data.meeting.sight(number), language, after="")  # type: ignore[arg-type]

    assert shown["section"]["topic"] == topic
    assert shown["section"]["lead"]
    assert "{" not in str(shown["section"]).replace("{'", "").replace("{}", "")


def test_the_first_undecided_thing_is_open_and_any_other_can_be_opened(company: Context) -> None:
    number = review_meeting(company)
    running.enter(company, number, 2)
    decided(company, number, "kpi new_opportunities", Way.CHANGE, "Too many", "Count by segment")

    usual = page_data(data.meeting.sight(number), "en", after="")["section"]
    asked = page_data(data.meeting.sight(number, subject="kpi new_opportunities"), "en", after="")[
        "section"
    ]

    assert usual["opened"]["subject"] == "kpi meetings_held"
    assert (usual["rows"][0]["decided"], usual["rows"][0]["tone"]) == ("Change it", "work")
    assert asked["opened"]["decided"]["said"] == "Change it: Too many"
    assert asked["opened"]["change"] == "Count by segment"
    assert asked["opened"]["version"] == 1
    assert len(asked["opened"]["trend"]["values"]) == 26


def test_in_a_second_review_of_a_quarter_what_comes_after_a_verdict_is_next(
    company: Context,
) -> None:
    first = review_meeting(company)
    for key in ("new_opportunities", "meetings_held", "deals_won", "sales_won"):
        decided(company, first, f"kpi {key}")
    closing.close(company, first)
    later = company.on(date(2026, 10, 20))
    number = review_meeting(later)
    running.enter(later, number, SECTIONS["kpis"])

    def next_after(subject: str) -> str:
        with showing(later):
            section = page_data(data.meeting.sight(number, subject=subject), "en", after="")[
                "section"
            ]
        return str(section["opened"]["next"])

    # what waits comes first, wherever it stands
    assert next_after("kpi new_opportunities") == "kpi win_rate"
    decided(later, number, "kpi win_rate")
    # then what this meeting has not decided about, and nothing that lies behind
    decided(later, number, "kpi meetings_held")
    assert next_after("kpi new_opportunities") == "kpi deals_won"
    assert next_after("kpi meetings_held") == "kpi deals_won"
    assert next_after("kpi win_rate") == "kpi win_rate"


def test_whoever_takes_part_reads_and_only_those_who_lead_decide(company: Context) -> None:
    number = review_meeting(company)
    running.enter(company, number, 2)
    with showing(company, ZOE):
        shown = page_data(data.meeting.sight(number), "en", after="")["section"]

    assert shown["opened"]["facts"]
    assert not shown["opened"]["runs"]


def agreed(number: int) -> list[tuple[str, str]]:
    lines = page_data(data.meeting.sight(number), "en", after="")["agreed"]
    return [(one["owner"], one["title"]) for one in lines]


def test_before_it_is_closed_a_review_says_what_it_decided_and_what_still_waits(
    company: Context,
) -> None:
    number = review_meeting(company)
    before = closing_data(data.meeting.sight(number), "en")
    assert agreed(number) == []
    decided(company, number, "kpi deals_won", Way.KEEP, "It tells most")
    decided(company, number, "kpi win_rate", Way.CHANGE, "Too coarse", "By segment")

    after = closing_data(data.meeting.sight(number), "en")

    assert "numbers meeting" in before["closing"]
    assert after["closing"] == ""
    assert agreed(number) == [
        ("Deals won", "Keep it: It tells most"),
        ("Win rate", "Change it: By segment"),
    ]
    waiting = [int(one["missing"][0].split()[0]) for one in (before, after)]
    assert waiting[0] - waiting[1] == 2
    assert after["missing"][0] == (
        "3 things still wait for a verdict: “New opportunities”, “Meetings held”, and “Sales won”."
    )


def test_an_adopted_quarter_alone_makes_a_review_no_numbers_meeting(company: Context) -> None:
    number = review_meeting(company)

    adopt(company, number, 0)

    assert closing_data(data.meeting.sight(number), "en")["closing"] == ""
    assert agreed(number)[-1][1].startswith("Adopted: the plan from ")


def test_what_is_typed_in_a_review_is_shown_as_text_only(company: Context) -> None:
    number = review_meeting(company)
    running.enter(company, number, 2)
    decided(company, number, "kpi deals_won", Way.KEEP, "<img src=x> \u202e$x$")
    closing.close(company, number)

    page = open_page(Place.QUARTER_REVIEW)

    assert not page.exception
    assert "<img" not in texts(page).replace("\\<img", "")


def test_the_next_quarter_is_edited_and_adopted_on_its_page(company: Context) -> None:
    number = review_meeting(company)
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    assert not page.exception

    (target,) = (one for one in page.text_input if (one.label, one.value) == ("Target", "10"))
    target.set_value("12")
    page = press(page, "Keep the draft")
    kept = draft(company, number)
    assert (kept.version, kept.draft.targets[0].value) == (1, 12)
    page = adopt_on(page)

    assert not page.exception
    assert draft(company, number).adopted
    assert [one.status for one in list_plans(company)] == [PlanStatus.ADOPTED, PlanStatus.CLOSED]
    assert [one.value for one in list_targets(company, "deals_won")] == [10, 12]
    assert "Adopted: the plan from" in "\n".join(str(one.value) for one in page.success)
    shown = str(given(page, "sheet"))
    assert "12 per week" in shown
    assert "from Oct 5, 2026 on" in shown
    assert "Sell every week" in shown
    (back,) = all_given(page, "files")[0]["lines"][0]["links"]
    assert back["name"] == "Back to the review"
    assert back["href"].startswith(f"./quarter_review?meeting={number}")


def test_the_draft_says_what_was_decided_for_later_and_what_is_worth_a_thought(
    company: Context,
) -> None:
    number = review_meeting(company)
    running.enter(company, number, SECTIONS["next"])
    set_target(company, TargetRequest("deals_won", 9, date(2026, 12, 1), per=Grain.WEEK))
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    section = page_data(data.meeting.sight(number), "en", after="")["section"]

    said = "10 per week, then 9 per week from Dec 1, 2026 on"
    thought = "The priority “Sell every week” aims at 14, the target is 10 per week."
    assert said in texts(page)
    assert "Targets change on Oct 5, 2026, the first day of the week" in texts(page)
    assert thought in texts(page)
    lists = {one["name"]: one["lines"] for one in section["lists"]}
    assert f"Deals won: {said}" in lists["KPIs and targets"]
    assert thought in lists["Worth a thought"]


def test_what_was_mended_in_the_form_is_not_complained_about_any_more(company: Context) -> None:
    number = review_meeting(company)
    decided(company, number, "kpi meetings_held", Way.CHANGE, "Too slow", "Count money")
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    assert "What you change above is checked when you keep the draft" in texts(page)
    (place,) = (one for one in page.selectbox if one.label == "In place of Meetings held")
    place.set_value("pipeline_created")

    page = press(page, "Keep the draft")

    assert "Nobody has said what comes in place of" not in texts(page)


def test_what_is_filled_in_is_what_is_adopted(company: Context) -> None:
    number = review_meeting(company)
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    (title,) = (one for one in page.text_input if one.value == "Sell every week")
    title.set_value("Sell twice a week")

    adopt_on(page)

    assert list_plans(company)[0].standing[0].title == "Sell twice a week"


def test_before_it_is_adopted_its_page_says_what_that_does(company: Context) -> None:
    for title in ("Call Lavoie", "Call Roy"):
        add_action(company, title, "Marc Roy", date(2026, 10, 20))
    number = review_meeting(company)
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    (target,) = (one for one in page.text_input if (one.label, one.value) == ("Target", "10"))
    target.set_value("12")
    next(one for one in page.date_input if one.label == "Due").set_value(date(2026, 11, 3))

    page = press(page, "Adopt the next quarter")

    does = "The plan from Oct 1 to December 31, 2026 takes over: 2 actions go on and 5 KPIs are "
    assert f"{does}followed." in texts(page)
    assert "Targets change on Oct 5, 2026, the first day of the week" in question(page)
    assert "- Deals won: 10 → 12 per week" in question(page)
    assert "Date moved: Call Lavoie, Oct 20, 2026 → Nov 3, 2026" in question(page)
    # the former plan ended with its quarter
    assert "ends today" not in texts(page)
    assert (draft(company, number).version, len(list_plans(company))) == (0, 1)
    page = press(page, "Not yet")
    assert "takes over" not in texts(page)
    # what is changed after the question is asked about anew
    page = press(page, "Adopt the next quarter")
    next(one for one in page.text_input if one.value == "12").set_value("10")
    page = press(page, "Adopt it now")
    assert question(page).endswith("No target changes.")
    assert draft(company, number).version == 0
    page = press(page, "Adopt it now")
    assert draft(company, number).adopted


def test_what_is_worth_a_thought_is_asked_of_what_is_filled_in(company: Context) -> None:
    number = review_meeting(company)
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    aims_apart = "The priority “Sell every week” aims at 14, the target is "
    assert f"{aims_apart}10 per week." in texts(page)
    (target,) = (one for one in page.text_input if (one.label, one.value) == ("Target", "10"))

    target.set_value("12")
    page = press(page, "Adopt the next quarter")
    assert f"{aims_apart}12 per week." in texts(page)
    assert f"{aims_apart}10 per week." not in texts(page)

    next(one for one in page.text_input if one.value == "12").set_value("14")
    page = press(page, "Adopt it now")
    assert aims_apart not in texts(page)
    assert not draft(company, number).adopted


def test_a_plan_in_force_is_said_to_end_before_its_time(company: Context) -> None:
    september = company.on(date(2026, 9, 28))
    number = review_meeting(company)
    with showing(september):
        page = press(open_page(Place.NEXT_QUARTER, meeting=str(number)), "Adopt the next quarter")
        running.enter(september, number, SECTIONS["next"])
        section = page_data(data.meeting.sight(number), "en", after="")["section"]

    ends = "The plan in force ends today instead of on September 30, 2026: its open actions move"
    assert ends in question(page)
    asked = [line for _, line in section["words"]["sure"]]
    assert [one for one in asked if ends in one]
    assert asked[-1] == "No target changes."


def test_what_cannot_be_adopted_is_refused_before_anybody_is_asked(company: Context) -> None:
    number = review_meeting(company)
    decided(company, number, "kpi meetings_held", Way.CHANGE, "Too slow", "Count money")
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))

    page = press(page, "Adopt the next quarter")

    said = "\n".join(str(one.value) for one in page.error)
    assert "Nobody has said what comes in place of Meetings held" in said
    assert "Before it can be adopted" not in texts(page)  # it is said once
    assert draft(company, number).version == 0
    # right above the button: what the draft that is kept gives to think about does not come between
    assert "Worth a thought" not in texts(page)


def test_what_is_no_number_is_refused_where_it_was_typed_and_nothing_is_lost(
    company: Context,
) -> None:
    number = review_meeting(company)
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    (target,) = (one for one in page.text_input if (one.label, one.value) == ("Target", "10"))
    target.set_value("ten")

    page = press(page, "Adopt the next quarter")

    said = "\n".join(str(one.value) for one in (*page.error, *page.markdown))
    assert "is not a number" in said
    assert [one.value for one in page.text_input if one.value == "ten"]
    assert draft(company, number).version == 0
    assert [one.status for one in list_plans(company)] == [PlanStatus.ADOPTED]


def test_a_changed_kpi_asks_for_its_replacement_on_the_page(company: Context) -> None:
    number = review_meeting(company)
    decided(company, number, "kpi meetings_held", Way.CHANGE, "Too slow", "Count money")
    page = open_page(Place.NEXT_QUARTER, meeting=str(number))
    assert "Nobody has said what comes in place of Meetings held" in texts(page)

    (place,) = (one for one in page.selectbox if one.label == "In place of Meetings held")
    place.set_value("pipeline_created")
    page = adopt_on(page)

    assert not page.exception
    assert [one.key for one in chosen(company)][1] == "pipeline_created"


def test_a_draft_can_be_made_anew(company: Context) -> None:
    number = review_meeting(company)
    page = press(open_page(Place.NEXT_QUARTER, meeting=str(number)), "Keep the draft")

    page = press(page, "Draft anew from the verdicts")

    assert not page.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_quarter_opens_in_every_language(company: Context, language: str) -> None:
    number = review_meeting(company)

    page = open_page(Place.NEXT_QUARTER, meeting=str(number), lang=language)

    assert not page.exception
    assert not page.error


def test_without_a_review_there_is_no_next_quarter_yet(company: Context) -> None:
    page = open_page(Place.NEXT_QUARTER)

    assert "drafted in the quarterly review" in texts(page)
    assert list_plans(company)


def test_salespeople_are_told_who_edits_it(company: Context) -> None:
    number = review_meeting(company)
    with showing(company, ZOE):
        page = open_page(Place.NEXT_QUARTER, meeting=str(number))

    assert "A manager edits and adopts the next quarter." in texts(page)
    assert not page.text_input
