"""When backups are made, and which are cleared away afterwards."""

import hashlib
from datetime import UTC
from pathlib import Path

from pipelines import clock
from pipelines.backup import replaced
from pipelines.backup.archive import Order, make
from pipelines.backup.manifest import Why
from pipelines.backup.retention import kept
from pipelines.backup.shelf import Backup, backups
from pipelines.errors import BackupError, Problem, StoreError, msg
from pipelines.settings import FILE_NAME
from pipelines.store import Copy, Store
from pipelines.workspace import Workspace


def by_hand(workspace: Workspace, store: Store, out: Path | None = None) -> Backup:
    """Make a backup with everything, the imported files included.

    Args:
        out: Where it goes, a file or a folder, and is never cleared away; None: among the others.

    Raises:
        BackupError: See ``archive.make``; so is StoreError.
    """
    return _made(workspace, store, Order(Why.HAND, out, originals=True))


def before_import(workspace: Workspace, store: Store) -> Backup | None:
    """Make sure there is a backup of the data as it is now; one that still is true is enough.

    Returns:
        The backup; None for a database in memory.

    Raises:
        BackupError: It could not be made; so is StoreError. Nothing may be imported then.
    """
    if store.path is None:
        return None
    if still_true := _still_true(workspace, store):
        return still_true
    try:
        return _made(workspace, store, Order(Why.IMPORT))
    except (BackupError, StoreError) as error:
        nothing = Problem(msg("Nothing was imported: no backup could be made first."))
        raise BackupError(nothing, *error.problems) from error


def before_update(workspace: Workspace, copy: Copy) -> None:
    """Make a backup before the database is brought up to date.

    Raises:
        BackupError: It could not be made; so is StoreError. Nothing may be changed then.
    """
    try:
        make(workspace, copy, Order(Why.UPDATE))
    except (BackupError, StoreError) as error:
        nothing = Problem(
            msg("The workspace has to be updated, but no backup of it could be made first.")
        )
        raise BackupError(nothing, *error.problems) from error
    tidy(workspace)


def daily(workspace: Workspace, store: Store) -> Backup | None:
    """Make the day's backup, unless there is one; then let go of what restores replaced long ago.

    Returns:
        The new backup; None if there was one already.

    Raises:
        BackupError: See ``archive.make``; so is StoreError.
    """
    day = clock.now().replace(tzinfo=UTC).astimezone(workspace.settings.zone).date().isoformat()
    if store.path is None or any(one.manifest.day == day for one in backups(workspace)):
        return None
    backup = _made(workspace, store, Order(Why.DAY))
    replaced.clear(workspace)  # now that the state of today is known to be safe
    return backup


def tidy(workspace: Workspace) -> tuple[Backup, ...]:
    """Clear away the backups that need not be kept any longer, and return them."""
    found = backups(workspace)
    stays = kept([one.manifest for one in found], workspace.settings.retention)
    gone = tuple(one for one in found if one.manifest.number not in stays)
    for one in gone:
        one.path.unlink(missing_ok=True)
    return gone


def _made(workspace: Workspace, store: Store, order: Order) -> Backup:
    backup = make(workspace, store.copy_to, order, lambda: _stamp(workspace, store))
    tidy(workspace)
    return backup


def _still_true(workspace: Workspace, store: Store) -> Backup | None:
    """Return the newest backup if nothing was written since."""
    stamp = _stamp(workspace, store)
    newest: Backup | None = next(iter(backups(workspace)), None)
    if stamp is None or newest is None or newest.manifest.stamp != stamp:
        return None
    return newest


def _stamp(workspace: Workspace, store: Store) -> str | None:
    """Return a word for the state of everything but the accounts; None: not known now.

    Logins change the accounts all the time, and no import touches them.
    """
    data = store.stamp
    if data is None:
        return None
    digest = hashlib.sha256(data.encode("utf-8"))
    own = sorted(path for path in workspace.own_definitions.rglob("*") if path.is_file())
    for path in (workspace.root / FILE_NAME, *own):
        digest.update(path.name.encode("utf-8"))
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()
