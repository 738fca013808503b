"""Login sessions: who is logged in where, asked by every request and answered from memory."""

import contextlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from dashboard.access.living import Living, living
from dashboard.access.sql import statement
from dashboard.access.steady import SteadyClock, moment
from dashboard.access.store import AccessStore, Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import StoreError
from pipelines.settings import Login

#: Every name that files use for one of the people; asked at every look, so it has to be quick.
NamesOf = Callable[[int], frozenset[str]]

_TOKEN_BYTES = 32
#: Longer than any token of ours: not worth hashing.
_LONGEST_TOKEN = 100
#: How often a sign of life is written down.
_RENEWAL_SECONDS = 60.0
#: How long sessions that ended are kept, to know the addresses that somebody usually comes from.
REMEMBERED_SECONDS = 90 * 86400.0
_LONGEST_TEXT = 300


@dataclass(frozen=True)
class LoginSession:
    """One login session, as its owner sees it in a list.

    Attributes:
        session_id: Names it without giving access to it.
        started_at: UTC, as is ``seen_at``, the last sign of life.
    """

    session_id: str
    started_at: datetime
    seen_at: datetime
    address: str
    user_agent: str


class Sessions:
    """The login sessions of one workspace. Safe to use from any thread."""

    def __init__(
        self,
        store: AccessStore,
        steady: SteadyClock,
        limits: Callable[[], Login],
        names: NamesOf,
    ) -> None:
        self._store = store
        self._steady = steady
        self._limits = limits
        self._names = names
        self._lock = threading.RLock()
        self._living: dict[str, Living] = {}
        #: Over, but the file could not be told yet (a full disk): by token, why.
        self._unwritten: dict[str, str] = {}
        self._version: int | None = None
        self._listeners: list[Callable[[str], None]] = []
        self._prune()

    def on_end(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Have a function called with the public id of every session that ends, however it does.

        It is called from whichever thread notices, soon after the end is written; it must be
        quick. A session that ends by time is noticed by ``find`` or ``sweep``.

        Returns:
            A function that stops this.
        """
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock, contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def start(self, account_id: int, address: str, user_agent: str = "") -> str:
        """Begin a session and return its token, which is kept nowhere else.

        Raises:
            StoreError: It cannot be written.
        """
        return self._store.write(
            lambda connection: self.start_in(connection, account_id, address, user_agent)
        )

    def start_in(
        self, connection: Connection, account_id: int, address: str, user_agent: str = ""
    ) -> str:
        """Begin a session in the transaction of something else; see ``start``."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        connection.execute(
            statement("sessions/insert"),
            {
                "token_hash": hashed(token),
                "session_id": secrets.token_hex(16),
                "account_id": account_id,
                "now": self._steady.now(),
                "address": _writable(address),
                "user_agent": _writable(user_agent),
            },
        )
        self._steady.keep(connection)
        return token

    def find(self, token: str, *, active: bool) -> Visitor | None:
        """Return whose session a token is, with the role they have now; None if it is over.

        Args:
            active: Somebody did something: the idle time begins anew. False for what a page asks
                by itself.

        Raises:
            StoreError: The file cannot be read.
        """
        if not token or len(token) > _LONGEST_TOKEN:
            return None
        token_hash = hashed(token)
        ended: list[str] = []
        due = None
        with self._lock:
            ended += self._refresh()
            session = self._living.get(token_hash)
            if session is not None:
                now = self._steady.now()
                if why := self._over(session, now):
                    ended += self._drop(session, why)
                    session = None
                elif active:
                    session.seen_at = now
                    if now - session.written_at >= _RENEWAL_SECONDS:
                        session.written_at = now
                        due = session
        if due is not None:
            with contextlib.suppress(StoreError):  # a full disk logs nobody out
                self._store.write(lambda connection: self._renew(connection, token_hash))
        self._tell(ended)
        if session is None:
            return None
        visitor = session.visitor
        if visitor.person_id is None:
            return visitor
        return replace(visitor, names=self._names(visitor.person_id))

    def end(self, token: str, why: str = "logged_out") -> None:
        """End the session of a token, if it is one; it is over even if that cannot be written."""
        with self._lock:
            ended = self._refresh()
            if session := self._living.get(hashed(token)):
                ended += self._drop(session, why)
        self._tell(ended)

    def end_one(self, session_id: str, account_id: int, why: str = "ended") -> None:
        """End one session of an account by its public id; nothing happens if it is not one."""
        with self._lock:
            ended = self._refresh()
            for session in list(self._living.values()):
                if session.session_id == session_id and session.account_id == account_id:
                    ended += self._drop(session, why)
        self._tell(ended)

    def end_all(self, account_id: int, but: str | None = None, why: str = "ended") -> None:
        """End every session of an account, except perhaps the one with a public id."""
        with self._lock:
            ended = self._refresh()
            for session in list(self._living.values()):
                if session.account_id == account_id and session.session_id != but:
                    ended += self._drop(session, why)
        self._tell(ended)

    def end_all_in(
        self, connection: Connection, account_id: int, *, but: str | None = None, why: str
    ) -> None:
        """End them in the transaction of something else; call ``sweep`` when it is written."""
        connection.execute(
            statement("sessions/end_of_account"),
            {"account_id": account_id, "but": but or "", "why": why, "now": self._steady.now()},
        )

    def sweep(self) -> None:
        """End what is over by time, and notice what ended elsewhere."""
        with self._lock:
            ended = self._refresh()
            now = self._steady.now()
            for session in list(self._living.values()):
                if why := self._over(session, now):
                    ended += self._drop(session, why)
            self._write_ends()
        self._tell(ended)

    def listing(self, account_id: int) -> tuple[LoginSession, ...]:
        """Return the sessions of an account that are not over, oldest first."""
        self.sweep()
        with self._lock:
            return tuple(
                LoginSession(
                    session.session_id,
                    moment(session.started_at),
                    moment(session.seen_at),
                    session.address,
                    session.user_agent,
                )
                for session in self._living.values()
                if session.account_id == account_id
            )

    def _over(self, session: Living, now: float) -> str | None:
        limits = self._limits()
        if now - session.started_at >= limits.absolute_hours * 3600:
            return "absolute_limit"
        if now - session.seen_at >= limits.idle_minutes * 60:
            return "idle_limit"
        return None

    def _refresh(self) -> list[str]:
        """Read anew what changed, whoever changed it; return the sessions that are gone."""
        version = self._store.version()
        if version == self._version:
            return []
        before, self._living = self._living, {}
        rows = self._store.read(
            lambda connection: connection.execute(statement("sessions/living")).fetchall()
        )
        for row in rows:
            session = living(row)
            if session.token_hash in self._unwritten:
                continue
            if known := before.pop(session.token_hash, None):
                session.seen_at = max(session.seen_at, known.seen_at)
                session.written_at = known.written_at
            self._living[session.token_hash] = session
        self._version = version  # asked before reading: a change in between is read next time
        return [gone.session_id for gone in before.values()]

    def _drop(self, session: Living, why: str) -> list[str]:
        del self._living[session.token_hash]
        self._unwritten[session.token_hash] = why
        self._write_ends()
        return [session.session_id]

    def _write_ends(self) -> None:
        ends = dict(self._unwritten)
        if not ends:
            return

        def write(connection: Connection) -> None:
            now = self._steady.now()
            for token_hash, why in ends.items():
                values = {"token_hash": token_hash, "why": why, "now": now}
                connection.execute(statement("sessions/end"), values)
            self._steady.keep(connection)

        # over in memory either way; the next end, or the next sweep, tries again
        with contextlib.suppress(StoreError):
            self._store.write(write)
            self._unwritten.clear()

    def _renew(self, connection: Connection, token_hash: str) -> None:
        values = {"token_hash": token_hash, "now": self._steady.now()}
        connection.execute(statement("sessions/seen"), values)
        self._steady.keep(connection)

    def _prune(self) -> None:
        before = self._steady.now() - REMEMBERED_SECONDS
        with contextlib.suppress(StoreError):
            self._store.write(
                lambda connection: connection.execute(
                    statement("sessions/forget"), {"before": before}
                )
            )

    def _tell(self, ended: list[str]) -> None:
        if ended:
            with self._lock:
                listeners = tuple(self._listeners)
            for session_id in ended:
                for listener in listeners:
                    listener(session_id)


def hashed(token: str) -> str:
    """Return what is kept of a token; whoever reads the file cannot use it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _writable(text: str) -> str:
    return text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
