"""Looks whether a pact fires, while the product runs: after an import, and once a day."""

import logging
import threading
from collections.abc import Callable
from datetime import date

from dashboard.rhythm.pact.check import check_pacts
from pipelines.closing import Closing
from pipelines.context import Context
from pipelines.sql import statement
from pipelines.store import Cursor

_log = logging.getLogger(__name__)
#: How often the day is looked at, in seconds.
_EVERY = 300.0


class Watch(Closing):
    """A thread that checks the pacts whenever their answer may be another one.

    Pages only read: whoever opens one on Monday finds what was written down before. It ends by
    itself before the database is closed; use as a context manager, or call ``close``, to end it
    sooner.

    Args:
        served: Returns the open workspace, with its settings as they are at that moment.
    """

    def __init__(self, served: Callable[[], Context]) -> None:
        """Begin to watch."""
        self._served = served
        self._looked_at: tuple[date, int] | None = None
        self._written = threading.Event()
        self._written.set()  # what happened while nothing ran
        self._ending = False
        store = served().store
        self._stop_listening = store.on_commit(self._written.set)
        self._thread = threading.Thread(target=self._run, name="pacts", daemon=True)
        self._thread.start()
        store.on_close(self.close)

    def close(self) -> None:
        """Look a last time and end. Closing twice is harmless."""
        if self._ending:
            return
        self._ending = True
        self._stop_listening()
        self._written.set()
        self._thread.join()

    def _run(self) -> None:
        ending = False
        while not ending:
            self._written.wait(_EVERY)
            self._written.clear()
            ending = self._ending  # read before the last round
            try:
                self._look()
            except Exception:  # noqa: BLE001 - the next write, or the next day, tries again
                _log.exception("The pacts could not be checked.")

    def _look(self) -> None:
        context = self._served()
        # most writes, such as a note in a meeting, change nothing that a pact looks at
        state = (context.today(), context.store.read(_newest))
        if state != self._looked_at:
            check_pacts(context)
            self._looked_at = state


def _newest(cursor: Cursor) -> int:
    """Return the number of the last change of anything that pacts look at."""
    return int(cursor.execute(statement("pacts/newest_change")).fetchall()[0][0])
