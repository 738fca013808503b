"""Keeps the audit trail up with the journal while the product runs."""

import logging
import threading

from dashboard.access.audit import Audit
from pipelines.closing import Closing
from pipelines.context import Context

_log = logging.getLogger(__name__)


class Follower(Closing):
    """Takes changes of the data over into the audit trail, right after they were written.

    Whoever writes does not wait for it: a thread of its own takes over what came together, at
    once, after every write, and a last time at the end, before the data is let go of. Use as a
    context manager, or call ``close`` before the audit trail itself is closed.
    """

    def __init__(self, audit: Audit, context: Context) -> None:
        """Begin to follow.

        Raises:
            StoreError: One of the two databases cannot be used.
        """
        self._audit = audit
        self._context = context
        self._written = threading.Event()
        self._ending = False
        audit.take_over(context)  # what a crash left behind
        self._stop_listening = context.store.on_commit(self._written.set)
        self._thread = threading.Thread(target=self._follow, name="audit", daemon=True)
        self._thread.start()
        context.store.on_close(self.close)

    def close(self) -> None:
        """Take over what there is and end. Closing twice is harmless."""
        if self._ending:
            return
        self._ending = True
        self._stop_listening()
        self._written.set()
        self._thread.join()

    def _follow(self) -> None:
        ending = False
        while not ending:
            self._written.wait()
            self._written.clear()
            ending = self._ending  # read before the last round, which then takes everything
            try:
                self._audit.take_over(self._context)
            except Exception:  # noqa: BLE001 - the next write, or the next start, tries again
                _log.exception("The audit trail is behind.")
