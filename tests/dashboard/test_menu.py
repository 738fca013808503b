"""The menu beside every page: which pages it lists for whom, and where a click on one leads."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components import menu
from dashboard.navigation import Place
from pipelines.sample import PEOPLE
from tests.builders.pages import empty_company, given, open_page, showing
from tests.builders.sample import sample_context

SALESPERSON = Visitor(PEOPLE[0], Role.SALESPERSON, names=frozenset(PEOPLE[:1]))
VIEWER = Visitor("Anne Roy", Role.VIEWER)


def listed(page: AppTest) -> dict[str, list[tuple[str, str]]]:
    """Return names and addresses of the pages in the menu, by heading."""
    return {
        section["heading"]: [(link["name"], link["href"]) for link in section["links"]]
        for section in given(page, "menu")["pages"]["sections"]
    }


def asked_for(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Let the browser ask for a page once, whether the menu offers it or not."""
    answers = iter([place])

    def component(**_given: Any) -> SimpleNamespace:
        return SimpleNamespace(open=next(answers, None))

    monkeypatch.setattr(menu, "_menu", component)


def test_a_salesperson_finds_their_pages_under_their_headings() -> None:
    with showing(sample_context(), SALESPERSON):
        page = open_page(Place.TARGETS, lang="en")

    found = listed(page)
    assert found["Every week"][:2] == [
        ("My commitments", "./mine?lang=en"),
        ("My week", "./?lang=en"),
    ]
    assert ("Actions", "./actions?lang=en") in found["Every week"]
    assert found["Set up"] == [("Targets", "./targets?lang=en")]
    assert not {"Company", "Safety"} & set(found)  # nothing under them is theirs
    assert given(page, "menu")["pages"]["current"] == "targets"
    assert given(page, "menu")["who"]["account"]["href"] == "./account?lang=en"


def test_a_viewers_first_page_is_at_the_front_door() -> None:
    with showing(sample_context(), VIEWER):
        page = open_page(Place.REVIEWS, lang="en")

    assert listed(page) == {
        "Every week": [("Meeting minutes", "./minutes?lang=en"), ("Reviews", "./?lang=en")]
    }
    assert given(page, "menu")["pages"]["current"] == "reviews"


def test_the_first_steps_are_listed_as_long_as_a_company_begins(tmp_path: Path) -> None:
    with empty_company(tmp_path):
        beginning = open_page(lang="en")
    with showing(sample_context()):
        working = open_page(lang="en")

    first_steps = ("First steps", "./start?lang=en")
    assert first_steps in listed(beginning)["Set up"]
    assert first_steps not in listed(working)["Set up"]


@pytest.mark.parametrize(
    ("place", "title"),
    [("targets", "Targets"), ("account", "My account"), ("week", "My week · W46")],
)
def test_a_page_that_is_asked_for_opens(
    monkeypatch: pytest.MonkeyPatch, place: str, title: str
) -> None:
    asked_for(monkeypatch, place)

    with showing(sample_context(), SALESPERSON):
        page = open_page(lang="en")

    assert [one.value for one in page.title] == [title]


@pytest.mark.parametrize("place", ["accounts", "start", "nonsense", "../../etc/passwd"])
def test_a_page_that_is_not_on_offer_does_not_open(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    asked_for(monkeypatch, place)

    with showing(sample_context(), SALESPERSON):
        page = open_page(Place.ACTIONS, lang="en")

    assert not page.exception
    assert [one.value for one in page.title] == ["Actions"]
