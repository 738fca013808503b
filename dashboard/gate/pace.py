"""How much one login session may ask for in a while: far more than people do, far less than programs."""

import math
import threading
import time
from collections.abc import Callable

#: What a session may ask for at once: a page opens with some 80 requests, several tabs at a time.
BURST = 600
#: What it may go on asking for, a second.
SUSTAINED = 50
#: When more are remembered than this, those that have rested are forgotten.
_REMEMBERED = 1000


class Pace:
    """A bucket of tokens for each login session, which fills steadily and never runs over."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        burst: int = BURST,
        sustained: int = SUSTAINED,
    ) -> None:
        """Begin with every bucket full.

        Args:
            clock: Seconds from anywhere, that never go back.
            burst: What may be asked for at once.
            sustained: What may be asked for from then on, a second.
        """
        self._clock = clock
        self._burst = burst
        self._sustained = sustained
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}  # tokens, and when they were counted

    def wait(self, session_id: str) -> int:
        """Count a request; return the seconds after which to ask again, 0 if it may pass."""
        with self._lock:
            now = self._clock()
            if len(self._buckets) > _REMEMBERED:
                self._forget(now)
            tokens = self._tokens(session_id, now)
            if tokens < 1:
                self._buckets[session_id] = tokens, now
                return math.ceil((1 - tokens) / self._sustained)
            self._buckets[session_id] = tokens - 1, now
            return 0

    def _tokens(self, session_id: str, now: float) -> float:
        tokens, counted = self._buckets.get(session_id, (self._burst, now))
        return min(self._burst, tokens + (now - counted) * self._sustained)

    def _forget(self, now: float) -> None:
        resting = [one for one in self._buckets if self._tokens(one, now) >= self._burst]
        for one in resting:
            del self._buckets[one]
