"""People whose password was right and whose code is still to come. Kept in memory, for minutes."""

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

#: Long enough to find one's telephone.
_SECONDS = 300.0
_MOST = 200


@dataclass(frozen=True)
class Tried:
    """What somebody typed; it is asked for again together with the code."""

    email: str
    password: str = field(repr=False)


class WaitingRoom:
    """Remembers them under a random key, which their browser sends back. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, tuple[float, Tried]] = OrderedDict()

    def enter(self, tried: Tried) -> str:
        """Remember somebody and return the key."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            self._waiting[key] = (time.monotonic() + _SECONDS, tried)
            while len(self._waiting) > _MOST:
                self._waiting.popitem(last=False)
        return key

    def leave(self, key: str) -> Tried | None:
        """Return who waits under a key and forget them; None if nobody does, or not any more."""
        with self._lock:
            self._forget_old()
            found = self._waiting.pop(key, None)
        return found[1] if found else None

    def _forget_old(self) -> None:
        now = time.monotonic()
        while self._waiting and next(iter(self._waiting.values()))[0] < now:
            self._waiting.popitem(last=False)
