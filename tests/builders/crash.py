"""Processes that work on a workspace until they are killed, and tell what they have finished."""

import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import live, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from pipelines import backup
from pipelines.context import open_context
from pipelines.store import Cursor, migrate
from tests.builders.backups import import_deals

#: Called with what was just finished: from then on it must not be lost.
Tell = Callable[[int], None]
Work = Callable[[Path, Tell, int], None]

#: How many kills a run makes in all, over five kinds of work.
KILLS = int(os.environ.get("CAP90_KILLS", "100"))
SEED = os.environ.get("CAP90_SEED", "90")
#: Rows of every import and of every write.
ROWS = 300

# a server that has everything loaded makes each process in milliseconds
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.builders.crash", "pipelines.ingest"])


def chance(*words: object) -> random.Random:
    """Return dice that fall the same way for the same words."""
    return random.Random(repr((SEED, *words)))  # noqa: S311 - the same kills every time


def killed(work: Work, root: Path, first: int, after: float) -> list[int]:
    """Let a process work, kill it after some seconds, and return what it had finished.

    Args:
        first: The number of the first thing it does.
        after: From the moment the workspace is open.
    """
    here, there = _processes.Pipe(duplex=False)
    process = _processes.Process(target=_run, args=(work, root, first, there))
    with pytest.MonkeyPatch.context() as patch:
        # a new process runs the file of the main module again, and an earlier test of a page
        # leaves its page there
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        process.start()
    there.close()
    told: list[int] = []
    try:
        assert here.poll(60), "the process never began"
        assert here.recv() == 0
        end = time.monotonic() + after
        while (left := end - time.monotonic()) > 0 and here.poll(left):
            told.append(here.recv())
    except EOFError:
        pass  # it ended by itself, which is said below
    finally:
        process.kill()
        process.join()
    assert process.exitcode == -signal.SIGKILL, "it was not the kill that ended it"
    told += _rest(here)  # told before the kill, but not heard yet
    here.close()
    process.close()
    return told


def _rest(here: Connection) -> Iterator[int]:
    try:
        while here.poll():
            yield here.recv()
    except EOFError:
        return


def _run(work: Work, root: Path, first: int, there: Connection) -> None:
    work(root, there.send, first)


def importing(root: Path, tell: Tell, first: int) -> None:
    """Import one file after the other."""
    with open_context(root) as context:
        tell(0)
        for number in range(first, first + 1000):
            import_deals(context, number, ROWS)
            tell(number)


def checkpointing(root: Path, tell: Tell, first: int) -> None:
    """Write, and have everything written to the file after every other write."""
    with open_context(root) as context:
        copy = context.workspace.staging / "copy.duckdb"
        copy.unlink(missing_ok=True)  # the last kill may have left it
        tell(0)
        for number in range(first, first + 100_000):
            context.store.write(lambda cursor, number=number: add(cursor, number))  # type: ignore[misc]  # the loop's own
            tell(number)
            if number % 2:
                context.store.copy_to(copy)
                copy.unlink()


def add(cursor: Cursor, number: int) -> None:
    """Write a number's rows."""
    cursor.execute(
        "insert into distinct_people select $number, range::text from range($rows)",
        {"number": str(number), "rows": ROWS},
    )


def more_migrations() -> dict[int, str]:
    """Return what the product knows and five migrations more that take a while."""
    known = migrate.migrations()
    last = max(known)
    more = {
        last + step: f"create table more_{step} as select range as n, uuid()::text as word "
        "from range(60000)"
        for step in range(1, 6)
    }
    return known | more


def migrating(root: Path, tell: Tell, _first: int) -> None:
    """Bring a workspace up to date."""
    known = more_migrations()
    migrate.migrations = lambda: known
    tell(0)
    with open_context(root):
        tell(1)
        signal.pause()  # the kill may come later


def backing_up(root: Path, tell: Tell, first: int) -> None:
    """Write and make backups in turn."""
    with open_context(root) as context:
        tell(0)
        for number in range(first, first + 100_000):
            context.store.write(lambda cursor, number=number: add(cursor, number))  # type: ignore[misc]  # as above
            tell(backup.by_hand(context.workspace, context.store).manifest.number)


def restoring(root: Path, tell: Tell, first: int) -> None:
    """Restore two backups in turn: even numbers the one, odd numbers the other."""
    tell(0)
    for number in range(first, first + 100_000):
        backup.restore(root, root.parent / f"{number % 2}.cap90")
        tell(number)


def meeting(root: Path, tell: Tell, first: int) -> None:
    """Write in the first meeting through its addresses: even numbers a note, odd ones a win."""
    with open_context(root) as context:
        session.use(context, lambda: Visitor("Louise Gagnon", Role.OWNER))
        (version,) = [note.version for note in read_meeting(context, 1).notes] or [0]
        with TestClient(Starlette(routes=live.ROUTES)) as client:
            tell(0)
            for number in range(first, first + 100_000):
                if number % 2:
                    form = {"what": "add_win", "text": str(number)}
                    answer = client.post("/meeting/1/do", data=form)
                else:
                    note = {"subject": "section 1", "text": str(number), "version": str(version)}
                    answer = client.post("/meeting/1/do", data={"what": "save_note", **note})
                    version = answer.json()["version"]
                assert answer.status_code == 200, answer.text
                tell(number)
