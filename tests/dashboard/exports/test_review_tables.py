"""The tables of gap reviews and quarterly reviews: as they stand, and as they were once closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.exports import CLOSED_QUARTER, GAP_REVIEW, OPEN_QUARTER
from dashboard.navigation import Place
from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.meeting import closing, noting, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.model import Way
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused
from pipelines.kpis.catalogue import everything
from tests.builders import gaps
from tests.builders.meetings import TEAM
from tests.builders.meetings import company as small_company
from tests.builders.pages import OWNER, all_given, open_page, showing
from tests.builders.quarters import (
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)
from tests.builders.tables import column, table

KPI, MARGIN = "sales_won", "gross_margin"
ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
STRANGER = Visitor("Anne Roy", Role.SALESPERSON, names=frozenset({"Anne Roy"}))
ADVISER = Visitor("Paul Adviser", Role.VIEWER)
#: What a meeting might write down.
FORMULA = "=1+1 made the gap"


@pytest.fixture
def month(monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    """A company whose October missed its sales by 15 000, two thirds of it Zoé's."""
    context = small_company()
    deals = [
        gaps.deal("Hall", "Zoé Côté", 30_000, 0.5),
        gaps.deal("Doors", "Luc Paré", 20_000, 0.4),
        gaps.deal("Desk", "Luc Paré", 10_000, 0.1),
    ]
    sales = gaps.gap(
        KPI,
        splits=(gaps.by_owner({"Zoé Côté": -10_000, "Luc Paré": -6_000, None: 1_000}),),
        made_of=gaps.factors(-9_000, -4_000, -2_000),
        deals=deals,
    )
    margin = replace(gaps.gap(MARGIN, 0.2, 0.3), definition=everything(context)[MARGIN])
    gaps.look_at(monkeypatch, sales, margin)
    with showing(context, OWNER):
        yield context
    context.close()


def begun(context: Context) -> int:
    """Return the number of a gap review that has written a cause and taken a decision."""
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(context, number)
    noting.save_note(context, number, f"gap {KPI}", FORMULA, 0)
    deciding.act(context, number, KPI, 0, "Call both", owner="Zoé Côté", due_on=date(2026, 11, 20))
    return number


def offered(place: Place, **address: str) -> int:
    """Return how many tables a page offers."""
    page = open_page(place, lang="en", **address)
    assert not page.exception
    lines = [line for shown in all_given(page, "files") for line in shown["lines"]]
    return len([line for line in lines if line["links"][0]["name"] == "CSV"])


@pytest.mark.usefixtures("month")
def test_the_parts_of_a_gap_add_up_to_it() -> None:
    gap = table("gaps", meeting="")
    parts = table("gap_parts", meeting="")

    assert column(gap, "KPI")[0] == "Sales won"
    assert column(gap, "Gap")[0] == -15_000
    assert column(gap, "Unit")[0] == column(gap, "Currency")[0] == "CAD"
    assert column(parts, "By") == ["owner"] * 3 + ["factor"] * 3
    effects = [Decimal(str(one)) for one in column(parts, "Part of the gap")]
    assert sum(effects[:3]) == sum(effects[3:]) == -15_000
    assert column(parts, "Unit of the values")[3:] == [
        "number of things",
        "fraction: 0.25 is 25%",
        "CAD",
    ]


@pytest.mark.usefixtures("month")
def test_the_deals_that_make_a_landing_come_first_with_what_becomes_of_it_without() -> None:
    deals = table("landing_deals", meeting="")

    mine = [row for row in range(len(deals.rows)) if column(deals, "KPI")[row] == "Sales won"]
    assert [column(deals, "Deal")[row] for row in mine] == ["Hall", "Doors", "Desk"]
    assert [column(deals, "Makes the landing")[row] for row in mine] == [True, True, False]
    assert [column(deals, "Landing without it")[row] for row in mine] == [180_000, 180_000, None]
    ends = table("landings", meeting="")
    assert column(ends, "Low end (P10)")[0] == 170_000
    assert column(ends, "High end (P90)")[0] == 240_000
    assert column(ends, "Chance to reach the target")[0] == 0.45


def test_a_review_that_goes_on_holds_what_it_said_so_far(month: Context) -> None:
    number = begun(month)

    said = table("gap_decisions", "fr", meeting=str(number), period="2026-10")

    assert said.title == "Causes et décisions, oct. 2026"
    assert column(said, "Cause") == [FORMULA, None]
    assert column(said, "Décision") == ["Agir", None]
    assert column(said, "Action") == ["Call both", None]
    assert column(said, "Échéance") == [date(2026, 11, 20), None]


