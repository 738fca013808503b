import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.access.migrate import migrations
from dashboard.access.store import AccessStore, Connection
from pipelines.errors import StoreError


def _put(connection: Connection, number: int) -> None:
    connection.execute(
        "insert into accounts (name, email, role, state) values (?, ?, 'viewer', 'active')",
        (f"Person {number}", f"p{number}@erable.example"),
    )


def _putting(number: int) -> Callable[[Connection], None]:
    return lambda connection: _put(connection, number)


def _count(connection: Connection) -> int:
    return int(connection.execute("select count(*) from accounts").fetchone()[0])


def _one_problem(error: StoreError) -> tuple[str, str, str]:
    (problem,) = error.problems
    return str(problem.what), problem.where, str(problem.hint)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "access.sqlite"


def test_only_its_owner_may_read_the_file_and_what_goes_with_it(path: Path) -> None:
    store = AccessStore.open(path)
    store.write(lambda connection: _put(connection, 1))

    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}

    assert modes == {"access.sqlite": 0o600, "access.sqlite-wal": 0o600, "access.sqlite-shm": 0o600}
    store.close()


def test_a_file_that_others_could_read_is_made_private(path: Path) -> None:
    AccessStore.open(path).close()
    path.chmod(0o644)

    AccessStore.open(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_written_is_there_after_a_restart(path: Path) -> None:
    store = AccessStore.open(path)
    store.write(lambda connection: _put(connection, 1))
    store.close()

    again = AccessStore.open(path)

    assert again.read(_count) == 1
    again.close()


def test_a_write_that_fails_leaves_nothing(path: Path) -> None:
    store = AccessStore.open(path)

    def half(connection: Connection) -> None:
        _put(connection, 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(half)
    assert store.read(_count) == 0
    store.write(lambda connection: _put(connection, 2))
    assert store.read(_count) == 1
    store.close()


def test_a_violated_constraint_is_for_the_caller_to_explain(path: Path) -> None:
    store = AccessStore.open(path)
    store.write(lambda connection: _put(connection, 1))

    with pytest.raises(sqlite3.IntegrityError):
        store.write(lambda connection: _put(connection, 1))
    store.close()


def test_a_write_inside_a_write_is_a_mistake_and_not_a_standstill(path: Path) -> None:
    store = AccessStore.open(path)

    with pytest.raises(RuntimeError):
        store.write(lambda _: store.write(lambda connection: _put(connection, 1)))
    store.close()


def test_a_read_inside_a_read_is_a_mistake_and_not_a_standstill(path: Path) -> None:
    store = AccessStore.open(path)

    with pytest.raises(RuntimeError):
        store.read(lambda _: store.read(_count))
    assert store.write(lambda _: store.read(_count)) == 0  # as it was before the write
    store.close()


def test_readers_do_not_wait_for_a_write_and_do_not_see_it_yet(path: Path) -> None:
    store = AccessStore.open(path)
    seen: list[int] = []

    def slow(connection: Connection) -> None:
        _put(connection, 1)
        reader = threading.Thread(target=lambda: seen.append(store.read(_count)))
        reader.start()
        reader.join(10)

    store.write(slow)

    assert seen == [0]
    assert store.read(_count) == 1
    store.close()


def test_the_version_changes_with_every_write_whoever_writes(path: Path) -> None:
    store, other = AccessStore.open(path), AccessStore.open(path)
    first = store.version()
    assert store.version() == first

    store.write(lambda connection: _put(connection, 1))
    second = store.version()
    other.write(lambda connection: _put(connection, 2))

    assert len({first, second, store.version()}) == 3
    store.close()
    other.close()


def test_twenty_threads_write_and_nothing_is_lost(path: Path) -> None:
    store = AccessStore.open(path)

    def work(start: int) -> None:
        for number in range(start, start + 10):
            store.write(_putting(number))

    threads = [threading.Thread(target=work, args=(10 * one,)) for one in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.read(_count) == 200
    store.close()


def test_a_copy_is_whole_private_and_of_one_moment(path: Path) -> None:
    store = AccessStore.open(path)
    store.write(lambda connection: _put(connection, 1))
    copy = path.with_name("copy.sqlite")

    store.copy_to(copy)
    store.write(lambda connection: _put(connection, 2))

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = AccessStore.open(copy)
    assert again.read(_count) == 1
    again.close()
    store.close()


def test_a_copy_that_cannot_be_written_is_a_sentence(path: Path) -> None:
    store = AccessStore.open(path)

    with pytest.raises(StoreError) as caught:
        store.copy_to(path.parent / "nowhere" / "copy.sqlite")

    assert _one_problem(caught.value)[1] == str(path.parent / "nowhere" / "copy.sqlite")
    store.close()


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    AccessStore.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("insert into schema_migrations values (9000)")
    connection.close()

    with pytest.raises(StoreError) as caught:
        AccessStore.open(path)

    assert _one_problem(caught.value) == (
        "The file of the accounts was made by a newer Cap 90 (schema 9000).",
        str(path),
        "Update Cap 90 and try again.",
    )


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" * 90])
def test_a_file_that_is_something_else_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(StoreError) as caught:
        AccessStore.open(path)

    what, where, hint = _one_problem(caught.value)
    assert what == "The file of the accounts is damaged, or it is something else."
    assert where == str(path)
    assert "restore a copy" in hint
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table recipes (name text)")
    connection.close()

    with pytest.raises(StoreError, match="damaged, or it is something else"):
        AccessStore.open(path)

    with sqlite3.connect(path) as connection:
        tables = connection.execute("select name from sqlite_schema").fetchall()
    connection.close()
    assert tables == [("recipes",)]


def test_a_damaged_file_is_noticed_when_it_is_opened(path: Path) -> None:
    store = AccessStore.open(path)
    for number in range(300):
        store.write(_putting(number))
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : -4096] = os.urandom(len(content) - 4096 * 3)
    path.write_bytes(content)

    with pytest.raises(StoreError, match="damaged, or it is something else"):
        AccessStore.open(path)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        AccessStore.open(tmp_path / "nowhere" / "access.sqlite")

    what, _, hint = _one_problem(caught.value)
    assert what == "The file of the accounts cannot be opened or written."
    assert hint == "Check that you may write to the folder and to this file."


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_read_only_folder_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="cannot be opened or written"):
            AccessStore.open(tmp_path / "access.sqlite")
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_a_sentence_and_loses_nothing(path: Path) -> None:
    store = AccessStore.open(path)
    store.write(lambda connection: _put(connection, 1))
    store.write(lambda connection: connection.execute("pragma max_page_count = 1").fetchall())

    def much(connection: Connection) -> None:
        for number in range(2, 20000):
            _put(connection, number)

    with pytest.raises(StoreError) as caught:
        store.write(much)

    assert _one_problem(caught.value)[0].startswith("The disk is full")
    assert store.read(_count) == 1
    store.close()


def test_two_processes_may_make_the_file_at_the_same_time(path: Path) -> None:
    opened: list[AccessStore] = []
    failed: list[Exception] = []
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        try:
            opened.append(AccessStore.open(path))
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert len(opened) == 8
    for store in opened:
        store.close()


def test_migrations_are_numbered_without_gaps() -> None:
    assert list(migrations()) == list(range(1, len(migrations()) + 1))


def test_nothing_of_a_migration_that_fails_stays(path: Path) -> None:
    AccessStore.open(path).close()
    last = max(migrations())
    with sqlite3.connect(path) as connection:
        connection.execute("delete from schema_migrations where number = ?", (last,))
        before = set(connection.execute("select name from sqlite_schema").fetchall())
    connection.close()

    with pytest.raises(StoreError):  # its tables are there already
        AccessStore.open(path)

    with sqlite3.connect(path) as connection:
        after = set(connection.execute("select name from sqlite_schema").fetchall())
        rows = connection.execute("select max(number) from schema_migrations").fetchall()
    connection.close()
    assert after == before
    assert rows == [(last - 1,)]
