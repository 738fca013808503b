"""A quarter that is reviewed a second time: its verdicts of then are said, and wait for nobody."""

from dataclasses import replace
from datetime import date

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.minutes import from_json, to_json
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import meetings, minutes
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.draft import DraftTarget
from dashboard.rhythm.quarter.drafting import adopted, change_draft, draft
from dashboard.rhythm.quarter.freezing import meeting_review, read_frozen_quarter
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.reading import quarter_review
from dashboard.rhythm.quarter.seeing import as_seen
from pipelines.context import Context
from tests.builders.meetings import TEAM, ZOE
from tests.builders.quarters import (
    TODAY,
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)

KPI, OTHER = "kpi deals_won", "kpi win_rate"
LATER = date(2026, 11, 16)


def reviewed_twice() -> tuple[Context, int]:
    """Return a company and the number of its second review of a quarter, which has begun."""
    context = quarter_company()
    first = review_meeting(context)
    decided(context, first, KPI, Way.KEEP, "It tells most")
    closing.close(context, first)
    later = context.on(LATER)
    second = preparing.plan_meeting(later, Kind.QUARTERLY, LATER, invited=TEAM).meeting_id
    running.start(later, second)
    return later, second


def test_a_second_review_says_when_the_quarter_was_reviewed_and_what_was_decided() -> None:
    context, number = reviewed_twice()

    review = meeting_review(context, number)

    assert review.reviewed_on == (TODAY,)
    item, other = review.item(KPI), review.item(OTHER)
    assert item is not None
    assert other is not None
    assert item.decided is None
    assert item.earlier is not None
    assert (item.earlier.held_on, item.earlier.decided.way) == (TODAY, Way.KEEP)
    assert item.earlier.decided.reason == "It tells most"
    assert other.earlier is None
    assert (item.is_waiting, other.is_waiting) == (False, True)


def test_the_first_review_of_a_quarter_knows_of_no_other() -> None:
    context = quarter_company()

    review = meeting_review(context, review_meeting(context))

    assert review.reviewed_on == ()
    assert all(one.earlier is None for one in review.items)


def test_whoever_sees_only_their_own_work_reads_no_verdicts_on_a_page_of_their_own() -> None:
    context, _ = reviewed_twice()

    hers = quarter_review(context.by(ZOE))

    assert hers.reviewed_on == (TODAY,)
    assert all(one.earlier is None for one in hers.items)


def test_the_closed_second_review_tells_them_what_was_decided_in_the_first() -> None:
    context, number = reviewed_twice()
    closing.close(context, number)

    hers = read_frozen_quarter(context.by(ZOE), number)
    closed = as_seen(hers, ZOE.scope, together=False)

    item = closed.item(KPI)
    assert item is not None
    assert item.earlier is not None
    assert (item.earlier.held_on, item.is_waiting) == (TODAY, False)


def test_a_kpi_that_stays_comes_in_nobodys_place_and_what_is_given_up_is_said() -> None:
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    call = add_action(context.on(date(2026, 9, 1)), "Call them", "Marc Roy", date(2026, 10, 20))
    number = review_meeting(context)
    decided(context, number, KPI, Way.CHANGE, "Too low", "Aim higher")
    decided(context, number, f"action {call.action_id}", Way.DROP, "It moved nothing")
    proposal = draft(context, number).draft
    kpis = tuple(replace(one, key=one.key or "deals_won") for one in proposal.kpis)
    changed = change_draft(context, number, 0, replace(proposal, kpis=kpis))
    adopt(context, number, changed.version)

    kept = closing.close(context, number).adopted

    assert kept is not None
    assert [one.name.en for one in kept.kpis if one.instead_of is not None] == []
    assert [(one.title, one.reason) for one in kept.given_up] == [("Call them", "It moved nothing")]


def test_the_minutes_say_what_was_adopted_and_count_the_decisions_they_list() -> None:
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    number = review_meeting(context)
    decided(context, number, KPI, Way.KEEP, "It tells most")
    proposal = draft(context, number)
    (aim,) = proposal.draft.targets
    wanted = DraftTarget(aim.key, 12, None, at_most=False, per=aim.per)
    changed = change_draft(context, number, 0, replace(proposal.draft, targets=(wanted,)))
    assert adopted(context, number) is None
    adopt(context, number, changed.version)
    assert adopted(context, number) is not None

    closing.close(context, number)

    kept = minutes(context, number)
    assert kept.adopted is not None
    assert (kept.adopted.starts_on, kept.adopted.ends_on) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    targets = {one.name.en: one.target.value for one in kept.adopted.kpis if one.target}
    assert targets == {"Deals won": 12}
    # the verdict; the adoption is no line of its own, and no numbers meeting either
    assert kept.decided == kept.hygiene.decisions == 1
    assert not kept.hygiene.numbers_meeting
    assert from_json(to_json(kept)) == kept
    (line,) = [one for one in meetings(context) if one.meeting_id == number]
    assert (line.decisions, line.numbers_meeting) == (1, False)


def test_a_review_that_adopts_nothing_says_nothing_of_the_next_quarter() -> None:
    context = quarter_company()
    number = review_meeting(context)

    closing.close(context, number)

    assert minutes(context, number).adopted is None
    assert minutes(context, number).hygiene.numbers_meeting
