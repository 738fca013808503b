"""Bring a database up to the schema this version of the product knows."""

import re
import shutil
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


def migrate(connection: duckdb.DuckDBPyConnection, path: Path, backups: Path | None) -> None:
    """Apply the migrations that a database lacks, each in its own transaction.

    Args:
        connection: The only one to the database.
        path: Its file, for messages and for the copy.
        backups: Where a copy of the file goes before anything is changed; None: no copy. A
            database that is still empty is not copied.

    Raises:
        StoreError: The database is not ours, was made by a newer version of the product, or a
            migration failed (what it had done is undone).
    """
    done = _applied(connection, path)
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
    if missing and done and backups is not None:
        _copy(connection, path, backups, max(done))
    for number, sql in missing.items():
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


def _applied(connection: duckdb.DuckDBPyConnection, path: Path) -> set[int]:
    rows = connection.execute("select table_name from duckdb_tables()").fetchall()
    tables = {name for (name,) in rows}
    if _REGISTER in tables:
        rows = connection.execute("select number from schema_migrations").fetchall()
        return {number for (number,) in rows}
    if tables:
        raise not_ours(path)
    return set()


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, backups: Path, schema: int) -> None:
    connection.execute("checkpoint")  # from here on the file alone holds everything
    moment = clock.now()
    target = backups / f"before-update-{moment:%Y%m%d-%H%M%S}-schema-{schema:04d}.duckdb"
    try:
        shutil.copyfile(path, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise StoreError.of(
            msg("The workspace has to be updated, but no copy of it could be made first."),
            where=str(target),
            hint=msg("Make room on the disk and try again."),
        ) from error


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
