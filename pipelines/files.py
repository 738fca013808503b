"""Files that survive a failure at any moment: whole as before, or whole as wanted."""

import contextlib
import os
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: nobody can open the file of a database that is open
    fcntl = None  # type: ignore[assignment]  # as above


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after a failure it is there as before or as wanted, never in part.

    Raises:
        OSError: The disk did not take it; nothing was changed.
    """
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows which files a folder holds, where the system can do that."""
    with contextlib.suppress(OSError):
        sync(folder)


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk.

    Raises:
        OSError: The system cannot do that.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock(stream: IO[bytes], *, wait: bool) -> None:
    """Keep everybody else from locking an open file, in this process too, until it is closed.

    Raises:
        BlockingIOError: Somebody else has locked it, and nobody is to wait.
        OSError: This file system knows no locks.
    """
    if fcntl is not None:
        fcntl.flock(stream, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def read_at(handle: int, position: int, most: int) -> bytes:
    """Return up to so many bytes of an open file; none are left after its end."""
    os.lseek(handle, position, os.SEEK_SET)
    return os.read(handle, most)
