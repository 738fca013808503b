"""Logging out at the provider too, for whoever wants that after logging out here.

The provider wants its ID token back then. It stays on our side until it is needed: by login session
while somebody is logged in, afterwards for a few minutes by a text that only their browser has.
"""

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines import clock

#: How long the offer stands after somebody has logged out.
OFFER_SECONDS = 600
#: More than this are logged in nowhere this product is for; the oldest go first.
_MOST = 1000


@dataclass(frozen=True)
class Login:
    """Somebody's login at a provider.

    Attributes:
        provider: Its key in the settings.
        id_token: As it came from there.
    """

    provider: str
    id_token: str


class Leaving:
    """Remembers logins at providers, in memory. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_session: OrderedDict[str, Login] = OrderedDict()
        self._offers: OrderedDict[str, tuple[Login, datetime]] = OrderedDict()

    def logged_in(self, session_id: str, login: Login) -> None:
        """Remember by which login a session of ours began."""
        with self._lock:
            self._by_session[session_id] = login
            _shorten(self._by_session)

    def forget(self, session_id: str) -> None:
        """Forget it: the session is over, and nobody asked to leave the provider."""
        with self._lock:
            self._by_session.pop(session_id, None)

    def offer(self, session_id: str) -> str | None:
        """Return the text with which a browser may leave the provider; None: it came by none.

        To be called before the session ends.
        """
        with self._lock:
            login = self._by_session.pop(session_id, None)
            if login is None:
                return None
            handle = secrets.token_urlsafe(32)
            self._offers[handle] = login, clock.now() + timedelta(seconds=OFFER_SECONDS)
            _shorten(self._offers)
            return handle

    def offered(self, handle: str | None) -> str | None:
        """Return the key of the provider that a browser may leave, None if there is none."""
        login = self._standing(handle)
        return login.provider if login else None

    def take(self, handle: str | None) -> Login | None:
        """Return what an offer is about, once."""
        login = self._standing(handle)
        with self._lock:
            self._offers.pop(handle or "", None)
        return login

    def _standing(self, handle: str | None) -> Login | None:
        with self._lock:
            login, until = self._offers.get(handle or "", (None, clock.now()))
        return login if clock.now() < until else None


def _shorten(kept: "OrderedDict[str, Login] | OrderedDict[str, tuple[Login, datetime]]") -> None:
    while len(kept) > _MOST:
        kept.popitem(last=False)
