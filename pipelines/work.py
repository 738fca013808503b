"""The piece of work a thread is doing: how far it is, and whether somebody wants it to stop."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pipelines.errors import Cap90Error, Message, msg


class Stopped(Cap90Error):  # noqa: N818 - somebody wanted it
    """The work was stopped before it was finished; what it had not saved yet was not kept."""


def _tell_nobody(_: Message) -> None:
    """Say nothing."""


class Work:
    """One piece of work that somebody may stop from another thread.

    Args:
        told: Called with a sentence whenever a new step begins.
    """

    def __init__(self, told: Callable[[Message], None] = _tell_nobody) -> None:
        self._told = told
        self._lock = threading.Lock()
        self._stopped = False
        self._interrupts: list[Callable[[], object]] = []

    @property
    def stopped(self) -> bool:
        """Whether it is to stop; it does so at its next step, and never after a commit."""
        return self._stopped

    def stop(self) -> None:
        """Ask it to stop, and interrupt what it is doing if that can be interrupted."""
        with self._lock:
            self._stopped = True
            for interrupt in self._interrupts:
                interrupt()

    def step(self, message: Message) -> None:
        """Begin a new step.

        Raises:
            Stopped: Somebody wants the work to stop.
        """
        self.check()
        self._told(message)

    def check(self) -> None:
        """Go on, unless somebody wants the work to stop.

        Raises:
            Stopped: They do.
        """
        if self._stopped:
            raise Stopped.of(msg("This was stopped before it was finished; nothing was changed."))

    @contextmanager
    def interruptible(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Do something that can be interrupted; once the block is left, it no longer is."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


#: Work that nobody watches and nobody can stop.
_UNWATCHED = Work()
_current: ContextVar[Work] = ContextVar("work", default=_UNWATCHED)


def current() -> Work:
    """Return what this thread is doing."""
    return _current.get()


@contextmanager
def doing(work: Work) -> Iterator[None]:
    """Make everything inside the block part of a piece of work."""
    token = _current.set(work)
    try:
        yield
    finally:
        _current.reset(token)
