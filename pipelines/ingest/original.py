"""The bytes of a file as they were received, kept in the workspace under their hash."""

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import ImportRefused, msg
from pipelines.workspace import Workspace

#: Full, over its quota, or not to be written at all.
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EROFS)


@dataclass(frozen=True)
class Original:
    """A file that is being copied and hashed while somebody else reads it.

    Attributes:
        folder: Where originals are kept.
    """

    path: Path
    folder: Path
    _copied: Future[tuple[Path, str]]

    @property
    def content_hash(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return self._copied.result()[1]

    def keep(self) -> None:
        """Keep the copy. Without an import that names it, it is there for nothing, harmlessly."""
        part, content_hash = self._copied.result()
        self.folder.mkdir(parents=True, exist_ok=True)
        part.replace(self.folder / f"{content_hash}{self.path.suffix.lower()}")


@contextmanager
def received(path: Path, workspace: Workspace) -> Iterator[Original]:
    """Copy and hash a file beside the block; what the block does not keep is gone after it.

    A file that cannot be read fails when the hash is asked for, so that the block may say why.

    Raises:
        ImportRefused: The disk has no room for it, or for what the block needs.
    """
    try:
        workspace.staging.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(prefix="original-", dir=workspace.staging) as name,
            ThreadPoolExecutor(1, "original") as beside,
        ):
            part = Path(name) / "original"
            yield Original(path, workspace.imports, beside.submit(_copy, path, part))
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise ImportRefused.of(
            msg("There is no room on the disk: nothing was imported."),
            where=path.name,
            hint=msg("Make room on it and try again."),
        ) from error


def _copy(path: Path, part: Path) -> tuple[Path, str]:
    shutil.copyfile(path, part)
    with part.open("rb") as stream:
        return part, hashlib.file_digest(stream, "sha256").hexdigest()
