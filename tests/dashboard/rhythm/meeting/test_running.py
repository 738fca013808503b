from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import EventKind, Opened, Status
from dashboard.rhythm.meeting.reading import revision, timing
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from pipelines.journal import changes_after
from pipelines.store import Store
from tests.builders.meetings import (
    LOUISE,
    MARC,
    clock_at,
    company,
    planned,
    said,
    seen,
    started,
)


def current(context: Context, number: int) -> int | None:
    return timing(context, seen(context, number)).current


def test_a_started_meeting_runs_in_its_first_section() -> None:
    context = company()
    number = planned(context)

    opened = running.start(context, number)

    assert opened == Opened(number, already=False)
    assert seen(context, number).status is Status.RUNNING
    assert current(context, number) == 1


def test_whoever_starts_it_second_is_told_that_it_is_the_same_meeting() -> None:
    context = company()
    number = started(context)

    again = running.start(context.by(MARC), number)

    assert again == Opened(number, already=True)
    assert [event.kind for event in seen(context, number).events] == [EventKind.STARTED]


def test_two_who_start_it_at_once_are_in_one_meeting() -> None:
    context = company()
    number = planned(context)

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: running.start(context, number), range(4)))

    assert sorted(one.already for one in opened) == [False, True, True, True]
    assert len(seen(context, number).events) == 1


def test_a_meeting_started_on_another_day_is_held_on_that_day() -> None:
    context = company(today="2026-11-16")
    number = planned(context)
    assert seen(context, number).held_on == date(2026, 11, 17)

    running.start(context, number)

    assert seen(context, number).held_on == date(2026, 11, 16)


def test_no_second_meeting_of_a_kind_is_held_on_one_day() -> None:
    context = company(today="2026-11-17")
    first = started(context)
    closing.close(context, first)
    second = preparing.plan_meeting(context, day=date(2026, 12, 25)).meeting_id

    with pytest.raises(Refused) as error:
        running.start(context, second)

    assert "held today already" in said(error)
    assert seen(context, second).status is Status.PLANNED


def test_while_one_meeting_is_open_no_other_of_its_kind_starts() -> None:
    context = company()
    first = started(context)
    running.suspend(context, first)
    second = preparing.plan_meeting(context, day=date(2026, 11, 24)).meeting_id

    with pytest.raises(Refused) as error:
        running.start(context.on(date(2026, 11, 24)), second)

    assert "still open" in said(error)


def test_one_goes_from_section_to_section_and_back() -> None:
    context = company()
    number = started(context)

    visited = []
    for step in (running.next_section, running.next_section, running.previous_section):
        step(context, number)
        visited.append(current(context, number))
    running.enter(context, number, 5)

    assert visited == [2, 3, 2]
    assert current(context, number) == 5


def test_two_presses_for_the_same_section_are_one_step_whoever_makes_them() -> None:
    context = company()
    number = started(context)
    running.enter(context, number, 2)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: running.next_section(context.by(MARC), number, 2), range(4)))
    assert current(context, number) == 3

    running.previous_section(context, number, 2)
    assert current(context, number) == 3
    running.previous_section(context, number, 3)
    running.previous_section(context, number, 3)
    assert current(context, number) == 2


def test_at_both_ends_of_the_agenda_nothing_happens() -> None:
    context = company()
    number = started(context)

    running.previous_section(context, number)
    assert current(context, number) == 1
    running.enter(context, number, 5)
    running.next_section(context, number)
    assert current(context, number) == 5
    assert len(seen(context, number).events) == 2


def test_a_section_that_is_not_on_the_agenda_cannot_be_entered() -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused, match="no section 9"):
        running.enter(context, number, 9)


@pytest.mark.parametrize(
    "gesture",
    [running.next_section, running.pause, running.resume, running.suspend],
    ids=["next", "pause", "resume", "suspend"],
)
def test_a_meeting_that_has_not_started_has_no_clock_to_turn(gesture: object) -> None:
    context = company()
    number = planned(context)

    assert callable(gesture)
    with pytest.raises(Refused, match="has not started"):
        gesture(context, number)


def test_pausing_twice_is_pausing_once() -> None:
    context = company()
    number = started(context)

    running.pause(context, number)
    running.pause(context, number)

    assert seen(context, number).status is Status.PAUSED
    assert len(seen(context, number).events) == 2


