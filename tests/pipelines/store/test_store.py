"""One connection, a cursor per operation, one gate for writes."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import duckdb
import pytest

from pipelines.store import Cursor, Store

_ROOT = Path(__file__).resolve().parents[3]
_FILL_THE_DISK = """
import resource, sys
from pathlib import Path
from pipelines.errors import StoreError
from pipelines.store import Store

path = Path(sys.argv[1])
store = Store.open(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000,) * 2)
many = "insert into distinct_people select repeat(uuid()::text, 20), '' from range(20000)"
try:
    store.write(lambda cursor: cursor.execute(many).fetchall())
except StoreError as error:
    assert error.problems[0].hint is not None
else:
    raise SystemExit("the disk was not full")
"""
_THREADS = 8
_READS = 200


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "cap90.duckdb") as opened:
        yield opened


def add_person(name: str) -> Callable[[Cursor], None]:
    def operation(cursor: Cursor) -> None:
        cursor.execute("insert into distinct_people values ($name, '')", {"name": name})

    return operation


def people(cursor: Cursor) -> list[str]:
    rows = cursor.execute("select name from distinct_people order by name").fetchall()
    return [name for (name,) in rows]


# --- nobody receives somebody else's rows -----------------------------------------------------

_Read = Callable[[Callable[[Cursor], list[tuple[int, int]]]], list[tuple[int, int]]]


def own_rows(mark: int, turn: int) -> Callable[[Cursor], list[tuple[int, int]]]:
    """A query whose every row says who asked, and when."""

    def operation(cursor: Cursor) -> list[tuple[int, int]]:
        cursor.execute("select $mark, $turn from range(50)", {"mark": mark, "turn": turn})
        return cursor.fetchall()

    return operation


def mixed_up(read: _Read) -> int:
    """Return in how many of many reads, by eight threads at once, the rows were not one's own."""
    together = threading.Barrier(_THREADS)

    def ask(mark: int) -> int:
        together.wait()
        wrong = 0
        for turn in range(_READS):
            try:
                rows = read(own_rows(mark, turn))
            except duckdb.Error:
                wrong += 1  # the result was taken away by somebody else's statement
            else:
                wrong += rows != [(mark, turn)] * 50
        return wrong

    with ThreadPoolExecutor(_THREADS) as pool:
        return sum(pool.map(ask, range(_THREADS)))


def test_eight_threads_never_receive_somebody_elses_rows(store: Store) -> None:
    assert mixed_up(store.read) == 0


def test_the_mix_up_test_would_notice_a_connection_that_threads_share() -> None:
    shared = duckdb.connect(":memory:")
    waiting = threading.Barrier(2, timeout=30)
    lock = threading.Lock()
    calls = 0

    def careless_read(
        operation: Callable[[Cursor], list[tuple[int, int]]],
    ) -> list[tuple[int, int]]:
        # one meeting of two threads is planted; luck is not asked for the rest
        nonlocal calls
        with lock:
            calls += 1
            planted = calls <= 2
        if not planted:
            with lock:
                return operation(shared)
        with lock:
            operation_of_this_thread = _executed_only(operation, shared)
        waiting.wait()
        with lock:
            return operation_of_this_thread.fetchall()

    assert mixed_up(careless_read) > 0


def _executed_only(
    operation: Callable[[Cursor], list[tuple[int, int]]], connection: Cursor
) -> Cursor:
    """Run a read on a connection up to the point where it would fetch."""

    class NotYet(Exception):  # noqa: N818 - a stop sign
        pass

    class Stopping:
        def execute(self, sql: str, values: dict[str, int]) -> None:
            connection.execute(sql, values)

        def fetchall(self) -> list[tuple[int, int]]:
            raise NotYet

    with pytest.raises(NotYet):
        operation(Stopping())  # type: ignore[arg-type]  # the two methods that the read uses
    return connection


# --- reading ----------------------------------------------------------------------------------


def test_a_read_sees_one_state_of_the_data_whatever_is_written_meanwhile(store: Store) -> None:
    store.write(add_person("Anne"))

    def count_twice(cursor: Cursor) -> tuple[list[str], list[str]]:
        before = people(cursor)
        with ThreadPoolExecutor(1) as other:
            other.submit(store.write, add_person("Bruno")).result()
        return before, people(cursor)

    assert store.read(count_twice) == (["Anne"], ["Anne"])
    assert store.read(people) == ["Anne", "Bruno"]


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(duckdb.TransactionException):
        store.read(add_person("Anne"))

    assert store.read(people) == []


def test_a_cursor_cannot_be_taken_out_of_its_operation(store: Store) -> None:
    with pytest.raises(TypeError, match="plain values"):
        store.read(lambda cursor: cursor)
    with pytest.raises(TypeError, match="plain values"):
        store.read(lambda cursor: cursor.sql("select 1"))


def test_a_failed_read_leaves_the_store_usable(store: Store) -> None:
    with pytest.raises(duckdb.Error):
        store.read(lambda cursor: cursor.execute("select nonsense from nowhere").fetchall())
    with pytest.raises(ZeroDivisionError):
        store.read(lambda _: 1 / 0)

    assert store.read(people) == []


# --- writing ----------------------------------------------------------------------------------


def test_a_write_that_fails_halfway_changes_nothing(store: Store) -> None:
    def half(cursor: Cursor) -> None:
        add_person("Anne")(cursor)
        raise LookupError("no more")

    with pytest.raises(LookupError):
        store.write(half)

    assert store.read(people) == []
    store.write(add_person("Bruno"))
    assert store.read(people) == ["Bruno"]


