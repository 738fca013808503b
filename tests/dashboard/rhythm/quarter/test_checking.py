"""What a draft of the next quarter is told before it is adopted."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.rhythm.actions import add_action, list_actions
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.draft import DraftPriority
from dashboard.rhythm.quarter.drafting import change_draft, draft
from dashboard.rhythm.quarter.model import Way
from dashboard.text import render
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.people import register
from pipelines.people.person import Details
from tests.builders.quarters import (
    aimed,
    decided,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)


def reviewed() -> tuple[Context, int]:
    """Return a company with a plan and a target, and the number of its running review."""
    context = aimed(quarter_company())
    plan_of_the_quarter(context)
    return context, review_meeting(context)


def test_a_target_of_nothing_speaks_against_adopting() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    nothing = replace(wanted, targets=(replace(wanted.targets[0], value=0.0),))
    change_draft(context, number, 0, nothing)

    found = draft(context, number)

    assert "A target of 0 for Deals won would be reached whatever happens." in [
        str(one.what) for one in found.problems
    ]


def test_a_late_action_that_goes_on_asks_for_a_new_date() -> None:
    context, number = reviewed()
    then = context.on(date(2026, 9, 1))
    late = add_action(then, "Call back", "Zoé Côté", date(2026, 9, 30))
    gone = add_action(then, "Write", "Luc Paré", date(2026, 9, 30))
    decided(context, number, f"action {gone.action_id}", Way.DROP, "Nobody reads it")

    found = draft(context, number)

    assert [str(one) for one in found.problems] == [
        "“Call back” was due on 2026-09-30. Give it a new date, or give it up."
    ]
    with pytest.raises(Refused, match="was due on"):
        adopt(context, number, 0)
    moved = tuple(
        replace(one, due_on=date(2026, 10, 30)) if one.action_id == late.action_id else one
        for one in found.draft.actions
    )
    kept = change_draft(context, number, 0, replace(found.draft, actions=moved))
    adopt(context, number, kept.version)
    actions = {one.action_id: one for one in list_actions(context)}
    assert actions[late.action_id].due_on == date(2026, 10, 30)


def test_what_is_worth_a_thought_is_said_and_does_not_speak_against_adopting() -> None:
    context, number = reviewed()
    wanted = draft(context, number).draft
    edited = replace(
        wanted,
        kpis=tuple(
            replace(one, responsible=None if one.key == "win_rate" else "Zoé Côté")
            for one in wanted.kpis
        ),
        priorities=(DraftPriority("Sell every week", "deals_won", 10.0, 14.0),),
    )
    kept = change_draft(context, number, 0, edited)

    found = draft(context, number)

    assert found.problems == ()
    assert [render(one, "en") for one in found.notes] == [
        "Nobody answers for Win rate.",
        "The priority “Sell every week” aims at 14, the target is 10 per week.",
    ]
    assert adopt(context, number, kept.version).notes == ()


def test_what_is_missing_is_named_as_people_know_it() -> None:
    context, number = reviewed()
    decided(context, number, "kpi meetings_held", Way.DROP, "We count otherwise")
    decided(context, number, "kpi new_opportunities", Way.DROP, "We count otherwise")

    said = " ".join(str(one) for one in draft(context, number).problems)

    assert "show activity (input); it takes 2. Available: " in said
    assert "Meetings held" in said
    assert "meetings_held" not in said


def test_what_somebody_who_left_still_holds_is_worth_a_thought() -> None:
    context, number = reviewed()
    zoe = register.add_person(context, Details("Zoé Côté"))
    add_action(context.on(date(2026, 9, 1)), "Call back", "Zoé Côté", date(2026, 10, 30))
    assert not [one for one in _thoughts(context, number) if "Zoé" in one]

    register.deactivate(context, zoe.person_id, zoe.version)

    assert (
        "Zoé Côté does not work here any more; somebody else has to take over New opportunities"
        " and “Call back”." in _thoughts(context, number)
    )


def _thoughts(context: Context, number: int) -> list[str]:
    return [render(one, "en") for one in draft(context, number).notes]
