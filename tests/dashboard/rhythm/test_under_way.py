"""What is being done about a deal."""

from datetime import date

import pytest

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.meeting import blockers, deciding, noting, preparing
from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.rhythm.under_way import Doing, Unsolved, read_under_way
from pipelines.context import Context
from pipelines.funnel.model import Deal
from tests.builders.meetings import LUC, TEAM, ZOE, company, planned, seen, started

FRIDAY = date(2026, 11, 20)
TUESDAY = date(2026, 11, 17)


def deal(name: str = "Hall", account: str | None = "École des Cèdres") -> Deal:
    return Deal("hubspot", "7", name, account, "Zoé Côté", None, None, "CAD", None, None, None, 0)


def doing(context: Context, about: Deal | None = None) -> Doing:
    return read_under_way(context).about(about or deal())


def titles(found: Doing) -> list[list[str]]:
    return [[one.title for one in part] for part in (found.actions, found.blockers, found.named_by)]


def test_an_action_is_about_its_deal_until_it_is_done() -> None:
    context = company()
    action = add_action(context, "Call", "Zoé Côté", FRIDAY, deal=deal().key)
    add_action(context, "Call", "Luc Paré", FRIDAY, deal="hubspot 8")

    assert doing(context) == Doing(actions=(action,))
    complete(context, action.action_id, action.version)
    assert doing(context) == Doing()


def test_a_deal_becomes_a_blocker_once() -> None:
    context = company()
    number = started(context)

    first = blockers.make_blocker(context, number, title="It stands still", deal=deal().key)
    again = blockers.make_blocker(context, number, title="Still there", deal=deal().key)
    other = blockers.make_blocker(context, number, title="Another", deal="hubspot 8")

    assert (first.already, again.already, other.already) == (False, True, False)
    assert again.blocker_id == first.blocker_id
    assert doing(context).blockers == (
        Unsolved(first.blocker_id, "It stands still", deal().key, TUESDAY, None),
    )


def test_the_blocker_of_an_action_is_about_the_actions_deal() -> None:
    context = company()
    number = started(context)
    action = add_action(context, "Call", "Zoé Côté", FRIDAY, deal=deal().key)

    blockers.make_blocker(context, number, action_id=action.action_id)

    assert titles(doing(context)) == [["Call"], ["Call"], []]
    assert blockers.make_blocker(context, number, title="Stuck", deal=deal().key).already


def test_what_is_decided_about_a_blocker_is_about_its_deal() -> None:
    context = company()
    number = started(context)
    made = blockers.make_blocker(context, number, title="Stuck", deal=deal().key).blocker_id
    for step in ("facts", "tried", "problem"):
        noting.save_note(context, number, f"blocker {made} {step}", "Nobody answers", 0)

    deciding.decide(context, number, "Visit them", "Zoé Côté", FRIDAY, blocker_id=made)
    deciding.new_action(context, number, "Send prices", "Luc Paré", FRIDAY, deal=deal().key)

    assert titles(doing(context)) == [["Visit them", "Send prices"], [], []]


def test_a_blocker_on_hold_says_until_when_and_comes_back_to_the_meeting_of_that_day() -> None:
    context = company()
    number = planned(context)
    made = blockers.make_blocker(context, number, title="Stuck", deal=deal().key).blocker_id
    (blocker,) = seen(context, number).blockers
    until = date(2026, 12, 1)
    blockers.park(context, number, made, blocker.version, until=until, forum="Louise and Zoé")

    preparing.plan_meeting(context, day=until)
    (waits,) = doing(context).blockers
    (due,) = doing(context.on(until)).blockers

    assert (waits.meeting_on, waits.parked_until) == (None, until)
    assert (due.meeting_on, due.parked_until) == (until, None)
    assert blockers.make_blocker(context, number, title="Stuck", deal=deal().key).already
    assert seen(context, number).blockers[0].status is BlockerStatus.OPEN


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Call l’ecole des cedres back", True),
        ("HALL: send the offer", True),
        ("Repaint the hallway", False),
        ("Call somebody else", False),
    ],
)
def test_an_action_that_names_the_deal_or_its_customer_may_be_about_it(
    title: str, *, named: bool
) -> None:
    context = company()
    add_action(context, title, "Zoé Côté", FRIDAY)

    assert titles(doing(context)) == [[], [], [title] if named else []]


def test_a_short_name_is_a_word_like_others() -> None:
    context = company()
    add_action(context, "Ask IBM for a date", "Zoé Côté", FRIDAY)

    assert doing(context, deal("New", "IBM")) == Doing()


def test_what_is_about_another_deal_of_the_customer_is_not_guessed_about_this_one() -> None:
    context = company()
    add_action(context, "Call École des Cèdres", "Zoé Côté", FRIDAY, deal="hubspot 8")

    assert doing(context) == Doing()


def test_salespeople_see_their_own_actions_and_the_blockers_of_meetings_they_take_part_in() -> None:
    context = company()
    number = preparing.plan_meeting(context, invited=[*TEAM[:3]]).meeting_id
    add_action(context, "Mine", "Zoé Côté", FRIDAY, deal=deal().key)
    add_action(context, "Call École des Cèdres", "Luc Paré", FRIDAY)
    blockers.make_blocker(context, number, title="Stuck", deal=deal().key)

    assert titles(doing(context)) == [["Mine"], ["Stuck"], ["Call École des Cèdres"]]
    assert titles(doing(context.by(ZOE))) == [["Mine"], ["Stuck"], []]
    assert titles(doing(context.by(LUC))) == [[], [], ["Call École des Cèdres"]]
