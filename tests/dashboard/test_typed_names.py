"""Pages that take a name: one who is known is found by their first name, nobody else is made."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from dashboard import data, gestures, session
from dashboard.components.action_form import as_shown
from dashboard.components.commitments import NewAction
from dashboard.components.entry_page import NewEntry
from dashboard.components.experiment_form import NewExperiment
from dashboard.components.plan_board import NewAction as UnderPriority
from dashboard.components.practice_page import NewPractice
from dashboard.components.target_page import NewTarget
from dashboard.gestures import actions, improve, kpis, mine, plans
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.improve.experiments import list_experiments
from dashboard.rhythm.improve.practices import list_practices
from dashboard.text import render
from pipelines.context import Context
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import choose, chosen
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.targets import list_targets
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.periods import Grain
from tests.builders.pages import empty_company
from tests.builders.plans import MEETINGS, adopted

ZOE, DUE = "Zoé Côté", date(2026, 11, 20)
KEYS = ("calls", "visits", "orders", "mood", "demos")


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        add_person(context, Details(ZOE))
        for key in KEYS:
            kind = Kind.OUTPUT if key in {"orders", "mood"} else Kind.INPUT
            create_hand_kept(
                context, HandKept(key, key, kind, Unit.COUNT, Better.UP, Aggregate.SUM)
            )
        yield context


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Keep what a browser's session keeps."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def _add(name: str) -> object:
    return actions.add_action("en", NewAction("Call", name, DUE, None))


def _line(context: Context) -> Any:
    (action,) = list_actions(context)
    (line,) = (one for one in data.commitments.actions() if one.action_id == action.action_id)
    return line


def _under(name: str) -> object:
    plan = adopted(session.current(), MEETINGS)
    new = UnderPriority(plan.priorities[0].priority_id, "Call", name, DUE, None)
    return plans.add_under("en", plan, new)


def _practice(name: str) -> object:
    return improve.add_practice("en", NewPractice("Call first", "", name))


def _experiment(name: str) -> object:
    return improve.start_experiment(
        "en", NewExperiment("Call first", "It works", "calls", name, DUE, "", 2)
    )


def _choose(name: str) -> None:
    kpis.choose("en", [(key, name) for key in KEYS])


def _target(name: str) -> object:
    kpi = catalogue(session.current())["calls"]
    return kpis.set_target("en", NewTarget(kpi, "10", "", False, Grain.WEEK, DUE, None, name, ""))


def _entry(name: str | None, value: str = "5") -> object:
    context = session.current()
    week = context.calendar.period(Grain.WEEK, date(2026, 11, 9))
    return kpis.add_entry(
        "en", NewEntry(catalogue(context)["calls"], week, value, "", "", name, "")
    )


def _owners(context: Context) -> list[str | None]:
    found = rows_behind(context, "calls", date.min, date(2027, 1, 1))
    return [str(dict(zip(found.columns, row, strict=True))["owner"]) for row in found.records]


CASES: dict[str, tuple[Callable[[str], object], Callable[[Context], list[str | None]]]] = {
    "actions.add_action": (_add, lambda c: [one.owner for one in list_actions(c)]),
    "plans.add_under": (_under, lambda c: [one.owner for one in list_actions(c)]),
    "improve.add_practice": (_practice, lambda c: [one.person for one in list_practices(c)]),
    "improve.start_experiment": (
        _experiment,
        lambda c: [one.owner for one in list_experiments(c)],
    ),
    "kpis.choose": (_choose, lambda c: [one.responsible for one in chosen(c)][:1]),
    "kpis.set_target": (_target, lambda c: [one.owner for one in list_targets(c)]),
    "kpis.add_entry": (_entry, _owners),
}


@pytest.mark.parametrize("gesture", CASES)
@pytest.mark.parametrize("typed", ["zoe", "ZOÉ", "Z. Cote"])
def test_a_first_name_means_the_one_who_bears_it(
    company: Context, gesture: str, typed: str
) -> None:
    press, named = CASES[gesture]

    press(typed)

    assert named(company) == [ZOE]


@pytest.mark.parametrize("gesture", CASES)
def test_a_name_that_nobody_bears_makes_nobody(
    company: Context, kept: dict[str, Any], gesture: str
) -> None:
    press, named = CASES[gesture]

    press("Bob Inconnu")

    assert named(company) == []
    _form, (problem,) = kept["refusals"]
    assert render(problem, "en").startswith("Nobody is called 'Bob Inconnu'.")


def test_no_gesture_hands_a_typed_name_on_without_asking_whom_it_means() -> None:
    """Names that come from a form are ``new.owner`` and ``new.person``."""
    asked = {"named", "responsible"}
    for path in Path(str(gestures.__path__[0])).glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within = {
            id(node)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in asked
            for node in ast.walk(call)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
                continue
            if node.value.id == "new" and node.attr in {"owner", "person"}:
                adds_them = f"{path.name} {node.attr}" == "actions.py owner"  # as a new person
                assert id(node) in within or adds_them, f"{path.name}:{node.lineno}"


# numbers


def test_a_number_that_is_there_is_shown_before_another_takes_its_place(
    company: Context, kept: dict[str, Any]
) -> None:
    week = EntryRow("calls", date(2026, 11, 9), 1250.5, grain=Grain.WEEK)
    add_entry(company, week)
    choose(company, [(key, ZOE) for key in KEYS])

    assert not _entry(None)

    _form, (problem,) = kept["refusals"]
    assert render(problem, "en").startswith("1,250.5 is kept for the company")
    assert _values(company) == [1250.5]
    assert _entry(None)
    assert _values(company) == [5.0]
    assert _entry(None)  # the same again replaces nothing


def test_another_number_is_asked_about_anew(company: Context) -> None:
    add_entry(company, EntryRow("calls", date(2026, 11, 9), 12.0, grain=Grain.WEEK))

    assert not _entry(None, "5")
    assert not _entry(None, "6")
    assert _values(company) == [12.0]


def _values(context: Context) -> list[object]:
    found = rows_behind(context, "calls", date.min, date(2027, 1, 1))
    return [dict(zip(found.columns, row, strict=True))["value"] for row in found.records]


# dates


def test_a_colleague_is_handed_an_action_by_their_first_name(company: Context) -> None:
    actions.add_action("en", NewAction("Call", ZOE, DUE, None))
    add_person(company, Details("Luc Paré"))

    line = _line(company)

    assert actions.changes("en").save(line, replace(as_shown(line, "en"), owner="luc"))

    assert [one.owner for one in list_actions(company)] == ["Luc Paré"]


def test_an_odd_date_is_asked_about_before_an_action_is_written(company: Context) -> None:
    new = NewAction("Call", ZOE, date(2026, 12, 25), None)

    assert not actions.add_action("en", new)
    assert list_actions(company) == ()
    assert actions.add_action("en", new)
    assert [one.due_on for one in list_actions(company)] == [date(2026, 12, 25)]


def test_a_wish_for_an_odd_date_is_asked_about_too(company: Context) -> None:
    actions.add_action("en", NewAction("Call", ZOE, DUE, None))
    line, wish = _line(company), date(2026, 12, 25)
    assert not mine.move_or_ask("en", line, wish, "Ill")
    assert mine.move_or_ask("en", line, wish, "Ill")
