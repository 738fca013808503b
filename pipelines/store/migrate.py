"""Bring a database up to the schema this version of the product knows."""

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import duckdb

from pipelines import clock
from pipelines.errors import StoreError, msg
from pipelines.store.connect import not_ours

_FILE_NAME = re.compile(r"(\d{4})_\w+\.sql")
#: Where a database says which migrations it has had.
_REGISTER = "schema_migrations"


def migrations() -> dict[int, str]:
    """Return the SQL text of every migration by its number, in order."""
    found = {
        int(match[1]): entry.read_text(encoding="utf-8")
        for entry in files("pipelines.store.migrations").iterdir()
        if (match := _FILE_NAME.fullmatch(entry.name))
    }
    return dict(sorted(found.items()))


def newest_schema() -> int:
    """Return the number of the newest migration that this version of the product knows."""
    return max(migrations())


def migrate(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    before_update: Callable[[], None] | None,
    before_step: Callable[[duckdb.DuckDBPyConnection], None],
) -> None:
    """Apply the migrations that a database lacks, each in its own transaction.

    Args:
        connection: The only one to the database.
        path: Its file, for messages.
        before_update: Called before anything is changed, unless the database is still empty;
            what it raises keeps everything as it is.
        before_step: Called before each of them, with the connection.

    Raises:
        StoreError: The database is not ours, was made by a newer version of the product, or a
            migration failed (what it had done is undone).
    """
    done = applied(connection, path)
    known = migrations()
    if unknown := done - known.keys():
        raise StoreError.of(
            msg(
                "This workspace was made by a newer Cap 90 (schema {number}).", number=max(unknown)
            ),
            where=str(path),
            hint=msg("Update Cap 90 and try again."),
        )
    missing = {number: sql for number, sql in known.items() if number not in done}
    if missing and done and before_update is not None:
        before_update()
    for number, sql in missing.items():
        before_step(connection)
        try:
            _apply(connection, number, sql)
        except duckdb.Error as error:
            raise StoreError.of(
                msg(
                    "The workspace could not be brought up to date (step {number}).", number=number
                ),
                where=str(path),
                hint=msg(
                    "Nothing was changed by that step: use the version of Cap 90 you had before."
                ),
            ) from error


def applied(connection: duckdb.DuckDBPyConnection, path: Path = Path()) -> set[int]:
    """Return the numbers of the migrations that a database has had.

    Raises:
        StoreError: It is a database of something else.
    """
    rows = connection.execute("select table_name from duckdb_tables()").fetchall()
    tables = {name for (name,) in rows}
    if _REGISTER in tables:
        rows = connection.execute("select number from schema_migrations").fetchall()
        return {number for (number,) in rows}
    if tables:
        raise not_ours(path)
    return set()


def _apply(connection: duckdb.DuckDBPyConnection, number: int, sql: str) -> None:
    connection.execute("begin")
    try:
        connection.execute(
            f"create table if not exists {_REGISTER} ("
            "number integer primary key, applied_at timestamp not null)"
        )
        connection.execute(sql)
        connection.execute(
            f"insert into {_REGISTER} values ($number, $moment)",  # noqa: S608 - our own constant
            {"number": number, "moment": clock.now()},
        )
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
