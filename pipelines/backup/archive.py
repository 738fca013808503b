"""Make one backup: a single file that is whole, verified and on the disk, or not there at all."""

import hashlib
import os
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import IO

from pipelines import clock
from pipelines.backup import accounts
from pipelines.backup.manifest import NAME, ORIGINALS, Manifest, Part, Why, written
from pipelines.backup.shelf import SUFFIX, UNREADABLE, Backup, backups, read_manifest
from pipelines.errors import BackupError, StoreError, msg
from pipelines.files import sync_folder
from pipelines.settings import FILE_NAME
from pipelines.store import Contents, Copy, look_through
from pipelines.workspace import Workspace

#: Room that is left to everybody else, in bytes.
RESERVE = 4 << 20
_CHUNK = 1 << 20
#: Two backups at once would only wait for each other.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Order:
    """What kind of backup is wanted.

    Attributes:
        out: Where it goes; None: among the others. A folder stands for a file in it.
        originals: Whether the imported files go along.
    """

    why: Why
    out: Path | None = None
    originals: bool = False


def make(
    workspace: Workspace, copy: Copy, order: Order, stamp: Callable[[], str | None] = lambda: None
) -> Backup:
    """Make a backup and verify it.

    Args:
        copy: Copies the database; see ``Store.copy_to``.
        stamp: Tells the database's state; asked right after the copy.

    Raises:
        BackupError: There is no room, or the copy is not what it has to be; nothing is left.
        StoreError: The database cannot be copied.
    """
    with _one_at_a_time:
        try:
            with _workplace(workspace) as folder:
                _refuse_without_room(workspace, order, folder)
                return _make(workspace, copy, order, stamp, folder)
        except OSError as error:
            raise BackupError.of(
                msg("The backup could not be written; nothing of it is left."),
                where=str(error.filename or order.out or workspace.backups),
                hint=msg("Look whether the disk is full and the folder may be written."),
            ) from error


