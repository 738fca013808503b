from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from dashboard.rhythm.action import EventKind
from dashboard.rhythm.actions import add_action, complete, history, list_actions, move
from dashboard.rhythm.course import drop
from dashboard.rhythm.requests import answer, ask, latest_requests, open_requests
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused
from pipelines.journal import changes_after
from pipelines.people.person import Details
from pipelines.people.register import change_person, list_people
from tests.builders.warehouse import warehouse_with

FRIDAY, LATER = date(2026, 11, 27), date(2026, 12, 4)
ZOE = Actor("Zoé Côté", scope=Scope(frozenset({"Zoé Côté"})))
LUC = Actor("Luc Paré", scope=Scope(frozenset({"Luc Paré"})))
ANNE = Actor("Anne Roy")
WHY = "The customer is away"


def company() -> tuple[Context, int]:
    context = warehouse_with(today="2026-11-21")
    return context, add_action(context, "Call", "Zoé Côté", FRIDAY).action_id


def refusal(error: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(render(problem, "en") for problem in error.value.problems)


def test_a_granted_request_moves_the_action_with_the_reason_and_both_names() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, f" {WHY}\n")

    answered = answer(context.by(ANNE), asked.request_id, asked.version, granted=True, said="Fine")

    assert (answered.granted, answered.answered_by, answered.answer) == (True, "Anne Roy", "Fine")
    (action,) = list_actions(context)
    assert action.due_on == LATER
    event = history(context, number)[-1]
    assert (event.kind, event.before, event.after) == (
        EventKind.MOVED,
        "2026-11-27",
        "2026-12-04",
    )
    assert event.author == "Anne Roy"
    assert event.reason == "The customer is away (Zoé Côté)"
    assert open_requests(context) == ()


def test_a_declined_request_changes_nothing_and_its_answer_can_be_read() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, WHY)

    answer(context.by(ANNE), asked.request_id, asked.version, granted=False, said="We need it")

    assert list_actions(context)[0].due_on == FRIDAY
    latest = latest_requests(context.by(ZOE))[number]
    assert (latest.granted, latest.answer, latest.answered_on) == (
        False,
        "We need it",
        date(2026, 11, 21),
    )
    assert len(history(context, number)) == 1


def test_what_is_missing_is_said_all_at_once() -> None:
    context, number = company()

    with pytest.raises(Refused) as error:
        ask(context.by(ZOE), number, None, " ")
    assert "reason is missing" in refusal(error)
    assert "date is missing" in refusal(error)
    with pytest.raises(Refused, match="in the past"):
        ask(context.by(ZOE), number, date(2026, 11, 20), WHY)
    with pytest.raises(Refused, match="due on that day"):
        ask(context.by(ZOE), number, FRIDAY, WHY)
    with pytest.raises(Refused, match="too long"):
        ask(context.by(ZOE), number, LATER, "x" * 100_000)
    assert open_requests(context) == ()


def test_nobody_asks_about_a_colleagues_action_nor_grants_their_own() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, WHY)

    with pytest.raises(Refused, match="no action"):
        ask(context.by(LUC), number, LATER, WHY)
    with pytest.raises(AccessRefused):
        answer(context.by(ZOE), asked.request_id, asked.version, granted=True)
    assert open_requests(context.by(LUC)) == ()
    assert latest_requests(context.by(LUC)) == {}
    assert [one.request for one in open_requests(context.by(ZOE))] == [asked]


def test_asking_again_changes_the_request_and_an_answer_to_the_old_one_is_refused() -> None:
    context, number = company()
    first = ask(context.by(ZOE), number, LATER, WHY)
    second = ask(context.by(ZOE), number, date(2026, 12, 11), "Two weeks are better")

    assert (second.request_id, second.version) == (first.request_id, 2)
    with pytest.raises(Refused, match="changed the request in the meantime"):
        answer(context.by(ANNE), first.request_id, first.version, granted=True)
    assert list_actions(context)[0].due_on == FRIDAY


def test_of_two_managers_who_answer_at_once_one_is_told_what_the_other_said() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, WHY)

    def one(who: str) -> str:
        try:
            answer(context.by(Actor(who)), asked.request_id, asked.version, granted=True)
        except Refused as refused:
            return render(refused.problems[0], "en")
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(one, ["Anne Roy", "Marc Roy"]))

    assert said[1] == "done"
    assert "has granted this already" in said[0]
    moved = [event for event in history(context, number) if event.kind is EventKind.MOVED]
    assert len(moved) == 1


def test_a_done_or_dropped_action_needs_no_other_date() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, WHY)
    complete(context, number, 1)

    assert open_requests(context) == ()
    with pytest.raises(Refused, match="is done"):
        answer(context.by(ANNE), asked.request_id, asked.version, granted=True)
    with pytest.raises(Refused, match="is done"):
        ask(context.by(ZOE), number, LATER, WHY)
    other = add_action(context, "Write", "Zoé Côté", FRIDAY)
    drop(context, other.action_id, other.version, "Nobody wants it")
    with pytest.raises(Refused, match="was given up"):
        ask(context.by(ZOE), other.action_id, LATER, WHY)


def test_a_request_counts_though_the_action_was_moved_in_between() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, WHY)
    move(context.by(ANNE), number, 1, date(2026, 12, 1), "A day more")

    answer(context.by(ANNE), asked.request_id, asked.version, granted=True)

    assert list_actions(context)[0].due_on == LATER


def test_everything_is_written_down_and_follows_a_new_name() -> None:
    context, number = company()
    asked = ask(context.by(ZOE), number, LATER, WHY)
    answer(context.by(ANNE), asked.request_id, asked.version, granted=False)
    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    told = [(one.what, one.actor) for one in changes if one.subject == "request 1"]
    assert told == [("request.asked", "Zoé Côté"), ("request.declined", "Anne Roy")]
    assert changes[-1].after is not None
    assert (changes[-1].after["title"], changes[-1].after["reason"]) == ("Call", WHY)

    zoe = next(one for one in list_people(context) if one.name == "Zoé Côté")
    change_person(context, zoe.person_id, zoe.version, Details("Zoé Roy"))
    assert latest_requests(context)[number].asked_by == "Zoé Roy"
