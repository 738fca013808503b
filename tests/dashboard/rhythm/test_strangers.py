"""A mistyped name is asked about before it becomes a person."""

from datetime import date

import pytest

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.strangers import Stranger, refuse_stranger
from dashboard.text import render
from pipelines.context import Context
from pipelines.people.person import Details
from pipelines.people.register import add_person
from tests.builders.warehouse import closed, warehouse_with


@pytest.fixture
def team() -> Context:
    context = warehouse_with(closed("2026-11-03", "won", owner="Marc Roy"))
    add_person(context, Details("Zoé Côté"))
    add_action(context, "Call", "Anne Paré", date(2026, 11, 30))
    return context


@pytest.mark.parametrize("name", ["Zoé Côté", " Zoé  Côté ", "Marc Roy", "Anne Paré", ""])
def test_a_person_and_whom_files_or_actions_name_are_known(team: Context, name: str) -> None:
    refuse_stranger(team, name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Zoé", "Zoé Côté"), ("zoe cote", "Zoé Côté"), ("Cote", "Zoé Côté"), ("Marc Rot", "Marc Roy")],
)
def test_a_slip_is_refused_with_whom_it_may_mean(team: Context, typed: str, meant: str) -> None:
    with pytest.raises(Stranger) as refused:
        refuse_stranger(team, typed)

    (problem,) = refused.value.problems
    assert render(problem, "en") == f"Nobody is called '{typed}'. Did you mean '{meant}'?"


def test_somebody_new_belongs_on_the_page_of_people_first(team: Context) -> None:
    with pytest.raises(Stranger, match="Hélène") as refused:
        refuse_stranger(team, "Hélène Gagné")

    hint = refused.value.problems[0].hint
    assert hint is not None
    assert "People page" in render(hint, "en")


def test_scripts_add_actions_for_whom_they_want(team: Context) -> None:
    assert add_action(team, "Call", "Zoé", date(2026, 11, 30)).owner == "Zoé"
