"""Numbered migrations: all of one or nothing of it."""

from pathlib import Path

import duckdb
import pytest

from pipelines.errors import StoreError, msg
from pipelines.store import Contents, Copy, Store, migrate


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """The migrations that the product knows, for a test to choose."""
    chosen = {1: "create table one (n integer); insert into one values (1)"}
    monkeypatch.setattr(migrate, "migrations", lambda: chosen)
    return chosen


def tables(path: Path) -> set[str]:
    with duckdb.connect(str(path)) as connection:
        rows = connection.execute("select table_name from duckdb_tables()").fetchall()
    return {name for (name,) in rows}


def test_migrations_are_numbered_without_gaps() -> None:
    assert list(migrate.migrations()) == list(range(1, len(migrate.migrations()) + 1))


def test_each_migration_is_applied_once(tmp_path: Path, known: dict[int, str]) -> None:
    path = tmp_path / "cap90.duckdb"
    Store.open(path).close()
    known[2] = "insert into one values (2)"

    for _ in range(2):
        with Store.open(path) as store:
            rows = store.read(lambda c: c.execute("select n from one order by n").fetchall())

    assert rows == [(1,), (2,)]


def test_nothing_of_a_migration_that_fails_is_applied(
    tmp_path: Path, known: dict[int, str]
) -> None:
    path = tmp_path / "cap90.duckdb"
    Store.open(path).close()
    known[2] = "create table two (n integer); delete from one; insert into nowhere values (1)"

    with pytest.raises(StoreError, match="step 2") as refusal:
        Store.open(path)

    assert "nowhere" not in str(refusal.value)  # nobody is shown SQL
    assert tables(path) == {"one", "schema_migrations"}
    del known[2]
    with Store.open(path) as store:
        assert store.read(lambda c: c.execute("select n from one").fetchall()) == [(1,)]


def test_a_workspace_of_a_newer_version_is_refused_and_left_alone(
    tmp_path: Path, known: dict[int, str]
) -> None:
    path = tmp_path / "cap90.duckdb"
    known[2] = "create table two (n integer)"
    Store.open(path).close()
    del known[2]
    before = path.read_bytes()

    with pytest.raises(StoreError, match=r"newer Cap 90 \(schema 2\)"):
        Store.open(path)

    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "cap90.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table deals (n integer)")

    with pytest.raises(StoreError, match="not a Cap 90 database"):
        Store.open(path)

    assert tables(path) == {"deals"}


def test_the_file_can_be_copied_before_its_schema_changes_and_only_then(
    tmp_path: Path, known: dict[int, str]
) -> None:
    path, copies = tmp_path / "cap90.duckdb", list[Contents]()

    def keep(copy: Copy) -> None:
        copies.append(copy(tmp_path / "copy.duckdb"))

    Store.open(path, before_update=keep).close()
    Store.open(path, before_update=keep).close()
    assert copies == []
    known[2] = "drop table one"

    Store.open(path, before_update=keep).close()

    assert copies == [Contents(1, {"one": 1, "schema_migrations": 1})]
    assert tables(tmp_path / "copy.duckdb") == {"one", "schema_migrations"}
    assert tables(path) == {"schema_migrations"}


def test_without_a_copy_nothing_is_changed(tmp_path: Path, known: dict[int, str]) -> None:
    path = tmp_path / "cap90.duckdb"
    Store.open(path).close()
    known[2] = "drop table one"

    def fail(_: Copy) -> None:
        raise StoreError.of(msg("The disk is full."))

    with pytest.raises(StoreError, match="The disk is full"):
        Store.open(path, before_update=fail)

    assert tables(path) == {"one", "schema_migrations"}
