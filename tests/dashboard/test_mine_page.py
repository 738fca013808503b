"""One's own commitments and numbers, the wishes to move, and the line that takes an action."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import data, session
from dashboard.access import feeds
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components import action_line
from dashboard.components.mine import OwnNumber, _entry, _number
from dashboard.gestures import mine as gestures
from dashboard.gestures.actions import tick
from dashboard.navigation import Place, listed
from dashboard.rhythm.actions import add_action
from dashboard.rhythm.course import comment
from dashboard.rhythm.requests import ask
from dashboard.text import LANGUAGES, render
from pipelines.actor import Actor
from pipelines.analysis.judgement import Aim
from pipelines.analysis.verdict import judge
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.values import Point, Series
from pipelines.people.register import deactivate, list_people
from pipelines.periods import Calendar, Grain
from tests.builders.access import somebody
from tests.builders.pages import OWNER, empty_company, given, open_page, showing
from tests.builders.sample import sample_context
from tests.builders.warehouse import SHIPPED

ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}), account_id=2)
LUC = Visitor("Luc Paré", Role.SALESPERSON, names=frozenset({"Luc Paré"}), account_id=3)


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Context]:
    """Return a company whose people promised something; today is Monday, 16 November 2026."""
    with empty_company(tmp_path) as context:
        for title, owner, due in (
            ("Later", "Zoé Côté", date(2026, 12, 1)),
            ("Late", "Zoé Côté", date(2026, 11, 12)),
            ("Friday", "Zoé Côté", date(2026, 11, 20)),
            ("A colleague's", "Luc Paré", date(2026, 11, 20)),
        ):
            add_action(context, title, owner, due)
        yield context


def titles(page: AppTest) -> list[str]:
    return [one["title"] for one in given(page, "mine")["actions"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_open_actions_stand_by_date_late_ones_first_and_in_words(
    begun: Context, language: str
) -> None:
    with showing(begun, ZOE):
        page = open_page(Place.MINE, lang=language)

    assert not page.error
    assert titles(page) == ["Late", "Friday", "Later"]
    late = {
        "en": ("4 days late", "by Thursday, November 12, 2026"),
        "fr": ("4 jours de retard", "pour le jeudi 12 novembre 2026"),
        "fr_CA": ("4 jours de retard", "pour le jeudi 12 novembre 2026"),
    }
    first = given(page, "mine")["actions"][0]
    assert (first["late"], first["due"]) == late[language]


def test_what_was_ticked_today_stays_in_sight_so_that_a_slip_can_be_mended(begun: Context) -> None:
    with showing(begun, ZOE):
        line = data.own.mine().promises[0].line
        tick("en", line, True)
        page = open_page(Place.MINE, lang="en")
        assert titles(page) == ["Friday", "Later", "Late"]
        assert [one["done"] for one in given(page, "mine")["actions"]] == [False, False, True]
        begun_tomorrow = begun.on(date(2026, 11, 17))
    with showing(begun_tomorrow, ZOE):
        assert titles(open_page(Place.MINE, lang="en")) == ["Friday", "Later"]


def test_the_last_comment_and_the_wish_to_move_stand_beside_their_action(begun: Context) -> None:
    zoe = begun.by(Actor("Zoé Côté"))
    comment(zoe, 3, "first")
    comment(zoe, 3, "<b>second</b>")
    ask(zoe, 3, date(2026, 11, 27), "They are away")

    with showing(begun, ZOE):
        page = open_page(Place.MINE, lang="en")

    friday = given(page, "mine")["actions"][1]
    assert [one["waits"] for one in given(page, "mine")["actions"]] == [False, True, False]
    assert friday["said"] == "Zoé Côté: <b>second</b>"
    assert friday["asked"] == (
        "You asked for Friday, November 27, 2026 (“They are away”): not answered yet."
    )


def test_whoever_assigns_actions_sees_wishes_to_move_where_actions_are_and_others_do_not(
    begun: Context,
) -> None:
    ask(begun.by(Actor("Zoé Côté")), 3, date(2026, 11, 27), "They are away")

    for place in (Place.WEEK, Place.ACTIONS):
        with showing(begun):
            page = open_page(place, lang="en", week="2026-W46")
            (wish,) = given(page, "actions")["requests"]["requests"]
            assert wish["wish"] == "Zoé Côté asks to move it from Nov 20 to Nov 27"
            assert wish["reason"] == "They are away"
        with showing(begun, ZOE):
            page = open_page(place, lang="en", week="2026-W46")
            assert given(page, "actions")["requests"] is None


def test_a_number_is_typed_on_the_page_by_whoever_is_responsible_for_it(begun: Context) -> None:
    for key, kind in (
        *(("calls", Kind.INPUT), ("visits", Kind.INPUT), ("mood", Kind.OUTPUT)),
        *(("score", Kind.OUTPUT), ("letters", Kind.INPUT)),
    ):
        create_hand_kept(begun, HandKept(key, key, kind, Unit.COUNT, Better.UP, Aggregate.SUM))
        add_entry(begun, EntryRow(key, date(2026, 11, 2), 7.0, grain=Grain.WEEK))
    choose(
        begun,
        [
            ("calls", "Zoé Côté"),
            ("visits", "Luc Paré"),
            *((key, None) for key in ("mood", "score", "letters")),
        ],
    )

    with showing(begun, ZOE):
        (typed,) = given(open_page(Place.MINE, lang="en"), "mine")["typed"]
        assert (typed["kpi"], typed["last"]) == (
            "calls",
            "The company's number. Typed so far: 7 (week of Nov 2)",
        )
        assert typed["periods"][0]["start"] == "2026-11-16"
        assert typed["usual"] == "2026-11-09"
        (own,) = data.own.mine().typed
        sent = _entry(own, {"period": "2026-11-09", "value": "12"})
        assert gestures.type_number("en", sent)
        assert not gestures.type_number("en", replace(sent, kpi=replace(own.kpi, key="visits")))
    with showing(begun, LUC):
        assert not gestures.type_number("en", sent)
    with showing(begun):
        assert [one.value for one in data.entries.entries("calls")] == [12.0, 7.0]
        assert [one.value for one in data.entries.entries("visits")] == [7.0]


def calls_of_zoe(context: Context, values: dict[date, float]) -> None:
    """Let Zoé answer for a number that is typed, with some numbers of weeks."""
    keys = [("calls", Kind.INPUT), ("visits", Kind.INPUT), ("mood", Kind.OUTPUT)]
    for key, kind in (*keys, ("score", Kind.OUTPUT), ("letters", Kind.INPUT)):
        create_hand_kept(context, HandKept(key, key, kind, Unit.COUNT, Better.UP, Aggregate.SUM))
    for start, value in values.items():
        add_entry(context, EntryRow("calls", start, value, grain=Grain.WEEK))
    others = [(key, None) for key in ("visits", "mood", "score", "letters")]
    choose(context, [("calls", "Zoé Côté"), *others])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "9 (week of Nov 9), 8 (week of Nov 2), and 7 (week of Oct 26)"),
        ("fr_CA", "9 (semaine du 9 nov.), 8 (semaine du 2 nov.) et 7 (semaine du 26 oct.)"),
    ],
)
def test_the_newest_three_numbers_stand_with_the_weeks_they_are_for(
    begun: Context, language: str, said: str
) -> None:
    days = [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]
    calls_of_zoe(begun, dict(zip(days, (6.0, 7.0, 8.0, 9.0), strict=True)))

    with showing(begun, ZOE):
        (typed,) = given(open_page(Place.MINE, lang=language), "mine")["typed"]

    assert typed["last"].endswith(said)


def test_a_number_that_cannot_be_is_refused_before_anything_is_asked(
    begun: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    calls_of_zoe(begun, {date(2026, 11, 9): 7.0})

    with showing(begun, ZOE):
        (own,) = data.own.mine().typed
        assert not gestures.type_number("en", _entry(own, {"value": "-3"}))

    _form, (problem,) = kept["refusals"]
    assert render(problem, "en").startswith("“calls” cannot be negative.")


@pytest.mark.parametrize(("visitor", "word"), [(OWNER, "Change"), (ZOE, "History")])
def test_what_cannot_be_changed_is_not_called_so(
    begun: Context, visitor: Visitor, word: str
) -> None:
    with showing(begun, visitor):
        page = open_page(Place.ACTIONS, lang="en")

    assert given(page, "actions")["change"] == word


def test_own_numbers_are_those_with_a_target_of_ones_own() -> None:
    with showing(sample_context(), ZOE):
        numbers = given(open_page(Place.MINE, lang="en"), "mine")["numbers"]

    assert numbers
    assert all(one["target"] != "–" for one in numbers)


def test_a_week_of_too_few_deals_is_not_called_off_target() -> None:
    kpi = SHIPPED["win_rate"]  # it takes ten finished deals
    week = Calendar().parse("2026-W46")
    points = tuple(Point(week, 0.2, sample=deals) for deals in (5, 10))
    judged = judge(Series(kpi, Grain.WEEK, points), [Aim(0.3)] * 2, None).points

    said = [_number(OwnNumber(kpi, one, None, None), "en")["off"] for one in judged]

    assert said == [False, True]


def test_an_account_that_is_nobody_is_told_what_to_do(begun: Context) -> None:
    with showing(begun):
        page = open_page(Place.MINE, lang="en")  # the owner is linked to none of the people

    assert "not linked to one of the people" in given(page, "mine")["words"]["nothing"]


def test_the_page_is_first_in_a_salespersons_menu_and_a_viewer_has_none() -> None:
    def menu(visitor: Visitor) -> list[Place]:
        return [link.place for links in listed("en", visitor).values() for link in links]

    assert menu(ZOE)[:2] == [Place.MINE, Place.WEEK]
    assert menu(OWNER)[:2] == [Place.WEEK, Place.MINE]
    assert Place.MINE not in menu(Visitor("V", Role.VIEWER))


def test_a_line_fills_the_form_and_says_what_is_missing(
    begun: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", kept)
    with showing(begun, ZOE):
        known = data.commitments.around().known
    assert known is not None
    assert known.oneself == "Zoé Côté"

    action_line.take("here", {"line": "call, me, every Friday"}, known, "en")
    found = action_line.answer("here", "en")
    assert found is not None
    assert (found["title"], found["owner"], found["due"]) == ("call", "Zoé Côté", "")
    assert any("again and again" in said for said in found["said"])
    action_line.take("here", "not what we sent", known, "en")
    again = action_line.answer("here", "en")
    assert again is not None
    assert again["number"] == 2
    action_line.forget("here")
    assert action_line.answer("here", "en") is None


def test_the_address_of_the_calendar_is_made_shown_once_and_ended(begun: Context) -> None:
    with showing(begun):
        account = somebody(session.access(), "Zoé Côté", Role.SALESPERSON)
        here = replace(ZOE, account_id=account.account_id)
        session.use(begun, lambda: here)
        page = open_page(Place.ACCOUNT, lang="en")
        page.button(key="calendar_make").click()
        page.run()
        (address,) = [code.value for code in page.code if "/calendar/" in code.value]
        token = address.rpartition("/")[2].removesuffix(".ics")
        assert feeds.find(session.access(), token) is not None

        page.run()
        assert not [code for code in page.code if "/calendar/" in code.value]
        page.button(key="calendar_end").click()
        page.run()
        assert feeds.find(session.access(), token) is None
        assert not page.error


def test_the_calendar_of_somebody_who_left_is_empty_though_their_account_is_not_disabled_yet(
    begun: Context,
) -> None:
    zoe = next(one for one in list_people(begun) if one.name == "Zoé Côté")
    with showing(begun, replace(ZOE, person_id=zoe.person_id)):
        content = data.own.calendar("f00d", "en")
        assert content is not None
        assert content.count(b"BEGIN:VEVENT") == 3  # her actions; no first meeting is set

        deactivate(begun, zoe.person_id, zoe.version)
        assert data.own.calendar("f00d", "en") is None
