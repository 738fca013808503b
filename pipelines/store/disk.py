"""What is known about a disk that refused to take something."""

import os
import threading
import time
from pathlib import Path
from typing import Literal

import duckdb

#: ``read_only``: the disk takes nothing more; ``reopening``: nothing can be read either, for now.
State = Literal["ok", "read_only", "reopening"]

#: What DuckDB says when the operating system refuses a write.
_REFUSALS = ("Could not write", "No space left", "Could not sync", "Could not truncate", "fsync")
#: A disk that takes this much again is believed to work, in bytes.
_TRIED = 1 << 20
#: How often it is tried, in seconds.
_TRY_EVERY = 5.0


def of_disk(error: duckdb.Error) -> bool:
    """Tell whether an error of the database comes from the disk."""
    return isinstance(error, duckdb.IOException) or any(words in str(error) for words in _REFUSALS)


class Disk:
    """Remembers a refusal until the disk takes something again.

    Args:
        path: The database file; None for one in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._refused = False
        self._tried_at = 0.0

    def refused(self) -> None:
        """Take note that the disk did not take something."""
        with self._lock:
            self._refused, self._tried_at = True, time.monotonic()

    def took(self) -> None:
        """Take note that the disk took something."""
        self._refused = False

    def refuses(self) -> bool:
        """Tell whether the disk still takes nothing; now and then it is tried."""
        with self._lock:
            if not self._refused or self._path is None:
                return False
            now = time.monotonic()
            if now - self._tried_at >= _TRY_EVERY:
                self._tried_at = now
                self._refused = not _takes(self._path.with_name(".cap90-try"))
            return self._refused


def _takes(trial: Path) -> bool:
    """Write a file, wait until the disk has it, and take it away again."""
    try:
        with trial.open("wb") as stream:
            stream.write(b"\0" * _TRIED)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        return False
    else:
        return True
    finally:
        trial.unlink(missing_ok=True)
