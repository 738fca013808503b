"""The plan on the quarterly paper: what became of the last one, what was done, and the next one."""

from dataclasses import replace
from datetime import date

from dashboard.report.quarterly.around import plan
from dashboard.report.quarterly.following import next_days
from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.report.quarterly.work import work
from dashboard.report.sheet import Part, Sheet
from dashboard.report.sheet_letter import sheet_text
from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.course import drop
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.draft import DraftPriority, NextQuarter
from dashboard.rhythm.quarter.drafting import change_draft, draft
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.rhythm.quarter.recording import meanings
from pipelines.context import Context
from tests.builders.minutes import CALENDAR
from tests.builders.quarters import aimed, plan_of_the_quarter, quarter_company, review_meeting

SELL, MEET = "Sell every week", "Meet more people"
AUGUST = date(2026, 8, 3)
NEXT = "The next 90 days: Q4 2026"


def company() -> Context:
    """Return a company whose plan had three actions: one kept, one done late, one given up."""
    context = aimed(quarter_company())
    (priority,) = plan_of_the_quarter(context).standing
    begun = context.on(AUGUST)
    for title, done in (("Call them", date(2026, 8, 20)), ("Write to them", date(2026, 8, 24))):
        one = add_action(
            begun,
            title,
            "Marc Roy",
            date(2026, 8, 20),
            "deals_won",
            priority_id=priority.priority_id,
        )
        complete(context.on(done), one.action_id, one.version)
    gone = add_action(
        begun, "Visit them", "Marc Roy", date(2026, 9, 1), priority_id=priority.priority_id
    )
    drop(begun, gone.action_id, gone.version, "Nobody is there")
    return context


def closed(context: Context) -> QuarterRecord:
    number = review_meeting(context)
    closing.close(context, number)
    return read_record(context, number)


def written(part: Part | None) -> str:
    assert part is not None
    sheet = Sheet("en", "", "", "", (), (), (part,), "", AUGUST)
    return " ".join(sheet_text(sheet).split())


def test_the_plan_says_by_what_it_counts_and_how_much_was_done_late() -> None:
    record = closed(company())
    said = written(plan(record.plan, "en"))
    first_page = {one.label: one.text for one in quarter_sheet(record, "en", CALENDAR).facts}

    assert "2 actions out of 2 done, 1 of them after its date; none still late, 1 given up." in said
    assert "Reached (last four weeks)" in said
    assert "Deals won, per week" in said
    # 11, 9, 11 and 20 in the last four weeks of September: 51 in four
    assert "12.8" in said
    assert first_page["Plan"] == (
        "0 priorities out of 1 reached over the last four weeks; "
        "2 actions out of 2 done, 1 of them after its date."
    )


def test_a_review_that_never_counted_late_ones_says_nothing_of_them() -> None:
    found = closed(company()).plan
    assert found is not None

    said = written(plan(replace(found, done_late=None), "en"))

    assert "2 actions out of 2 done; none still late, 1 given up." in said


def two_priorities(context: Context, number: int) -> NextQuarter:
    """Return a draft in which somebody will call for one priority and nobody for the other."""
    add_action(context, "Call the others", "Zoé Côté", date(2026, 10, 30), "deals_won")
    wanted = replace(
        draft(context, number).draft,
        priorities=(
            DraftPriority(SELL, "deals_won", 10.0, 14.0),
            DraftPriority(MEET, "meetings_held", 1.0, 2.0),
        ),
    )
    change_draft(context, number, 0, wanted)
    return draft(context, number)


def test_what_goes_on_says_what_it_serves_and_a_priority_whether_anything_does() -> None:
    context = company()
    found = two_priorities(context, review_meeting(context))
    known = meanings(context, found)

    said = written(next_days(found, known, "en", CALENDAR))
    uncounted = replace(
        found.draft,
        priorities=tuple(replace(one, actions=None) for one in found.draft.priorities),
    )
    before = written(next_days(replace(found, draft=uncounted), known, "en", CALENDAR))

    assert [one.actions for one in found.draft.priorities] == [1, 0]
    assert f"{MEET} Meetings held, per week · no action yet · From" in said
    assert f"{SELL} Deals won, per week · From" in said
    assert f"Call the others {SELL} · Zoé Côté" in said
    assert "no action yet" not in before


def test_a_priority_that_aims_at_more_than_the_target_says_so_once_it_is_adopted_too() -> None:
    context = company()
    number = review_meeting(context)
    adopt(context, number, two_priorities(context, number).version)
    closing.close(context, number)

    record = read_record(context, number)
    (part,) = (one for one in quarter_sheet(record, "en", CALENDAR).parts if one.heading == NEXT)

    assert f"The priority “{SELL}” aims at 14, the target is 10 per week." in written(part)


def test_what_cannot_be_judged_for_one_reason_is_told_under_one_sentence() -> None:
    context = company()
    begun = context.on(date(2026, 9, 1))
    for title, done in (("Ask them", date(2026, 9, 21)), ("Thank them", date(2026, 9, 23))):
        one = add_action(begun, title, "Zoé Côté", date(2026, 9, 21), "new_opportunities")
        complete(context.on(done), one.action_id, one.version)
    add_action(begun, "Think", "Zoé Côté", date(2026, 11, 2), "new_opportunities")
    record = closed(context)

    parts = quarter_sheet(record, "en", CALENDAR).parts
    said = written(next(one for one in parts if one.heading == "Actions of the quarter"))

    # two were done for each KPI; of each stands for which, by whom and when
    assert said.count("These were done at the same time as others for the same KPI") == 1
    assert "Call them Deals won · Marc Roy · Aug 20" in said
    assert "Ask them New opportunities · Zoé Côté · Sep 21" in said
    assert "Thank them New opportunities · Zoé Côté · Sep 23 (2 days after its date)" in said
    # what is open tells so, and no more
    assert "Open: due on Nov 2, 2026." in said
    assert "cannot be judged" not in said


def test_of_reviews_from_before_the_reason_was_kept_in_a_word_each_action_tells_it() -> None:
    record = closed(company())
    before = replace(
        record.review,
        work=tuple(
            replace(one, work=one.work and replace(one.work, because=None, kpi_name=None))
            for one in record.review.work
        ),
    )

    (part,) = work(before, "en")

    assert written(part).count("Its effect cannot be judged: 1 other thing was done") == 2
