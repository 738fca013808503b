"""Whom a typed name means; a mistyped one is asked about before it becomes a person."""

from datetime import date

import pytest

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.strangers import Stranger, Unclear, person_named
from dashboard.text import render
from pipelines.context import Context
from pipelines.people.person import Details
from pipelines.people.register import add_person, deactivate, join
from tests.builders.warehouse import closed, warehouse_with


@pytest.fixture
def team() -> Context:
    context = warehouse_with(closed("2026-11-03", "won", owner="Marc Roy"))
    zoe = add_person(context, Details("Zoé Côté"))
    join(context, zoe.person_id, "zcote-7")
    add_action(context, "Call", "Anne Paré", date(2026, 11, 30))
    return context


@pytest.mark.parametrize("name", ["Zoé Côté", " Zoé  Côté ", "Marc Roy", "Anne Paré", ""])
def test_a_person_and_whom_files_or_actions_name_are_known(team: Context, name: str) -> None:
    assert person_named(team, name) == " ".join(name.split())


@pytest.mark.parametrize(
    "typed", ["Zoé", "zoe", "ZOÉ", "zoe cote", "Cote", "Z. Côté", "ZC", "zcote-7"]
)
def test_any_way_of_writing_one_person_means_them(team: Context, typed: str) -> None:
    assert person_named(team, typed) == "Zoé Côté"


@pytest.mark.parametrize("typed", ["Étie", "Etie", "etienne", "ETI", "Ouel", "etienne ou"])
def test_the_beginning_of_a_name_means_the_one_who_bears_it(team: Context, typed: str) -> None:
    add_person(team, Details("Étienne Ouellet"))

    assert person_named(team, typed) == "Étienne Ouellet"


def test_the_beginning_of_several_names_and_a_letter_or_two_mean_nobody(team: Context) -> None:
    add_person(team, Details("Étienne Ouellet"))
    add_person(team, Details("Étiennette Roy"))

    with pytest.raises(Unclear) as refused:
        person_named(team, "Eti")
    assert refused.value.people == ("Étienne Ouellet", "Étiennette Roy")
    with pytest.raises(Stranger):
        person_named(team, "Ou")


def test_of_several_people_nobody_is_taken(team: Context) -> None:
    add_person(team, Details("Zoé Roy"))

    with pytest.raises(Unclear) as refused:
        person_named(team, "zoe")

    assert not isinstance(refused.value, Stranger)
    assert refused.value.people == ("Zoé Côté", "Zoé Roy")
    said = render(refused.value.problems[0], "en")
    assert said == "“zoe” may be several people: Zoé Côté and Zoé Roy. Choose one."


def test_who_is_here_goes_before_who_left(team: Context) -> None:
    left = add_person(team, Details("Zoé Roy"))
    deactivate(team, left.person_id, left.version)

    assert person_named(team, "zoe") == "Zoé Côté"
    assert person_named(team, "zoe roy") == "Zoé Roy"


def test_a_guest_of_the_meeting_is_known_there(team: Context) -> None:
    assert person_named(team, "hélène", also=["Hélène Gagné"]) == "Hélène Gagné"


def test_a_slip_is_refused_with_whom_it_may_mean(team: Context) -> None:
    with pytest.raises(Stranger) as refused:
        person_named(team, "Marc Rot")

    assert refused.value.people == ("Marc Roy",)
    (problem,) = refused.value.problems
    assert render(problem, "en") == "Nobody is called 'Marc Rot'. Did you mean 'Marc Roy'?"


def test_somebody_new_belongs_on_the_page_of_people_first(team: Context) -> None:
    with pytest.raises(Stranger, match="Hélène") as refused:
        person_named(team, "Hélène Gagné")

    hint = refused.value.problems[0].hint
    assert hint is not None
    assert "People page" in render(hint, "en")


def test_scripts_add_actions_for_whom_they_want(team: Context) -> None:
    assert add_action(team, "Call", "Zoé", date(2026, 11, 30)).owner == "Zoé"
