"""Bring a database up to the schema this version of the product knows."""

import re
from importlib.resources import files

import duckdb

from pipelines.errors import StoreError, msg

_FILE_NAME = re.compile(r"(\d{4})_\w+\.sql")


def migrations() -> dict[int, str]:
    """Return the SQL text of every migration by its number, in order."""
    found = {
        int(match[1]): entry.read_text(encoding="utf-8")
        for entry in files("pipelines.store.migrations").iterdir()
        if (match := _FILE_NAME.fullmatch(entry.name))
    }
    return dict(sorted(found.items()))


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Apply the migrations that a database lacks, each in its own transaction.

    Raises:
        StoreError: The database was made by a newer version of the product.
    """
    connection.execute(
        "create table if not exists schema_migrations (number integer primary key, applied_at timestamp not null)"
    )
    done = {row[0] for row in connection.execute("select number from schema_migrations").fetchall()}
    known = migrations()
    if unknown := done - known.keys():
        raise StoreError.of(
            msg(
                "This workspace was made by a newer Cap 90 (schema {number}).", number=max(unknown)
            ),
            hint=msg("Update Cap 90 and try again."),
        )
    for number, sql in known.items():
        if number not in done:
            _apply(connection, number, sql)


def _apply(connection: duckdb.DuckDBPyConnection, number: int, sql: str) -> None:
    connection.execute("begin")
    try:
        connection.execute(sql)
        connection.execute(
            "insert into schema_migrations values ($n, now()::timestamp)", {"n": number}
        )
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
