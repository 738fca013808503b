"""Open DuckDB so that statements reach nothing but the database and a few folders."""

import os
from pathlib import Path

import duckdb

from pipelines.errors import Message, StoreError, WorkspaceInUse, msg

#: Enough for a million deals on an office computer; what does not fit is written to disk.
_MEMORY_LIMIT = "1GB"
_NO_EXTENSIONS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
#: More threads than this cost memory and gain nothing on tables of this size.
_MOST_THREADS = 4


def connect_file(path: Path, allowed: tuple[Path, ...]) -> duckdb.DuckDBPyConnection:
    """Return a locked-down connection to a database file, which is made if it is missing.

    Args:
        path: The file; its folder must exist.
        allowed: As for ``Store.open``.

    Raises:
        StoreError: Somebody else holds the file, or it is not a database.
    """
    try:
        connection = _connect(str(path))
    except duckdb.Error as error:
        raise _refusal(path, str(error)) from error
    try:
        _lock_down(connection, allowed)
    except duckdb.InvalidInputException as error:
        # this process holds it already, and that instance's configuration is locked
        connection.close()
        raise in_use(path) from error
    return connection


def connect_copy(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a locked-down connection to a copy that is only read.

    Raises:
        StoreError: It is not a database, or is damaged.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_NO_EXTENSIONS)
    except duckdb.Error as error:
        raise _refusal(path, str(error)) from error
    _lock_down(connection, ())
    return connection


def connect_memory(allowed: tuple[Path, ...]) -> duckdb.DuckDBPyConnection:
    """Return a connection to an empty database in memory, locked down like a file."""
    connection = _connect(":memory:")
    _lock_down(connection, allowed)
    return connection


def _connect(database: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(database, config=_NO_EXTENSIONS)


def _lock_down(connection: duckdb.DuckDBPyConnection, allowed: tuple[Path, ...]) -> None:
    # in the config argument, allowed_directories fails; after the last line nothing can be set
    connection.execute("set memory_limit = $limit", {"limit": _MEMORY_LIMIT})
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    connection.execute("set threads = $threads", {"threads": threads})
    connection.execute("set python_enable_replacements = false")
    spill = str(allowed[0] / "spill") if allowed else ""
    connection.execute("set temp_directory = $folder", {"folder": spill})
    folders = [f"{folder}/" for folder in allowed]
    connection.execute("set allowed_directories = $folders", {"folders": folders})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _refusal(path: Path, reason: str) -> StoreError:
    if "Could not set lock" in reason or "being used by another process" in reason:
        return in_use(path)
    if "not a valid DuckDB database" in reason:
        return not_ours(path)
    return cannot_open(path)


def cannot_open(path: Path) -> StoreError:
    """Return the refusal of a file that is damaged or may not be written."""
    return _refused(
        path,
        msg("The workspace's database cannot be opened."),
        msg("Check that you may read and write it, or restore a copy from the backups folder."),
    )


def not_ours(path: Path) -> StoreError:
    """Return the refusal of a file that is something else."""
    return _refused(
        path,
        msg("This file is not a Cap 90 database."),
        msg("Move it away, or restore a copy from the backups folder."),
    )


def in_use(path: Path) -> StoreError:
    """Return the refusal of a file that somebody has open."""
    return WorkspaceInUse.of(
        msg("The workspace is in use: Cap 90 has it open already."),
        where=str(path),
        hint=msg("Do it on the open pages, or close Cap 90 and try again."),
    )


def _refused(path: Path, what: Message, hint: Message) -> StoreError:
    return StoreError.of(what, where=str(path), hint=hint)
