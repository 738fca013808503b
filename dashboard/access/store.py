"""The file behind accounts, login sessions, the audit trail and jobs: ``access.sqlite``."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from dashboard.access.migrate import migrate
from pipelines.errors import Message, StoreError, msg

Connection = sqlite3.Connection
_Result = TypeVar("_Result")

#: The file's name in a workspace.
FILE_NAME = "access.sqlite"
#: How long another process may hold the file before that is an error.
_PATIENCE_SECONDS = 10.0


class AccessStore:
    """One writing and one reading connection, each behind a lock, for every thread of a process.

    Readers never wait for the disk: a write in progress is invisible to them.
    """

    def __init__(self, path: Path, writer: Connection, reader: Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._held_by: int | None = None
        self._read_by: int | None = None
        self._generation = 0

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the file, readable by its owner only, and bring its tables up to date.

        Raises:
            StoreError: It cannot be written, is damaged, is not ours, or a newer version made it.
        """
        opened: list[Connection] = []
        try:
            _make_private(path)
            writer = _connect(path, opened)
            migrate(writer, path)
            return cls(path, writer, _connect(path, opened))
        except (sqlite3.Error, OSError) as error:
            _close(opened)
            raise refusal(path, error) from error
        except BaseException:
            _close(opened)
            raise

    def read(self, work: Callable[[Connection], _Result]) -> _Result:
        """Return what a function reads; it sees one moment of the file, whatever others write.

        Raises:
            StoreError: The file cannot be read.
        """
        if self._read_by == threading.get_ident():
            raise RuntimeError("a read inside a read: hand the connection on instead")
        with self._reading:
            self._read_by = threading.get_ident()
            try:
                self._reader.execute("begin")
                try:
                    return work(self._reader)
                finally:
                    self._reader.rollback()
            except sqlite3.Error as error:
                raise refusal(self.path, error) from error
            finally:
                self._read_by = None

    def write(self, work: Callable[[Connection], _Result]) -> _Result:
        """Run a function in a transaction of its own: all of it is kept, or nothing.

        Raises:
            StoreError: The file cannot be written. What the function raises passes through, and
                so do violated constraints (``sqlite3.IntegrityError``).
        """
        if self._held_by == threading.get_ident():
            raise RuntimeError("a write inside a write: hand the connection on instead")
        with self._writing:
            self._held_by = threading.get_ident()
            try:
                self._writer.execute("begin immediate")
                try:
                    result = work(self._writer)
                    self._writer.execute("commit")
                except BaseException:
                    self._writer.rollback()
                    raise
            except sqlite3.IntegrityError:
                raise
            except sqlite3.Error as error:
                raise refusal(self.path, error) from error
            else:
                return result
            finally:
                self._held_by = None

    def version(self) -> int:
        """Return a number that differs after every change, by this process or another one.

        Takes microseconds; meant to be asked before anything kept in memory is used.
        """
        with self._reading:
            try:
                ((number,),) = self._reader.execute("pragma data_version").fetchall()
            except sqlite3.Error as error:
                raise refusal(self.path, error) from error
        # another file counts from the beginning
        return (self._generation << 32) + int(number)

    def copy_to(self, path: Path) -> None:
        """Write a copy of one moment of the file, whole and private, while work goes on.

        Raises:
            StoreError: It cannot be written there.
        """
        target: Connection | None = None
        try:
            _make_private(path)
            target = sqlite3.connect(path)
            with self._writing:
                self._writer.backup(target)
        except (sqlite3.Error, OSError) as error:
            raise refusal(path, error) from error
        finally:
            if target is not None:
                target.close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Close the file, let the block put another one in its place, and open that one.

        Raises:
            StoreError: The file cannot be opened afterwards.
        """
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()
            try:
                yield
            finally:
                opened = vars(type(self).open(self.path))
                self._writer, self._reader = opened["_writer"], opened["_reader"]
                self._generation += 1

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()


def refusal(path: Path, error: Exception) -> StoreError:
    """Return what went wrong with the file as a sentence."""
    what, hint = _explanation(str(error), getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return StoreError.of(what, where=str(path), hint=hint)


def _explanation(reason: str, code: int) -> tuple[Message, Message]:
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return (
            msg("The file of the accounts is damaged, or it is something else."),
            msg("Keep it aside and restore a copy from the backups folder."),
        )
    if code == sqlite3.SQLITE_FULL or "No space left" in reason:
        return (
            msg("The disk is full: nothing was written to the file of the accounts."),
            msg("Make room on the disk and try again."),
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return (
            msg("The file of the accounts is busy."),
            msg("Another program has held it for a while; try again in a moment."),
        )
    return (
        msg("The file of the accounts cannot be opened or written."),
        msg("Check that you may write to the folder and to this file."),
    )


def _make_private(path: Path) -> None:
    """Make the file if it is missing, and let nobody else read it; its companions follow it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _connect(path: Path, opened: list[Connection]) -> Connection:
    connection = sqlite3.connect(
        path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
    )
    opened.append(connection)
    for setting in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        connection.execute(f"pragma {setting}")
    # a damaged file may hold traps for whoever reads its schema
    connection.execute("pragma trusted_schema = off")
    return connection


def _close(connections: list[Connection]) -> None:
    for connection in connections:
        connection.close()
