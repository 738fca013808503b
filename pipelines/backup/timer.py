"""Makes the day's backup while the application runs."""

import logging
import threading
from collections.abc import Callable

from pipelines.errors import Cap90Error, Problem

_log = logging.getLogger(__name__)
#: How often the day is looked at, in seconds.
_EVERY = 300.0
#: Whoever opens the pages goes first.
_FIRST_AFTER = 15.0


class Timer:
    """A thread that calls ``work`` now and then until it is stopped.

    Args:
        work: Makes the day's backup if there is none.
        first_after, every: Seconds.
    """

    def __init__(
        self,
        work: Callable[[], object],
        *,
        first_after: float = _FIRST_AFTER,
        every: float = _EVERY,
    ) -> None:
        self._work = work
        self._first_after = first_after
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily-backup", daemon=True)
        self._problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the last attempt failed; empty if it did not."""
        return self._problems

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end, and wait until what it is at is finished."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        wait = self._first_after
        while not self._stopping.wait(wait):
            wait = self._every
            try:
                self._work()
            except Cap90Error as error:
                _log.warning("The day's backup could not be made: %s", error)
                self._problems = error.problems
            except Exception:  # noqa: BLE001 - whatever it is, it has to be there tomorrow
                _log.exception("The day's backup could not be made.")
            else:
                self._problems = ()
