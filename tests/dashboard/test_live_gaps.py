"""A gap review over HTTP: what everybody's screen is given, and what becomes of a decision."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.meeting import closing, running
from dashboard.rhythm.meeting.model import Kind, Topic
from dashboard.rhythm.pact.pacts import list_events
from pipelines.kpis.definition import Unit
from pipelines.kpis.targets import TargetRequest, list_targets, set_target
from pipelines.periods import Grain
from tests.builders import gaps, pacts
from tests.builders.live import LOUISE, LUC, MARC, TODAY, ZOE, House, meetings_served

WON, RATE = "sales_won", "win_rate"
FRIDAY = "2026-11-20"
SPLIT = gaps.by_owner({ZOE: -20_000, LUC: 5_000, MARC: 0})
MADE_OF = gaps.factors(-9_000, -4_000, 2_000)
DEALS = (gaps.deal("Library", ZOE, 60_000, 0.5), gaps.deal("Hospital", LUC, 40_000, 0.4))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("gaps")
    with meetings_served(folder) as served, pytest.MonkeyPatch.context() as patch:
        gaps.look_at(
            patch,
            gaps.gap(RATE, 0.35, 0.3, unit=Unit.PERCENT),
            gaps.gap(WON, splits=(SPLIT,), made_of=MADE_OF, deals=DEALS, responsible=MARC),
        )
        yield served


def reviewing(house: House, topic: Topic = Topic.GAPS) -> int:
    """Return the number of a gap review that has come to a topic."""
    number = house.started(Kind.MONTHLY)
    places = {one.topic: one.position for one in house.seen(number).sections}
    running.enter(house.context, number, places[topic])
    return number


def section(house: House, who: str, number: int, gap: str = "") -> Any:
    return house.read(who, number, query=f"&gap={gap}").said["section"]


def test_every_gap_is_listed_those_off_target_first(house: House) -> None:
    found = section(house, LOUISE, reviewing(house))

    assert found["lead"] == "1 KPI off target, 1 still to decide on."
    assert [(one["key"], one["state"], one["facts"]) for one in found["rows"]] == [
        (WON, "target missed", "$85K, target $100K, gap −$15K"),
        (RATE, "target reached", "35%, target 30%, gap +5 pts"),
    ]
    assert found["opened"]["key"] == WON


def test_a_gap_that_somebody_opens_says_what_it_is_made_of(house: House) -> None:
    number = reviewing(house)

    opened = section(house, LOUISE, number, WON)["opened"]
    other = section(house, LOUISE, number, RATE)["opened"]

    assert opened["facts"][0] == "Oct 2026: $85K, target $100K, gap −$15K (a year before $76.5K)"
    assert "$170K" in opened["facts"][-1]
    assert [one["name"] for one in opened["drawings"]] == ["By salesperson", "By factor"]
    bars = opened["drawings"][0]["drawing"]["bars"]
    assert [(one["label"], one["amount"]) for one in bars] == [
        (ZOE, "−$20K"),
        (LUC, "+$5K"),
        (MARC, "$0"),
        ("Gap to the target", "−$15K"),
    ]
    assert opened["responsible"] == "Responsible: Marc Roy"
    assert (other["key"], other["drawings"]) == (RATE, [])


def test_a_salesperson_is_given_the_total_and_their_own_part(house: House) -> None:
    number = reviewing(house)

    said = house.read(ZOE, number, query=f"&gap={WON}")
    opened = said.said["section"]["opened"]

    labels = [one["label"] for one in opened["drawings"][0]["drawing"]["bars"]]
    assert labels[0] == ZOE
    assert LUC not in labels
    assert MARC not in labels
    assert opened["responsible"] == ""
    assert opened["runs"] is False


def test_where_the_quarter_ends_is_a_range_with_the_deals_that_decide(house: House) -> None:
    number = reviewing(house, Topic.LANDING)

    whole, hers = section(house, LOUISE, number), section(house, ZOE, number)

    won = next(one for one in whole["landings"] if one["key"] == WON)
    assert [one["name"] for one in won["decisive"]] == ["Library", "Hospital"]
    assert won["decisive"][0]["without"] == "Without it: $180K, chance of the target 30%"
    assert [mark["kind"] for mark in won["drawing"]["marks"]] == ["plain", "value", "aim"]
    own = next(one for one in hers["landings"] if one["key"] == WON)
    assert [one["name"] for one in own["decisive"]] == ["Library"]
    assert own["unseen"] == "1 more that decides is a colleague's"
    assert "Hospital" not in str(hers)


def test_a_cause_is_written_where_everybody_reads_it(house: House) -> None:
    number = reviewing(house)

    assert house.note(MARC, number, f"gap {WON}", "Two proposals slipped").status == 200

    cause = section(house, ZOE, number, WON)["opened"]["cause"]
    assert (cause["text"], cause["version"]) == ("Two proposals slipped", 1)
    mine = house.note(ZOE, number, f"gap {WON}", "The holidays", 0)
    assert (mine.status, mine.said["text"]) == (409, "Two proposals slipped")
    assert house.note(ZOE, number, "gap nothing_such", "The holidays").status == 422


def test_a_decision_is_on_every_screen_and_among_what_was_agreed(house: House) -> None:
    number = reviewing(house)
    before = house.read(ZOE, number, "revision").said

    told = house.do(
        MARC,
        number,
        "act_on_gap",
        kpi=WON,
        version=0,
        title="Call both customers",
        owner=ZOE,
        due=FRIDAY,
    )

    assert told.status == 200, told
    assert house.read(ZOE, number, "revision").said != before
    state = house.read(ZOE, number, query=f"&gap={WON}").said
    assert state["section"]["lead"] == "1 KPI off target, all decided on."
    assert state["section"]["opened"]["decision"] == {
        "response": "act",
        "said": "Act: Call both customers (Zoé Côté, Nov 20, 2026)",
        "by": "Decided by Marc Roy",
    }
    assert [(one["title"], one["owner"]) for one in state["agreed"]] == [
        ("Call both customers", ZOE)
    ]


def test_a_decision_of_somebody_else_is_read_before_it_is_changed(house: House) -> None:
    number = reviewing(house)
    house.do(MARC, number, "accept_gap", kpi=WON, version=0, reason="The holidays")

    told = house.do(LOUISE, number, "accept_gap", kpi=WON, version=0, reason="One large order")

    assert told.status == 409
    assert "The holidays" in told.said["message"]
    assert "One large order" in told.said["message"]
    again = house.do(LOUISE, number, "accept_gap", kpi=WON, version=1, reason="One large order")
    assert again.status == 200
    agreed = house.read(LOUISE, number).said["agreed"]
    assert [one["title"] for one in agreed] == ["Gap accepted: One large order"]


def test_a_target_is_adjusted_as_it_is_typed(house: House) -> None:
    number = reviewing(house)
    before = len(list_targets(house.context, WON))
    wanted = {"kpi": WON, "version": 0, "per": "month", "from": "2026-11-01", "reason": "Prices"}

    unclear = house.do(LOUISE, number, "adjust_target", **wanted, value="90,000")
    early = house.do(LOUISE, number, "adjust_target", **{**wanted, "from": "2026-10-01"}, value="9")
    silent = house.do(LOUISE, number, "adjust_target", **{**wanted, "reason": " "}, value="9")
    undated = house.do(LOUISE, number, "adjust_target", **{**wanted, "from": ""}, value="9")
    assert [one.status for one in (unclear, early, silent, undated)] == [422] * 4
    assert len(list_targets(house.context, WON)) == before

    told = house.do(LOUISE, number, "adjust_target", **wanted, value="90 000")

    assert told.status == 200
    assert told.said["message"].startswith("It holds for finished weeks too, from Nov 2, 2026")
    newest = max(list_targets(house.context, WON), key=lambda one: one.target_id)
    assert (newest.value, newest.per, newest.reason) == (90_000, Grain.MONTH, "Prices")


def test_a_ceiling_stays_a_ceiling_when_it_is_adjusted(house: House) -> None:
    number = reviewing(house)
    ceiling = TargetRequest("sales_cycle", 60, date(2026, 1, 1), at_most=True)
    set_target(house.context, ceiling)

    told = house.do(
        LOUISE,
        number,
        "adjust_target",
        kpi="sales_cycle",
        version=0,
        value="70",
        reason="Larger deals",
        **{"from": "2026-11-01"},
    )

    assert told.status == 200, told
    newest = max(list_targets(house.context, "sales_cycle"), key=lambda one: one.target_id)
    assert (newest.value, newest.at_most) == (70, True)


def test_an_odd_day_for_an_action_is_asked_about_first(house: House) -> None:
    number, before = reviewing(house), len(list_actions(house.context))
    wanted = {"kpi": WON, "version": 0, "title": "Call them", "owner": ZOE, "due": "2026-12-25"}

    told = house.do(MARC, number, "act_on_gap", **wanted)

    assert (told.status, told.said["field"]) == (422, "due")
    assert len(list_actions(house.context)) == before
    assert house.do(MARC, number, "act_on_gap", **wanted, anyway="1").status == 200


def test_a_gap_is_handed_to_the_next_weekly_meeting(house: House) -> None:
    number = reviewing(house)

    assert house.do(ZOE, number, "make_blocker", kpi=RATE).status == 200

    assert section(house, LOUISE, number, RATE)["opened"]["blocker"] is True
    closing.close(house.context, number)
    weekly = house.seen(house.started())
    assert RATE in {one.kpi for one in weekly.blockers}


def test_a_pact_that_fired_is_shown_where_its_gap_is_decided(house: House) -> None:
    number = reviewing(house)
    pacts.fired(house.context, pacts.landing(WON), TODAY)
    assert list_events(house.context)

    mine = section(house, LOUISE, number, WON)
    other = section(house, LOUISE, number, RATE)

    assert len(mine["opened"]["pacts"]) == 1
    assert (mine["pacts"], other["opened"]["pacts"]) == ([], [])


def test_typing_a_cause_computes_no_gap_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    number = reviewing(house)
    section(house, LOUISE, number)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("dashboard.rhythm.gap_review.building.gaps", fail)
    house.note(LOUISE, number, f"gap {WON}", "Two proposals slipped")

    assert section(house, LOUISE, number, WON)["opened"]["cause"]["text"] == (
        "Two proposals slipped"
    )


def test_one_that_decided_nothing_hears_so_at_its_end_and_one_that_accepts_does_not(
    house: House,
) -> None:
    number = reviewing(house, Topic.CLOSE)
    assert "numbers meeting" in section(house, LOUISE, number)["closing"]

    house.do(LOUISE, number, "accept_gap", kpi=WON, version=0, reason="The holidays")

    assert section(house, LOUISE, number)["closing"] == ""
