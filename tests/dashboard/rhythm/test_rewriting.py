from dataclasses import replace
from datetime import date

import pytest

from dashboard.rhythm.action import Action, EventKind
from dashboard.rhythm.actions import add_action, complete, history, list_actions, rename
from dashboard.rhythm.course import comments
from dashboard.rhythm.rewriting import Fields, rewrite
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Cap90Error, Conflict, Refused
from tests.builders.warehouse import warehouse_with

FRIDAY = date(2026, 11, 27)
LATER = date(2026, 12, 4)
MARC = Actor("Marc Roy")


def company() -> Context:
    return warehouse_with(today="2026-11-21").by(Actor("Louise Gagnon"))


def shown(action: Action) -> Fields:
    """Return what a form shows of an action."""
    return Fields(
        action.title,
        action.owner,
        action.due_on,
        action.kpi,
        action.priority_id,
        action.effect,
        action.lag_weeks,
        dropped=action.dropped_on is not None,
    )


def now(context: Context) -> Action:
    (found,) = list_actions(context)
    return found


def said(error: pytest.ExceptionInfo[Cap90Error]) -> str:
    return " ".join(render(problem, "en") for problem in error.value.problems)


def test_all_that_changed_is_written_at_once_each_field_with_its_own_line_in_the_history() -> None:
    context = company()
    made = add_action(context, "Call the silent ones", "Zoé Côté", FRIDAY)
    wanted = replace(
        shown(made), title="Visit them", owner="Luc Paré", due_on=LATER, kpi="win_rate", effect=0.02
    )

    rewrite(context, 1, 1, shown(made), wanted, reason="Zoé is ill", comment="He has the list.")

    assert shown(now(context)) == wanted
    assert [(one.kind, one.after, one.reason) for one in history(context, 1)][1:] == [
        (EventKind.RENAMED, "Visit them", None),
        (EventKind.ASSIGNED, "Luc Paré", None),
        (EventKind.LINKED, "win_rate", None),
        (EventKind.EXPECTED, "[0.02, null]", None),
        (EventKind.MOVED, "2026-12-04", "Zoé is ill"),
    ]
    assert [one.text for one in comments(context, 1)] == ["He has the list."]


def test_what_stands_in_the_form_as_it_was_writes_nothing() -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)

    rewrite(context, 1, 1, shown(made), shown(made))

    assert now(context) == made
    assert len(history(context, 1)) == 1


@pytest.mark.parametrize(("due_on", "dropped"), [(LATER, False), (FRIDAY, True)])
def test_a_date_that_moves_and_giving_up_need_a_reason_and_then_nothing_else_is_written(
    due_on: date,
    dropped: bool,  # noqa: FBT001 - the state of a box
) -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)
    wanted = replace(shown(made), title="Visit", due_on=due_on, dropped=dropped)

    with pytest.raises(Refused) as error:
        rewrite(context, 1, 1, shown(made), wanted, reason=" ")
    assert "The reason is missing" in said(error)
    assert now(context) == made

    rewrite(context, 1, 1, shown(made), wanted, reason="The hall is closed")
    assert now(context).title == "Visit"


def test_other_words_need_no_reason_and_a_reason_for_nothing_is_asked_about() -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)
    wanted = replace(shown(made), title="Visit")

    with pytest.raises(Refused, match="date is the same"):
        rewrite(context, 1, 1, shown(made), wanted, reason="Ill")
    assert rewrite(context, 1, 1, shown(made), wanted).title == "Visit"


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written() -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)

    with pytest.raises(Refused) as error:
        rewrite(context, 1, 1, shown(made), replace(shown(made), title=" ", owner="", due_on=None))

    for problem in ("no title", "Nobody is responsible", "date is missing"):
        assert problem in said(error)
    assert now(context) == made


def test_of_two_who_change_it_the_second_sees_all_their_wishes_and_nothing_is_written() -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)
    rename(context.by(MARC), 1, 1, "Write to them")
    wanted = replace(shown(made), owner="Luc Paré", due_on=LATER)

    with pytest.raises(Conflict) as error:
        rewrite(context, 1, 1, shown(made), wanted, reason="Ill", comment="He has the list.")

    conflict = error.value
    wish = render(conflict.mine, "en")
    assert "give it to Luc Paré" in wish
    assert "move it" in wish
    assert (conflict.version, conflict.by) == (2, "Marc Roy")
    assert (now(context).owner, now(context).due_on) == ("Zoé Côté", FRIDAY)
    assert comments(context, 1) == ()

    # whoever still wants theirs keeps what the other one wrote elsewhere
    rewrite(context, 1, conflict.version, shown(made), wanted, reason="Ill")
    assert (now(context).title, now(context).owner) == ("Write to them", "Luc Paré")


def test_a_wish_that_somebody_fulfilled_does_not_let_the_next_one_pass_unseen() -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)
    rename(context.by(MARC), 1, 1, "Visit")
    wanted = replace(shown(made), title="Visit", owner="Luc Paré")

    with pytest.raises(Conflict):
        rewrite(context, 1, 1, shown(made), wanted)

    assert now(context).owner == "Zoé Côté"


def test_an_action_that_is_done_is_not_given_up_and_nothing_beside_is_written() -> None:
    context = company()
    made = complete(context, add_action(context, "Call", "Zoé Côté", FRIDAY).action_id, 1)

    wanted = replace(shown(made), title="Visit", dropped=True)
    with pytest.raises(Refused, match="done already"):
        rewrite(context, 1, made.version, shown(made), wanted, reason="No use")

    assert now(context) == made


def test_whoever_sees_only_their_own_changes_nothing_of_them() -> None:
    context = company()
    made = add_action(context, "Call", "Zoé Côté", FRIDAY)
    zoe = context.by(Actor("Zoé Côté", None, Scope(frozenset({"Zoé Côté"}), margins=False)))

    with pytest.raises(AccessRefused):
        rewrite(zoe, 1, 1, shown(made), replace(shown(made), title="Visit"))

    assert now(context) == made
