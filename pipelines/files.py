"""Files that survive a failure at any moment: whole as before, or whole as wanted."""

import contextlib
import os
from pathlib import Path


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
