"""The same question in a transaction: asked once, and again after what it is about changed."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.store import Store
from pipelines.store.answers import VIEWS, Answers


class Counted:
    """A cursor that counts what it is made to run."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.cursor = cursor
        self.runs = 0

    def execute(self, *asked: Any) -> object:
        self.runs += 1
        return self.cursor.execute(*asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)


@pytest.fixture
def counted() -> Iterator[Counted]:
    with duckdb.connect() as connection:
        connection.execute("create table people as select 'Anne' as name")
        connection.execute("create table deals as select 7 as amount")
        yield Counted(connection)


@pytest.fixture
def answers(counted: Counted) -> Answers:
    return Answers(counted)  # type: ignore[arg-type]  # it does what a cursor does


def names(answers: Answers, least: str = "") -> list[tuple[Any, ...]]:
    values = {"least": least}
    asked = "select name from people where name > $least order by name"
    return answers.execute(asked, values).fetchall()


def test_a_question_is_asked_once_for_each_of_its_parameters(
    counted: Counted, answers: Answers
) -> None:
    found = [names(answers), names(answers), names(answers, "B"), names(answers, "B")]

    assert found == [[("Anne",)], [("Anne",)], [], []]
    assert counted.runs == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("insert into people values ('Bruno')", ["Anne", "Bruno"]),
        ("-- who is deleted from deals\nINSERT OR REPLACE INTO people VALUES ('Bruno')", None),
        ("update people set name = 'Zoé'", ["Zoé"]),
        ("delete from people", []),
        ("merge into people using deals on false when not matched then insert values ('Bruno')",
         ["Anne", "Bruno"]),
        ("with bruno as (select 'Bruno') insert into people from bruno", ["Anne", "Bruno"]),
        ("insert into deals values (1); insert into people values ('Bruno')", ["Anne", "Bruno"]),
        ("create or replace table people as select 'Bruno' as name", ["Bruno"]),
    ],
)  # fmt: skip
def test_an_answer_is_forgotten_when_its_table_changes(
    counted: Counted, answers: Answers, change: str, expected: list[str] | None
) -> None:
    if expected is None:
        counted.cursor.execute("create or replace table people (name text primary key)")
        expected = ["Bruno"]
    names(answers)

    answers.execute(change)

    assert [name for (name,) in names(answers)] == expected


def test_an_answer_stays_when_another_table_changes(counted: Counted, answers: Answers) -> None:
    names(answers)

    answers.execute("insert into deals values (8)")

    assert names(answers) == [("Anne",)]
    assert counted.runs == 2


def test_an_answer_through_a_view_is_forgotten_with_every_change(
    counted: Counted, answers: Answers
) -> None:
    (view, *_) = VIEWS
    counted.cursor.execute(f"create view {view} as select amount from deals")
    asked = f"select sum(amount) from {view}"
    answers.execute(asked).fetchall()

    answers.execute("insert into deals values (8)")

    assert answers.execute(asked).fetchall() == [(15,)]


def test_every_view_of_the_schema_is_known() -> None:
    with Store.in_memory() as store:
        found = store.read(
            lambda cursor: cursor.execute(
                "select view_name from duckdb_views() where not internal"
            ).fetchall()
        )

    assert {name for (name,) in found} == VIEWS


def test_what_somebody_does_to_their_list_leaves_the_answer_as_it_is(answers: Answers) -> None:
    names(answers).append(("Bruno",))
    names(answers).append(("Bruno",))

    assert names(answers) == [("Anne",)]


def test_a_known_answer_can_still_be_fetched_in_columns(answers: Answers) -> None:
    asked = "select amount from deals"
    answers.execute(asked).fetchall()

    assert answers.execute(asked).fetchnumpy()["amount"].tolist() == [7]


def test_what_was_fetched_already_is_not_fetched_again(answers: Answers) -> None:
    first = answers.execute("select amount from deals")

    assert (first.fetchall(), first.fetchall()) == ([(7,)], [])
    assert answers.execute("select amount from deals").fetchall() == [(7,)]


def test_an_answer_about_a_registered_table_is_forgotten_with_it(answers: Answers) -> None:
    answers.register("incoming", pa.table({"number": [1]}))
    answers.execute("select number from incoming").fetchall()

    answers.unregister("incoming")
    answers.register("incoming", pa.table({"number": [2]}))

    assert answers.execute("select number from incoming").fetchall() == [(2,)]


def test_a_statement_serves_any_database() -> None:
    asked = "select value from facts where value > $least"
    found = []
    for number in (3, 4):
        with duckdb.connect() as connection:
            connection.execute("create table facts as select $number as value", {"number": number})
            found += Answers(connection).execute(asked, {"least": 0}).fetchall()

    assert found == [(3,), (4,)]
