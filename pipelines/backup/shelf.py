"""The backups of a workspace, as they lie in its folder."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from pipelines.backup.manifest import NAME, Manifest, read
from pipelines.errors import BackupError, msg
from pipelines.workspace import Workspace

#: How the names of backups end.
SUFFIX = ".cap90"
#: What reading a damaged archive raises, beside OSError.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(KeyError, RuntimeError, NotImplementedError, ValueError),
)
#: More than any manifest needs: larger ones are not read at all.
_LARGEST_MANIFEST = 16 << 20


@dataclass(frozen=True)
class Backup:
    """One backup.

    Attributes:
        size: In bytes.
    """

    path: Path
    manifest: Manifest
    size: int


def backups(workspace: Workspace) -> tuple[Backup, ...]:
    """Return the backups that can be read, the newest first, whatever the clock said."""
    found = []
    for path in workspace.backups.glob(f"*{SUFFIX}"):
        try:
            found.append(Backup(path, read_manifest(path), path.stat().st_size))
        except (BackupError, OSError):
            continue
    return tuple(sorted(found, key=lambda one: (-one.manifest.number, one.path.name)))


def damaged(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files that are called backups and are none."""
    known = {one.path for one in backups(workspace)}
    return tuple(sorted(set(workspace.backups.glob(f"*{SUFFIX}")) - known))


def read_manifest(path: Path) -> Manifest:
    """Return what a backup says about itself.

    Raises:
        BackupError: It is missing, damaged, or was made by a newer version of the product.
    """
    if not path.is_file():
        raise BackupError.of(
            msg("There is no such file."),
            where=str(path),
            hint=msg("Backups lie in the folder 'backups' of the workspace."),
        )
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(NAME).file_size > _LARGEST_MANIFEST:
                raise KeyError(NAME)  # as if it had none
            content = archive.read(NAME)
    except (OSError, *UNREADABLE) as error:
        raise BackupError.of(
            msg("This is not a Cap 90 backup, or it is damaged."),
            where=str(path),
            hint=msg("Choose another file that ends in .cap90."),
        ) from error
    return read(content, str(path))
