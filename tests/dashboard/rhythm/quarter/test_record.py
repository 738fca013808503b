"""What a closed quarter shows to whom, beyond its review."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.rhythm.actions import add_action
from dashboard.rhythm.gap_review.decision import (
    EarlierDecision,
    GapDecision,
    GivenAction,
    Response,
)
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.plan.model import NewPriority
from dashboard.rhythm.quarter import draft, drafting
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.record import QuarterRecord, adopted, as_seen
from dashboard.text import Language
from pipelines.actor import Scope
from pipelines.errors import msg
from tests.builders.gaps import gap_line
from tests.builders.meetings import FIVE, ZOE
from tests.builders.minutes import CALENDAR
from tests.builders.quarters import plan_of_the_quarter, quarter_company, review_meeting

AT = datetime.fromisoformat("2026-11-03 15:00")
SALES = NewPriority("Sell every week", "deals_won", 10.0, 14.0)
MARGIN = NewPriority("Protect our prices", "gross_margin_rate", 0.28, 0.32)
MARC_CALLS = GivenAction(7, "Call both", "Marc Roy", date(2026, 11, 20))
ZOE_WRITES = GivenAction(8, "Write to both", "Zoé Côté", date(2026, 11, 27))


def closed_quarter(*priorities: NewPriority) -> QuarterRecord:
    """Return a closed quarter after which two people go on with an action each."""
    context = quarter_company()
    plan_of_the_quarter(context, *(priorities or (SALES,)))
    september = context.on(date(2026, 9, 1))
    add_action(september, "Call them", "Marc Roy", date(2026, 10, 20))
    add_action(september, "Write to them", "Zoé Côté", date(2026, 10, 20))
    number = review_meeting(context)
    closing.close(context, number)
    return read_record(context, number)


def going_on(record: QuarterRecord) -> list[str]:
    assert record.following is not None
    return sorted(one.title for one in record.following.draft.actions)


def test_whoever_sees_only_their_own_work_reads_no_action_of_a_colleague_that_goes_on() -> None:
    record = closed_quarter()

    assert going_on(record) == ["Call them", "Write to them"]
    assert going_on(as_seen(record, ZOE.scope, together=False)) == ["Write to them"]


def test_who_answers_for_a_kpi_of_the_next_quarter_is_told_to_those_who_may_see_them() -> None:
    def named(record: QuarterRecord) -> dict[str | None, str | None]:
        assert record.following is not None
        return {one.key: one.responsible for one in record.following.draft.kpis}

    record = closed_quarter()

    assert named(record)["deals_won"] == "Marc Roy"
    for together in (True, False):
        hers = named(as_seen(record, ZOE.scope, together=together))
        assert {key for key, name in hers.items() if name} == {"new_opportunities"}
        assert hers["new_opportunities"] == "Zoé Côté"


def test_notes_that_name_colleagues_are_for_those_who_may_see_them() -> None:
    found = closed_quarter().following
    assert found is not None
    noted = replace(found, notes=(msg("Nobody but {name} knows it.", name="Marc Roy"),))

    assert draft.as_seen(noted, FIVE, Scope()).notes == noted.notes
    assert draft.as_seen(noted, FIVE, Scope(people=frozenset({"Zoé Côté"}))).notes == ()


def test_a_new_kpi_of_the_next_quarter_is_read_by_those_who_see_no_margins() -> None:
    record = closed_quarter()
    # nothing was followed in the quarter itself
    new = replace(record, numbers=replace(record.numbers, gaps=()))

    hers = as_seen(new, ZOE.scope, together=False).following

    assert hers is not None
    assert record.following is not None
    assert len(hers.draft.kpis) == len(record.following.draft.kpis) == len(FIVE)


def found_in_months() -> QuarterRecord:
    """Return a closed quarter in whose months two people were given an action, one of them twice."""
    then = GapDecision("sales_won", Response.ACT, None, MARC_CALLS, None, None, AT, 1)
    causes = (
        gap_line(response=Response.ACT, action=MARC_CALLS),
        gap_line(earlier=EarlierDecision(date(2026, 11, 3), then)),
        gap_line(response=Response.ACT, action=ZOE_WRITES),
        gap_line(response=Response.ACCEPT, reason="The holidays", confidential=True),
    )
    return replace(closed_quarter(), causes=causes)


def acting(record: QuarterRecord) -> list[GivenAction | None]:
    return [one.as_it_holds.action for one in record.causes]


def test_what_the_months_found_names_no_action_of_a_colleague() -> None:
    record = found_in_months()

    hers = as_seen(record, ZOE.scope, together=False)

    assert acting(hers) == [None, None, ZOE_WRITES]
    # that somebody acts, and why there was a gap, is about the company
    assert [one.as_it_holds.response for one in hers.causes] == [Response.ACT] * 3
    assert {one.cause for one in hers.causes} == {"Two orders slipped"}
    paper = sheet_markdown(quarter_sheet(hers, "en", CALENDAR))
    assert "Write to both" in paper
    assert "Call both" not in paper
    assert "Marc Roy" not in paper


def test_whoever_takes_part_or_sees_everybody_reads_all_that_the_months_decided() -> None:
    record = found_in_months()

    together = as_seen(record, ZOE.scope, together=True)
    manager = as_seen(record, Scope(), together=False)

    assert acting(together) == [MARC_CALLS, MARC_CALLS, ZOE_WRITES]
    assert acting(manager) == [MARC_CALLS, MARC_CALLS, ZOE_WRITES, None]


def test_a_page_without_a_meeting_tells_those_who_see_only_themselves_of_no_decision() -> None:
    record = found_in_months()
    of_today = replace(record, review=replace(record.review, meeting_id=None))

    assert as_seen(of_today, ZOE.scope, together=False).causes == ()
    assert as_seen(of_today, Scope(), together=False).causes == record.causes


def test_a_priority_about_margins_is_not_there_for_those_who_may_not_see_them() -> None:
    record = closed_quarter(SALES, MARGIN)
    hers = as_seen(record, ZOE.scope, together=True)

    for one, titles in ((record, [SALES.title, MARGIN.title]), (hers, [SALES.title])):
        assert one.plan is not None
        assert one.following is not None
        assert [each.title for each in one.plan.priorities] == titles
        assert [each.title for each in one.following.draft.priorities] == titles
    assert record.following is not None
    minutes = adopted(replace(record, following=replace(record.following, adopted_at=AT)))
    assert minutes is not None
    assert minutes.confidential == (MARGIN.title,)


def test_an_action_that_goes_on_names_no_kpi_that_whoever_reads_may_not_see() -> None:
    context = quarter_company()
    plan_of_the_quarter(context)
    september = context.on(date(2026, 9, 1))
    for kpi in ("gross_margin_rate", "deals_won"):
        add_action(september, f"Raise {kpi}", "Zoé Côté", date(2026, 10, 20), kpi)

    found = drafting.draft(context, review_meeting(context))
    hers = draft.as_seen(found, FIVE, ZOE.scope)

    assert [one.kpi for one in found.draft.actions] == ["gross_margin_rate", "deals_won"]
    assert [one.kpi for one in hers.draft.actions] == [None, "deals_won"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 things in this review are not shown to you: "),
        ("fr", "2 éléments de cette revue ne vous sont pas montrés\N{NO-BREAK SPACE}: "),
        ("fr_CA", "2 éléments de cette revue ne vous sont pas montrés\N{NO-BREAK SPACE}: "),
    ],
)
def test_the_paper_says_how_much_of_it_is_withheld(language: Language, said: str) -> None:
    record = closed_quarter(SALES, MARGIN)
    # what Marc does and the priority; read in two steps, as a closed review is
    hers = as_seen(as_seen(record, ZOE.scope, together=True), ZOE.scope, together=False)

    assert (record.unseen, hers.unseen) == (0, 2)
    lead = [one.text for one in quarter_sheet(hers, language, CALENDAR).lead]
    assert any(one.startswith(said) for one in lead)
    assert "out of 1 reached" in sheet_text(quarter_sheet(hers, "en", CALENDAR))
    whole = [one.text for one in quarter_sheet(record, language, CALENDAR).lead]
    assert lead[: len(whole)] == whole


def test_one_thing_that_is_withheld_is_said_in_the_singular() -> None:
    hers = as_seen(closed_quarter(), ZOE.scope, together=False)

    lead = [one.text for one in quarter_sheet(hers, "en", CALENDAR).lead]

    assert lead[-1] == (
        "1 thing in this review is not shown to you: KPIs, priorities and decisions are counted "
        "without it."
    )


def test_whoever_takes_part_in_the_review_reads_all_that_goes_on() -> None:
    assert going_on(as_seen(closed_quarter(), ZOE.scope, together=True)) == [
        "Call them",
        "Write to them",
    ]