def _make(
    workspace: Workspace,
    copy: Copy,
    order: Order,
    stamp: Callable[[], str | None],
    folder: Path,
) -> Backup:
    # the accounts first: the audit trail must never know more than the journal
    held = {}
    if workspace.accounts.exists():
        accounts.copy_accounts(workspace.accounts, folder / workspace.accounts.name)
        held[workspace.accounts.name] = accounts.look_through(folder / workspace.accounts.name)
    promised = copy(folder / workspace.database.name)
    seen = stamp()
    _verify_database(folder / workspace.database.name, promised)
    files = [workspace.database.name, *held, *_take_small_files(workspace, folder)]
    number = 1 + max((one.manifest.number for one in backups(workspace)), default=0)
    moment = clock.now()
    local = moment.replace(tzinfo=UTC).astimezone(workspace.settings.zone)
    trail = next(iter(held.values())).audit if held else None
    manifest = Manifest(
        number=number,
        why=order.why,
        created=moment,
        day=local.date().isoformat(),
        company=workspace.settings.company,
        parts=(),
        schemas={workspace.database.name: promised.schema}
        | {name: found.schema for name, found in held.items()},
        rows={workspace.database.name: promised.rows}
        | {name: found.rows for name, found in held.items()},
        audit=trail,
        originals=tuple(path.name for path in originals(workspace)),
        stamp=seen,
        keep=order.out is not None,
    )
    target = _target(workspace, order, f"{local:%Y-%m-%dT%H-%M-%S}-{order.why}")
    sources = {name: folder / name for name in files}
    if order.originals:
        sources |= {f"{ORIGINALS}{path.name}": path for path in originals(workspace)}
    part = _write(sources, manifest, target)
    try:
        manifest = verify(part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return Backup(target, manifest, target.stat().st_size)


def verify(path: Path) -> Manifest:
    """Read a backup from end to end, compare every part, and return what it says about itself.

    Raises:
        BackupError: It is damaged, or is none.
    """
    manifest = read_manifest(path)
    try:
        with zipfile.ZipFile(path) as archive:
            wrong = [
                part.name
                for part in manifest.parts
                if _digest(archive.open(part.name)) != (part.sha256, part.size)
            ]
    except (OSError, *UNREADABLE) as error:
        raise _damaged(path) from error
    if wrong:
        raise _damaged(path)
    return manifest


def originals(workspace: Workspace) -> list[Path]:
    """Return the files as they were received, by hash."""
    return sorted(path for path in workspace.imports.glob("*") if path.is_file())


def _verify_database(copy: Path, promised: Contents) -> None:
    """Read every value of a copy, and compare what it holds with what it has to hold."""
    try:
        if look_through(copy) == promised:
            return
    except StoreError as error:
        raise BackupError(*error.problems) from error
    raise BackupError.of(
        msg("The copy of the database does not hold what the database holds."),
        hint=msg("Try again; if it happens again, look after the disk: cap90 check"),
    )


def _take_small_files(workspace: Workspace, folder: Path) -> Iterator[str]:
    """Copy settings, logo and the company's own KPI files, and yield their names."""
    logo = workspace.settings.logo
    names = [FILE_NAME, *([logo] if logo else [])]
    paths = [workspace.root / name for name in names]
    paths += sorted(path for path in workspace.own_definitions.rglob("*") if path.is_file())
    for path in paths:
        if path.is_file():
            name = path.relative_to(workspace.root)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
            yield name.as_posix()


def _write(sources: Mapping[str, Path], manifest: Manifest, target: Path) -> Path:
    """Write the archive beside its target under a name that is none yet."""
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as stream:
            part.chmod(0o600)  # it holds what lets people in
            # the quickest level halves a database at 75 MB a second; the others gain little more
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                parts = tuple(_add(archive, name, path) for name, path in sources.items())
                archive.writestr(NAME, written(replace(manifest, parts=parts)))
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Part:
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as stored:
        while block := source.read(_CHUNK):
            digest.update(block)
            stored.write(block)
    return Part(name, digest.hexdigest(), size)


def _digest(stream: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with stream:
        while block := stream.read(_CHUNK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def _target(workspace: Workspace, order: Order, stem: str) -> Path:
    """Return a name that nothing has yet, also after the clock was set back."""
    if order.out is not None and not order.out.is_dir():
        return order.out.resolve()
    folder = order.out.resolve() if order.out is not None else workspace.backups
    names = (f"{stem}{f'-{again}' if again > 1 else ''}{SUFFIX}" for again in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())


@contextmanager
def _workplace(workspace: Workspace) -> Iterator[Path]:
    """Make a folder for the parts; what an interrupted backup left there goes first."""
    workspace.backups.mkdir(exist_ok=True)
    for left in workspace.backups.glob(".part-*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in workspace.backups.glob(f".*{SUFFIX}.part"):
        left.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=workspace.backups) as name:
        yield Path(name)


def _refuse_without_room(workspace: Workspace, order: Order, folder: Path) -> None:
    sizes = [path.stat().st_size for path in _large(workspace)]
    taken = sum(sizes)
    packed = taken + (
        sum(path.stat().st_size for path in originals(workspace)) if order.originals else 0
    )
    target = order.out.resolve().parent if order.out is not None else folder
    if not target.is_dir():
        raise BackupError.of(
            msg("There is no such folder."), where=str(target), hint=msg("Make it first.")
        )
    same = target.stat().st_dev == folder.stat().st_dev
    wanted = {folder: taken + (packed if same else 0), target: packed + (taken if same else 0)}
    for place, size in wanted.items():
        free = shutil.disk_usage(place).free
        if free < size + RESERVE:
            raise BackupError.of(
                msg(
                    "There is not enough room for a backup: it takes {needed} MB, {free} MB are free.",
                    needed=_megabytes(size + RESERVE),
                    free=_megabytes(free),
                ),
                where=str(target),
                hint=msg("Make room on the disk and try again. Nothing was changed."),
            )


def _large(workspace: Workspace) -> Iterator[Path]:
    for path in (workspace.database, workspace.accounts):
        for suffix in ("", ".wal", "-wal"):
            if (found := path.with_name(f"{path.name}{suffix}")).exists():
                yield found


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _damaged(path: Path) -> BackupError:
    return BackupError.of(
        msg("This backup is damaged."),
        where=str(path),
        hint=msg("Choose another one."),
    )
