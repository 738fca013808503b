"""People: one name for everybody, whatever the files call them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from pipelines.journal import changes_after
from pipelines.kpis.choice import chosen
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.series import read_series
from pipelines.kpis.targets import TargetRequest, list_targets, owners, set_target
from pipelines.people.names import read_names
from pipelines.people.person import Details, Person
from pipelines.people.register import (
    add_person,
    change_person,
    deactivate,
    join,
    list_people,
    names_of,
    proposals,
    separate,
    take_back,
    turn_down,
)
from pipelines.periods import Grain
from tests.builders.warehouse import Row, closed, invoice, meeting, warehouse_with

_MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def company(*rows: Row) -> Context:
    return warehouse_with(*rows, today="2026-03-20").by(Actor("Anne"))


def wins() -> Context:
    """Two wins of Marie's, of which HubSpot wrote one under her user name, and one of Luc's."""
    return company(
        closed("2026-03-03", "won", 10, owner="Marie Tremblay"),
        closed("2026-03-04", "won", 20, owner="mtremblay"),
        closed("2026-03-05", "won", 40, owner="Luc Gagnon"),
    )


def named(context: Context, name: str) -> Person:
    (found,) = (one for one in list_people(context) if one.name == name)
    return found


def by_owner(context: Context, key: str = "deals_won") -> dict[str | None, float | None]:
    return {
        series.group: series.points[0].value
        for series in read_series(context, [key], Grain.MONTH, by="owner")
    }


def journal(context: Context) -> list[tuple[str, str, Any, Any]]:
    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    return [(one.what, one.subject, one.before, one.after) for one in changes]


def test_a_person_is_added_with_what_is_known() -> None:
    context = company()

    added = add_person(context, Details(" Zoé\nBélanger ", "zoe@erable.example", "Est", None, ""))

    assert added == named(context, "Zoé Bélanger")
    assert (added.email, added.team, added.business_unit) == ("zoe@erable.example", "Est", None)
    (noted,) = journal(context)
    assert noted[:3] == ("person.added", "person 1", None)
    assert noted[3]["name"] == "Zoé Bélanger"


@pytest.mark.parametrize(
    ("details", "what"),
    [
        (Details("  "), "The name is empty"),
        (Details("x" * 121), "too long"),
        (Details("Zoé", "zoe"), "not an e-mail address"),
        (Details("Zoé", team="y" * 121), "too long"),
        (Details("Luc"), "somebody called “Luc” already"),
    ],
)
def test_what_cannot_be_a_person_is_refused(details: Details, what: str) -> None:
    context = company()
    add_person(context, Details("Luc"))

    with pytest.raises(Refused, match=what):
        add_person(context, details)
    assert len(list_people(context)) == 1


def test_a_joined_name_counts_for_the_person_and_separating_undoes_it() -> None:
    context = wins()
    marie = add_person(context, Details("Marie Tremblay"))
    add_person(context, Details("mtremblay", team="Est"))
    apart = by_owner(context)

    join(context, marie.person_id, "mtremblay")

    assert by_owner(context) == {"Luc Gagnon": 1, "Marie Tremblay": 2}
    assert rows_behind(context, "deals_won", *_MARCH, owner="Marie Tremblay").total == 2
    assert [one.name for one in list_people(context)] == ["Marie Tremblay"]
    assert named(context, "Marie Tremblay").joined == (("", "mtremblay"),)
    assert owners(context) == ("Luc Gagnon", "Marie Tremblay")

    separate(context, "mtremblay")

    assert by_owner(context) == apart == {"Luc Gagnon": 1, "Marie Tremblay": 1, "mtremblay": 1}
    assert named(context, "mtremblay").team == "Est"
    assert [noted[0] for noted in journal(context)[2:]] == ["person.joined", "person.separated"]


def test_rows_keep_what_their_file_wrote() -> None:
    context = wins()
    join(context, add_person(context, Details("Marie Tremblay")).person_id, "mtremblay")

    stored = context.store.read(
        lambda cursor: cursor.execute("select distinct owner from deals order by 1").fetchall()
    )
    assert stored == [("Luc Gagnon",), ("Marie Tremblay",), ("mtremblay",)]


def test_two_systems_may_write_two_people_alike() -> None:
    context = company(
        closed("2026-03-03", "won", 10, owner="MT", source="hubspot"),
        closed("2026-03-04", "won", 20, owner="MT", source="pipedrive"),
    )
    marie = add_person(context, Details("Marie Tremblay"))
    marc = add_person(context, Details("Marc Talbot"))

    join(context, marie.person_id, "MT", source="hubspot")
    assert by_owner(context) == {"Marie Tremblay": 1, "MT": 1}
    join(context, marc.person_id, "MT", source="pipedrive")

    assert by_owner(context, "sales_won") == {"Marie Tremblay": 10, "Marc Talbot": 20}
    rows = rows_behind(context, "sales_won", *_MARCH, owner="Marc Talbot")
    assert [record[rows.columns.index("source")] for record in rows.records] == ["pipedrive"]
    assert named(context, "Marie Tremblay").written == (("hubspot", "MT"),)
    assert names_of(context.store, marie.person_id) == {"Marie Tremblay"}


def test_a_name_in_one_source_goes_before_a_name_in_all_of_them() -> None:
    context = company(
        closed("2026-03-03", "won", owner="MT", source="hubspot"),
        closed("2026-03-04", "won", owner="MT", source="pipedrive"),
    )
    join(context, add_person(context, Details("Marie")).person_id, "MT")
    join(context, add_person(context, Details("Marc")).person_id, "MT", source="pipedrive")

    assert by_owner(context) == {"Marie": 1, "Marc": 1}


def test_a_person_who_is_joined_brings_the_names_joined_to_them() -> None:
    context = wins()
    short = add_person(context, Details("M. Tremblay"))
    join(context, short.person_id, "mtremblay")
    marie = add_person(context, Details("Marie Tremblay"))
    join(context, marie.person_id, "M. Tremblay")

    assert by_owner(context)["Marie Tremblay"] == 2
    assert names_of(context.store, short.person_id) == names_of(context.store, marie.person_id)
    assert names_of(context.store, marie.person_id) == {
        "Marie Tremblay",
        "M. Tremblay",
        "mtremblay",
    }
    separate(context, "M. Tremblay")
    assert by_owner(context) == {"Luc Gagnon": 1, "M. Tremblay": 1, "Marie Tremblay": 1}


def test_every_kind_of_kpi_speaks_the_name_of_the_person() -> None:
    context = company(
        meeting("2026-03-03", owner="mt"),
        invoice("2026-03-03", 100, 60, owner="mt"),
        closed("2026-03-03", "won", 10, owner="mt", created_on="2026-03-01"),
    )
    join(context, add_person(context, Details("Marie")).person_id, "mt")

    for key in ("meetings_held", "gross_margin", "sales_won", "sales_cycle"):
        assert set(by_owner(context, key)) == {"Marie"}
        found = rows_behind(context, key, *_MARCH)
        assert {record[found.columns.index("owner")] for record in found.records} == {"Marie"}


@pytest.mark.parametrize("written", ["Marie", "mt", " "])
def test_a_name_that_means_somebody_cannot_be_joined_again(written: str) -> None:
    context = company()
    marie = add_person(context, Details("Marie"))
    luc = add_person(context, Details("Luc"))
    join(context, luc.person_id, "mt")

    with pytest.raises(Refused):
        join(context, marie.person_id, written)


def test_two_people_cannot_be_joined_into_each_other() -> None:
    context = company()
    marie, mimi = (add_person(context, Details(name)) for name in ("Marie", "Mimi"))
    join(context, marie.person_id, "Mimi")

    with pytest.raises(Refused, match="There is no person"):
        join(context, mimi.person_id, "Marie")
    assert join(context, marie.person_id, "Mimi").name == "Marie"
    with pytest.raises(Refused, match="joined to nobody"):
        separate(context, "Marie")


def test_a_new_name_is_carried_along_wherever_the_old_one_stands() -> None:
    context = company(closed("2026-03-03", "won", 10, owner="Marie Tremblay"))
    marie = add_person(context, Details("Marie Tremblay"))
    set_target(context, TargetRequest("win_rate", 0.3, date(2026, 1, 1), owner="Marie Tremblay"))

    changed = change_person(context, marie.person_id, 1, Details("Marie Roy", team="Est"))

    assert changed.version == 2
    assert [one.owner for one in list_targets(context)] == ["Marie Roy"]
    assert by_owner(context) == {"Marie Roy": 1}  # files go on writing the old name
    assert named(context, "Marie Roy").joined == (("", "Marie Tremblay"),)
    noted = journal(context)[-1]
    assert noted[0] == "person.changed"
    assert (noted[2]["name"], noted[3]["name"]) == ("Marie Tremblay", "Marie Roy")


def test_a_former_name_comes_back() -> None:
    context = company(closed("2026-03-03", "won", 10, owner="Marie Tremblay"))
    marie = add_person(context, Details("Marie Tremblay"))
    change_person(context, marie.person_id, 1, Details("Marie Roy"))

    change_person(context, marie.person_id, 2, Details("Marie Tremblay"))

    assert by_owner(context) == {"Marie Tremblay": 1}
    assert named(context, "Marie Tremblay").joined == ()


def test_whoever_changes_what_they_have_not_seen_is_shown_both_texts() -> None:
    context = company()
    zoe = add_person(context, Details("Zoé"))
    change_person(context, zoe.person_id, 1, Details("Zoé Bélanger"))

    with pytest.raises(Conflict) as error:
        change_person(context.by(Actor("Luc")), zoe.person_id, 1, Details("Zoé B.", team="Est"))

    said = " ".join(str(problem) for problem in error.value.problems)
    assert "Anne changed this" in said
    assert "Zoé Bélanger" in said
    assert "Zoé B. · Est" in said
    assert error.value.version == 2
    assert [one.name for one in list_people(context)] == ["Zoé Bélanger"]


def test_what_is_there_already_changes_nothing() -> None:
    context = company()
    zoe = add_person(context, Details("Zoé"))
    changed = change_person(context, zoe.person_id, 1, Details("Zoé", team="Est"))

    assert change_person(context, zoe.person_id, 1, Details("Zoé", team="Est")) == changed
    assert len(journal(context)) == 2


def test_of_eight_people_who_change_the_same_version_one_is_heard() -> None:
    context = company()
    zoe = add_person(context, Details("Zoé"))

    def change(number: int) -> bool:
        try:
            change_person(context, zoe.person_id, 1, Details("Zoé", team=f"Team {number}"))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as hands:
        assert list(hands.map(change, range(8))).count(True) == 1


def test_somebody_who_left_stays_with_all_they_did_and_may_come_back() -> None:
    context = company(closed("2026-03-03", "won", owner="Zoé"))
    zoe = add_person(context, Details("Zoé"))
    context.store.write(
        lambda cursor: cursor.execute(
            "insert into actions (action_id, title, owner, due_on, created_on, version)"
            " values (1, 'Call', 'Zoé', '2026-03-30', '2026-03-01', 1)"
        ).fetchall()
    )

    left = deactivate(context, zoe.person_id, 1)

    assert not left.active
    assert [(one.action_id, one.title) for one in left.open_actions] == [(1, "Call")]
    assert by_owner(context) == {"Zoé": 1}
    assert take_back(context, zoe.person_id, 2).active
    assert [noted[0] for noted in journal(context)] == [
        "person.added",
        "person.left",
        "person.returned",
    ]


def test_proposals_wait_until_somebody_decides() -> None:
    context = wins()
    marie = add_person(context, Details("Marie Tremblay"))
    other = add_person(context, Details("mtremblay"))

    (found,) = proposals(context)
    assert (found.person.name, found.other.name) == ("Marie Tremblay", "mtremblay")
    assert by_owner(context)["Marie Tremblay"] == 1  # nothing was joined by itself

    turn_down(context, other.person_id, marie.person_id)
    assert proposals(context) == ()
    change_person(context, marie.person_id, 1, Details("Marie Tremblay Roy", "mtremblay@x.example"))
    assert proposals(context) == ()


def test_typed_numbers_of_one_person_under_two_names_count_once() -> None:
    context = company()
    visits = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(context, visits)
    marie = add_person(context, Details("Marie"))
    week = date(2026, 3, 2)
    add_entry(context, EntryRow("visits", week, 3, owner="mt", grain=Grain.WEEK))
    add_entry(context, EntryRow("visits", week, 5, owner="Marie", grain=Grain.WEEK))

    join(context, marie.person_id, "mt")

    (series,) = read_series(context, ["visits"], Grain.WEEK, by="owner")
    assert (series.group, series.points[0].value) == ("Marie", 5)
    (company_wide,) = read_series(context, ["visits"], Grain.WEEK)
    assert company_wide.points[0].value == 5
    add_entry(context, EntryRow("visits", week, 7, owner="mt", grain=Grain.WEEK))
    stored = context.store.read(
        lambda c: c.execute("select owner, value from kpi_entries order by 1").fetchall()
    )
    assert stored == [("Marie", 7), ("mt", 3)]


def test_a_salesperson_is_shown_themselves_only() -> None:
    context = company()
    add_person(context, Details("Zoé"))
    add_person(context, Details("Luc"))

    mine = context.by(Actor("Zoé", 1, Scope(frozenset({"Zoé"}), margins=False)))

    assert [one.name for one in list_people(mine)] == ["Zoé"]
    assert proposals(mine) == ()


def test_nobody_has_no_names() -> None:
    context = company()

    assert names_of(context.store, 7) == frozenset()
    assert not read_names(context.store)
    assert chosen(context) == ()
