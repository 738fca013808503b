"""The people whom files name: each is known once, whatever the files call them."""

from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.journal import changes_after
from pipelines.people.person import Details
from pipelines.people.register import add_person, join, list_people
from tests.builders.imports import import_text, rows

HEADER = "deal_id,name,stage,amount,close_date,owner\n"


def names(company: Context) -> list[str]:
    return [person.name for person in list_people(company)]


def test_everybody_whom_a_file_names_is_known_once(company: Context) -> None:
    text = HEADER + "1,A,Lead,1,,Zoé Côté\n2,B,Lead,1,,Zoé Côté\n3,C,Lead,1,,李雷\n4,D,Lead,1,,\n"
    import_text(company, text)
    import_text(company, text + "5,E,Lead,1,,ana@erable.example\n", name="more.csv")

    assert sorted(names(company)) == ["Zoé Côté", "ana@erable.example", "李雷"]
    assert rows(company, "select count(distinct person_id) from people") == [(3,)]


def test_a_joined_name_makes_nobody_new_and_the_row_keeps_it(company: Context) -> None:
    marie = add_person(company, Details("Marie Tremblay"))
    join(company, marie.person_id, "mtremblay")

    import_text(company, HEADER + "1,A,Lead,1,,mtremblay\n")

    assert names(company) == ["Marie Tremblay"]
    assert rows(company, "select owner from deals") == [("mtremblay",)]
    (person,) = list_people(company)
    assert person.written == (("generic", "mtremblay"),)


def test_a_name_joined_in_another_source_is_somebody_new_here(company: Context) -> None:
    marie = add_person(company, Details("Marie Tremblay"))
    join(company, marie.person_id, "MT", source="hubspot")

    import_text(company, HEADER + "1,A,Lead,1,,MT\n")

    assert names(company) == ["MT", "Marie Tremblay"]


def test_an_import_is_noted_with_its_counts_and_who_did_it(company: Context) -> None:
    text = HEADER + "1,A,Lead,1,,\n2,B,Won,2,2026-03-01,\n"
    import_text(company.by(Actor("Anne")), text)
    import_text(company, text)  # nothing is new: nothing happened
    import_text(company, text + "3,C,Lead,1,,\n", dry_run=True, name="dry.csv")

    (change,) = company.store.read(lambda cursor: changes_after(cursor, 0))
    assert (change.actor, change.what, change.subject) == ("Anne", "import.done", "import 1")
    assert change.after == {
        "file": "export.csv",
        "source": "generic",
        "entity": "deals",
        "coverage": "view",
        "rows_read": 2,
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
    }
