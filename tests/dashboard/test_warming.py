"""Landings are read while nobody waits: after the start, after an import, and never at the end."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Queue

import pytest

from dashboard.warming import Warming
from pipelines.context import Context
from pipelines.journal import What, note
from pipelines.store import Cursor
from tests.builders.warehouse import warehouse_with

#: Nobody waits so long unless something is wrong; in seconds.
PATIENCE = 30
#: Runs for hours.
ENDLESS = "select count(*) from range(10000000) as a, range(10000000) as b where a.range <> b.range"


@pytest.fixture
def context() -> Iterator[Context]:
    context = warehouse_with(today="2026-11-16")
    yield context
    context.store.close()


@dataclass
class Readings:
    """Counts how often it was asked to read."""

    asked: Queue[Context] = field(default_factory=Queue)

    def __call__(self, context: Context) -> None:
        self.asked.put(context)

    def wait(self) -> None:
        self.asked.get(timeout=PATIENCE)


def happened(context: Context, what: What) -> None:
    def write(cursor: Cursor) -> None:
        note(cursor, context.actor, what, "thing 1", after={})

    context.store.write(write)


def test_it_reads_after_the_start_and_after_an_import_but_not_after_a_note(
    context: Context,
) -> None:
    readings = Readings()
    with Warming(lambda: context, readings, first_after=0):
        readings.wait()
        happened(context, What.DECISION_REWORDED)
        happened(context, What.IMPORT_DONE)
        readings.wait()
        happened(context, What.DECISION_REWORDED)

    assert readings.asked.empty()


def test_what_fails_is_tried_again_after_the_next_write(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    readings = Readings()
    failed = threading.Event()

    def fail_once(context: Context) -> None:
        readings(context)
        if not failed.is_set():
            failed.set()
            raise RuntimeError("the first time")

    with Warming(lambda: context, fail_once, first_after=0):
        readings.wait()
        happened(context, What.DECISION_REWORDED)
        readings.wait()

    assert [record.message for record in caplog.records] == [
        "Landings could not be read beforehand."
    ]


def test_whoever_closes_the_workspace_does_not_wait_for_what_is_being_read(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    begun = threading.Event()

    def endless(context: Context) -> None:
        def read(cursor: Cursor) -> None:
            begun.set()
            cursor.execute(ENDLESS).fetchall()

        context.store.read(read)

    warming = Warming(lambda: context, endless, first_after=0)
    assert begun.wait(PATIENCE)

    context.store.close()
    warming.close()

    assert "landings" not in {one.name for one in threading.enumerate()}
    assert caplog.records == []


def test_it_ends_before_it_began(context: Context) -> None:
    readings = Readings()

    Warming(lambda: context, readings, first_after=PATIENCE * 100).close()

    assert readings.asked.empty()


def test_others_read_while_it_reads(context: Context) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def slowly(context: Context) -> None:
        def read(cursor: Cursor) -> None:
            cursor.execute("select 1").fetchall()
            begun.set()
            let_go.wait(PATIENCE)

        context.store.read(read)

    with Warming(lambda: context, slowly, first_after=0):
        assert begun.wait(PATIENCE)
        happened(context, What.IMPORT_DONE)
        found = context.store.read(lambda cursor: cursor.execute("from journal").fetchall())
        let_go.set()

    assert len(found) == 1