def test_a_suspended_meeting_goes_on_another_day_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hands = clock_at(monkeypatch)
    context = company()
    number = started(context)
    hands.go(minutes=2)
    running.next_section(context, number)
    hands.go(minutes=3)
    running.suspend(context, number)
    hands.go(days=2)

    later = context.on(date(2026, 11, 19))
    running.resume(later, number)
    hands.go(minutes=1)

    found = timing(later, seen(later, number))
    assert (found.current, found.running) == (2, True)
    # two minutes of wins, then three and one of numbers
    assert {position: round(time, -1) for position, time in found.seconds.items()} == {
        1: 120,
        2: 240,
    }
    assert seen(later, number).held_on == date(2026, 11, 17)


def test_a_paused_meeting_may_be_suspended_and_a_suspended_one_not_paused() -> None:
    context = company()
    number = started(context)
    running.pause(context, number)
    running.suspend(context, number)

    with pytest.raises(Refused, match="is suspended"):
        running.pause(context, number)


def test_a_clock_set_back_in_the_middle_loses_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = clock_at(monkeypatch)
    context = company()
    number = started(context)
    hands.go(minutes=5)
    assert timing(context, seen(context, number)).total == 300

    hands.go(hours=-1)  # somebody sets the clock back while the meeting runs
    assert 300 <= timing(context, seen(context, number)).total < 310
    running.next_section(context, number)

    found = timing(context, seen(context, number))
    assert 300 <= found.seconds[1] < 310
    moments = [event.at for event in seen(context, number).events]
    assert moments == sorted(moments)


def test_after_a_restart_the_clock_stands_where_it_stood(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hands = clock_at(monkeypatch)
    context = replace(company(), store=Store.open(tmp_path / "cap90.duckdb"))
    number = started(context)
    hands.go(minutes=4)
    running.next_section(context, number)
    hands.go(minutes=2)
    context.store.close()

    reopened = replace(context, store=Store.open(tmp_path / "cap90.duckdb"))
    hands.go(minutes=1)

    found = timing(reopened, seen(reopened, number))
    # the minute of the restart belongs to the meeting: nobody paused it
    assert (found.current, found.running) == (2, True)
    assert (found.seconds[1], found.seconds[2]) == (240, 180)
    reopened.store.close()


def test_after_a_restart_with_the_clock_set_back_time_goes_on_from_the_last_event(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hands = clock_at(monkeypatch)
    context = replace(company(), store=Store.open(tmp_path / "cap90.duckdb"))
    number = started(context)
    hands.go(minutes=4)
    running.next_section(context, number)
    context.store.close()

    reopened = replace(context, store=Store.open(tmp_path / "cap90.duckdb"))
    hands.go(hours=-2)
    running.pause(reopened, number)

    found = timing(reopened, seen(reopened, number))
    assert found.seconds[1] == 240
    assert 0 <= found.seconds[2] < 10
    reopened.store.close()


def test_everybody_is_marked_as_present_or_absent() -> None:
    context = company()
    number = started(context)

    running.mark(context, number, "Zoé Côté", 1, present=True)
    running.mark(context, number, "Luc Paré", 1, present=False)

    found = {one.name: one.present for one in seen(context, number).attendees}
    assert found == {
        "Louise Gagnon": None,
        "Luc Paré": False,
        "Marc Roy": None,
        "Zoé Côté": True,
    }


def test_two_who_mark_the_same_agree_and_two_who_differ_are_told() -> None:
    context = company()
    number = started(context)
    running.mark(context, number, "Zoé Côté", 1, present=True)

    running.mark(context, number, "Zoé Côté", 1, present=True)
    with pytest.raises(Conflict) as error:
        running.mark(context, number, "Zoé Côté", 1, present=False)

    assert "Zoé Côté: present" in said(error)
    assert error.value.version == 2


def test_nobody_is_marked_who_is_not_invited() -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused, match="Anne is not invited"):
        running.mark(context, number, "Anne", 1, present=True)


def test_the_revision_grows_with_every_change_and_only_then() -> None:
    context = company()
    number = started(context)
    before = revision(context, number)

    running.enter(context, number, 1)  # it is there
    assert revision(context, number) == before
    running.enter(context, number, 2)
    assert revision(context, number) > before
    assert revision(context, number) == seen(context, number).revision


def test_the_journal_says_who_planned_started_and_closed_a_meeting() -> None:
    context = company()
    number = started(context)
    closing.close(context, number)

    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    about = [(one.what, one.actor) for one in changes if one.subject == f"meeting {number}"]
    assert about == [
        ("meeting.planned", LOUISE.name),
        ("meeting.started", LOUISE.name),
        ("meeting.closed", LOUISE.name),
    ]


def test_a_number_that_is_no_meeting_is_refused() -> None:
    context = company()

    for gesture in (running.start, running.pause, revision, seen):
        with pytest.raises(Refused, match="no meeting 7"):
            gesture(context, 7)