def test_a_write_that_goes_on_after_a_failed_statement_does_not_pass_for_saved(
    store: Store,
) -> None:
    def careless(cursor: Cursor) -> None:
        add_person("Anne")(cursor)
        with pytest.raises(duckdb.ConstraintException):
            add_person("Anne")(cursor)

    with pytest.raises(RuntimeError, match="went on"):
        store.write(careless)

    assert store.read(people) == []


def test_a_write_inside_a_write_is_refused_and_neither_is_committed(store: Store) -> None:
    def outer(cursor: Cursor) -> None:
        add_person("Anne")(cursor)
        store.write(add_person("Bruno"))

    with pytest.raises(RuntimeError, match="write inside a write"):
        store.write(outer)

    assert store.read(people) == []
    store.write(add_person("Chloé"))  # the gate is open again
    assert store.read(people) == ["Chloé"]


def test_writes_done_together_see_each_other_and_are_one_for_everybody_else(store: Store) -> None:
    elsewhere: list[list[str]] = []

    def steps() -> list[str]:
        store.write(add_person("Anne"))
        elsewhere.append(in_another_thread(lambda: store.read(people)))
        store.write(add_person("Bruno"))
        return store.read(people)

    assert store.together(steps) == ["Anne", "Bruno"]
    assert elsewhere == [[]]
    assert store.read(people) == ["Anne", "Bruno"]


def test_an_error_in_writes_done_together_takes_all_of_them_back(store: Store) -> None:
    def steps() -> None:
        store.write(add_person("Anne"))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.together(steps)

    assert store.read(people) == []
    store.write(add_person("Chloé"))
    assert store.read(people) == ["Chloé"]


def test_writes_done_together_do_not_go_on_after_one_of_them_failed(store: Store) -> None:
    def half(cursor: Cursor) -> None:
        add_person("Anne")(cursor)
        raise ValueError("no")

    def steps() -> None:
        with pytest.raises(ValueError, match="no"):
            store.write(half)
        store.write(add_person("Bruno"))

    with pytest.raises(RuntimeError, match="went on"):
        store.together(steps)

    assert store.read(people) == []


def test_a_write_inside_one_of_the_writes_done_together_is_refused_as_everywhere(
    store: Store,
) -> None:
    def outer(_: Cursor) -> None:
        store.write(add_person("Bruno"))

    with pytest.raises(RuntimeError, match="write inside a write"):
        store.together(lambda: store.write(outer))

    assert store.read(people) == []


def in_another_thread(ask: Callable[[], list[str]]) -> list[str]:
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(ask).result(timeout=60)


def test_a_write_that_met_another_transaction_is_tried_again(store: Store) -> None:
    attempts = 0

    def unlucky_once(cursor: Cursor) -> None:
        nonlocal attempts
        attempts += 1
        add_person("Anne")(cursor)
        if attempts == 1:
            raise duckdb.TransactionException("Conflict on update!")

    store.write(unlucky_once)

    assert (attempts, store.read(people)) == (2, ["Anne"])


def test_a_write_gives_up_after_three_conflicts(store: Store) -> None:
    attempts = 0

    def unlucky(_: Cursor) -> None:
        nonlocal attempts
        attempts += 1
        raise duckdb.TransactionException("Conflict on update!")

    with pytest.raises(duckdb.TransactionException):
        store.write(unlucky)

    assert attempts == 3


def test_the_version_grows_with_committed_writes_only(store: Store) -> None:
    first = store.version
    store.write(add_person("Anne"))
    second = store.version
    with pytest.raises(ZeroDivisionError):
        store.write(lambda _: 1 / 0)

    assert first < second == store.version


def test_twenty_readers_and_five_writers_lose_nothing_and_never_see_a_half_written_pair(
    store: Store,
) -> None:
    writers, readers, pairs = 5, 20, 20
    done = threading.Event()

    def write(writer: int) -> None:
        for turn in range(pairs):

            def both(cursor: Cursor, turn: int = turn) -> None:
                add_person(f"{writer}-{turn}-left")(cursor)
                add_person(f"{writer}-{turn}-right")(cursor)

            store.write(both)

    def read(_: int) -> int:
        odd, stop = 0, False
        while not stop:
            stop = done.is_set()  # once more after the last write
            odd += len(store.read(people)) % 2
        return odd

    with ThreadPoolExecutor(writers + readers) as pool:
        reading = [pool.submit(read, number) for number in range(readers)]
        writing = [pool.submit(write, number) for number in range(writers)]
        wait(writing)
        done.set()  # whatever came of the writers: nobody reads for ever
        for job in writing:
            job.result()
        halves_seen = sum(job.result() for job in reading)

    assert halves_seen == 0
    assert len(store.read(people)) == 2 * pairs * writers


# --- the file ---------------------------------------------------------------------------------


def test_what_was_written_is_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "cap90.duckdb"
    with Store.open(path) as first:
        first.write(add_person("Anne"))

    with Store.open(path) as again:
        assert again.read(people) == ["Anne"]


def test_a_full_disk_is_a_sentence_and_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "cap90.duckdb"
    with Store.open(path) as store:
        store.write(add_person("Anne"))

    subprocess.run(  # in a process of its own: the limit holds for all of its files
        [sys.executable, "-c", _FILL_THE_DISK, str(path)], check=True, cwd=_ROOT
    )

    with Store.open(path) as again:
        assert again.read(people) == ["Anne"]


def test_whoever_works_with_it_is_told_before_it_closes_and_may_use_it_till_then(
    store: Store,
) -> None:
    told: list[tuple[str, int]] = []

    def look(name: str) -> None:
        told.append((name, store.read(lambda c: c.execute("select 40 + 2").fetchall()[0][0])))

    store.on_close(lambda: look("first"))
    store.on_close(lambda: look("second"))
    store.close()
    store.close()

    assert told == [("second", 42), ("first", 42)]


def test_closing_twice_is_harmless(store: Store) -> None:
    store.close()
    store.close()
