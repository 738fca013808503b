"""One connection per process, a cursor per operation, one gate for writes."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import duckdb

from pipelines.errors import StoreError, msg
from pipelines.store.connect import connect_file, connect_memory
from pipelines.store.migrate import migrate

Cursor = duckdb.DuckDBPyConnection
#: What an operation raises when a statement cannot be run.
DatabaseError = duckdb.Error
_Result = TypeVar("_Result")

#: A write that met another transaction is tried again this many times in all.
_ATTEMPTS = 3


class Store:
    """The database of one workspace, safe to use from any thread.

    Use as a context manager, or call ``close``.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._gate = threading.Lock()
        self._writer: int | None = None
        self._version = 0

    @classmethod
    def open(
        cls, path: Path, *, allowed: tuple[Path, ...] = (), backups: Path | None = None
    ) -> Self:
        """Open or create a database file and bring its schema up to date.

        Args:
            path: The DuckDB file; its folder must exist.
            allowed: The only folders that statements may read files from or write files to; the
                first one also takes what does not fit into memory.
            backups: Where to put a copy of the file before its schema is changed; None: no copy.

        Raises:
            StoreError: Another process holds the file, it is not a database of ours, a newer
                version made it, or its schema cannot be brought up to date.
        """
        connection = connect_file(path, allowed)
        return cls._migrated(connection, path, backups)

    @classmethod
    def in_memory(cls, *, allowed: tuple[Path, ...] = ()) -> Self:
        """Return an empty store that leaves nothing behind, for tests and previews."""
        return cls._migrated(connect_memory(allowed), Path(":memory:"), None)

    @classmethod
    def _migrated(
        cls, connection: duckdb.DuckDBPyConnection, path: Path, backups: Path | None
    ) -> Self:
        try:
            migrate(connection, path, backups)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    @property
    def version(self) -> int:
        """A number that grows with every committed write; caches are keyed by it."""
        return self._version

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
        return self._on_own_cursor("begin transaction read only", operation)

    def write(self, operation: Callable[[Cursor], _Result]) -> _Result:
        """Run ``operation`` in one transaction, alone at the gate, and return what it returns.

        Everything is rolled back when it raises. It may be run more than once, if another
        transaction got in its way, so it must have no effect outside the database.

        Raises:
            RuntimeError: It was called from inside another write (the two would be committed
                apart: hand the outer cursor on instead), or ``operation`` caught the error of a
                statement and went on.
            StoreError: The disk is full or failing; nothing was committed.
            TypeError: As for ``read``; nothing was committed.
        """
        if self._writer == threading.get_ident():
            raise RuntimeError("a write inside a write: hand the cursor on instead")
        with self._gate:
            self._writer = threading.get_ident()
            try:
                result = self._with_retry(operation)
            finally:
                self._writer = None
        return result

    def _with_retry(self, operation: Callable[[Cursor], _Result]) -> _Result:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                result = self._on_own_cursor("begin transaction", operation)
            except duckdb.TransactionException:
                if attempt == _ATTEMPTS:
                    raise
            except duckdb.IOException as error:
                raise StoreError.of(
                    msg("The disk did not take what was to be saved."),
                    hint=msg("Make room on it and try again; nothing was changed."),
                ) from error
            else:
                self._version += 1  # still alone at the gate
                return result
        raise AssertionError  # the loop returns or raises

    def _on_own_cursor(self, begin: str, operation: Callable[[Cursor], _Result]) -> _Result:
        cursor = self._connection.cursor()
        try:
            return _in_transaction(cursor, begin, operation)
        except duckdb.FatalException as error:
            # the connection is dead for everybody until the file is opened again
            raise StoreError.of(
                msg("The database stopped: the disk is full or failing."),
                hint=msg("Make room on it and start Cap 90 again; nothing that was saved is lost."),
            ) from error
        finally:
            cursor.close()

    def close(self) -> None:
        """Write everything to the file and let go of it. Closing twice is harmless."""
        with self._gate:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _in_transaction(cursor: Cursor, begin: str, operation: Callable[[Cursor], _Result]) -> _Result:
    cursor.execute(begin)
    try:
        result = operation(cursor)
        if isinstance(result, duckdb.DuckDBPyConnection | duckdb.DuckDBPyRelation):
            raise TypeError("fetch inside the operation and return plain values")  # noqa: TRY301 - it rolls back too
        _refuse_aborted(cursor)
        cursor.execute("commit")
    except BaseException:
        # a failed commit has already ended the transaction; a dead connection has none
        with contextlib.suppress(duckdb.Error):
            cursor.execute("rollback")
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
