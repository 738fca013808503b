"""Bring the file of the accounts up to the tables this version of the product knows."""

import re
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from dashboard.access.sql import statement
from pipelines.errors import StoreError, msg

_FILE_NAME = re.compile(r"(\d{4})_\w+\.sql")
#: Where a file says which migrations it has had.
_REGISTER = "schema_migrations"


def migrations() -> dict[int, str]:
    """Return the SQL text of every migration by its number, in order."""
    found = {
        int(match[1]): entry.read_text(encoding="utf-8")
        for entry in files("dashboard.access").joinpath("migrations").iterdir()
        if (match := _FILE_NAME.fullmatch(entry.name))
    }
    return dict(sorted(found.items()))


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that a file lacks, each in its own transaction.

    Args:
        connection: In autocommit mode.
        path: The file, for messages.

    Raises:
        StoreError: It is damaged, not ours, or was made by a newer version of the product.
        sqlite3.Error: It cannot be read or written; what the migration had done is undone.
    """
    if connection.execute("pragma quick_check").fetchall() != [("ok",)]:
        raise _damaged(path)
    known = migrations()
    done = _applied(connection, path)
    if unknown := done - known.keys():
        raise StoreError.of(
            msg(
                "The file of the accounts was made by a newer Cap 90 (schema {number}).",
                number=max(unknown),
            ),
            where=str(path),
            hint=msg("Update Cap 90 and try again."),
        )
    for number, sql in known.items():
        if number not in done:
            _apply(connection, number, sql)


def _applied(connection: sqlite3.Connection, path: Path) -> set[int]:
    tables = {name for (name,) in connection.execute(statement("schema/tables"))}
    if _REGISTER in tables:
        return {int(number) for (number,) in connection.execute(statement("schema/applied"))}
    if tables:
        raise _damaged(path)
    return set()


def _apply(connection: sqlite3.Connection, number: int, sql: str) -> None:
    connection.execute("begin immediate")
    try:
        connection.execute(statement("schema/register"))
        if connection.execute(statement("schema/take"), {"number": number}).rowcount:
            for one in _statements(sql):
                connection.execute(one)
        connection.execute("commit")
    except BaseException:
        connection.rollback()
        raise


def _statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script; those of a trigger have semicolons inside."""
    found = ""
    for line in sql.splitlines(keepends=True):
        found += line
        if sqlite3.complete_statement(found):
            yield found
            found = ""


def _damaged(path: Path) -> StoreError:
    return StoreError.of(
        msg("The file of the accounts is damaged, or it is something else."),
        where=str(path),
        hint=msg("Keep it aside and restore a copy from the backups folder."),
    )
