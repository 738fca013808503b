"""What the page of a meeting is given, as each who takes part sees it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import blockers, preparing, running
from dashboard.rhythm.meeting.agenda import add_item
from dashboard.rhythm.meeting.model import Topic
from dashboard.rhythm.pact.pacts import list_events
from pipelines.actor import Actor
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders import pacts
from tests.builders.live import MARC, TODAY, ZOE, House, meetings_served
from tests.builders.meetings import FIVE
from tests.builders.warehouse import add, closed, created, meeting

#: The Tuesday of the week before.
LAST_WEEK = date(2026, 11, 10)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with meetings_served(tmp_path) as served:
        yield served


def working(house: House) -> int:
    """Return the number of a meeting that is about to work on blockers."""
    number = house.started()
    (place,) = (one.position for one in house.seen(number).sections if one.topic is Topic.BLOCKERS)
    running.enter(house.context, number, place)
    return number


def section(house: House, who: str, number: int, look: int | None = None) -> Any:
    query = f"&look={look}" if look else ""
    return house.read(who, number, query=query).said["section"]


def test_a_pact_that_fired_is_shown_once_where_its_kpi_is_worked(house: House) -> None:
    number = working(house)
    pacts.fired(house.context, pacts.landing("deals_won"), TODAY)

    (line,) = section(house, MARC, number)["pacts"]
    assert line["agreed"] == (
        "We will: call the ten best customers; we will not: give a discount to close"
    )
    assert line["facts"][0] == "Pressure pact · it holds since Nov 16"
    assert line["facts"][1].startswith("Deals won: 6 by Nov 15, 2026, where 20 should have been")
    assert line["asks"] is False  # whether it was kept can only be told afterwards

    blocker = blockers.make_blocker(house.context, number, kpi="deals_won").blocker_id
    other = blockers.make_blocker(house.context, number, title="Nobody calls back").blocker_id

    worked = section(house, MARC, number, look=blocker)
    assert (worked["pacts"], worked["worked"]["pacts"]) == ([], [line])
    assert section(house, MARC, number, look=other)["worked"]["pacts"] == []


def test_when_its_week_is_over_the_meeting_is_asked_whether_it_was_kept(house: House) -> None:
    number = working(house)
    event = pacts.fired(house.context, pacts.QUARTER, LAST_WEEK)
    (asked,) = section(house, ZOE, number)["pacts"]
    assert (asked["id"], asked["asks"]) == (event.event_id, True)
    before = house.read(MARC, number, "revision").said["revision"]

    answer = house.do(
        ZOE, number, "answer_pact", event=asked["id"], version=asked["version"], kept="0"
    )

    assert answer.status == 200
    (kept,) = list_events(house.context)
    assert (kept.kept, kept.answered_by, kept.answered_on) == (False, ZOE, TODAY)
    assert section(house, MARC, number)["pacts"] == []
    assert house.read(MARC, number, "revision").said["revision"] > before


def test_of_two_who_answer_otherwise_the_second_is_told_what_the_first_said(house: House) -> None:
    number = working(house)
    event = pacts.fired(house.context, pacts.QUARTER, LAST_WEEK)
    said = {"event": event.event_id, "version": event.version}
    assert house.do(ZOE, number, "answer_pact", **said, kept="1").status == 200

    late = house.do(MARC, number, "answer_pact", **said, kept="0")

    assert late.status == 409
    assert "You wanted: not kept" in late.said["message"]
    assert list_events(house.context)[0].kept is True


@pytest.mark.parametrize("kept", ["", "maybe"])
def test_an_answer_is_yes_or_no(house: House, kept: str) -> None:
    number = working(house)
    event = pacts.fired(house.context, pacts.QUARTER, LAST_WEEK)

    answer = house.do(
        ZOE, number, "answer_pact", event=event.event_id, version=event.version, kept=kept
    )

    assert answer.status == 422
    assert list_events(house.context)[0].kept is None


def test_a_pact_about_somebody_elses_deal_is_not_shown_to_a_salesperson(house: House) -> None:
    number = working(house)
    pacts.fired(house.context, pacts.slip(MARC), TODAY)

    assert "Lemieux" in section(house, MARC, number)["pacts"][0]["facts"][1]
    assert section(house, ZOE, number)["pacts"] == []


def test_a_blocker_that_is_a_kpi_says_its_value_in_the_language_of_whoever_reads(
    house: House,
) -> None:
    week_46 = "2026-11-10"
    rows = [closed(week_46, "won", 100.0)] * 6 + [closed(week_46, "lost", 50.0)]
    add(house.context, *rows, created(week_46, 100.0), meeting(week_46))
    choose(house.context, [(key, ZOE if key == "deals_won" else None) for key in FIVE])
    aim = TargetRequest("deals_won", 9, date(2026, 1, 5), per=Grain.WEEK)
    set_target(house.context, aim)
    number = working(house)
    blockers.make_blocker(house.context.by(Actor(MARC)), number, kpi="deals_won")

    def first(language: str) -> tuple[str, str]:
        query = f"&lang={language}"
        (one,) = house.read(ZOE, number, query=query).said["section"]["blockers"]
        return one["title"], one["facts"]

    assert first("en") == ("Deals won: 6, target 9", "Zoé Côté · raised by Marc Roy")
    assert first("fr") == (
        "Affaires gagnées\N{NO-BREAK SPACE}: 6, objectif 9",
        "Zoé Côté · soulevé par Marc Roy",
    )


def test_a_point_that_the_product_raised_is_called_as_its_kpi_is(house: House) -> None:
    number = house.started()
    add_item(house.context.by(Actor(MARC)), number, "Deals won", section=1, kpi="deals_won")
    add_item(house.context.by(Actor(MARC)), number, "Too few calls", section=1, kpi="deals_won")

    items = house.read(ZOE, number, query="&lang=fr").said["section"]["items"]

    assert [(one["title"], one["facts"]) for one in items] == [
        ("Affaires gagnées", "Marc Roy"),
        ("Too few calls", "Marc Roy · Affaires gagnées"),
    ]


def test_what_an_absent_person_has_open_is_read_out_and_what_is_late_says_so(
    house: House,
) -> None:
    add_action(house.context, "Quote 1042", ZOE, date(2026, 11, 12))
    add_action(house.context, "Price list", MARC, date(2026, 11, 20))
    number = house.started()
    (place,) = (one.position for one in house.seen(number).sections if one.topic is Topic.CLOSE)
    running.enter(house.context, number, place)
    running.mark(house.context, number, ZOE, 1, present=False)

    people = section(house, MARC, number)["readBack"]

    assert [
        (one["name"], [(line["title"], line["late"]) for line in one["lines"]]) for one in people
    ] == [
        ("Marc Roy", [("Price list", "")]),
        ("Zoé Côté (absent)", [("Quote 1042", "4 days late")]),
    ]


def test_the_heading_of_every_screen_names_the_day_on_which_the_meeting_began(
    house: House,
) -> None:
    number = preparing.plan_meeting(
        house.context, day=date(2026, 11, 17), invited=(MARC,)
    ).meeting_id
    before = house.read(MARC, number).said

    running.start(house.context, number)

    after = house.read(MARC, number).said
    assert (before["status"], before["title"]) == (
        "planned",
        "Weekly sales meeting · Tuesday, November 17, 2026",
    )
    assert (after["status"], after["title"]) == (
        "running",
        "Weekly sales meeting · Monday, November 16, 2026",
    )


def test_it_is_told_how_far_it_is_marked_who_is_there(house: House) -> None:
    number = house.started()
    assert house.read(MARC, number).said["marked"] == {
        "said": "Who is here · 0 present, 3 not marked",
        "complete": False,
    }

    for one in house.seen(number).attendees:
        running.mark(house.context, number, one.name, one.version, present=True)

    assert house.read(MARC, number).said["marked"]["complete"] is True