def test_a_closed_review_is_taken_away_as_it_was(
    month: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = str(begun(month))
    before = {name: table(name, meeting=number).rows for name in GAP_REVIEW}
    closing.close(month, int(number))
    gaps.look_at(monkeypatch, gaps.gap(KPI, 70_000.0))  # the data change

    assert {name: table(name, meeting=number).rows for name in GAP_REVIEW} == before
    assert column(table("gaps", meeting=""), "Actual") == [70_000]


def test_a_salesperson_takes_no_margin_and_of_the_others_their_sum(month: Context) -> None:
    number = str(begun(month))
    closing.close(month, int(number))
    with showing(month, ZOE):
        for meeting in ("", number):
            assert set(column(table("gaps", meeting=meeting), "KPI")) == {"Sales won"}
            parts = table("gap_parts", meeting=meeting)
            assert column(parts, "Group or factor")[:2] == ["Zoé Côté", "all others"]
            assert column(parts, "Part of the gap")[:2] == [-10_000, -5_000]
            assert column(table("landing_deals", meeting=meeting), "Deal") == ["Hall"]


def test_whoever_reads_no_such_review_takes_none_of_its_tables(month: Context) -> None:
    number = str(begun(month))
    with showing(month, STRANGER), pytest.raises(AccessRefused):
        table("gaps", meeting=number)
    with showing(month, ADVISER), pytest.raises(AccessRefused):
        table("gaps", meeting=number)  # it goes on
    with showing(month, ADVISER), pytest.raises(AccessRefused):
        table("gaps", meeting="")

    closing.close(month, int(number))

    with showing(month, STRANGER), pytest.raises(AccessRefused):
        table("gaps", meeting=number)
    with showing(month, ADVISER):
        assert table("gaps", meeting=number).rows
    with showing(month, OWNER), pytest.raises(Refused):
        table("gaps", meeting="9999")


def test_the_pages_of_a_gap_review_offer_its_tables(month: Context) -> None:
    assert offered(Place.GAP_REVIEW) == len(GAP_REVIEW)
    number = begun(month)
    assert offered(Place.GAP_REVIEW) == len(GAP_REVIEW)
    closing.close(month, number)
    assert offered(Place.REVIEWS, meeting=str(number)) == len(GAP_REVIEW)


def test_a_second_review_of_a_month_is_taken_with_what_the_first_decided(month: Context) -> None:
    closing.close(month, begun(month))
    later = month.on(date(2026, 11, 20))
    second = preparing.plan_meeting(later, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(later, second)
    closing.close(later, second)

    said = table("gap_decisions", meeting=str(second))

    assert column(said, "Decision") == ["Act, Nov 17", None]
    assert column(said, "Action") == ["Call both", None]
    assert column(said, "Due date") == [date(2026, 11, 20), None]


@pytest.fixture
def quarter() -> Iterator[Context]:
    """A company that aimed at ten deals a week in a quarter that won 140."""
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    with showing(context, OWNER):
        yield context
    context.close()


def test_a_quarter_is_taken_with_its_verdicts_so_far(quarter: Context) -> None:
    number = review_meeting(quarter)
    decided(quarter, number, "kpi deals_won", Way.CHANGE, "Too easy", "Twelve a week")

    sheet = table("quarter_kpis", meeting=str(number), period="2026-Q3")

    row = column(sheet, "KPI").index("Deals won")
    assert sheet.title == "The KPIs of the quarter, Q3 2026"
    assert column(sheet, "Actual")[row] == 140
    assert column(sheet, "Weeks on target")[row] == 7  # six of eleven deals, and that of twenty
    assert column(sheet, "Decision")[row] == "Change it"
    assert column(sheet, "What changes")[row] == "Twelve a week"
    assert column(sheet, "Decided by")[row] == "Louise Gagnon"
    assert "140" in str(column(sheet, "Evidence")[row])
    assert column(table("quarter_kpis", meeting=""), "Decision")[row] is None


def test_a_second_review_of_a_quarter_is_taken_with_the_verdicts_of_the_first(
    quarter: Context,
) -> None:
    first = review_meeting(quarter)
    decided(quarter, first, "kpi deals_won", Way.CHANGE, "Too easy", "Twelve a week")
    closing.close(quarter, first)
    later = quarter.on(date(2026, 11, 16))
    second = preparing.plan_meeting(later, Kind.QUARTERLY, invited=TEAM).meeting_id
    running.start(later, second)
    closing.close(later, second)

    sheet = table("quarter_kpis", meeting=str(second), review="quarter")

    row = column(sheet, "KPI").index("Deals won")
    assert column(sheet, "Decision")[row] == "Change it, Oct 8"
    assert column(sheet, "Reason")[row] == "Too easy"
    assert column(sheet, "What changes")[row] == "Twelve a week"


def test_a_closed_quarter_is_taken_away_as_it_was(quarter: Context) -> None:
    number = review_meeting(quarter)
    decided(quarter, number, "kpi win_rate", Way.DROP, "Nobody looks at it")
    closed = {"meeting": str(number), "review": "quarter"}
    closing.close(quarter, number)
    before = {name: table(name, **closed).rows for name in CLOSED_QUARTER}

    quarter.store.write(lambda cursor: cursor.execute("delete from deals").fetchall())

    assert {name: table(name, **closed).rows for name in CLOSED_QUARTER} == before
    assert "Nobody looks at it" in column(table("quarter_kpis", **closed), "Reason")
    plan = table("quarter_plan", **closed)
    assert column(plan, "Priority") == ["Sell every week"]
    assert column(plan, "Aimed at") == [14]


def test_a_draft_of_the_next_quarter_is_for_those_who_edit_it(quarter: Context) -> None:
    number = review_meeting(quarter)
    sheet = table("next_quarter", meeting=str(number))

    row = column(sheet, "KPI").index("Deals won")
    assert column(sheet, "Target")[row] == 10
    assert column(sheet, "Per")[row] == "week"
    assert set(column(sheet, "Adopted")) == {False}
    with showing(quarter, ZOE), pytest.raises(AccessRefused):
        table("next_quarter", meeting=str(number))


def test_work_of_colleagues_is_for_those_who_see_it(quarter: Context) -> None:
    begun = date(2026, 7, 6)
    for owner in ("Zoé Côté", "Luc Paré"):
        action = add_action(quarter.on(begun), f"Call back ({owner})", owner, begun, "deals_won")
        complete(quarter.on(begun), action.action_id, action.version)

    everybodys = table("quarter_work", meeting="")
    with showing(quarter, ZOE):
        own = table("quarter_work", meeting="")

    assert column(everybodys, "Responsible") == ["Zoé Côté", "Luc Paré"]
    assert column(own, "Responsible") == ["Zoé Côté"]
    assert not [cell for row in own.rows for cell in row if "Luc" in str(cell)]
    with showing(quarter, ADVISER), pytest.raises(AccessRefused):
        table("quarter_work", meeting="")


def test_who_acts_on_a_gap_of_the_quarter_is_for_those_who_see_them(quarter: Context) -> None:
    month = preparing.plan_meeting(quarter, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(quarter, month)
    noting.save_note(quarter, month, "gap deals_won", "Two orders slipped", 0)
    deciding.act(
        quarter, month, "deals_won", 0, "Call both", owner="Marc Roy", due_on=date(2026, 11, 20)
    )
    closing.close(quarter, month)
    number = review_meeting(quarter)
    closing.close(quarter, number)

    def decision() -> list[object]:
        said = table("gap_decisions", meeting=str(number), review="quarter")
        names = ("Cause", "Decision", "Action", "Responsible", "Due date")
        return [cell for name in names for cell in column(said, name)]

    acting = ["Two orders slipped", "Act", "Call both", "Marc Roy", date(2026, 11, 20)]
    assert decision() == acting
    with showing(quarter, ADVISER):
        assert decision() == acting
    with showing(quarter, ZOE):
        assert decision() == [*acting[:2], None, None, None]
        page = open_page(Place.REVIEWS, lang="en", meeting=str(number))
        (paper,) = all_given(page, "sheet")
        assert "Two orders slipped" in str(paper)
        assert "Call both" not in str(paper)


def test_the_pages_of_a_quarterly_review_offer_its_tables(quarter: Context) -> None:
    assert offered(Place.QUARTER_REVIEW) == len(OPEN_QUARTER)
    number = review_meeting(quarter)
    assert offered(Place.QUARTER_REVIEW) == len(OPEN_QUARTER)
    assert offered(Place.NEXT_QUARTER, meeting=str(number)) == 1
    closing.close(quarter, number)
    assert offered(Place.REVIEWS, meeting=str(number)) == len(CLOSED_QUARTER)
