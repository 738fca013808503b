"""Whether a workspace is as it should be: its data, its accounts, its audit trail."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from dashboard import session
from dashboard.access.access import Access
from dashboard.access.audit import Audit
from dashboard.access.entry import Head
from dashboard.access.rights import Capability
from dashboard.access.store import AccessStore
from dashboard.access.wanted import Wanted
from pipelines import backup
from pipelines.checking import Check, check
from pipelines.context import Context
from pipelines.errors import BackupError, Cap90Error, Message, Problem, msg


def look(context: Context, *, rebuild: bool = False) -> Iterator[Check]:
    """Look at everything: the data, the accounts, the audit trail.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
    """
    session.require(Capability.KEEP_BACKUPS)
    yield from check(context, rebuild=rebuild)
    if context.workspace.accounts.exists():
        yield _accounts(context)


def inspect_accounts(path: Path) -> None:
    """Let a file of accounts pass whose audit trail nobody tampered with.

    Raises:
        BackupError: Somebody did.
        StoreError: It cannot be used.
    """
    with ExitStack() as stack:
        store = AccessStore.open(path)
        stack.callback(store.close)
        if (number := Audit(store).verify()) is not None:
            raise BackupError.of(
                msg(
                    "The audit trail of this backup was changed at entry {number}.",
                    number=str(number),
                ),
                hint=msg("Choose another backup."),
            )


@contextmanager
def accounts_of(context: Context) -> Iterator[Access]:
    """Lend the accounts of a workspace: those that are served, or opened for this alone."""
    if session.serves(context):
        yield session.access()
    else:
        with Access.open(context.workspace) as opened:
            yield opened


def _accounts(context: Context) -> Check:
    said = msg("The accounts and the audit trail were read.")
    workspace = context.workspace
    try:
        with accounts_of(context) as access:
            access.audit.take_over(context)
            heads = _heads(context, access)
            health = access.store.read(
                lambda connection: connection.execute("pragma integrity_check").fetchall()
            )
            number = access.audit.verify(*heads) or access.audit.compare(context).differs
    except Cap90Error as error:
        return Check("accounts", said, error.problems)
    except sqlite3.Error:
        health, number = [("damaged",)], None
    problems = []
    if [tuple(row) for row in health] != [("ok",)]:
        problems.append(_problem(msg("The file of accounts is damaged."), workspace.accounts.name))
    if number is not None:
        problems.append(
            _problem(
                msg("The audit trail was changed from entry {number} on.", number=str(number)),
                workspace.accounts.name,
            )
        )
    return Check("accounts", said, tuple(problems))


def _heads(context: Context, access: Access) -> list[Head]:
    """Return what backups remember of the trail: it cannot be changed together with it.

    A trail that was restored goes on from an earlier day: what backups from in between remember
    is another one.
    """
    restored = access.audit.entries(Wanted(what="backup.restored"), limit=-1)
    left = [
        (datetime.fromisoformat(entry.after["created"]), entry.at)
        for entry in restored
        if entry.after
    ]
    return [
        Head(one.manifest.audit.number, one.manifest.audit.hash)
        for one in backup.backups(context.workspace)
        if one.manifest.audit is not None
        and not any(since < one.manifest.created < until for since, until in left)
    ]


def _problem(what: Message, where: str) -> Problem:
    return Problem(what, where, msg("Restore a backup: cap90 restore FILE"))
