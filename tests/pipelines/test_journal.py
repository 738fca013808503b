"""Whatever is changed is written down in the same step, with what it was before."""

from datetime import date
from typing import Any

import pytest

from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.journal import Change, What, changes_about, changes_after, newest, newest_about, note
from pipelines.kpis.choice import choose
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, complete_hand_kept, create_hand_kept
from pipelines.kpis.locks import lock_limits
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from pipelines.store import Cursor
from tests.builders.warehouse import (
    closed,
    created,
    meeting,
    proposal,
    warehouse_with,
    weekly,
)

_ANNE = Actor("Anne Roy")


def company(*rows: Any) -> Context:
    return warehouse_with(*rows, today="2026-03-20").by(_ANNE)


def changes(context: Context) -> tuple[Change, ...]:
    return context.store.read(lambda cursor: changes_after(cursor, 0))


def test_a_change_says_who_what_before_and_after() -> None:
    context = company()

    context.store.write(
        lambda cursor: note(
            cursor,
            _ANNE,
            What.TARGET_SET,
            "target 1",
            before={"a": 1},
            after={"b": date(2026, 3, 1)},
        )
    )

    (change,) = changes(context)
    assert (change.number, change.actor, change.what) == (1, "Anne Roy", "target.set")
    assert (change.subject, change.before, change.after) == (
        "target 1",
        {"a": 1},
        {"b": "2026-03-01"},
    )


def test_the_changes_of_one_thing_are_told_from_the_first_to_the_last() -> None:
    context = company()

    def write(cursor: Cursor) -> None:
        note(cursor, _ANNE, What.TARGET_SET, "target 1", after={"value": 1})
        note(cursor, _ANNE, What.TARGET_SET, "target 11", after={"value": 2})
        note(cursor, _ANNE, What.TARGET_SET, "target 1", before={"value": 1}, after={"value": 3})

    context.store.write(write)

    found = context.store.read(lambda cursor: changes_about(cursor, "target 1"))
    assert [(one.before, one.after) for one in found] == [
        (None, {"value": 1}),
        ({"value": 1}, {"value": 3}),
    ]


def test_what_is_rolled_back_was_never_noted() -> None:
    context = company()

    def fail(cursor: Cursor) -> None:
        note(cursor, _ANNE, What.TARGET_SET, "target 1", after={})
        raise Refused.of(msg("No."))

    with pytest.raises(Refused):
        context.store.write(fail)
    assert changes(context) == ()


def test_a_target_is_noted_with_the_one_it_replaces() -> None:
    context = company()
    set_target(context, TargetRequest("win_rate", 0.25, date(2026, 1, 1)))
    set_target(context, TargetRequest("win_rate", 0.4, date(2026, 1, 1), owner="Zoé"))
    set_target(context, TargetRequest("win_rate", 0.3, date(2026, 3, 1), reason="Better leads"))

    first, of_zoe, second = changes(context)
    assert (first.what, first.subject, first.before) == ("target.set", "target 1", None)
    assert of_zoe.before is None
    assert second.before is not None
    assert (second.before["value"], second.before["valid_from"]) == (0.25, "2026-01-01")
    assert second.after == {
        "key": "win_rate",
        "owner": None,
        "value": 0.3,
        "max_value": None,
        "at_most": False,
        "per": None,
        "valid_from": "2026-03-01",
        "valid_to": None,
        "reason": "Better leads",
    }


def test_a_choice_is_noted_with_the_one_before() -> None:
    context = company(
        closed("2026-03-03", "won", 10),
        closed("2026-03-03", "lost"),
        created("2026-03-02", 5),
        meeting("2026-03-02"),
        proposal("2026-03-02"),
    )
    keys = ["new_opportunities", "meetings_held", "sales_won", "deals_won", "proposals_sent"]
    choose(context, [(key, "Zoé") for key in keys])
    choose(context, [(key, None) for key in reversed(keys)])

    first, second = changes(context)
    assert (first.what, first.subject, first.before) == ("choice.chosen", "choice", None)
    assert (
        second.before
        == first.after
        == {"kpis": [{"key": key, "responsible": "Zoé"} for key in keys]}
    )


def test_a_typed_number_is_noted_with_the_one_it_replaces() -> None:
    context = company()
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(context, visits)
    week = date(2026, 3, 2)
    add_entry(context, EntryRow("visits", week, 3, grain=Grain.WEEK))
    add_entry(context, EntryRow("visits", week, 3, grain=Grain.WEEK))  # nothing changes
    add_entry(context, EntryRow("visits", week, 5, grain=Grain.WEEK, note="Two more"))
    add_entry(context, EntryRow("visits", week, 1, grain=Grain.WEEK, owner="Zoé"))

    added, typed, replaced, of_zoe = changes(context)
    assert (added.what, added.subject) == ("kpi.added", "kpi visits")
    assert (typed.what, typed.subject, typed.before) == (
        "entry.typed",
        "entry visits 2026-W10",
        None,
    )
    assert (replaced.before, replaced.subject) == (typed.after, typed.subject)
    assert replaced.after == {
        "key": "visits",
        "grain": "week",
        "start": "2026-03-02",
        "owner": None,
        "value": 5.0,
        "numerator": None,
        "denominator": None,
        "note": "Two more",
    }
    assert of_zoe.subject == "entry visits 2026-W10 Zoé"


def test_a_kpi_that_is_completed_is_noted_with_what_it_was() -> None:
    context = company()
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, None)
    create_hand_kept(context, visits)
    complete_hand_kept(
        context,
        HandKept("visits", "Visites", Kind.INPUT, Unit.COUNT, Better.UP, None, confidential=True),
    )

    change = changes(context)[-1]
    assert (change.what, change.subject) == ("kpi.completed", "kpi visits")
    assert change.before is not None
    assert change.after is not None
    assert (change.before["name"], change.after["name"]) == ("Visits", "Visites")
    assert (change.before["confidential"], change.after["confidential"]) == (False, True)


def test_locked_limits_are_noted_with_the_ones_before() -> None:
    context = company(*weekly("2026-01-05", [3, 4, 5, 4, 3, 4, 5, 4, 3]))
    for reason in ("A start", "Two more weeks"):
        lock_limits(context, "deals_won", date(2026, 1, 5), date(2026, 3, 1), reason)

    first, second = changes(context)
    assert (first.what, first.subject, first.before) == (
        "limits.locked",
        "limits deals_won week",
        None,
    )
    assert second.before == first.after
    assert second.after == {
        "start": "2026-01-05",
        "end": "2026-03-01",
        "reason": "Two more weeks",
        "locked_on": "2026-03-20",
    }


def test_the_last_change_of_some_kinds_of_things_is_known_by_its_number() -> None:
    context = company()
    set_target(context, TargetRequest("deals_won", 5, date(2026, 1, 1), per=Grain.WEEK))
    of_target = context.store.read(newest)
    context.store.write(lambda cursor: note(cursor, _ANNE, What.WIN_TAKEN_BACK, "win 1"))

    def about(*kinds: str) -> int:
        return context.store.read(lambda cursor: newest_about(cursor, kinds))

    assert about("target", "import") == of_target
    assert about("win") == of_target + 1
    assert about("import") == about() == 0
