"""One connection per process, a cursor per operation, one gate for writes."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import duckdb

from pipelines.errors import StoreError, msg
from pipelines.store.migrate import migrate

Cursor = duckdb.DuckDBPyConnection
_Result = TypeVar("_Result")

#: A write that met another transaction is tried again this many times in all.
_ATTEMPTS = 3


class Store:
    """The database of one workspace, safe to use from any thread.

    Use as a context manager, or call ``close``.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._gate = threading.RLock()
        self._version = 0
        migrate(connection)

    @classmethod
    def open(cls, path: Path, *, allowed: tuple[Path, ...] = ()) -> Self:
        """Open or create a database file and bring its schema up to date.

        Args:
            path: The DuckDB file; its folder must exist.
            allowed: The only folders that statements may read files from or write files to.

        Raises:
            StoreError: Another process holds the file, or it is not a database of ours.
        """
        try:
            connection = duckdb.connect(
                str(path),
                config={
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                },
            )
        except duckdb.IOException as error:
            raise StoreError.of(
                msg("The workspace is in use by another Cap 90."),
                where=str(path),
                hint=msg("Close the other one (or use its pages) and try again."),
            ) from error
        # in the config argument, allowed_directories fails; after the lock nothing can be set
        connection.execute("set python_enable_replacements = false")
        connection.execute(
            "set allowed_directories = $folders", {"folders": [f"{p}/" for p in allowed]}
        )
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        return cls(connection)

    @classmethod
    def in_memory(cls) -> Self:
        """Return an empty store that leaves nothing behind, for tests and previews."""
        return cls(duckdb.connect(":memory:"))

    @property
    def version(self) -> int:
        """A number that grows with every committed write; caches are keyed by it."""
        return self._version

    def read(self, operation: Callable[[Cursor], _Result]) -> _Result:
        """Return what ``operation`` returns, run on a cursor of its own.

        The operation fetches what it needs and returns values; the cursor is closed afterwards
        and must not be kept, nor handed to another thread.
        """
        cursor = self._connection.cursor()
        try:
            return operation(cursor)
        finally:
            cursor.close()

    def write(self, operation: Callable[[Cursor], _Result]) -> _Result:
        """Run ``operation`` in one transaction, alone at the gate, and return what it returns.

        Everything is rolled back when it raises. It may be run more than once, if another
        transaction got in its way, so it must have no effect outside the database.
        """
        with self._gate:
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    result = self.read(lambda cursor: _in_transaction(cursor, operation))
                except duckdb.TransactionException:
                    if attempt == _ATTEMPTS:
                        raise
                else:
                    self._version += 1
                    return result
        raise AssertionError  # the loop returns or raises

    def close(self) -> None:
        """Write everything to the file and let go of it."""
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


def _in_transaction(cursor: Cursor, operation: Callable[[Cursor], _Result]) -> _Result:
    cursor.execute("begin")
    try:
        result = operation(cursor)
        cursor.execute("commit")
    except BaseException:
        _roll_back(cursor)
        raise
    return result


def _roll_back(cursor: Cursor) -> None:
    # a failed commit has already ended the transaction
    with contextlib.suppress(duckdb.TransactionException):
        cursor.execute("rollback")
