"""What a quarter changes, on paper: verdicts of this review and of the one before, new targets."""

from dataclasses import replace
from datetime import date, datetime

from dashboard.report.quarterly.around import causes
from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.report.sheet import Part, Sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.rhythm.gap_review.decision import EarlierDecision, GapDecision, GapLine, Response
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.draft import DraftTarget
from dashboard.rhythm.quarter.drafting import change_draft, draft
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.model import Way
from pipelines.context import Context
from pipelines.kpis.definition import LocalText, Unit
from tests.builders.gaps import OCTOBER
from tests.builders.meetings import TEAM
from tests.builders.minutes import CALENDAR
from tests.builders.quarters import (
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
    later = context.on(LATER)
    second = preparing.plan_meeting(later, Kind.QUARTERLY, LATER, invited=TEAM).meeting_id
    running.start(later, second)

    sheet = paper(later, second)

    assert "Count the large ones" in under(sheet, "What will be different")
    table = under(sheet, "Keep, change, drop")
    assert "0 kept, 1 changed, 0 dropped" in table
    assert "Too easy" in table
    assert "Change it, Oct 8" in table
    assert "Change it, Oct 8" in under(sheet, "The KPIs of the quarter")


def test_a_gap_that_the_second_review_of_its_month_left_alone_has_the_decision_of_the_first() -> (
    None
):
    at = datetime.fromisoformat("2026-11-03 15:00")
    then = GapDecision("sales_won", Response.ACCEPT, "The holidays", None, None, None, at, 1)
    line = GapLine(
        key="sales_won",
        name=LocalText("Sales won", "Ventes conclues"),
        month=OCTOBER,
        actual=85_000.0,
        target=100_000.0,
        max_target=None,
        at_most=False,
        gap=-15_000.0,
        on_target=False,
        unit=Unit.MONEY,
        currency="CAD",
        cause="Two orders slipped",
        response=None,
        reason=None,
        action=None,
        new_target=None,
        confidential=False,
        earlier=EarlierDecision(date(2026, 11, 3), then),
    )

    def decision(one: GapLine) -> str:
        part = causes((one,), "en", CALENDAR)
        assert isinstance(part, Part)
        return part.blocks[0].rows[0][2].text  # type: ignore[union-attr]

    assert decision(line) == "Decided on Nov 3: Gap accepted: The holidays"
    assert decision(replace(line, earlier=None)) == "not decided"
