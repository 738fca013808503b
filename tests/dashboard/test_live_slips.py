"""What goes wrong in a real meeting: people away or without an account, slips, the wrong day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.meeting import agenda, blockers, closing, deciding, preparing, running
from dashboard.rhythm.meeting.model import BlockerStatus, Kind, Status, Topic
from dashboard.rhythm.meeting.reading import minutes
from pipelines.actor import Actor
from pipelines.people.person import Details
from pipelines.people.register import add_person
from tests.builders.live import (
    DAY,
    INVITED,
    LOUISE,
    MARC,
    TODAY,
    ZOE,
    House,
    Told,
    meetings_served,
)

FRIDAY, MONDAY = "2026-11-20", "2026-11-23"
GUEST = "Paul Hébert"
ALONE = "You may add actions for yourself only."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with meetings_served(tmp_path_factory.mktemp("slips")) as served:
        yield served


def at(house: House, number: int, topic: Topic) -> None:
    """Go to a section."""
    positions = {one.topic: one.position for one in house.seen(number).sections}
    running.enter(house.context, number, positions[topic])


def asked(told: Told) -> list[dict[str, str]]:
    return [way["values"] for way in told.said.get("ways", [])]


# who is there


def heading(house: House, number: int) -> str:
    said: str = house.read(MARC, number).said["marked"]["said"]
    return said


def test_the_heading_counts_people_and_not_marks(house: House) -> None:
    number = house.started()
    assert heading(house, number) == "Who is here · 0 present, 3 not marked"

    house.do(MARC, number, "mark", name=MARC, present="1", version=1)
    house.do(MARC, number, "mark", name=ZOE, present="0", version=1)
    assert heading(house, number) == "Who is here · 1 present, 1 absent, 1 not marked"

    house.do(MARC, number, "mark", name=LOUISE, present="1", version=1)
    assert heading(house, number) == "Who is here · 2 present, 1 absent"


# how it was


def rating(house: House, who: str, number: int) -> str:
    said: str = house.read(who, number).said["section"]["rating"]["said"]
    return said


def test_a_rating_waits_for_those_who_can_answer_and_then_says_what_comes_of_it(
    house: House,
) -> None:
    number = house.started()
    if GUEST not in {one.name for one in house.seen(number).attendees}:
        add_person(house.context, Details(GUEST))
        preparing.invite(house.context, number, [GUEST])
    at(house, number, Topic.CLOSE)
    without = "1 has no account and cannot answer."

    assert rating(house, MARC, number) == (
        f"0 of 3 have answered; nobody sees the answers before all are in. {without}"
    )
    assert without not in rating(house, ZOE, number)
    for who in INVITED:
        assert house.do(who, number, "rate", score=8).status == 200

    assert rating(house, MARC, number) == (
        f"All have answered. The minutes give the mean. {without}"
    )
    assert rating(house, ZOE, number) == "All have answered. The minutes give the mean."


def test_two_ratings_give_no_mean_and_that_is_said_in_the_minutes_too(house: House) -> None:
    number = house.started()
    at(house, number, Topic.CLOSE)
    house.do(MARC, number, "mark", name=ZOE, present="0", version=1)
    for who in (MARC, LOUISE):
        house.do(who, number, "rate", score=8)
    few = "With fewer than three answers no mean is shown."

    assert rating(house, MARC, number).startswith(f"All have answered. {few}")
    closing.close(house.context, number)

    sheet = minutes_sheet(minutes(house.context, number), "en", house.context.calendar)
    facts = {fact.label: fact.text for fact in sheet.facts}
    assert facts["Rating"] == f"2 answers. {few}"


# whose action it is


def test_a_salesperson_who_names_a_colleague_learns_why_and_is_the_owner(house: House) -> None:
    number = house.started()
    for name in (MARC, "Marc", "Étienne"):
        said = house.do(ZOE, number, "understand", line=f"call Hydro, {name}, Friday").said
        assert said["message"].startswith("You give actions to yourself only"), name
        assert said["owner"] == ZOE

    for name in (MARC, "Étienne"):
        answer = house.do(ZOE, number, "new_action", title="Call", owner=name, due=FRIDAY)
        assert (answer.status, ALONE in answer.said["message"]) == (403, True)
    assert house.seen(number).actions == ()


def test_a_line_that_names_nobody_is_ones_own_where_nobody_else_can_be_meant(house: House) -> None:
    number = house.started()
    line = "call Hydro, Friday"

    own = house.do(ZOE, number, "understand", line=line).said
    led = house.do(MARC, number, "understand", line=line).said

    assert (own["owner"], own["message"]) == (ZOE, "")
    assert led["owner"] == ""


def test_a_salesperson_is_offered_themselves_and_an_example_without_a_name(house: House) -> None:
    number = house.started()
    own, led = house.read(ZOE, number).said, house.read(MARC, number).said

    assert (own["responsible"], led["responsible"]) == (ZOE, None)
    assert own["words"]["newActionHint"] == "call back quote 1042, Friday"
    assert led["words"]["newActionHint"] == "call back quote 1042, Zoé, Friday"


# the day it is held


def test_a_meeting_of_the_same_week_is_asked_about_once_before_it_starts_on_another_day(
    house: House,
) -> None:
    number = house.planned()
    house.put(number, TODAY + DAY)

    told = house.do(MARC, number, "start")

    assert (told.status, asked(told)) == (422, [{"today": "1"}])
    assert house.do(MARC, number, "start", today="1").status == 200
    assert house.seen(number).held_on == TODAY


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        (
            Kind.MONTHLY,
            date(2026, 12, 8),
            "Today it looks back on October 2026, not on November 2026, which ends on Nov 30",
        ),
        (Kind.MONTHLY, date(2026, 11, 17), "It looks back on October 2026."),
        (Kind.MONTHLY, date(2026, 10, 6), "Today it looks back on October 2026, not on Sep"),
        (
            Kind.QUARTERLY,
            date(2027, 1, 12),
            "Today it looks back on Q3 2026, not on Q4 2026, which ends on Dec 31, 2026.",
        ),
    ],
)
def test_a_review_that_is_started_on_another_day_says_what_it_looks_back_on(
    house: House, kind: Kind, day: date, said: str
) -> None:
    house.forget_reviews()
    # ahead of the others, or put there afterwards
    ahead = max(day, TODAY + DAY)
    number = preparing.plan_meeting(house.context, kind, ahead, invited=INVITED).meeting_id
    house.put(number, day)

    told = house.do(MARC, number, "start")

    assert (told.status, asked(told)) == (422, [{"today": "1"}])
    assert said in told.said["message"]
    assert "reviewed already" not in told.said["message"]
    house.put(number, day.replace(year=day.year + 10))


@pytest.mark.parametrize(
    ("kind", "period"), [(Kind.MONTHLY, "October 2026"), (Kind.QUARTERLY, "Q3 2026")]
)
def test_a_review_of_what_was_reviewed_already_asks_before_it_starts(
    house: House, kind: Kind, period: str
) -> None:
    first = house.started(kind)
    closing.close(house.context, first)
    house.put(first, date(2026, 11, 3))
    number = house.planned(kind)
    house.put(number, TODAY + DAY)

    told = house.do(MARC, number, "start")

    assert told.said["message"].endswith(
        f"{period} was reviewed already, on Nov 3, 2026: what was decided then holds unless you "
        "decide otherwise."
    )
    assert house.seen(number).status is Status.PLANNED


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.WEEKLY, ""),
        (Kind.MONTHLY, "It looks back on November 2026, which ends on November 30, 2026."),
        (Kind.QUARTERLY, "It looks back on Q4 2026, which ends on December 31, 2026."),
    ],
)
def test_a_planned_review_says_what_it_will_look_back_on(
    house: House, kind: Kind, said: str
) -> None:
    day = date(2027, 1, 12) if kind is Kind.QUARTERLY else date(2026, 12, 9)
    number = preparing.plan_meeting(house.context, kind, day, invited=INVITED).meeting_id

    assert house.read(MARC, number).said["announced"] == said


def test_nobody_is_asked_to_start_a_second_meeting_of_a_day(house: House) -> None:
    closing.close(house.context, house.started())
    number = preparing.plan_meeting(house.context, day=TODAY + 7 * DAY, invited=INVITED).meeting_id

    told = house.do(MARC, number, "start")

    assert told.status == 422
    assert told.said["message"].startswith("A meeting of this kind was held today already.")
    assert asked(told) == []
    assert house.seen(number).status is Status.PLANNED


# what is taken back


def item(house: House, who: str, number: int, title: str) -> dict[str, Any]:
    found = house.read(who, number).said["section"]["items"]
    return next(one for one in found if one["title"] == title)


def test_a_point_that_was_settled_by_mistake_is_open_again(house: House) -> None:
    number = house.started()
    point = agenda.add_item(house.context.by(Actor(MARC)), number, "Fair", section=1).item_id

    house.do(MARC, number, "close_item", item=point, version=1)
    assert item(house, MARC, number, "Fair")["closed"]
    stale = house.do(MARC, number, "close_item", item=point, version=1, open="1")
    back = house.do(MARC, number, "close_item", item=point, version=2, open="1")

    assert (stale.status, back.status) == (409, 200)
    assert not item(house, MARC, number, "Fair")["closed"]


def test_what_is_no_blocker_leaves_the_list_and_its_point_is_open_again(house: House) -> None:
    number = house.started()
    point = agenda.add_item(house.context.by(Actor(MARC)), number, "No stand", section=1).item_id
    house.do(MARC, number, "make_blocker", item=point)
    (blocker,) = (one for one in house.seen(number).blockers if one.item_id == point)
    seen = item(house, MARC, number, "No stand")
    assert (seen["closed"], seen["blocker"]) == (True, True)

    gone = house.do(
        MARC, number, "drop_blocker", blocker=blocker.blocker_id, version=blocker.version
    )

    assert gone.status == 200
    assert blocker.blocker_id not in {one.blocker_id for one in house.seen(number).blockers}
    seen = item(house, MARC, number, "No stand")
    assert (seen["closed"], seen["blocker"]) == (False, False)


def test_a_decision_gets_the_right_owner_and_day_where_it_was_agreed(house: House) -> None:
    number = house.started()
    decided = deciding.decide(house.context.by(Actor(MARC)), number, "Hire", ZOE, TODAY + 4 * DAY)
    (line,) = house.read(MARC, number).said["agreed"]
    assert (line["owner"], line["day"], line["changes"]) == (ZOE, FRIDAY, True)
    wish = {"action": line["id"], "version": line["version"], "owner": "louise", "due": MONDAY}

    answer = house.do(MARC, number, "change_agreed", **wish)
    again = house.do(MARC, number, "change_agreed", **{**wish, "owner": MARC})

    assert (answer.status, again.status) == (200, 409)
    (now,) = house.seen(number).decisions
    assert (now.owner, now.due_on.isoformat()) == (LOUISE, MONDAY)
    (action,) = (one for one in list_actions(house.context) if one.action_id == decided.action_id)
    assert (action.owner, action.due_on.isoformat()) == (LOUISE, MONDAY)


def test_only_what_a_meeting_agreed_on_is_corrected_in_it(house: House) -> None:
    before = house.started()
    agreed = deciding.new_action(house.context, before, "Call", ZOE, TODAY + 4 * DAY)
    number = house.started()

    answer = house.do(
        MARC,
        number,
        "change_agreed",
        action=agreed.action_id,
        version=agreed.version,
        owner=MARC,
        due=FRIDAY,
    )

    assert answer.status == 422


# before it starts


def test_an_agenda_that_is_longer_than_meant_is_remarked_on_gently(house: House) -> None:
    number = house.planned()

    def said() -> str:
        told: str = house.read(MARC, number).said["plan"]["long"]
        return told

    assert said() == ""
    (wins, *_) = house.seen(number).sections
    house.do(MARC, number, "change_section", section=wins.position, minutes=wins.minutes + 5)
    minutes = sum(one.minutes for one in house.seen(number).sections)
    assert said() == (
        f"{minutes} minutes in all: it is meant to last 30. What can be shorter, or wait?"
    )
    house.do(MARC, number, "change_section", section=wins.position, minutes=wins.minutes)


# what the list says


def test_a_kpi_among_the_blockers_is_not_offered_a_second_time_on_its_point(house: House) -> None:
    number = house.started()
    agenda.add_item(house.context.by(Actor(MARC)), number, "Why so few?", kpi="win_rate", section=1)
    assert not item(house, MARC, number, "Why so few?")["blocker"]

    blockers.make_blocker(house.context, number, kpi="win_rate")

    assert item(house, MARC, number, "Why so few?")["blocker"]


def listed(house: House, number: int) -> list[dict[str, Any]]:
    at(house, number, Topic.BLOCKERS)
    found: list[dict[str, Any]] = house.read(MARC, number).said["section"]["blockers"]
    return found


def test_a_blocker_that_was_an_action_names_whoever_is_to_do_it(house: House) -> None:
    number = house.started()
    late = deciding.new_action(house.context, number, "Send the prices", ZOE, TODAY)
    raised = blockers.make_blocker(
        house.context.by(Actor(MARC)), number, action_id=late.action_id
    ).blocker_id

    (line,) = (one for one in listed(house, number) if one["id"] == raised)

    assert line["facts"] == f"{ZOE} · raised by {MARC}"


def test_a_decision_moves_no_blocker_in_the_list(house: House) -> None:
    number = house.started()
    for title in ("First", "Second", "Third"):
        blockers.make_blocker(house.context, number, title=title)
    house.do(MARC, number, "pick_top_three")
    before = [one["id"] for one in listed(house, number)]
    for step in ("facts", "tried", "problem"):
        house.note(MARC, number, f"blocker {before[0]} {step}", "Some words")

    told = house.do(MARC, number, "decide", blocker=before[0], text="Call", owner=ZOE, due=FRIDAY)

    assert told.status == 200
    worked = {one.blocker_id: one.status for one in house.seen(number).blockers}
    assert worked[before[0]] is BlockerStatus.WORKED
    assert [one["id"] for one in listed(house, number)] == before
