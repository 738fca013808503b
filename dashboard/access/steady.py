"""A clock that never runs backwards, for what must not come to life again."""

import threading
from datetime import UTC, datetime
from time import monotonic

from dashboard.access.sql import statement
from dashboard.access.store import AccessStore, Connection
from pipelines import clock


class SteadyClock:
    """Seconds since 1970 that only grow: the wall clock, or what passed since the last look.

    A wall clock that was set back (or was ahead and is put right) is caught up with at the speed
    of real time, so limits go on ending when they should; the file remembers the latest moment, so
    a restart does not help either.
    """

    def __init__(self, store: AccessStore) -> None:
        self._lock = threading.Lock()
        self._latest = store.read(_latest)
        self._looked_at = monotonic()

    def now(self) -> float:
        """Return the moment it is; never less than the last time, in this run or an earlier one."""
        with self._lock:
            looked_at = monotonic()
            passed = self._latest + (looked_at - self._looked_at)
            self._latest = max(passed, clock.now().replace(tzinfo=UTC).timestamp())
            self._looked_at = looked_at
            return self._latest

    def keep(self, connection: Connection) -> None:
        """Remember the moment, in the transaction of something else that is written."""
        connection.execute(statement("clock/put"), {"seen_at": self.now()})


def moment(seconds: float) -> datetime:
    """Return a moment of the file as UTC without a zone, as the rest of the product has it."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _latest(connection: Connection) -> float:
    rows = connection.execute(statement("clock/read")).fetchall()
    return float(rows[0][0]) if rows else 0.0
