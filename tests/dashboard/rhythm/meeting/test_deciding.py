from datetime import date

import pytest

from dashboard.rhythm.actions import assign, list_actions, move, rename
from dashboard.rhythm.meeting import blockers, deciding, noting
from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.rhythm.meeting.reading import revision
from pipelines.errors import AccessRefused, Conflict, Refused
from tests.builders.meetings import LUC, company, said, seen, started, understood

FRIDAY = date(2026, 11, 20)


def test_a_decision_about_a_blocker_makes_its_action_and_settles_it() -> None:
    context = company()
    number = started(context)
    blocker = blockers.make_blocker(context, number, kpi="win_rate").blocker_id
    for step in ("facts", "tried", "problem"):
        noting.save_note(context, number, f"blocker {blocker} {step}", "Written", 0)

    decision = deciding.decide(
        context, number, "Send the price list every Monday", "Luc Paré", FRIDAY, blocker_id=blocker
    )

    (action,) = list_actions(context)
    assert (action.title, action.owner, action.due_on) == (
        "Send the price list every Monday",
        "Luc Paré",
        FRIDAY,
    )
    assert (action.kpi, action.decision_id) == ("win_rate", decision.decision_id)
    assert decision.action_id == action.action_id
    found = seen(context, number)
    assert found.decisions == (decision,)
    assert found.actions == (action.action_id,)
    assert (found.blockers[0].status, found.blockers[0].worked_in) == (BlockerStatus.WORKED, number)


def test_a_blocker_is_decided_on_only_after_its_facts() -> None:
    context = company()
    number = started(context)
    blocker = blockers.make_blocker(context, number, title="Late quotes").blocker_id

    with pytest.raises(Refused) as error:
        deciding.decide(context, number, "Hire somebody", "Luc Paré", FRIDAY, blocker_id=blocker)

    assert "the facts, what was tried, and the real problem" in said(error)
    assert list_actions(context) == ()
    assert seen(context, number).decisions == ()


def test_a_blocker_is_decided_once_and_whoever_comes_second_reads_what_was_decided() -> None:
    context = company()
    number = started(context)
    blocker = understood(context, number)
    deciding.decide(
        context, number, "Price list on Mondays", "Luc Paré", FRIDAY, blocker_id=blocker
    )

    with pytest.raises(Refused) as error:
        deciding.decide(context, number, "Hire somebody", "Zoé Côté", FRIDAY, blocker_id=blocker)

    assert "decided already: Price list on Mondays" in said(error)
    assert len(list_actions(context)) == 1


def test_a_decision_may_be_taken_outside_blockers() -> None:
    context = company()
    number = started(context)

    decision = deciding.decide(context, number, "No rebates in December", "Zoé Côté", FRIDAY)

    assert decision.blocker_id is None
    assert seen(context, number).decisions == (decision,)


def test_text_owner_and_date_are_asked_for_all_at_once() -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused) as error:
        deciding.decide(context, number, " ", "", None)

    assert len(error.value.problems) == 3


def test_a_new_action_is_one_that_the_meeting_gave_out() -> None:
    context = company()
    number = started(context)

    action = deciding.new_action(context, number, "Call Érable", "Luc Paré", FRIDAY)

    assert seen(context, number).actions == (action.action_id,)
    assert list_actions(context) == (action,)


def test_a_salesperson_gives_out_actions_to_nobody_else() -> None:
    context = company()
    number = started(context)

    deciding.new_action(context.by(LUC), number, "Call Érable", "Luc Paré", FRIDAY)
    with pytest.raises(AccessRefused):
        deciding.new_action(context.by(LUC), number, "Call Érable", "Zoé Côté", FRIDAY)
    with pytest.raises(AccessRefused):
        deciding.decide(context.by(LUC), number, "No rebates", "Zoé Côté", FRIDAY)

    assert len(list_actions(context)) == 1
    assert seen(context, number).decisions == ()


def test_moving_and_handing_over_the_action_shows_in_the_decision() -> None:
    context = company()
    number = started(context)
    decision = deciding.decide(context, number, "No rebates", "Zoé Côté", FRIDAY)

    moved = move(context, decision.action_id, 1, date(2026, 11, 27), "She is away")
    assign(context, decision.action_id, moved.version, "Luc Paré")

    (found,) = seen(context, number).decisions
    assert (found.owner, found.due_on) == ("Luc Paré", date(2026, 11, 27))


def test_a_decision_can_be_said_in_other_words_and_a_conflict_is_told() -> None:
    context = company()
    number = started(context)
    decision = deciding.decide(context, number, "No rebats", "Zoé Côté", FRIDAY)

    after = deciding.reword_decision(context, number, decision.decision_id, 1, "No rebates")
    with pytest.raises(Conflict) as error:
        deciding.reword_decision(context, number, decision.decision_id, 1, "Rebates")

    assert (after.text, after.version) == ("No rebates", 2)
    assert "No rebates" in said(error)


def test_what_happens_to_an_action_shows_in_the_revision_of_the_meeting() -> None:
    context = company()
    number = started(context)
    action = deciding.new_action(context, number, "Call Érable", "Luc Paré", FRIDAY)
    before = revision(context, number)

    rename(context, action.action_id, 1, "Call Érable twice")

    assert revision(context, number) > before
