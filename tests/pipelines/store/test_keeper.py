"""After a fatal error the store opens its file again by itself."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import StoreError
from pipelines.store import Cursor, Store


def add(name: str) -> Callable[[Cursor], None]:
    def operation(cursor: Cursor) -> None:
        cursor.execute("insert into distinct_people values ($name, '')", {"name": name})

    return operation


def names(cursor: Cursor) -> list[str]:
    rows = cursor.execute("select name from distinct_people order by name").fetchall()
    return [name for (name,) in rows]


def stop(_: Cursor) -> None:
    raise duckdb.FatalException("the database has been invalidated")


def test_whoever_meets_a_fatal_error_gets_a_sentence_and_the_next_one_is_served(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path / "cap90.duckdb") as store:
        store.write(add("Anne"))

        with pytest.raises(StoreError, match="goes on by itself"):
            store.write(stop)

        assert store.read(names) == ["Anne"]
        store.write(add("Bruno"))
        assert store.read(names) == ["Anne", "Bruno"]


def test_the_file_is_opened_again_when_the_last_one_has_left(tmp_path: Path) -> None:
    with Store.open(tmp_path / "cap90.duckdb") as store, ThreadPoolExecutor(1) as other:
        store.write(add("Anne"))
        inside, leave = threading.Event(), threading.Event()

        def slow(cursor: Cursor) -> list[str]:
            inside.set()
            leave.wait(10)
            return names(cursor)

        reading = other.submit(store.read, slow)
        inside.wait(10)
        with pytest.raises(StoreError):
            store.read(stop)
        states = [store.state]
        leave.set()
        reading.result()

        states.append(store.state)  # until the disk takes something again
        store.write(add("Bruno"))
        states.append(store.state)

    assert states == ["reopening", "read_only", "ok"]


def test_everybody_waits_while_the_file_is_exchanged_and_then_sees_the_other_one(
    tmp_path: Path,
) -> None:
    path, other = tmp_path / "cap90.duckdb", tmp_path / "other.duckdb"
    with Store.open(other) as store:
        store.write(add("Zoé"))
    with Store.open(path) as store, ThreadPoolExecutor(1) as pool:
        store.write(add("Anne"))
        with store.away():
            reading = pool.submit(store.read, names)
            assert store.state == "reopening"
            other.replace(path)

        assert reading.result(10) == ["Zoé"]


def test_a_file_that_cannot_be_opened_again_is_said_until_it_can(tmp_path: Path) -> None:
    path, aside = tmp_path / "cap90.duckdb", tmp_path / "aside.duckdb"
    with Store.open(path) as store:
        store.write(add("Anne"))
        exchange = store.away()
        exchange.__enter__()  # only its end fails
        path.replace(aside)
        path.write_bytes(b"not a database")
        with pytest.raises(StoreError):
            exchange.__exit__(None, None, None)

        with pytest.raises(StoreError, match="not a Cap 90 database"):
            store.read(names)
        aside.replace(path)

        assert store.read(names) == ["Anne"]


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "cap90.duckdb")
    store.close()

    with pytest.raises(StoreError, match="was closed"):
        store.read(names)


def test_a_database_whose_pages_are_damaged_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "cap90.duckdb"
    many = "insert into distinct_people select uuid()::text, '' from range(50000)"
    with Store.open(path) as store:
        store.write(lambda cursor: cursor.execute(many).fetchall())
        assert store.unreadable() == ()
    content = bytearray(path.read_bytes())
    second_block = 3 * 4096 + 262_144  # three headers, then blocks of 256 KiB
    content[second_block + 1000 : second_block + 5096] = b"\xff" * 4096
    path.write_bytes(content)

    with Store.open(path) as store:
        (problem,) = store.unreadable()

    assert (problem.where, str(problem.hint)) == (
        "distinct_people",
        "Restore a backup: cap90 restore FILE",
    )
