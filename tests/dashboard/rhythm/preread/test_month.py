"""What is to be read before a gap review: the gaps first, and what became of the last ones."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from dashboard.report.letters import around_of, preread_pdf
from dashboard.report.preread.sheet import preread_sheet
from dashboard.report.sheet import Sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.rhythm import actions
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.model import Intake
from dashboard.rhythm.meeting import agenda, blockers, closing, noting, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.preread.kinds import preread
from dashboard.rhythm.preread.model import Asked, Month, Preread
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import msg
from pipelines.gaps.model import Gap
from pipelines.kpis import definition
from pipelines.kpis.definition import Aggregate, Better, LocalText, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.periods import Grain
from tests.builders import gaps
from tests.builders.meetings import TEAM, ZOE, company

NEXT = date(2026, 11, 24)
SALES, DEALS = "sales_won", "deals_won"
NOTHING_JUDGED = "No KPI can be judged for this month: it takes a target and enough data."
SPLIT = gaps.by_owner({"Zoé Côté": -20_000, "Luc Paré": 5_000})
MISSED = gaps.gap(SALES, responsible="Zoé Côté", splits=(SPLIT,))
REACHED = gaps.gap(DEALS, 6.0, 5.0, unit=Unit.COUNT, responsible="Marc Roy")


def review_of(context: Context, day: date = NEXT) -> int:
    return preparing.plan_meeting(context, Kind.MONTHLY, day, invited=TEAM).meeting_id


def looked_at(value: Preread) -> Month:
    assert isinstance(value.about, Month)
    return value.about


def with_month(value: Preread, **changed: object) -> Preread:
    """Return what to read with something else in the review of its month."""
    month = looked_at(value)
    return replace(value, about=replace(month, review=replace(month.review, **changed)))  # type: ignore[arg-type]


def sheet_of(value: Preread, context: Context, language: Language = "en") -> Sheet:
    return preread_sheet(value, around_of(context, language))


def said(value: Preread, context: Context, language: Language = "en") -> str:
    return " ".join(sheet_text(sheet_of(value, context, language)).split())


@pytest.fixture
def october(monkeypatch: pytest.MonkeyPatch) -> Context:
    """Return a company of which one KPI missed its target in October, and one reached it."""
    gaps.look_at(monkeypatch, REACHED, MISSED)
    return company()


def test_the_gaps_come_first_those_that_were_missed_before_all_others(october: Context) -> None:
    sheet = sheet_of(preread(october, review_of(october)), october)

    assert sheet.kicker == "Monthly gap review"
    assert sheet.lead[0].text == "1 KPI out of 2 on target. 1 gap awaits a cause and a decision."
    assert sheet.parts[0].heading.startswith("Gaps of October 2026 (Oct 1")
    table, reasons = sheet.parts[0].blocks
    rows = [[cell.text for cell in row] for row in table.rows]  # type: ignore[union-attr]
    assert rows[0][:4] == ["Sales won", "$85K", "$100K", "−$15K"]
    assert rows[1][:4] == ["Deals won", "6", "5", "+1"]
    assert rows[0][4] == "$200K"
    (reason,) = reasons.facts  # type: ignore[union-attr]
    assert reason.label == "Sales won"
    assert "Zoé Côté (−$20K)" in reason.text


def test_nothing_of_the_week_stands_in_it(october: Context) -> None:
    headings = [
        part.heading for part in sheet_of(preread(october, review_of(october)), october).parts
    ]

    assert headings[0].startswith("Gaps of")
    assert "Where Q4 2026 is heading" in headings
    assert not [one for one in headings if "Exceptions" in one or "Still awaited" in one]


def test_a_month_that_is_not_over_is_read_to_date(october: Context) -> None:
    value = preread(october, review_of(october, date(2026, 12, 8)))

    month = looked_at(value)
    assert (month.awaited, month.review.month) == (
        october.calendar.period(Grain.MONTH, date(2026, 11, 1)),
    ) * 2
    assert "November 2026 runs until Nov 30" in said(value, october)


def test_of_a_month_that_has_not_begun_the_one_that_goes_on_is_read(october: Context) -> None:
    value = preread(october, review_of(october, date(2027, 2, 2)))

    assert looked_at(value).awaited.start == date(2027, 1, 1)
    assert looked_at(value).review.month.start == date(2026, 11, 1)
    assert "The meeting will look at January 2027, which has not begun" in said(value, october)


def test_what_the_last_review_decided_is_read_with_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gaps.look_at(monkeypatch, replace(MISSED, month=gaps.standing(60_000.0, 100_000.0)), REACHED)
    then = company(today="2026-10-06")
    last = review_of(then, date(2026, 10, 6))
    running.start(then, last)
    noting.save_note(then, last, f"gap {SALES}", "Two orders slipped", 0)
    deciding.act(then, last, SALES, 0, "Call both", owner="Zoé Côté", due_on=date(2026, 10, 12))
    closing.close(then, last)
    (action,) = actions.list_actions(then)
    actions.complete(then.on(date(2026, 10, 14)), action.action_id, action.version)
    gaps.look_at(monkeypatch, MISSED, REACHED)
    now = then.on(date(2026, 11, 17))

    value = preread(now, review_of(now))

    (outcome,) = looked_at(value).outcomes
    assert outcome.line.cause == "Two orders slipped"
    words = said(value, now)
    assert "WHAT THE REVIEW OF SEPTEMBER 2026 DECIDED, AND WHAT CAME OF IT" in words
    assert "Act: Call both (Zoé Côté, Oct 12, 2026) (Two orders slipped)" in words
    assert "Done on Oct 14, 2026, 2 days after its date." in words
    assert "Gap −$40K in September 2026, −$15K in October 2026." in words


def test_what_a_month_decided_is_read_though_its_second_review_decided_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gaps.look_at(monkeypatch, replace(MISSED, month=gaps.standing(60_000.0, 100_000.0)))
    then = company(today="2026-10-06")
    first = review_of(then, date(2026, 10, 6))
    running.start(then, first)
    deciding.act(then, first, SALES, 0, "Call both", owner="Zoé Côté", due_on=date(2026, 10, 12))
    closing.close(then, first)
    again = then.on(date(2026, 10, 8))
    second = review_of(again, date(2026, 10, 8))
    running.start(again, second)
    closing.close(again, second)
    now = then.on(date(2026, 11, 17))

    words = said(preread(now, review_of(now)), now)

    assert "Decided on Oct 6: Act: Call both (Zoé Côté, Oct 12, 2026)" in words
    assert "Late: due on Oct 12, 2026." in words


def test_the_first_review_has_nothing_to_look_back_on(october: Context) -> None:
    value = preread(october, review_of(october))

    assert looked_at(value).outcomes == ()
    assert "DECIDED" not in said(value, october)


def test_what_changed_in_the_data_since_then_is_read(october: Context) -> None:
    file = Intake("deals.csv", "hubspot", "deals", datetime(2026, 11, 10), 52, 48, 1)  # noqa: DTZ001
    value = with_month(preread(october, review_of(october)), intakes=(file,))

    assert "deals.csv deals · New: 52 · Changed: 48 · Set aside: 1" in said(value, october)


def test_blockers_of_its_kpis_are_read_and_no_others(october: Context) -> None:
    weekly = preparing.plan_meeting(october, day=date(2026, 11, 17), invited=TEAM).meeting_id
    running.start(october, weekly)
    blockers.make_blocker(october, weekly, title="Nobody calls back", kpi=SALES)
    blockers.make_blocker(october, weekly, title="The printer")
    closing.close(october, weekly)

    value = preread(october, review_of(october))

    assert [one.title for one in value.blockers] == ["Nobody calls back"]


def test_whoever_answers_for_a_gap_is_asked_for_its_cause(october: Context) -> None:
    actions.add_action(october, "Late", "Luc Paré", date(2026, 11, 17))
    monday = october.on(date(2026, 11, 23))

    value = preread(monday, review_of(monday))

    assert looked_at(value).asked == (
        Asked("Luc Paré", news=("Late",)),
        Asked("Zoé Côté", causes=(MISSED.definition.name,)),
    )
    assert "Zoé Côté: The cause of the gap: Sales won" in said(value, monday)


def test_a_gap_that_nobody_answers_for_is_asked_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps.look_at(monkeypatch, gaps.gap(SALES))
    context = company()

    assert "Nobody: The cause of the gap: Sales won" in said(
        preread(context, review_of(context)), context
    )


def test_a_salesperson_reads_totals_and_their_own_part_without_margins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    margin = gaps.gap("gross_margin", 20_000.0, 30_000.0, responsible="Zoé Côté")
    hidden = replace(margin, definition=gaps.definition("gross_margin", confidential=True))
    others = gaps.gap(DEALS, 3.0, 5.0, unit=Unit.COUNT, responsible="Luc Paré")
    gaps.look_at(monkeypatch, MISSED, others, hidden)
    context = company()
    number = review_of(context)

    whole, own = (preread(one, number) for one in (context, context.by(ZOE)))

    assert "Gross margin" in said(whole, context)
    words = said(own, context)
    assert "Gross margin" not in words
    assert "1 KPI is not shown to you" in words
    assert "not shown to you" not in said(whole, context)
    assert "Luc Paré (" not in words
    assert "−$15K" in words
    assert looked_at(own).asked == (Asked("Zoé Côté", causes=(MISSED.definition.name,)),)


def test_a_salesperson_reads_how_many_of_the_deals_that_count_are_colleagues(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deals = (gaps.deal("Own", "Zoé Côté", 30_000, 0.5), gaps.deal("Other", "Luc Paré", 9_000, 0.5))
    gaps.look_at(monkeypatch, replace(MISSED, landing=gaps.landing(MISSED.definition, deals)))
    context = company()

    words = said(preread(context.by(ZOE), review_of(context)), context)

    assert "Your deal among those that matter most: - Own" in words
    assert "Other" not in words
    assert "1 more that decides is a colleague's." in words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((), NOTHING_JUDGED),
        ((gaps.gap(SALES, target=None),), NOTHING_JUDGED),
    ],
)
def test_without_kpis_or_targets_it_says_so(
    monkeypatch: pytest.MonkeyPatch, found: tuple[Gap, ...], words: str
) -> None:
    gaps.look_at(monkeypatch, *found)
    context = company()

    value = preread(context, review_of(context))

    assert words in said(value, context)
    assert looked_at(value).asked == ()


def test_a_kpi_without_a_number_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = msg("The files end on {day}: nothing is known of this month yet.", day=NEXT)
    gaps.look_at(monkeypatch, replace(MISSED, month=None, to_date=None, unavailable=reason))
    context = company()

    words = said(preread(context, review_of(context)), context)

    assert "Sales won The files end on Nov 24, 2026: nothing is known of this month yet." in words


def test_a_number_that_is_typed_and_missing_is_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps.look_at(monkeypatch, replace(MISSED, month=None, to_date=None, landing=None))
    context = company()

    words = said(preread(context, review_of(context)), context)

    assert "Actual: – · Target: – · Gap: – · End of Q4 2026: –" in words
    assert "Zoé Côté: Sales won: no number typed for the month" in words


def test_of_numbers_that_are_typed_week_by_week_the_missing_weeks_are_awaited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numberless = replace(MISSED, month=None, to_date=None, landing=None, responsible="Luc Paré")
    rules = {"visits": Aggregate.SUM, "calls": None}
    made = {
        key: replace(MISSED.definition, key=key, name=LocalText(key, key, key), aggregate=rule)
        for key, rule in rules.items()
    }
    gaps.look_at(monkeypatch, *(replace(numberless, definition=one) for one in made.values()))
    context = company()
    for key, rule in rules.items():
        kept = HandKept(key, key, definition.Kind.INPUT, Unit.COUNT, Better.UP, rule)
        create_hand_kept(context, kept)
    # October has the five weeks whose Thursday lies in it
    for week in ("2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"):
        add_entry(context, EntryRow("calls", date.fromisoformat(week), 3, grain=Grain.WEEK))
    for week in ("2026-09-28", "2026-10-12", "2026-10-19", "2026-11-02"):
        add_entry(context, EntryRow("visits", date.fromisoformat(week), 3, grain=Grain.WEEK))

    (asked,) = looked_at(preread(context, review_of(context))).asked

    # nothing can be typed for the other one: no rule makes a month of its weeks
    assert [render(one, "en") for one in asked.numbers] == [
        "visits: no number typed for 2 weeks of the month"
    ]


def test_a_company_with_nothing_in_it_has_something_to_read() -> None:
    context = company()

    sheet = sheet_of(preread(context, review_of(context)), context)

    assert sheet.parts[-1].heading == "Agenda"


@pytest.mark.parametrize(
    ("language", "gap", "asked"),
    [
        ("en", "Gaps of October 2026", "What each is asked to bring"),
        ("fr", "Écarts d’octobre 2026", "Ce que chacun apporte"),
        ("fr_CA", "Écarts d’octobre 2026", "Ce que chacun apporte"),
    ],
)
def test_paper_and_letter_say_the_same_in_the_readers_language(
    october: Context, language: Language, gap: str, asked: str
) -> None:
    number = review_of(october)
    agenda.add_item(october, number, "Prices of 2027")
    value = preread(october, number)

    pages = PdfReader(io.BytesIO(preread_pdf(value, language, october))).pages
    paper = " ".join(" ".join(page.extract_text().split()) for page in pages)
    letter = said(value, october, language)

    for words in (gap, asked, "Prices of 2027", "Zoé Côté"):
        assert words.lower() in paper.replace("\N{NO-BREAK SPACE}", " ").lower()
        assert words.lower() in letter.replace("\N{NO-BREAK SPACE}", " ").lower()
