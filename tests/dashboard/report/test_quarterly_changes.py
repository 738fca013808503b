"""What a quarter changes, on paper: verdicts of this review and of the one before, new targets."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard.report.quarterly.around import causes
from dashboard.report.quarterly.following import next_days
from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.report.sheet import Part, Sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.rhythm.actions import add_action
from dashboard.rhythm.gap_review.decision import EarlierDecision, GapDecision, GapLine, Response
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.draft import DraftTarget
from dashboard.rhythm.quarter.drafting import change_draft, draft
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.recording import meanings
from pipelines.actor import Actor
from pipelines.context import Context
from tests.builders.gaps import gap_line
from tests.builders.meetings import TEAM
from tests.builders.minutes import CALENDAR
from tests.builders.quarters import (
    TODAY,
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)

KPI = "kpi deals_won"
LATER = date(2026, 11, 16)


def company() -> Context:
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    return context


def aiming_at(context: Context, number: int, value: float) -> int:
    """Return the version of a draft that aims at another number of deals a week."""
    proposal = draft(context, number).draft
    (aim,) = proposal.targets
    wanted = DraftTarget(aim.key, value, None, at_most=False, per=aim.per)
    return change_draft(context, number, 0, replace(proposal, targets=(wanted,))).version


def again(context: Context) -> int:
    """Return the number of a second review of the quarter, which has begun."""
    later = context.on(LATER)
    number = preparing.plan_meeting(later, Kind.QUARTERLY, LATER, invited=TEAM).meeting_id
    running.start(later, number)
    return number


def paper(context: Context, number: int) -> Sheet:
    closing.close(context, number)
    return quarter_sheet(read_record(context, number), "en", context.calendar)


def under(sheet: Sheet, heading: str) -> str:
    """Return what stands under a heading; "" without it."""
    parts = tuple(one for one in sheet.parts if one.heading == heading)
    return " ".join(sheet_text(replace(sheet, lead=(), facts=(), parts=parts)).split())


def test_the_first_page_says_from_what_to_what_a_target_changes() -> None:
    context = company()
    number = review_meeting(context)
    adopt(context, number, aiming_at(context, number, 12))

    said = under(paper(context, number), "What will be different")

    assert "Targets changed: Deals won: 10 → 12 per week" in said


@pytest.mark.parametrize(
    ("last", "days"), [(date(2026, 12, 31), 90), (date(2027, 1, 4), 96), (date(2026, 11, 14), 45)]
)
def test_the_next_plan_is_called_by_its_length(last: date, days: int) -> None:
    context = company()
    number = review_meeting(context)
    found = draft(context, number)
    wanted = replace(found, draft=replace(found.draft, ends_on=last))

    part = next_days(wanted, (), "en", CALENDAR)

    # from October 1 on: the 92 days of a quarter are about 90
    assert part.heading == f"The next {days} days: Q4 2026"


def test_the_next_plan_says_on_which_day_its_targets_change_if_any_does() -> None:
    context = company()
    number = review_meeting(context)
    meaning = meanings(context, draft(context, number))

    def said() -> str:
        part = next_days(draft(context, number), meaning, "en", CALENDAR)
        return str(part)

    assert "Targets change on" not in said()
    aiming_at(context, number, 12)
    assert "Targets change on Oct 5, 2026, the first day of the week" in said()


def test_a_target_that_is_not_adopted_or_stays_the_same_changes_nothing() -> None:
    waiting, same = company(), company()
    number = review_meeting(waiting)
    aiming_at(waiting, number, 12)
    other = review_meeting(same)
    adopt(same, other, aiming_at(same, other, 10))

    for context, review in ((waiting, number), (same, other)):
        headings = [part.heading for part in paper(context, review).parts]
        assert "What will be different" not in headings


def test_a_second_review_of_a_quarter_shows_the_verdicts_that_hold_from_the_first() -> None:
    context = company()
    first = review_meeting(context)
    decided(context, first, KPI, Way.CHANGE, "Too easy", "Count the large ones")
    closing.close(context, first)
    second = again(context)

    sheet = paper(context.on(LATER), second)

    assert "Count the large ones" in under(sheet, "What will be different")
    table = under(sheet, "Keep, change, drop")
    told = (
        "In this review: 0 kept, 0 changed, 0 dropped; 4 not decided. Decided in an earlier one, and "
        "still holding: 0 kept, 1 changed, 0 dropped."
    )
    assert told in table
    assert "Too easy" in table
    assert "Change it, Oct 8" in table
    assert "Change it, Oct 8" in under(sheet, "The KPIs of the quarter")


def test_what_a_second_review_decides_is_counted_apart_and_comes_first() -> None:
    context = company()
    first = review_meeting(context)
    decided(context, first, "kpi new_opportunities", Way.CHANGE, "Too easy", "Count the large ones")
    decided(context, first, KPI, Way.KEEP, "It tells most")
    closing.close(context, first)
    second = again(context)
    decided(context.on(LATER), second, KPI, Way.CHANGE, "Too low", "Aim higher")

    sheet = paper(context.on(LATER), second)

    told = {fact.label: fact.text for fact in sheet.facts}["Decided"]
    assert told.startswith("In this review: 0 kept, 1 changed, 0 dropped; ")
    # the verdict of then about the KPI that is decided anew holds no more
    assert told.endswith("still holding: 0 kept, 1 changed, 0 dropped.")
    different = under(sheet, "What will be different")
    assert different.index("Aim higher") < different.index("Count the large ones")


def test_who_decided_stands_in_the_table_only_where_there_are_several() -> None:
    def sheet(*deciders: str) -> Sheet:
        context = company()
        number = review_meeting(context)
        for subject, name in zip((KPI, "kpi new_opportunities"), deciders, strict=True):
            decided(context.by(Actor(name)), number, subject)
        return paper(context, number)

    def by(found: Sheet) -> str:
        return {fact.label: fact.text for fact in found.facts}["Decided by"]

    alone, both = sheet("Louise Gagnon", "Louise Gagnon"), sheet("Marc Roy", "Louise Gagnon")

    assert by(alone) == "Louise Gagnon"
    assert under(alone, "Keep, change, drop").count("Louise Gagnon") == 1
    assert "not decided. Decided by Louise Gagnon." in under(alone, "Keep, change, drop")
    assert by(both) == "Louise Gagnon, Marc Roy"
    assert "Keep it · Marc Roy" in under(both, "Keep, change, drop")


def test_an_action_that_is_given_up_with_the_next_plan_stands_in_the_paper() -> None:
    context = company()
    call = add_action(context.on(TODAY), "Call them", "Marc Roy", date(2026, 11, 20))
    number = review_meeting(context)
    proposal = draft(context, number).draft
    (open_one,) = [one for one in proposal.actions if one.action_id == call.action_id]
    given_up = replace(open_one, way=Way.DROP, reason="Nobody answers")
    changed = change_draft(context, number, 0, replace(proposal, actions=(given_up,)))
    adopt(context, number, changed.version)

    said = under(paper(context, number), "The next 90 days: Q4 2026")

    assert "Actions given up: Call them: Nobody answers" in said
    assert "Action that goes on" not in said


def test_a_gap_that_the_second_review_of_its_month_left_alone_has_the_decision_of_the_first() -> (
    None
):
    at = datetime.fromisoformat("2026-11-03 15:00")
    then = GapDecision("sales_won", Response.ACCEPT, "The holidays", None, None, None, at, 1)
    line = gap_line(earlier=EarlierDecision(date(2026, 11, 3), then))

    def decision(one: GapLine) -> str:
        part = causes((one,), "en", CALENDAR)
        assert isinstance(part, Part)
        return part.blocks[0].rows[0][2].text  # type: ignore[union-attr]

    assert decision(line) == "Decided on Nov 3: Gap accepted: The holidays"
    assert decision(replace(line, earlier=None)) == "not decided"
