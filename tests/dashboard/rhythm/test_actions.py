from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise

import pytest

from dashboard.rhythm.action import Action, EventKind
from dashboard.rhythm.actions import (
    add_action,
    assign,
    complete,
    history,
    link,
    list_actions,
    move,
    rename,
    reopen,
)
from dashboard.text import LANGUAGES, render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Cap90Error, Refused
from pipelines.journal import changes_after
from pipelines.people.person import Details
from pipelines.people.register import add_person, change_person, join, list_people
from tests.builders.warehouse import add, closed, warehouse_with

FRIDAY = date(2026, 11, 27)
LATER = date(2026, 12, 4)


def company(today: str = "2026-11-21") -> Context:
    return warehouse_with(today=today)


def refusal(error: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(render(problem, "en") for problem in error.value.problems)


def test_an_added_action_is_on_the_list_with_its_owner_and_date() -> None:
    context = company()

    added = add_action(context, "Call the twelve silent customers", "Zoé Côté", FRIDAY, "win_rate")

    assert list_actions(context) == (added,)
    assert (added.title, added.owner, added.due_on) == (
        "Call the twelve silent customers",
        "Zoé Côté",
        FRIDAY,
    )
    assert (added.kpi, added.created_on, added.done_on) == ("win_rate", date(2026, 11, 21), None)


def test_title_owner_date_and_a_known_kpi_are_asked_for_all_at_once() -> None:
    context = company()

    with pytest.raises(Refused) as error:
        add_action(context, " \t\n", "", None, "win_rat")

    said = refusal(error)
    assert len(error.value.problems) == 4
    assert "no title" in said
    assert "responsible" in said
    assert "date is missing" in said
    assert "Did you mean 'win_rate'?" in said
    assert list_actions(context) == ()


def test_what_people_type_becomes_one_clean_line() -> None:
    added = add_action(company(), "  Call\n\tthem\x07 back ", " Luc\r\nParé ", FRIDAY)

    assert (added.title, added.owner) == ("Call them back", "Luc Paré")


def test_a_title_of_301_characters_is_refused_and_one_of_300_is_not() -> None:
    context = company()

    add_action(context, "x" * 300, "Luc", FRIDAY)
    with pytest.raises(Refused, match="too long: 301 characters"):
        add_action(context, "x" * 301, "Luc", FRIDAY)


def test_markup_and_quotes_in_a_title_are_just_text() -> None:
    title = "'); drop table actions; -- {owner} $x$ #panic()"

    added = add_action(company(), title, "O'Neil", FRIDAY)

    assert (added.title, added.owner) == (title, "O'Neil")


def test_an_action_is_ticked_off_on_the_day_it_is_done_and_can_be_reopened() -> None:
    context = company()
    added = add_action(context, "Call", "Luc", FRIDAY)

    done = complete(context, added.action_id, added.version)
    assert done.done_on == date(2026, 11, 21)

    reopened = reopen(context, added.action_id, done.version)
    assert reopened.done_on is None
    assert list_actions(context) == (reopened,)


def test_a_date_moves_only_with_a_reason_and_the_history_keeps_it() -> None:
    context = company()
    added = add_action(context, "Call", "Luc", FRIDAY)

    with pytest.raises(Refused, match="reason is missing"):
        move(context, added.action_id, added.version, LATER, "  ")
    with pytest.raises(Refused, match="date is missing"):
        move(context, added.action_id, added.version, None, "The customer is away")
    moved = move(context, added.action_id, added.version, LATER, "The customer is away")

    assert moved.due_on == LATER
    event = history(context, added.action_id)[-1]
    assert (event.kind, event.before, event.after, event.reason) == (
        EventKind.MOVED,
        "2026-11-27",
        "2026-12-04",
        "The customer is away",
    )


def test_every_gesture_leaves_an_event_with_before_after_author_and_day() -> None:
    context = company()
    action = add_action(context.by(Actor("Anne")), "Call", "Luc", FRIDAY)
    number = action.action_id
    action = assign(context.by(Actor("Anne")), number, action.version, "Zoé")
    action = rename(context.by(Actor("Zoé")), number, action.version, "Call back")
    action = link(context, number, action.version, "win_rate")
    action = link(context, number, action.version, None)
    action = complete(context.by(Actor("Zoé")), number, action.version)
    reopen(context, number, action.version)

    told = [
        (event.kind, event.before, event.after, event.author) for event in history(context, number)
    ]
    assert told == [
        (EventKind.ADDED, None, "Call", "Anne"),
        (EventKind.ASSIGNED, "Luc", "Zoé", "Anne"),
        (EventKind.RENAMED, "Call", "Call back", "Zoé"),
        (EventKind.LINKED, None, "win_rate", None),
        (EventKind.LINKED, "win_rate", None, None),
        (EventKind.DONE, None, "2026-11-21", "Zoé"),
        (EventKind.REOPENED, "2026-11-21", None, None),
    ]
    assert {event.happened_on for event in history(context, number)} == {date(2026, 11, 21)}


def test_whoever_changes_what_they_have_not_seen_is_shown_both_texts_and_nothing_is_lost() -> None:
    context = company()
    seen = add_action(context, "Call", "Luc", FRIDAY)
    rename(context.by(Actor("Anne Roy")), seen.action_id, seen.version, "Call the twelve")

    with pytest.raises(Refused) as error:
        rename(context, seen.action_id, seen.version, "Visit all customers")

    said = refusal(error)
    assert "Anne Roy changed this action" in said
    assert "Call the twelve" in said
    assert "Visit all customers" in said
    assert [action.title for action in list_actions(context)] == ["Call the twelve"]
    assert len(history(context, seen.action_id)) == 2


def test_a_refused_move_shows_the_date_and_the_reason_somebody_typed() -> None:
    context = company()
    seen = add_action(context, "Call", "Luc", FRIDAY)
    complete(context, seen.action_id, seen.version)

    with pytest.raises(Refused) as error:
        move(context, seen.action_id, seen.version, LATER, "Client absent")

    for language in LANGUAGES:
        said = " ".join(render(problem, language) for problem in error.value.problems)
        assert "Client absent" in said
        assert "4" in said
        assert "2026" in said


def test_two_people_may_tick_the_same_action() -> None:
    context = company()
    seen = add_action(context, "Call", "Luc", FRIDAY)
    first = complete(context, seen.action_id, seen.version)

    assert complete(context, seen.action_id, seen.version) == first
    assert len(history(context, seen.action_id)) == 2


def test_a_gesture_that_changes_nothing_writes_nothing() -> None:
    context = company()
    added = add_action(context, "Call", "Luc", FRIDAY)

    assert assign(context, added.action_id, added.version, "Luc") == added
    assert move(context, added.action_id, added.version, FRIDAY, "Just so") == added
    assert len(history(context, added.action_id)) == 1


def test_an_action_that_does_not_exist_is_refused_by_its_number() -> None:
    with pytest.raises(Refused, match="There is no action 7"):
        complete(company(), 7, 1)


def test_everybody_an_action_names_is_among_the_people() -> None:
    context = company()
    added = add_action(context, "Call", "Luc Paré", FRIDAY)
    assign(context, added.action_id, added.version, "Zoé Côté")
    add_action(context, "Write", "Luc Paré", FRIDAY)

    names = context.store.read(
        lambda cursor: cursor.execute("select name from people order by name").fetchall()
    )
    assert names == [("Luc Paré",), ("Zoé Côté",)]


def test_actions_are_listed_by_date_and_then_in_the_order_they_were_added() -> None:
    context = company()
    for title, day in (("c", LATER), ("a", FRIDAY), ("b", FRIDAY)):
        add_action(context, title, "Luc", day)

    assert [action.title for action in list_actions(context)] == ["a", "b", "c"]


def test_actions_as_of_a_day_are_those_of_its_evening() -> None:
    context = company("2026-11-09")
    kept = add_action(context, "Call", "Luc", date(2026, 11, 13))
    context = context.on(date(2026, 11, 17))
    moved = move(context, kept.action_id, kept.version, FRIDAY, "Away")
    renamed = rename(context, kept.action_id, moved.version, "Call back")
    assigned = assign(context, kept.action_id, renamed.version, "Zoé")
    linked = link(context, kept.action_id, assigned.version, "win_rate")
    done = complete(context, kept.action_id, linked.version)
    add_action(context, "Added later", "Luc", FRIDAY)

    assert list_actions(context, date(2026, 11, 8)) == ()
    assert list_actions(context, date(2026, 11, 16)) == (kept,)
    assert done in list_actions(context, date(2026, 11, 17))


def test_a_reopened_action_was_done_on_the_days_between() -> None:
    context = company("2026-11-09")
    added = add_action(context, "Call", "Luc", FRIDAY)
    done = complete(context, added.action_id, added.version)
    reopen(context.on(date(2026, 11, 17)), added.action_id, done.version)

    assert list_actions(context, date(2026, 11, 16)) == (done,)


def test_eight_people_at_once_add_eight_different_actions() -> None:
    context = company()
    titles = [f"Action {number}" for number in range(8)]

    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda title: add_action(context, title, "Luc", FRIDAY), titles))

    assert sorted(action.title for action in list_actions(context)) == titles
    assert sorted(action.action_id for action in list_actions(context)) == [*range(1, 9)]


