"""What is to be read before a quarterly review: what to decide, its evidence, the next quarter."""

import email
import email.policy
from datetime import date

import pytest

from dashboard.report.letters import Written, around_of, written_preread
from dashboard.report.preread.sheet import preread_sheet
from dashboard.report.sheet import Sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.rhythm import actions
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.preread.kinds import preread
from dashboard.rhythm.preread.model import Preread, Quarter
from dashboard.rhythm.quarter.model import Way
from dashboard.text import Language
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.people import register
from pipelines.people.person import Details
from pipelines.periods import Grain
from tests.builders.meetings import FIVE, TEAM, ZOE, company
from tests.builders.quarters import (
    TODAY,
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)


@pytest.fixture
def third() -> Context:
    """Return a company that looks back on its third quarter."""
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    return context


def review_of(context: Context, day: date = TODAY) -> int:
    return preparing.plan_meeting(context, Kind.QUARTERLY, day, invited=TEAM).meeting_id


def looked_at(value: Preread) -> Quarter:
    assert isinstance(value.about, Quarter)
    return value.about


def sheet_of(value: Preread, context: Context, language: Language = "en") -> Sheet:
    return preread_sheet(value, around_of(context, language))


def said(value: Preread, context: Context, language: Language = "en") -> str:
    return " ".join(sheet_text(sheet_of(value, context, language)).split())


def test_what_to_decide_comes_first_then_the_passes_then_the_next_quarter(third: Context) -> None:
    september = third.on(date(2026, 9, 8))
    actions.add_action(september, "Call Hydro", "Zoé Côté", date(2026, 9, 15))
    weekly = preparing.plan_meeting(september, invited=TEAM).meeting_id
    running.start(september, weekly)
    closing.close(september, weekly)

    sheet = sheet_of(preread(third, review_of(third)), third)

    headings = [part.heading for part in sheet.parts]
    assert sheet.kicker == "Quarterly review"
    assert headings[0].startswith("To decide about Q3 2026")
    in_order = (
        *("What each is asked to bring", "The KPIs of the quarter", "KPI by KPI"),
        *("Actions of the quarter", "The rituals", "The next 90 days: Q4 2026", "Agenda"),
    )
    places = [headings.index(one) for one in in_order]
    assert places == sorted(places)
    assert not [one for one in headings if "Exceptions" in one or "Gaps of" in one]


def test_how_many_things_are_to_be_decided_is_counted_by_pass(third: Context) -> None:
    words = said(preread(third, review_of(third)), third)

    assert "KPIs: 5 to decide" in words
    assert "Q4 2026: plan, KPIs and targets from October" in words
    assert "140" in words  # deals won in the quarter


def test_the_quarter_that_goes_on_is_read_with_where_it_ends(third: Context) -> None:
    before = third.on(date(2026, 9, 10))

    now = looked_at(preread(before, review_of(before))).record
    after = looked_at(preread(third, review_of(third, date(2026, 10, 9)))).record

    assert {gap.landing.period for gap in now.numbers.gaps if gap.landing} == {now.review.quarter}
    assert {gap.landing.period for gap in after.numbers.gaps if gap.landing} == {
        after.review.following
    }


def test_what_the_last_review_changed_is_read_and_what_it_kept_is_not(third: Context) -> None:
    last = review_meeting(third)
    decided(third, last, "kpi deals_won", Way.KEEP, "It tells the week")
    decided(third, last, "kpi win_rate", Way.CHANGE, "Too coarse", "By segment")
    closing.close(third, last)
    later = third.on(date(2026, 11, 17))

    value = preread(later, review_of(later, date(2027, 1, 12)))

    assert [one.subject for one in looked_at(value).verdicts] == ["kpi win_rate"]
    words = said(value, later)
    assert "Too coarse" in words
    assert "It tells the week" not in words


def test_everybody_is_asked_about_what_they_answer_for(third: Context) -> None:
    number = review_of(third)

    whole, own = (looked_at(preread(one, number)).asked for one in (third, third.by(ZOE)))

    by_name = {one.name: [name.en for name in one.verdicts] for one in whole}
    assert by_name["Marc Roy"] == ["Deals won"]
    assert by_name[None]
    assert [one.name for one in own] == ["Zoé Côté"]


def test_nobody_is_asked_in_the_place_of_somebody_who_left(third: Context) -> None:
    marc = register.add_person(third, Details("Marc Roy"))
    register.deactivate(third, marc.person_id, marc.version)

    asked = looked_at(preread(third, review_of(third))).asked

    by_name = {one.name: [name.en for name in one.verdicts] for one in asked}
    assert "Marc Roy" not in by_name
    assert "Deals won" in by_name[None]


def test_a_company_with_nothing_in_it_has_something_to_read() -> None:
    context = company(today="2026-10-08")

    sheet = sheet_of(preread(context, review_of(context)), context)

    assert sheet.parts[0].heading.startswith("To decide about Q3 2026")
    assert sheet.parts[-1].heading == "Agenda"


def test_without_targets_nothing_is_said_to_be_missed() -> None:
    context = quarter_company()

    words = said(preread(context, review_of(context)), context)

    assert "off target" not in words
    assert "KPIs: 5 to decide" in words


def test_what_another_kpi_replaced_is_not_counted_as_missed() -> None:
    context = quarter_company()
    # 140 in the quarter are far below 20 a week
    set_target(context, TargetRequest("deals_won", 20, date(2026, 1, 1), per=Grain.WEEK))
    missed = said(preread(context, review_of(context)), context)
    others = [(key, who) for key, who in FIVE.items() if key != "deals_won"]
    choose(context.on(date(2026, 8, 17)), [*others, ("pipeline_created", "Zoé Côté")])

    replaced = said(preread(context, review_of(context)), context)

    assert "1 off target" in missed
    assert "off target" not in replaced


@pytest.mark.parametrize(
    ("language", "first", "following"),
    [
        ("en", "To decide about Q3 2026", "The next 90 days"),
        ("fr", "À décider pour T3 2026", "Les 90 prochains jours"),
        ("fr_CA", "À décider pour T3 2026", "Les 90 prochains jours"),
    ],
)
def test_the_letter_says_it_in_words_and_brings_the_paper_with_its_charts(
    third: Context, language: Language, first: str, following: str
) -> None:
    value = preread(third, review_of(third))

    sent = written_preread(value, Written("Zoé", "zoe@erable.example", language), third)
    letter = email.message_from_bytes(sent.as_bytes(), policy=email.policy.default)

    for kind in ("text/plain", "text/html"):
        (content,) = (one for one in letter.walk() if one.get_content_type() == kind)
        words = " ".join(str(content.get_content()).split())
        assert first.lower() in words.lower()
        assert following.lower() in words.lower()
        assert "9; 11; 9" not in words
    assert [one.get_content_type() for one in letter.iter_attachments()] == ["application/pdf"]
