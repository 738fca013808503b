"""One look at everything; each part says what it looked at and what is wrong."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines import backup, clock
from pipelines.checking.rebuild import differences
from pipelines.context import Context
from pipelines.errors import BackupError, Cap90Error, Message, Problem, msg, msg_plural
from pipelines.sql import statement
from pipelines.store import DatabaseError

_RESTORE = msg("Restore a backup: cap90 restore FILE")
#: A backup is made every day the application runs; after a long weekend there is one.
_OLDEST_BACKUP_DAYS = 7


@dataclass(frozen=True)
class Check:
    """One part of the look.

    Attributes:
        name: Stable word for programs: database, register, originals, backups, rebuild …
        said: What was looked at.
        problems: Empty if nothing is wrong.
    """

    name: str
    said: Message
    problems: tuple[Problem, ...] = ()


def check(context: Context, *, rebuild: bool = False) -> Iterator[Check]:
    """Look at one part after the other; a part that cannot be looked at is wrong.

    Args:
        rebuild: Also import every original again, elsewhere, and compare what comes of it.
    """
    looks: list[tuple[str, Callable[[Context], Check]]] = [
        ("database", _database),
        ("register", _register),
        ("originals", _originals),
        ("backups", _backups),
    ]
    if rebuild:
        looks.append(("rebuild", _rebuild))
    for name, look in looks:
        yield _looked(name, look, context)


def _looked(name: str, look: Callable[[Context], Check], context: Context) -> Check:
    try:
        return look(context)
    except Cap90Error as error:
        return Check(name, msg("This could not be looked at."), error.problems)
    except (OSError, DatabaseError) as error:
        where = str(getattr(error, "filename", None) or context.workspace.root)
        problem = Problem(msg("What lies here cannot be read."), where, _RESTORE)
        return Check(name, msg("This could not be looked at."), (problem,))


def _database(context: Context) -> Check:
    return Check("database", msg("Every table was read."), context.store.unreadable())


def _register(context: Context) -> Check:
    def look(statement_name: str) -> list[tuple[object, ...]]:
        return context.store.read(
            lambda cursor: cursor.execute(statement(f"checking/{statement_name}")).fetchall()
        )

    problems = [
        Problem(
            msg("The counts of import {number} do not add up.", number=str(number)),
            str(file),
            _RESTORE,
        )
        for number, file in look("wrong_imports")
    ]
    problems += [
        Problem(
            msg_plural(
                "{count} row comes from an import that nobody made.",
                "{count} rows come from imports that nobody made.",
                int(str(count)),
            ),
            str(table),
            _RESTORE,
        )
        for table, count in look("strays")
    ]
    problems += [
        Problem(
            msg(
                "There are {held} rows, but the imports added {added}.",
                held=held,
                added=added,
            ),
            f"{table} ({source})",
            _RESTORE,
        )
        for source, table, held, added in look("wrong_totals")
    ]
    return Check("register", msg("The imports' counts were added up."), tuple(problems))


def _originals(context: Context) -> Check:
    rows = context.store.read(
        lambda cursor: cursor.execute(statement("checking/imports_in_order")).fetchall()
    )
    named = {str(row[2]): str(row[1]) for row in rows}
    found = {path.stem: path for path in context.workspace.imports.glob("*")}
    problems = []
    for content_hash, file in named.items():
        path = found.get(content_hash)
        if path is None:
            problems.append(
                Problem(
                    msg("The imported file {file} is missing.", file=file),
                    str(context.workspace.imports / content_hash),
                    msg("Restore a backup that was made by hand: it holds the imported files."),
                )
            )
        elif _sha256(path) != content_hash:
            problems.append(
                Problem(
                    msg("The imported file {file} is not what was imported.", file=file),
                    str(path),
                    msg("Move it away, then restore a backup that was made by hand."),
                )
            )
    said = msg_plural(
        "{count} imported file was read.", "{count} imported files were read.", len(named)
    )
    return Check("originals", said, tuple(problems))


def _backups(context: Context) -> Check:
    known = backup.backups(context.workspace)
    make_one = msg("Make one: cap90 backup")
    problems = [
        Problem(msg("This backup is damaged."), path.name, msg("Move it away."))
        for path in backup.damaged(context.workspace)
    ]
    if not known:
        problems.append(Problem(msg("There is no backup yet."), "", make_one))
        return Check("backups", msg("There is no backup."), tuple(problems))
    newest = known[0]
    days = (clock.now() - newest.manifest.created).days
    if days > _OLDEST_BACKUP_DAYS:
        problems.append(
            Problem(
                msg_plural(
                    "The newest backup is {count} day old.",
                    "The newest backup is {count} days old.",
                    days,
                ),
                newest.path.name,
                make_one,
            )
        )
    try:
        backup.verify(newest.path)
    except BackupError as error:
        problems += error.problems
    said = msg("The newest backup was read: {file}.", file=newest.path.name)
    return Check("backups", said, tuple(problems))


def _rebuild(context: Context) -> Check:
    problems, count = differences(context)
    said = msg_plural(
        "{count} file was imported again and compared.",
        "{count} files were imported again and compared.",
        count,
    )
    return Check("rebuild", said, problems)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