def test_of_eight_people_who_rename_the_same_version_one_is_heard_and_seven_are_told() -> None:
    context = company()
    seen = add_action(context, "Call", "Luc", FRIDAY)

    def change(number: int) -> bool:
        try:
            rename(context, seen.action_id, seen.version, f"Title {number}")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        heard = list(people.map(change, range(8)))

    assert heard.count(True) == 1
    assert len(history(context, seen.action_id)) == 2


def test_actions_do_not_touch_what_was_imported() -> None:
    context = company()
    add(context, closed("2026-11-10", "won"))
    add_action(context, "Call", "Luc", FRIDAY)

    deals = context.store.read(lambda c: c.execute("select count(*) from deals").fetchall())
    assert deals == [(1,)]


def test_somebody_who_sees_their_own_actions_ticks_and_reopens_these_and_no_others() -> None:
    context = company()
    own = add_action(context, "Call", "Zoé", FRIDAY)
    other = add_action(context, "Write", "Luc", FRIDAY)
    zoe = context.by(Actor("Zoé", None, Scope(frozenset({"Zoé"}), margins=False)))

    done = complete(zoe, own.action_id, own.version)
    assert reopen(zoe, own.action_id, done.version).done_on is None
    for gesture in (complete, reopen):
        with pytest.raises(Refused, match=f"There is no action {other.action_id}"):
            gesture(zoe, other.action_id, other.version)
    assert [action.title for action in list_actions(zoe)] == ["Call"]
    assert history(zoe, other.action_id) == ()
    assert [event.author for event in history(zoe, own.action_id)] == [None, "Zoé", "Zoé"]


