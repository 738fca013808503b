"""Small workspaces in real folders, with something in every part of a backup."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines.context import Context, open_context
from pipelines.ingest import ImportRequest, import_file
from pipelines.settings import Settings
from pipelines.workspace import create

HEADERS = "Deal ID,Deal Name,Owner,Stage,Amount,Create Date,Close Date"


def company(root: Path, **settings: Any) -> Path:
    """Make a company with one imported file, accounts and a logo; return its folder."""
    made = create(root, Settings(company="Érable", logo="logo.svg", **settings))
    (made.root / "logo.svg").write_text("<svg/>", encoding="utf-8")
    accounts(made.root)
    with open_context(made.root) as context:
        import_deals(context, 1)
    return made.root


def deals_file(folder: Path, number: int, rows: int = 20) -> Path:
    """Write an export whose deals no other number's export has."""
    lines = [
        f"d{number}-{row},Deal {row},Anne,Closed Won,{100 + row},2026-09-01,2026-11-{1 + row % 28:02}"
        for row in range(rows)
    ]
    path = folder / f"deals{number}.csv"
    path.write_text("\n".join([HEADERS, *lines]) + "\n", encoding="utf-8")
    return path


def import_deals(context: Context, number: int, rows: int = 20) -> None:
    """Import such an export."""
    import_file(
        context,
        deals_file(context.workspace.staging, number, rows),
        ImportRequest(),
    )


def accounts(root: Path, name: str = "louise@erable.example") -> None:
    """Write accounts as the backup sees them: a SQLite file with logins and an audit trail."""
    with closing(sqlite3.connect(root / "access.sqlite")) as connection:
        connection.executescript(
            "pragma journal_mode = wal;"
            "create table if not exists accounts (email text);"
            "create table if not exists login_sessions (token text);"
            "create table if not exists audit (number integer primary key, hash text);"
        )
        connection.execute("insert into accounts values (?)", (name,))
        connection.execute("insert into login_sessions values ('secret')")
        connection.execute("insert or ignore into audit values (1, 'abc')")
        connection.commit()


def emails(root: Path) -> list[str]:
    """Return who has an account."""
    return _column(root, "select email from accounts order by email")


def logins(root: Path) -> list[str]:
    """Return who is logged in."""
    return _column(root, "select token from login_sessions")


def _column(root: Path, sql: str) -> list[str]:
    with closing(sqlite3.connect(root / "access.sqlite")) as connection:
        return [str(value) for (value,) in connection.execute(sql)]


def deals(context: Context) -> int:
    """Return how many deals there are."""
    return int(
        context.store.read(lambda c: c.execute("select count(*) from deals").fetchall())[0][0]
    )
