"""Guessing gets slower: tries that failed make the next one wait, for longer each time.

Counted per account and per network address, in the file, so that a restart does not help. Nobody
is locked out for ever: waits end, an account is counted apart for the addresses its owner has come
from before, and counts are forgotten after a quiet day.
"""

import ipaddress
import math
from dataclasses import dataclass
from hashlib import sha256

from dashboard.access.access import Access
from dashboard.access.sessions import REMEMBERED_SECONDS
from dashboard.access.sql import statement
from dashboard.access.store import Connection
from pipelines.errors import AccessRefused, msg_plural

#: So many tries may fail before the next one has to wait.
_FREE = {"account": 4, "known": 4, "address": 20}
_FIRST_WAIT_SECONDS = 60.0
_LONGEST_WAIT_SECONDS = 900.0
_FORGOTTEN_SECONDS = 86400.0

_Key = tuple[str, str]


@dataclass(frozen=True)
class Try:
    """A try that was let through; it counts as failed until somebody says otherwise."""

    keys: tuple[_Key, ...]


def begin(access: Access, email: str, account_id: int | None, address: str) -> Try:
    """Let somebody try a password or a code.

    Counted before it is known how it ends, so that many tries at once are no way around.

    Args:
        email: As ``account.told_apart`` gives it; counted whether it has an account or not.
        account_id: Its account, if it has one.

    Raises:
        AccessRefused: They have to wait first, and for how long.
    """

    def write(connection: Connection) -> float | Try:
        now = access.steady.now()
        keys = _keys(connection, email, account_id, address, now)
        counts = {key: _count(connection, key, now) for key in keys}
        blocked = max(until for _, until in counts.values())
        if blocked > now:
            return blocked - now
        connection.execute(statement("throttle/forget"), {"before": now - _FORGOTTEN_SECONDS})
        for key, (failures, _) in counts.items():
            _put(connection, key, failures + 1, now, now + _wait(key[0], failures + 1))
        access.steady.keep(connection)
        return Try(keys)

    result = access.store.write(write)
    if isinstance(result, Try):
        return result
    raise _blocked(result)


def succeeded(access: Access, tried: Try) -> None:
    """Take a try back that was right, and forget those before it that failed for the account."""

    def write(connection: Connection) -> None:
        for key in tried.keys:
            if key[0] == "address":
                _take_back(access, connection, key)
            else:
                connection.execute(statement("throttle/delete"), {"kind": key[0], "key": key[1]})

    access.store.write(write)


def withdrawn(access: Access, tried: Try) -> None:
    """Take a try back that was neither right nor wrong, such as a code that is still to come."""

    def write(connection: Connection) -> None:
        for key in tried.keys:
            _take_back(access, connection, key)

    access.store.write(write)


def forget_in(connection: Connection, email: str) -> None:
    """Forget what failed for an account, inside a transaction: it has a new password."""
    connection.execute(statement("throttle/delete"), {"kind": "account", "key": _digest(email)})


def _keys(
    connection: Connection, email: str, account_id: int | None, address: str, now: float
) -> tuple[_Key, ...]:
    network = _network(address)
    account = ("account", _digest(email))
    if account_id is not None:
        since = now - REMEMBERED_SECONDS
        values = {"account_id": account_id, "address": address, "since": since}
        ((known,),) = connection.execute(statement("sessions/known_address"), values).fetchall()
        if known:
            account = ("known", f"{account_id} {network}")
    return (account, ("address", network))


def _count(connection: Connection, key: _Key, now: float) -> tuple[int, float]:
    values = {"kind": key[0], "key": key[1], "since": now - _FORGOTTEN_SECONDS}
    rows = connection.execute(statement("throttle/read"), values).fetchall()
    return (int(rows[0][0]), float(rows[0][1])) if rows else (0, 0.0)


def _put(connection: Connection, key: _Key, failures: int, now: float, until: float) -> None:
    values = {"kind": key[0], "key": key[1], "failures": failures, "now": now, "until": until}
    connection.execute(statement("throttle/put"), values)


def _take_back(access: Access, connection: Connection, key: _Key) -> None:
    now = access.steady.now()
    failures, _ = _count(connection, key, now)
    if failures:
        _put(connection, key, failures - 1, now, 0.0)


def _wait(kind: str, failures: int) -> float:
    """Return how long the next try has to wait: 1, 2, 4, 8, then 15 minutes."""
    over = failures - _FREE[kind]
    if over <= 0:
        return 0.0
    return min(_FIRST_WAIT_SECONDS * 2.0 ** min(over - 1, 10), _LONGEST_WAIT_SECONDS)


def _network(address: str) -> str:
    """Return what one subscriber has: an IPv4 address, or 64 bits of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _digest(email: str) -> str:
    # of a set length, and nobody's password where it was typed into the wrong field
    return sha256(email.encode("utf-8", "replace")).hexdigest()


def _blocked(seconds: float) -> AccessRefused:
    minutes = max(1, math.ceil(seconds / 60))
    return AccessRefused.of(
        msg_plural(
            "Too many tries have failed. Try again in {count} minute.",
            "Too many tries have failed. Try again in {count} minutes.",
            minutes,
        )
    )