def test_somebody_who_sees_their_own_actions_changes_nothing_else() -> None:
    context = company()
    own = add_action(context, "Call", "Zoé", FRIDAY)
    other = add_action(context, "Write", "Luc", FRIDAY)
    zoe = context.by(Actor("Zoé", None, Scope(frozenset({"Zoé"}))))

    answers: list[tuple[Action, type[Cap90Error]]] = [(own, AccessRefused), (other, Refused)]
    for action, answer in answers:
        number, version = action.action_id, action.version
        with pytest.raises(answer):
            move(zoe, number, version, LATER, "Away")
        with pytest.raises(answer):
            assign(zoe, number, version, "Zoé Côté")
        with pytest.raises(answer):
            rename(zoe, number, version, "Something")
        with pytest.raises(answer):
            link(zoe, number, version, "win_rate")
    with pytest.raises(AccessRefused):
        add_action(zoe, "Visit", "Luc", FRIDAY)
    assert add_action(zoe, "Visit", "Zoé", FRIDAY).owner == "Zoé"
    assert {action.version for action in list_actions(context)} == {1}


def test_an_action_of_somebody_else_on_that_day_is_not_shown_to_who_has_it_now() -> None:
    context = company("2026-11-09")
    action = add_action(context, "Call", "Luc", date(2026, 11, 13))
    assign(context.on(date(2026, 11, 17)), action.action_id, action.version, "Zoé")
    zoe = context.by(Actor("Zoé", None, Scope(frozenset({"Zoé"}))))

    assert list_actions(zoe, date(2026, 11, 10)) == ()
    assert [one.owner for one in list_actions(zoe)] == ["Zoé"]


