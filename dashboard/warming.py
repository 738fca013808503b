"""Has landings at hand before somebody asks for one: after the start, and after an import."""

import logging
import threading
from collections.abc import Callable

from pipelines import work
from pipelines.closing import Closing
from pipelines.context import Context
from pipelines.journal import newest_about
from pipelines.landing.beforehand import make_ready
from pipelines.store import Cursor

_log = logging.getLogger(__name__)
#: Whoever opens the pages goes first; in seconds.
_FIRST_AFTER = 5.0
#: So soon it ends, in seconds.
_AT_ONCE = 0.1


class Warming(Closing):
    """A thread that reads what landings are made of, whenever an import has changed it.

    What it is reading is interrupted when it ends, so that nobody who closes the application waits.
    It ends by itself before the database is closed; use as a context manager, or call ``close``, to
    end it sooner.

    Args:
        served: Returns the open workspace, with its settings as they are at that moment.
        prepare: Does the reading.
        first_after: Seconds.
    """

    def __init__(
        self,
        served: Callable[[], Context],
        prepare: Callable[[Context], object] = make_ready,
        *,
        first_after: float = _FIRST_AFTER,
    ) -> None:
        """Begin."""
        self._served = served
        self._prepare = prepare
        self._first_after = first_after
        self._ready_for: int | None = None
        self._written = threading.Event()
        self._written.set()
        self._ending = threading.Event()
        self._work = work.Work()
        store = served().store
        self._stop_listening = store.on_commit(self._written.set)
        self._thread = threading.Thread(target=self._run, name="landings", daemon=True)
        self._thread.start()
        store.on_close(self.close)

    def close(self) -> None:
        """Stop reading and end. Closing twice is harmless."""
        if self._ending.is_set():
            return
        self._stop_listening()
        self._ending.set()
        self._written.set()
        while self._thread.is_alive():
            self._work.stop()  # again and again: between two statements nothing is interrupted
            self._thread.join(_AT_ONCE)

    def _run(self) -> None:
        self._ending.wait(self._first_after)
        while not self._ending.is_set():
            self._written.clear()
            try:
                with work.doing(self._work):
                    self._look()
            except work.Stopped:
                return
            except Exception:  # noqa: BLE001 - whoever asks for a landing reads it then, and is told
                _log.exception("Landings could not be read beforehand.")
            self._written.wait()

    def _look(self) -> None:
        context = self._served()
        # most writes, such as a note in a meeting, leave the deals as they are
        newest = context.store.read(_newest_import)
        if newest != self._ready_for:
            self._prepare(context)
            self._ready_for = newest


def _newest_import(cursor: Cursor) -> int:
    return newest_about(cursor, ("import", "backup"))
