"""Keep a database file open, and open it again after an error that nothing else gets over.

After a fatal error (a disk that is full in the middle of a checkpoint) every handle of the process
is dead until all of them are closed. Whoever is at work then gets a sentence, and the last one to
leave opens the file again.
"""

import contextlib
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from pipelines.errors import StoreError, WorkspaceInUse, msg
from pipelines.store.opened import Opened

#: How long somebody waits for a file that is being opened again, in seconds.
_PATIENCE = 60.0
#: How long others may take to notice that the database stopped, in seconds.
_NOTICING = 5.0


class Keeper:
    """One open connection, and how to get another one.

    Args:
        connect: Opens the database; raises StoreError.
    """

    def __init__(self, connect: Callable[[], Opened]) -> None:
        self._connect = connect
        self._changed = threading.Condition()
        self._at_work = 0
        self._stopped = False  # after a fatal error, until the file is open again
        self._away = False  # while somebody has the file to themselves
        self._closed = False
        self._opened: Opened | None = connect()

    @property
    def is_open(self) -> bool:
        """Tell whether the database answers."""
        return not (self._stopped or self._away or self._closed or self._opened is None)

    @property
    def opened(self) -> Opened | None:
        """What is open; to be asked while holding a cursor."""
        return self._opened

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor for one operation.

        Raises:
            StoreError: The database stopped, before or meanwhile, or is closed.
        """
        cursor = self._lend()
        try:
            yield cursor
        except duckdb.FatalException as error:
            self._stopped = True
            raise _stopped() from error
        finally:
            cursor.close()
            self._take_back()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Close the file, let the block do with it what it wants, and open it again.

        Others wait meanwhile. The caller keeps writers out.

        Raises:
            StoreError: Somebody reads for too long, or the file cannot be opened afterwards.
        """
        with self._changed:
            self._away = True
            if not self._changed.wait_for(lambda: self._at_work == 0, _PATIENCE):
                self._away = False
                self._changed.notify_all()
                raise _busy()
            self._shut()
        try:
            yield
        finally:
            with self._changed:
                self._away = False
                self._changed.notify_all()
                self._open()

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        with self._changed:
            self._closed = True
            self._shut()

    def _lend(self) -> duckdb.DuckDBPyConnection:
        with self._changed:
            if self._away and not self._changed.wait_for(lambda: not self._away, _PATIENCE):
                raise _busy()
            # somebody may be at work who waits for us: nobody waits for ever
            if self._stopped and not self._changed.wait_for(lambda: not self._stopped, _NOTICING):
                raise _stopped()
            if self._closed:
                raise StoreError.of(
                    msg("The workspace was closed."), hint=msg("Start Cap 90 again.")
                )
            cursor = (self._opened or self._open()).connection.cursor()
            self._at_work += 1
            return cursor

    def _take_back(self) -> None:
        with self._changed:
            self._at_work -= 1
            if self._stopped and self._at_work == 0:
                self._shut()
                self._stopped = False
                with contextlib.suppress(StoreError):  # the next one tries again, and is told
                    self._open()
            self._changed.notify_all()

    def _open(self) -> Opened:
        try:
            self._opened = self._connect()
        except WorkspaceInUse:
            gc.collect()  # a relation that nobody uses any more still holds the dead database
            self._opened = self._connect()
        return self._opened

    def _shut(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def _stopped() -> StoreError:
    return StoreError.of(
        msg("The database stopped: the disk is full or failing."),
        hint=msg(
            "Make room on it. Cap 90 goes on by itself; look whether your last change was saved. "
            "Nothing that was saved before is lost."
        ),
    )


def _busy() -> StoreError:
    return StoreError.of(msg("The workspace is busy."), hint=msg("Wait a moment and try again."))
