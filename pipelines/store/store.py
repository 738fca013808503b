"""One connection per process, a cursor per operation, one gate for writes."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar, cast

import duckdb

from pipelines import work
from pipelines.closing import Closing
from pipelines.errors import Problem, StoreError, msg
from pipelines.store.answers import Answers
from pipelines.store.copying import Contents, copy_database, stamp, unreadable
from pipelines.store.disk import Disk, State, of_disk
from pipelines.store.keeper import Keeper
from pipelines.store.migrate import migrate
from pipelines.store.opened import Opened

Cursor = duckdb.DuckDBPyConnection
#: What an operation raises when a statement cannot be run.
DatabaseError = duckdb.Error
_Result = TypeVar("_Result")
#: Copies the database file to another place, and returns what the copy has to hold.
Copy = Callable[[Path], Contents]
#: Is handed what copies the file before its schema is changed.
BeforeUpdate = Callable[[Copy], None]

#: A write that met another transaction is tried again this many times in all.
_ATTEMPTS = 3


class Store(Closing):
    """The database of one workspace, safe to use from any thread.

    Use as a context manager, or call ``close``.
    """

    def __init__(self, keeper: Keeper, path: Path | None) -> None:
        self._keeper = keeper
        self._path = path
        self._gate = threading.Lock()
        self._writer: int | None = None
        self._whole: Cursor | None = None
        self._spoiled = False
        self._version = 0
        self._listeners: list[Callable[[], None]] = []
        self._leaving: list[Callable[[], None]] = []
        self._disk = Disk(path)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        allowed: tuple[Path, ...] = (),
        before_update: BeforeUpdate | None = None,
    ) -> Self:
        """Open or create a database file and bring its schema up to date.

        Args:
            path: The DuckDB file; its folder must exist.
            allowed: The only folders that statements may read files from or write files to; the
                first one also takes what does not fit into memory.
            before_update: Called before the schema of a file is changed, with what copies it; an
                error keeps the file as it was.

        Raises:
            StoreError: Another process holds the file, it is not a database of ours, a newer
                version made it, or its schema cannot be brought up to date.
        """

        def connect() -> Opened:
            opened = Opened.at(path, allowed)
            try:
                _bring_up_to_date(opened, path, before_update)
            except BaseException:
                opened.close()
                raise
            return opened

        return cls(Keeper(connect), path)

    @classmethod
    def in_memory(cls, *, allowed: tuple[Path, ...] = ()) -> Self:
        """Return an empty store that leaves nothing behind, for tests and previews."""

        def connect() -> Opened:
            opened = Opened.in_memory(allowed)
            _bring_up_to_date(opened, Path(":memory:"), None)
            return opened

        return cls(Keeper(connect), None)

    @property
    def version(self) -> int:
        """A number that grows with every committed write; caches are keyed by it."""
        return self._version

    @property
    def path(self) -> Path | None:
        """The file; None for a database in memory."""
        return self._path

    @property
    def state(self) -> State:
        """How the database is: nothing can be saved, or nothing be read, while it is not ``ok``."""
        if not self._keeper.is_open:
            return "reopening"
        return "read_only" if self._disk.refuses() else "ok"

    @property
    def stamp(self) -> str | None:
        """A word that changes with every commit, also of other processes; None: not known now."""
        return stamp(self._path) if self._path is not None and self._path.exists() else None

    def read(self, operation: Callable[[Cursor], _Result]) -> _Result:
        """Return what ``operation`` returns, run on a cursor of its own.

        All its statements see the database as it was at the first one, whatever is written
        meanwhile. The operation fetches what it needs and returns values; the cursor is closed
        afterwards and must not be kept, nor handed to another thread.

        Raises:
            duckdb.TransactionException: The operation tried to change something.
            StoreError: The database stopped after an error of the disk; it has to be reopened.
            TypeError: It returned a cursor, or a relation that would still need one.
        """
        if self._whole is not None and self._writer == threading.get_ident():
            return operation(self._whole)
        with self._noticing(), self._keeper.cursor() as cursor:
            return _in_transaction(cursor, "begin transaction read only", operation)

    def write(self, operation: Callable[[Cursor], _Result]) -> _Result:
        """Run ``operation`` in one transaction, alone at the gate, and return what it returns.

        Everything is rolled back when it raises. It may be run more than once, if another
        transaction got in its way, so it must have no effect outside the database.

        Raises:
            RuntimeError: It was called from inside another write (the two would be committed
                apart: hand the outer cursor on instead), or ``operation`` caught the error of a
                statement and went on.
            StoreError: The disk is full or failing; nothing was committed.
            Stopped: Somebody stopped the work that this is part of; nothing was committed.
            TypeError: As for ``read``; nothing was committed.
        """
        if self._writer == threading.get_ident():
            return self._write_within(operation)
        with self._gate:
            self._writer = threading.get_ident()
            try:
                result = self._with_retry(operation)
            finally:
                self._writer = None
        for listener in tuple(self._listeners):
            listener()
        return result

    def together(self, steps: Callable[[], _Result]) -> _Result:
        """Return what ``steps`` return, whose reads and writes are one transaction.

        For work of many small writes, each of which would wait for the disk: a history that is
        told, a list that is taken in. Readers elsewhere see all of it or nothing.

        Args:
            steps: Run in this thread; may be run more than once, as for ``write``.

        Raises:
            RuntimeError: It was called from inside a write, or ``steps`` caught the error of a
                write and went on: it cannot be rolled back alone. Else as for ``write``.
        """

        def write(cursor: Cursor) -> _Result:
            self._whole, self._spoiled = cursor, False
            try:
                result = steps()
            finally:
                self._whole = None
            if self._spoiled:
                raise RuntimeError("a write failed and the steps went on")
            return result

        return self.write(write)

    def _write_within(self, operation: Callable[[Cursor], _Result]) -> _Result:
        """Run a write that is part of a larger one."""
        cursor = self._whole
        if cursor is None:
            raise RuntimeError("a write inside a write: hand the cursor on instead")
        self._whole = None  # a write inside this one is none of the steps
        try:
            result = operation(cursor)
        except BaseException:
            self._spoiled = True
            raise
        finally:
            self._whole = cursor
        self._version += 1
        return result

    def on_commit(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have somebody told after every committed write; return what ends it.

        The listener is called by whoever wrote, outside the gate: it is quick and never raises.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def on_close(self, listener: Callable[[], None]) -> None:
        """Have somebody told right before the file is let go of, who may read and write till then.

        Whoever asked last is told first; the listener never raises.
        """
        self._leaving.append(listener)

    def _with_retry(self, operation: Callable[[Cursor], _Result]) -> _Result:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                result = self._on_own_cursor(operation)
            except duckdb.Error as error:
                if of_disk(error):
                    raise self._not_taken() from error
                if not isinstance(error, duckdb.TransactionException) or attempt == _ATTEMPTS:
                    raise
            else:
                self._version += 1  # still alone at the gate
                self._disk.took()
                return result
        raise AssertionError  # the loop returns or raises

    def _on_own_cursor(self, operation: Callable[[Cursor], _Result]) -> _Result:
        with self._noticing(), self._keeper.cursor() as cursor:
            self._keep_undo(cursor)
            return _in_transaction(cursor, "begin transaction", operation)

    def _keep_undo(self, cursor: Cursor) -> None:
        if (opened := self._keeper.opened) is not None:
            try:
                opened.keep_undo(cursor)
            except OSError as error:
                raise self._not_taken() from error

    def _not_taken(self) -> StoreError:
        self._disk.refused()
        return StoreError.of(
            msg("The disk did not take what was to be saved."),
            hint=msg("Make room on it and try again; nothing was changed."),
        )

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Remember that the disk refused something if the database stopped in the block."""
        try:
            yield
        except StoreError as error:
            if isinstance(error.__cause__, duckdb.FatalException):
                self._disk.refused()
            raise

    def unreadable(self) -> tuple[Problem, ...]:
        """Read every value of every table, and return what could not be read."""
        # each statement for itself: in a transaction the first error would end it
        with self._noticing(), self._keeper.cursor() as cursor:
            return unreadable(cursor)

    def copy_to(self, target: Path) -> Contents:
        """Copy the file to another place, complete and as of now; writers wait, readers do not.

        Returns:
            What the copy has to hold.

        Raises:
            OSError: The copy could not be written; parts of it may be there.
            StoreError: The disk is full or failing, or the database has no file.
        """
        with self._gate, self._noticing(), self._keeper.cursor() as cursor:
            opened = self._keeper.opened
            if self._path is None or opened is None or opened.file is None:
                raise StoreError.of(msg("There is no file to copy."))
            self._keep_undo(cursor)
            return copy_database(cursor, self._path, opened.file.handle, target)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Close the file, let the block put another one in its place, and open that one.

        Everybody else waits, and then sees what the other file holds.

        Raises:
            StoreError: Somebody is at work for too long, or the file cannot be opened.
        """
        with self._gate:
            try:
                with self._keeper.away():
                    yield
            finally:
                self._version += 1
                self._disk.took()

    def close(self) -> None:
        """Write everything to the file and let go of it. Closing twice is harmless."""
        while self._leaving:  # outside the gate: they wait for threads that may want to write
            self._leaving.pop()()
        with self._gate:
            self._keeper.close()


def _bring_up_to_date(opened: Opened, path: Path, before_update: BeforeUpdate | None) -> None:
    connection, file = opened.connection, opened.file

    def ready() -> None:
        if before_update is not None and file is not None:
            before_update(lambda target: copy_database(connection, path, file.handle, target))

    migrate(connection, path, ready, opened.keep_undo)


def _in_transaction(cursor: Cursor, begin: str, operation: Callable[[Cursor], _Result]) -> _Result:
    cursor.execute(begin)
    try:
        with work.current().interruptible(cursor.interrupt):
            result = operation(cast("Cursor", Answers(cursor)))  # it does what a cursor does
        if isinstance(result, Answers | duckdb.DuckDBPyConnection | duckdb.DuckDBPyRelation):
            raise TypeError("fetch inside the operation and return plain values")  # noqa: TRY301 - it rolls back too
        _refuse_aborted(cursor)
        work.current().check()  # the last moment to stop: what is committed stays
        cursor.execute("commit")
    except BaseException as error:
        # a failed commit has already ended the transaction; a dead connection has none
        with contextlib.suppress(duckdb.Error):
            cursor.execute("rollback")
        if isinstance(error, duckdb.InterruptException):
            work.current().check()  # somebody stopped the work; else a time limit did
        raise
    return result


def _refuse_aborted(cursor: Cursor) -> None:
    """Make sure that there is something to commit.

    After a statement failed, ``commit`` rolls back and reports success: an operation that caught
    the error would believe that it had saved what it has lost.
    """
    try:
        cursor.execute("select 1").fetchall()
    except duckdb.TransactionException as error:
        raise RuntimeError("a statement failed and the operation went on") from error
