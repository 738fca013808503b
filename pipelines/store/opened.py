"""A database that is open, with what belongs to it."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import duckdb

from pipelines.closing import Closing
from pipelines.errors import StoreError, WorkspaceInUse
from pipelines.store.connect import cannot_open, connect_file, connect_memory
from pipelines.store.undo import Undo


@dataclass(frozen=True)
class File:
    """A database's file and what is kept of it.

    Attributes:
        handle: The file, open for reading as long as the connection is. Locks of a file belong to
            a process: closing any other handle to it would let go of the database's own. Whoever
            copies the file reads it from here.
    """

    handle: int
    undo: Undo


@dataclass(frozen=True)
class Opened(Closing):
    """A database that was opened.

    Attributes:
        file: None for a database in memory.
    """

    connection: duckdb.DuckDBPyConnection
    file: File | None

    @classmethod
    def at(cls, path: Path, allowed: tuple[Path, ...] = ()) -> Self:
        """Open a file, which is made if it is missing; a checkpoint left undone is undone first.

        Args:
            path: The file; its folder must exist.
            allowed: As for ``Store.open``.

        Raises:
            StoreError: Somebody else holds the file, it is not a database, or cannot be written.
        """
        try:
            undo = Undo.take(path)
        except OSError as error:
            raise cannot_open(path) from error
        try:
            connection = connect_file(path, allowed)
        except BaseException:
            undo.close()
            raise
        opened = cls(connection, File(os.open(path, os.O_RDONLY), undo))
        # where the disk is full it can still be read; the next write tries again, and says so
        with contextlib.suppress(OSError):
            opened.keep_undo(connection)
        return opened

    @classmethod
    def in_memory(cls, allowed: tuple[Path, ...] = ()) -> Self:
        """Open an empty database that leaves nothing behind."""
        return cls(connect_memory(allowed), None)

    def keep_undo(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Make sure that a checkpoint can be undone; to be called before whatever may lead to one.

        Raises:
            OSError: The disk did not take what is kept for that.
        """
        if self.file is not None:
            self.file.undo.keep(cursor, self.file.handle)

    def close(self) -> None:
        """Let go of the database, and only then of its file."""
        with contextlib.suppress(duckdb.Error, OSError):  # the dead have nothing left to write
            self.keep_undo(self.connection)
        with contextlib.suppress(duckdb.Error):
            self.connection.close()
        if self.file is not None:
            os.close(self.file.handle)
            self.file.undo.close()


def ensure_free(path: Path) -> None:
    """Let pass if nobody has a file open; one that is damaged or missing is free too.

    Raises:
        StoreError: Cap 90 has it open, here or in another process.
    """
    if not path.exists():
        return
    try:
        Opened.at(path).close()
    except WorkspaceInUse:
        raise
    except StoreError:
        return  # damaged: nobody can have it open
