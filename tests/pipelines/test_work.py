"""Work that somebody may stop: at its steps, inside a statement, never after a commit."""

import threading
from typing import Any

import pytest

from pipelines import work
from pipelines.errors import msg
from pipelines.store import Store
from pipelines.work import Stopped, Work, doing

#: Far more rows than a computer counts in a test.
_ENDLESS = "select sum(a.range * b.range) from range(10000000) a, range(10000000) b"


def test_work_that_nobody_watches_goes_on() -> None:
    work.current().check()
    work.current().step(msg("Saving"))


def test_whoever_watches_is_told_every_step_until_it_is_stopped() -> None:
    told: list[str] = []
    watched = Work(lambda message: told.append(str(message)))

    with doing(watched):
        work.current().step(msg("Reading {file}", file="a.csv"))
        watched.stop()
        with pytest.raises(Stopped):
            work.current().step(msg("Saving"))

    assert told == ["Reading a.csv"]
    assert work.current() is not watched


def test_a_thread_stops_only_its_own_work() -> None:
    stopped, other = Work(), Work()
    stopped.stop()

    with doing(other):
        work.current().check()


def test_a_statement_that_runs_is_interrupted_and_nothing_of_its_transaction_stays() -> None:
    with Store.in_memory() as store:
        store.write(lambda cursor: cursor.execute("create table t (x integer)").fetchall())
        slow, inside, over = Work(), threading.Event(), threading.Event()

        def write(cursor: Any) -> None:
            cursor.execute("insert into t values (1)")
            inside.set()
            cursor.execute(_ENDLESS).fetchall()

        def stop() -> None:
            inside.wait()
            while not over.wait(0.01):  # the statement may be about to begin
                slow.stop()

        stopping = threading.Thread(target=stop)
        stopping.start()
        try:
            with doing(slow), pytest.raises(Stopped):
                store.write(write)
        finally:
            over.set()
            stopping.join()

        assert store.read(lambda cursor: cursor.execute("from t").fetchall()) == []


def test_what_is_stopped_before_the_commit_is_not_kept_and_what_is_committed_stays() -> None:
    with Store.in_memory() as store:
        store.write(lambda cursor: cursor.execute("create table t (x integer)").fetchall())
        early, late = Work(), Work()

        def write(watched: Work | None, value: int) -> None:
            def insert(cursor: Any) -> None:
                cursor.execute("insert into t values (?)", [value])
                if watched is not None:
                    watched.stop()

            store.write(insert)

        with doing(early), pytest.raises(Stopped):
            write(early, 1)
        with doing(late):
            write(None, 2)
            late.stop()

        assert store.read(lambda cursor: cursor.execute("from t").fetchall()) == [(2,)]