def test_the_kpi_of_an_action_is_not_told_to_who_may_not_see_it() -> None:
    context = company()
    action = add_action(context, "Revisit prices", "Zoé", FRIDAY, "win_rate")
    link(context, action.action_id, action.version, "gross_margin")
    zoe = context.by(Actor("Zoé", None, Scope(None, margins=False)))

    assert [one.kpi for one in list_actions(zoe)] == [None]
    assert [event.after for event in history(zoe, action.action_id)] == ["Revisit prices", None]
    assert complete(zoe, action.action_id, 2).version == 3
    assert [one.kpi for one in list_actions(context)] == ["gross_margin"]


def test_every_gesture_is_noted_in_the_journal_with_the_whole_action() -> None:
    context = company().by(Actor("Anne"))
    added = add_action(context, "Call", "Luc", FRIDAY)
    number = added.action_id
    moved = move(context, number, 1, LATER, "Away")
    assign(context, number, moved.version, "Zoé")
    rename(context, number, 3, "Call back")
    link(context, number, 4, "win_rate")
    complete(context, number, 5)
    reopen(context, number, 6)

    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    assert [change.what.removeprefix("action.") for change in changes] == [
        *("added", "moved", "assigned", "renamed", "linked", "done", "reopened")
    ]
    assert {(change.subject, change.actor) for change in changes} == {("action 1", "Anne")}
    assert changes[0].before is None
    for before, change in pairwise(changes):
        assert change.before == before.after
    assert changes[-1].after == {
        "title": "Call back",
        "owner": "Zoé",
        "due_on": LATER.isoformat(),
        "kpi": "win_rate",
        "created_on": context.today().isoformat(),
        "done_on": None,
        "version": 7,
        "priority_id": None,
        "estimate": 0,
        "effect": None,
        "lag_weeks": None,
        "dropped_on": None,
        "decision_id": None,
        "carried_from": None,
        "deal": None,
    }


def test_an_action_speaks_the_name_of_the_person_it_means() -> None:
    context = company()
    join(context, add_person(context, Details("Marie Tremblay")).person_id, "mtremblay")

    assert add_action(context, "Call", "mtremblay", FRIDAY).owner == "Marie Tremblay"
    assert [person.name for person in list_people(context)] == ["Marie Tremblay"]


def test_a_person_with_a_new_name_keeps_their_actions_also_in_the_past() -> None:
    context = company("2026-11-09")
    luc = add_person(context, Details("Luc"))
    action = add_action(context, "Call", "Luc", FRIDAY)
    later = context.on(date(2026, 11, 17))
    assign(later, action.action_id, action.version, "Zoé")

    change_person(later, luc.person_id, 1, Details("Luc Paré"))

    assert [one.owner for one in list_actions(later, date(2026, 11, 10))] == ["Luc Paré"]
    assert history(later, action.action_id)[-1].before == "Luc Paré"
