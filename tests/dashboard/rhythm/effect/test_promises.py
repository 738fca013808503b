from datetime import date

from dashboard.rhythm.action_store import read_all, read_events
from dashboard.rhythm.actions import add_action, complete, move
from dashboard.rhythm.effect.kept import Kept, Promise, kept_between
from dashboard.rhythm.effect.promises import promises_of
from pipelines.context import Context
from tests.builders.warehouse import warehouse_with

MONDAY, FRIDAY, NEXT = date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 13)
TODAY = date(2026, 11, 16)


def promised(context: Context) -> tuple[Promise, ...]:
    actions, events = context.store.read(lambda cursor: (read_all(cursor), read_events(cursor)))
    return promises_of(actions, events, TODAY)


def test_what_is_done_by_its_day_is_kept_and_what_is_done_later_is_not() -> None:
    context = warehouse_with()
    for done in (FRIDAY, NEXT):
        action = add_action(context.on(MONDAY), "Call", "Zoé", FRIDAY)
        complete(context.on(done), action.action_id, 1)

    assert promised(context) == (Promise(FRIDAY, on_time=True), Promise(FRIDAY, on_time=False))


def test_a_date_that_was_moved_in_time_counts_no_more() -> None:
    context = warehouse_with()
    action = add_action(context.on(MONDAY), "Call", "Zoé", FRIDAY)
    move(context.on(FRIDAY), action.action_id, 1, NEXT, "The customer is away")
    complete(context.on(NEXT), action.action_id, 2)

    assert promised(context) == (Promise(NEXT, on_time=True),)


def test_a_date_that_was_moved_once_it_had_passed_was_missed() -> None:
    context = warehouse_with()
    action = add_action(context.on(MONDAY), "Call", "Zoé", FRIDAY)
    move(context.on(date(2026, 11, 9)), action.action_id, 1, NEXT, "Forgotten")
    complete(context.on(NEXT), action.action_id, 2)

    assert promised(context) == (Promise(FRIDAY, on_time=False), Promise(NEXT, on_time=True))


def test_what_is_open_counts_from_the_day_after_its_date() -> None:
    context = warehouse_with()
    add_action(context.on(MONDAY), "Call", "Zoé", TODAY)
    add_action(context.on(MONDAY), "Write", "Zoé", NEXT)

    assert promised(context) == (Promise(NEXT, on_time=False),)


def test_each_date_counts_for_the_first_meeting_after_it_and_for_no_other() -> None:
    monday = date(2026, 10, 5)
    promises = [
        Promise(date(2026, 9, 28), on_time=False),  # the meeting of that day could not tell yet
        Promise(date(2026, 10, 4), on_time=True),
        Promise(monday, on_time=True),
    ]

    assert kept_between(promises, date(2026, 9, 28), monday) == Kept(on_time=1, due=2)
    assert kept_between(promises, monday, date(2026, 10, 12)) == Kept(on_time=1, due=1)
    assert kept_between(promises, date(2026, 10, 12), date(2026, 10, 19)).share is None
