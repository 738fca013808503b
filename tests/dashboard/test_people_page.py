"""Who is who, on a page: names that may mean one person are joined, told apart, changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, session
from dashboard.access.rights import Capability, Role
from dashboard.access.visitor import Visitor
from dashboard.components.action_form import Changes, as_shown
from dashboard.components.commitments import NewAction
from dashboard.gestures import actions as action_gestures
from dashboard.gestures import people as people_gestures
from dashboard.navigation import Place
from dashboard.rhythm.actions import add_action, list_actions
from dashboard.rhythm.review import ActionLine
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import AccessRefused
from pipelines.people.person import Details
from pipelines.people.register import (
    add_person,
    change_person,
    deactivate,
    join,
    list_people,
)
from pipelines.periods import Grain
from pipelines.sample import PEOPLE
from tests.builders.pages import empty_company, given, open_page, showing, texts
from tests.builders.sample import sample_context
from tests.builders.warehouse import add, closed

LANGUAGES = ["en", "fr", "fr_CA"]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


def salesperson(name: str) -> Visitor:
    return Visitor(name, Role.SALESPERSON, names=frozenset({name}))


def refusals(page: AppTest) -> str:
    return " ".join(str(error.value) for error in page.error)


def press(page: AppTest, key: str) -> AppTest:
    (button,) = (one for one in page.button if one.key == key)
    return button.click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_of_the_sample_company_is_listed(language: str) -> None:
    with showing(sample_context()):
        page = open_page(Place.PEOPLE, lang=language)

        assert not page.exception
        assert not page.error
        names = [row[0] for row in given(page, "table")["rows"]]
        given_names = [name.split()[0] for name in names]
        assert given_names == ["Étienne", "François", "Geneviève", "Louise", "Marc-André", "Zoé"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_company_without_people_is_told_where_they_come_from(language: str) -> None:
    page = open_page(Place.PEOPLE, lang=language)

    assert not page.exception
    assert not page.error
    assert any("CRM" not in text and len(text) > 40 for text in texts(page).splitlines())


def test_two_names_are_joined_with_one_click_and_separated_with_another(empty: Context) -> None:
    add(empty, closed("2026-11-03", "won", owner="mtremblay"))
    marie = add_person(empty, Details("Marie Tremblay"))
    short = add_person(empty, Details("mtremblay"))
    page = open_page(Place.PEOPLE, lang="en")
    assert "user name" in texts(page)

    page = press(page, f"join_{marie.person_id}_{short.person_id}")

    (row,) = given(page, "table")["rows"]
    assert row[:4] == ["Marie Tremblay", "–", "–", "mtremblay (HubSpot)"]
    assert "Perhaps the same person" not in texts(page)
    page.selectbox(key="person_to_change").select(marie.person_id).run()
    page = press(page, "separate__mtremblay")
    assert len(list_people(empty)) == 2


def test_two_people_are_not_proposed_again(empty: Context) -> None:
    one = add_person(empty, Details("Marie Tremblay"))
    two = add_person(empty, Details("M. Tremblay"))
    page = open_page(Place.PEOPLE, lang="en")

    page = press(page, f"apart_{one.person_id}_{two.person_id}")

    assert "Perhaps the same person" not in texts(page)
    assert len(list_people(empty)) == 2


def test_somebody_is_added_and_changed(empty: Context) -> None:
    page = open_page(Place.PEOPLE, lang="en")
    page.text_input(key="new_person_name").set_value("Zoé Bélanger")
    page.text_input(key="new_person_team").set_value("Est")
    page = next(one for one in page.button if one.label == "Add").click().run()
    (zoe,) = list_people(empty)
    assert (zoe.name, zoe.team) == ("Zoé Bélanger", "Est")

    page.selectbox(key="person_to_change").select(zoe.person_id).run()
    page.text_input(key=f"person_{zoe.person_id}_1_email").set_value("not an address")
    page = next(one for one in page.button if one.label == "Save").click().run()

    assert "not an e-mail address" in refusals(page)
    page.text_input(key=f"person_{zoe.person_id}_1_email").set_value("zoe@erable.example")
    next(one for one in page.button if one.label == "Save").click().run()
    assert [one.email for one in list_people(empty)] == ["zoe@erable.example"]


def test_what_somebody_changed_meanwhile_is_shown_beside_what_was_typed(empty: Context) -> None:
    zoe = add_person(empty, Details("Zoé"))
    page = open_page(Place.PEOPLE, lang="en")
    page.selectbox(key="person_to_change").select(zoe.person_id).run()
    page.text_input(key="person_1_1_team").set_value("Ouest")
    change_person(empty.by(Actor("Luc")), 1, 1, Details("Zoé", team="Est"))

    page = next(one for one in page.button if one.label == "Save").click().run()

    assert "Luc changed this" in refusals(page)
    assert "Est" in refusals(page)
    assert "Ouest" in refusals(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_who_left_and_still_owns_actions_is_named(empty: Context, language: str) -> None:
    zoe = add_person(empty, Details("Zoé"))
    add_action(empty, "Call the hotel", "Zoé", date(2026, 11, 20))
    deactivate(empty, zoe.person_id, 1)

    page = open_page(Place.PEOPLE, lang=language)

    (warning,) = page.warning
    assert "Zoé" in warning.value
    assert "Call the hotel" in warning.value
    assert "Zoé" in data.people.names()


def test_names_are_no_markup(empty: Context) -> None:
    add_person(empty, Details("<b>Marie</b> [x](http://evil.example)"))
    add_person(empty, Details("<b>marie</b> [x](http://evil.example)"))

    page = open_page(Place.PEOPLE, lang="en")

    said = texts(page) + "".join(button.label for button in page.button)
    assert "<b>" not in said.replace("\\<b>", "")
    assert "[x]" not in said.replace("\\[x\\]", "")


def test_nobody_is_shown_what_was_read_for_somebody_who_sees_more() -> None:
    context = sample_context()
    week = context.calendar.parse("2026-W46")
    with showing(context):
        everything = (
            data.kpis.targets(),
            data.commitments.actions(),
            data.kpis.rows("sales_won", week),
            data.people.names(),
        )
        all_kpis = data.kpis.definitions()
    name = PEOPLE[0]
    with showing(context, salesperson(name)):
        assert {one.owner for one in data.kpis.targets()} == {None, name}
        assert {one.owner for one in data.commitments.actions()} == {name}
        assert data.kpis.rows("sales_won", week).total < everything[2].total
        assert data.people.names() == (name,)
        assert len(data.kpis.definitions()) == len(all_kpis) - 2
        assert [group for group, _ in data.kpis.by_owner("sales_won", week)] in ([name], [])
        assert data.kpis.kpi("gross_margin", Grain.WEEK).definition.key != "gross_margin"
    with showing(context):
        assert everything == (
            data.kpis.targets(),
            data.commitments.actions(),
            data.kpis.rows("sales_won", week),
            data.people.names(),
        )


@pytest.mark.parametrize("place", [Place.WEEK, Place.KPI, Place.ACTIONS, Place.TARGETS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_salesperson_name_no_colleague(place: Place, language: str) -> None:
    name = PEOPLE[0]
    with showing(sample_context(), salesperson(name)):
        page = open_page(place, lang=language)

        assert not page.exception
        assert not page.error
        said = texts(page) + str([one.options for one in page.selectbox])
        components = page.get("bidi_component")
        said += "".join(one.proto.json for one in components if place is not Place.WEEK)
        assert not [other for other in PEOPLE[1:] if other in said]


def line(context: Context, number: int) -> ActionLine:
    (action,) = (one for one in list_actions(context) if one.action_id == number)
    return ActionLine(
        number, action.title, action.owner, action.due_on, None, None, late=False, version=1
    )


def changes() -> Changes:
    return action_gestures.changes("en")


def test_a_salesperson_ticks_their_own_actions_only(empty: Context) -> None:
    day = date(2026, 11, 20)
    mine = add_action(empty, "Call", "Zoé", day)
    other = add_action(empty, "Write", "Luc", day)
    lines = [line(empty, one.action_id) for one in (mine, other)]
    with showing(empty, salesperson("Zoé")):
        for one in lines:
            action_gestures.tick("en", one, done=True)
        action_gestures.add_action("en", NewAction("Visit", "Luc", day, None))
        action_gestures.add_action("en", NewAction("Invite", "Zoé", day, None))
        assert not changes().allowed
        assert not changes().save(lines[0], replace(as_shown(lines[0], "en"), title="Call twice"))
        with pytest.raises(AccessRefused):
            session.require(Capability.EDIT_PEOPLE)
        with pytest.raises(AccessRefused):
            data.imports.rejects(1)
        assert not people_gestures.gestures("en").add(Details("Luc"))

    assert {one.title: one.done_on is not None for one in list_actions(empty)} == {
        "Call": True,
        "Write": False,
        "Invite": False,
    }


def test_a_salesperson_who_sees_colleagues_still_ticks_their_own_only(tmp_path: Path) -> None:
    with empty_company(tmp_path) as context:
        join(context, add_person(context, Details("Zoé")).person_id, "zb")
        day = date(2026, 11, 20)
        mine = add_action(context, "Call", "zb", day)
        other = add_action(context, "Write", "Luc", day)
        lines = [line(context, one.action_id) for one in (mine, other)]
        everybody = Visitor("Zoé", Role.SALESPERSON, names=frozenset({"Zoé", "zb"}))
        with showing(context, everybody):
            for one in lines:
                action_gestures.tick("en", one, done=True)

        assert [one.done_on is not None for one in list_actions(context)] == [True, False]
        assert mine.owner == "Zoé"
