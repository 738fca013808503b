"""Copy the database file as it is, and look through copies."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import Problem, StoreError, msg
from pipelines.files import read_at
from pipelines.store.connect import connect_copy
from pipelines.store.migrate import applied

#: How much of a file is held at a time, in bytes.
CHUNK = 1 << 22
#: A write that leaves nothing behind, neither in the file nor in the schema.
_WRITE_NOTHING = "begin; create schema nothing; drop schema nothing; commit"


@dataclass(frozen=True)
class Contents:
    """What a database holds.

    Attributes:
        schema: The number of its newest migration; 0 for an empty file.
        rows: How many of them, by table.
    """

    schema: int
    rows: Mapping[str, int]


def copy_database(
    cursor: duckdb.DuckDBPyConnection, path: Path, file: int, target: Path
) -> Contents:
    """Write everything to the file and copy it; the caller keeps writers out.

    Args:
        file: A handle to the file that stays open; see ``Keeper.file``.

    Returns:
        What the copy has to hold.

    Raises:
        OSError: The copy could not be written.
        StoreError: Something is still in the log beside the file.
    """
    if stamp(path) is None:
        # a kill in the first write leaves a piece of it in the log, which a checkpoint passes over
        # for good (DuckDB 2.0); whatever is written next cuts it off
        cursor.execute(_WRITE_NOTHING)
    cursor.execute("checkpoint")  # from here on the file alone holds everything
    if stamp(path) is None:
        raise StoreError.of(
            msg("The database is busy and cannot be copied."),
            hint=msg("Wait a moment and try again."),
        )
    held = contents(cursor)
    copy_handle(file, target)
    return held


def copy_handle(file: int, target: Path) -> None:
    """Copy a file from an open handle, and wait until the disk has it."""
    with target.open("xb") as copy:
        position = 0
        while block := read_at(file, position, CHUNK):
            copy.write(block)
            position += len(block)
        copy.flush()
        os.fsync(copy.fileno())


def stamp(path: Path) -> str | None:
    """Return a word that changes with everything that is committed to a file.

    Returns:
        None while something is in the log beside the file.
    """
    log = path.with_name(f"{path.name}.wal")
    if log.exists() and log.stat().st_size:
        return None
    seen = path.stat()
    return f"{seen.st_ino}-{seen.st_size}-{seen.st_mtime_ns}"


def contents(cursor: duckdb.DuckDBPyConnection) -> Contents:
    """Count what a database holds."""
    rows = {
        name: int(cursor.execute(f'select count(*) from "{name}"').fetchall()[0][0])  # noqa: S608 - names of our own tables
        for name in _tables(cursor)
    }
    return Contents(max(applied(cursor), default=0), rows)


def look_through(path: Path) -> Contents:
    """Open a copy for reading, read every value of it, and return what it holds.

    Raises:
        StoreError: It cannot be opened, or one of its tables cannot be read.
    """
    with connect_copy(path) as connection:
        if problems := unreadable(connection):
            raise StoreError(*problems)
        try:
            return contents(connection)
        except duckdb.Error as error:
            raise StoreError(_damaged(path.name)) from error


def unreadable(cursor: duckdb.DuckDBPyConnection) -> tuple[Problem, ...]:
    """Read every value of every table, and return what could not be read."""
    problems = []
    for name in _tables(cursor):
        try:
            cursor.execute(f'select sum(hash(t)) from "{name}" t').fetchall()  # noqa: S608 - as above
        except duckdb.FatalException:
            raise
        except duckdb.Error:
            problems.append(_damaged(name))
    return tuple(problems)


def _tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    rows = cursor.execute(
        "select table_name from duckdb_tables() where not temporary order by table_name"
    ).fetchall()
    return [name for (name,) in rows]


def _damaged(where: str) -> Problem:
    return Problem(
        msg("What is stored here cannot be read: the file is damaged."),
        where,
        msg("Restore a backup: cap90 restore FILE"),
    )
