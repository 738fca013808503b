"""Copy ``access.sqlite`` and look through copies of it, knowing little of what it means.

The file is never opened as a plain file: closing a handle to it would let go of the locks that
SQLite holds in this process.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.backup.manifest import Head
from pipelines.errors import BackupError, msg

#: How long somebody else may write to the file before the copy is given up, in seconds.
_PATIENCE = 30.0
#: What belongs to the moment of a copy: a link that was used since would open again, and the address
#: of a calendar that was ended since would show dates again.
_FLEETING = {
    "login_sessions": "",
    "links": "",
    "calendar_feeds": "",
    "jobs": " where ended_at is null",
}
_IS_THERE = "select 1 from sqlite_master where type = 'table' and name = ?"


@dataclass(frozen=True)
class Accounts:
    """What a file of accounts holds.

    Attributes:
        schema: The number of its newest migration; 0 if it does not say.
        rows: How many of them, by table.
        audit: How far the audit trail reaches; None without one.
    """

    schema: int
    rows: Mapping[str, int]
    audit: Head | None


def copy_accounts(path: Path, target: Path) -> None:
    """Copy the file as it is at one moment, into one file without a log beside it.

    Raises:
        BackupError: It is damaged.
        OSError: The copy could not be written.
    """
    with _opened(path) as source, _opened(target) as copy:
        source.backup(copy)
        copy.execute("pragma journal_mode = delete")


def look_through(path: Path) -> Accounts:
    """Check a copy from end to end and return what it holds.

    Raises:
        BackupError: It is damaged.
    """
    with _opened(path) as connection:
        if connection.execute("pragma integrity_check").fetchall() != [("ok",)]:
            raise _damaged(path)
        names = [
            name
            for (name,) in connection.execute(
                "select name from sqlite_master where type = 'table' order by name"
            )
        ]
        rows = {
            name: int(connection.execute(f'select count(*) from "{name}"').fetchone()[0])  # noqa: S608 - names of our own tables
            for name in names
        }
        return Accounts(_schema(connection, rows), rows, _head(connection, rows))


def begin_anew(path: Path, present: Path) -> None:
    """Make a copy ready to be used: nobody is logged in, and no link of then works again.

    A link that was used since would open a second time. Jobs are those of now, whoever runs.

    Args:
        present: The file that the copy is going to replace; it may be missing or damaged.
    """
    with _opened(path) as connection:
        for table, doomed in _FLEETING.items():
            if connection.execute(_IS_THERE, (table,)).fetchone():
                connection.execute(f"delete from {table}{doomed}")  # noqa: S608 - our own constants
        connection.commit()
        # without the jobs of now: the file is damaged, or of another version
        with contextlib.suppress(sqlite3.Error):
            if present.exists():
                _take_jobs(connection, present)


def _take_jobs(connection: sqlite3.Connection, present: Path) -> None:
    connection.execute("attach $path as present", {"path": str(present)})
    with connection:  # all of them, or the ones of then
        connection.execute("delete from jobs")
        connection.execute("insert into jobs select * from present.jobs")


def _schema(connection: sqlite3.Connection, rows: Mapping[str, int]) -> int:
    if "schema_migrations" not in rows:
        return int(connection.execute("pragma user_version").fetchone()[0])
    found = connection.execute("select max(number) from schema_migrations").fetchone()
    return int(found[0] or 0)


def _head(connection: sqlite3.Connection, rows: Mapping[str, int]) -> Head | None:
    if "audit" not in rows:
        return None
    found = connection.execute("select number, hash from audit order by number desc limit 1")
    newest = found.fetchone()
    return Head(int(newest[0]), str(newest[1])) if newest else None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "I/O" in str(error):
            raise OSError(str(error)) from error
        raise _damaged(path) from error
    except sqlite3.Error as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> BackupError:
    return BackupError.of(
        msg("The file of accounts cannot be read: it is damaged."),
        where=str(path),
        hint=msg("Restore a backup: cap90 restore FILE"),
    )
