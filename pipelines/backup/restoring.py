"""Put a backup in the place of what is there: unpacked and verified first, the old state kept."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines import settings
from pipelines.backup import accounts
from pipelines.backup.archive import RESERVE
from pipelines.backup.manifest import ORIGINALS, Manifest, Part
from pipelines.backup.replaced import free_place
from pipelines.backup.shelf import UNREADABLE, read_manifest
from pipelines.errors import BackupError, Message, StoreError, msg
from pipelines.store import ensure_free, look_through, newest_schema
from pipelines.swap import swap, workplace

_CHUNK = 1 << 20
#: What a database leaves beside its file; it belongs to the state that goes.
_BESIDE = (
    *("cap90.duckdb.wal", "cap90.duckdb.wal.checkpoint", "cap90.duckdb.wal.recovery"),
    *("cap90.duckdb.undo", "access.sqlite-wal", "access.sqlite-shm"),
)


@dataclass(frozen=True)
class Restored:
    """What came of a restore.

    Attributes:
        kept: Where the state before it lies; None if there was none.
        missing: Hashes of imported files that neither the workspace nor the backup has.
        kept_accounts: Whether the accounts stayed as they are, the backup having none.
    """

    manifest: Manifest
    kept: Path | None
    missing: tuple[str, ...]
    kept_accounts: bool


def restore(
    root: Path,
    file: Path,
    *,
    away: Callable[[], AbstractContextManager[object]] | None = None,
    inspect_accounts: Callable[[Path], None] | None = None,
) -> Restored:
    """Restore a workspace from a backup.

    Until everything is unpacked and verified, the workspace is not touched; then its files are
    exchanged in one step that is finished at the next start if it is interrupted.

    Args:
        root: The workspace's folder, which may be damaged, empty or missing.
        away: Gives the files free inside its block, where somebody has them open here, and opens
            them again; None: nobody may have them open.
        inspect_accounts: Raises if a file of accounts cannot be trusted.

    Raises:
        BackupError: The backup is damaged, was made by a newer version, or there is no room.
        WorkspaceInUse: Cap 90 has the workspace open.
        WorkspaceError: Another restore is at work, or the folder holds other things.
    """
    manifest = read_manifest(file)
    _refuse_newer(manifest, file)
    _refuse_foreign_folder(root)
    if away is None:
        ensure_free(root / "cap90.duckdb")
    try:
        root.mkdir(parents=True, exist_ok=True)
        _refuse_without_room(root, manifest)
        with workplace(root.resolve()) as new:
            _unpack(file, manifest, new, root)
            _inspect(new, manifest, file, inspect_accounts, root)
            has_accounts = (new / "access.sqlite").exists()
            (root / "backups").mkdir(exist_ok=True)
            kept = free_place(root.resolve() / "backups", settings.load(new / settings.FILE_NAME))
            leaving = [
                name for name in _BESIDE if has_accounts or not name.startswith("access.sqlite")
            ]
            if not (new / "kpi_definitions").exists():
                leaving.append("kpi_definitions")  # the backup has none of the company's own
            with (away or nullcontext)():
                swap(root.resolve(), leaving, kept)
    except OSError as error:
        raise BackupError.of(
            msg("The backup could not be restored; everything is as it was."),
            where=str(error.filename or root),
            hint=msg("Look whether the disk is full and the folder may be written."),
        ) from error
    present = {path.name for path in (root / "imports").glob("*")}
    return Restored(
        manifest,
        _or_none(kept),
        tuple(name for name in manifest.originals if name not in present),
        kept_accounts=not has_accounts and (root / "access.sqlite").exists(),
    )


def _refuse_newer(manifest: Manifest, file: Path) -> None:
    if manifest.schemas.get("cap90.duckdb", 0) > newest_schema():
        raise BackupError.of(
            msg("This backup was made by a newer Cap 90 ({version}).", version=manifest.product),
            where=str(file),
            hint=msg("Update Cap 90 and try again."),
        )


def _refuse_foreign_folder(root: Path) -> None:
    ours = (settings.FILE_NAME, "cap90.duckdb", "backups", ".restore")
    if not root.exists() or any((root / name).exists() for name in ours):
        return
    if not root.is_dir() or any(root.iterdir()):
        raise BackupError.of(
            msg("This folder holds other things than a workspace."),
            where=str(root),
            hint=msg("Name the workspace's folder, or a new one."),
        )


def _refuse_without_room(root: Path, manifest: Manifest) -> None:
    needed, free = sum(part.size for part in manifest.parts) + RESERVE, shutil.disk_usage(root).free
    if free < needed:
        raise BackupError.of(
            msg(
                "There is not enough room to restore: it takes {needed} MB, {free} MB are free.",
                needed=-(-needed // 1_000_000),
                free=free // 1_000_000,
            ),
            where=str(root),
            hint=msg("Make room on the disk and try again. Nothing was changed."),
        )


def _unpack(file: Path, manifest: Manifest, new: Path, root: Path) -> None:
    """Unpack every part; imported files that the workspace lacks go to their place at once."""
    try:
        with zipfile.ZipFile(file) as archive:
            for part in manifest.parts:
                target = new / _safe(part.name, file)
                if not part.name.startswith(ORIGINALS):
                    _extract(archive, part, target, file)
                elif not (root / part.name).exists():
                    _extract(archive, part, target, file)
                    (root / part.name).parent.mkdir(exist_ok=True)
                    target.replace(root / part.name)
    except UNREADABLE as error:
        raise _damaged(file) from error
    shutil.rmtree(new / ORIGINALS, ignore_errors=True)


def _extract(archive: zipfile.ZipFile, part: Part, target: Path, file: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(part.name) as source, target.open("wb") as copy:
        while block := source.read(_CHUNK):
            size += len(block)
            if size > part.size:  # it says one thing and unpacks to another
                raise _damaged(file)
            digest.update(block)
            copy.write(block)
    if (digest.hexdigest(), size) != (part.sha256, part.size):
        raise _damaged(file)


def _safe(name: str, file: Path) -> str:
    """Return the name of a part if it stays inside the workspace."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts:
        raise _damaged(file)
    return name


def _inspect(
    new: Path,
    manifest: Manifest,
    file: Path,
    inspect_accounts: Callable[[Path], None] | None,
    root: Path,
) -> None:
    """Open everything that was unpacked and compare it with what the backup promises."""
    settings.load(new / settings.FILE_NAME)
    try:
        held = look_through(new / "cap90.duckdb")
    except StoreError as error:
        raise _damaged(file) from error
    promised = manifest.rows.get("cap90.duckdb", {}), manifest.schemas.get("cap90.duckdb")
    if (held.rows, held.schema) != promised:
        raise _damaged(file)
    path = new / "access.sqlite"
    if not path.exists():
        return
    found = accounts.look_through(path)
    if found.rows != manifest.rows.get("access.sqlite") or found.audit != manifest.audit:
        raise _damaged(file)
    if inspect_accounts is not None:
        inspect_accounts(path)
    accounts.begin_anew(path, root / path.name)
    path.chmod(0o600)


def _or_none(kept: Path) -> Path | None:
    """Return where the old state lies; a folder without anything in it is taken away."""
    if any(kept.iterdir()):
        return kept
    kept.rmdir()
    return None


def _damaged(file: Path) -> BackupError:
    what: Message = msg("This backup is damaged; nothing was changed.")
    return BackupError.of(what, where=str(file), hint=msg("Choose another one."))
