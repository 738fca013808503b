"""Addresses that a calendar program reads somebody's dates from, without a login.

Whoever knows an address reads the titles and dates of one person, and nothing else. It is kept as
a hash, so it can be made anew but not shown again.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from dashboard.access.access import Access
from dashboard.access.account import subject_of
from dashboard.access.accounts import account_in, visitor_of
from dashboard.access.audit import append
from dashboard.access.rights import Capability
from dashboard.access.sessions import hashed
from dashboard.access.sql import statement
from dashboard.access.steady import moment
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import AccessRefused, msg

#: Where addresses lead: the token stands between.
PATH, ENDING = "/calendar/", ".ics"
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Feed:
    """Whose dates an address shows.

    Attributes:
        calendar_id: Names the events for ever.
    """

    visitor: Visitor
    calendar_id: str


def path_of(token: str) -> str:
    """Return the part of an address that follows the address of the pages."""
    return f"{PATH}{token}{ENDING}"


def make(access: Access, by: Visitor) -> str:
    """Return the token of a new address for one's own calendar; the one before ends.

    Raises:
        AccessRefused: They have no account, or no commitments of their own.
    """
    by.require(Capability.DO_ACTIONS)
    account_id = _own(by)
    token = secrets.token_urlsafe(_TOKEN_BYTES)

    def write(connection: Connection) -> None:
        account = account_in(connection, account_id)
        values = {
            "account_id": account_id,
            "token_hash": hashed(token),
            "calendar_id": secrets.token_hex(_TOKEN_BYTES // 4),
            "now": access.steady.now(),
        }
        connection.execute(statement("feeds/put"), values)
        append(connection, by.name, "account.calendar_made", subject_of(account))
        access.steady.keep(connection)

    access.store.write(write)
    return token


def end(access: Access, by: Visitor) -> None:
    """Let the address of one's own calendar show nothing any more.

    Raises:
        AccessRefused: They have no account.
    """
    account_id = _own(by)

    def write(connection: Connection) -> None:
        account = account_in(connection, account_id)
        if end_in(connection, account_id):
            append(connection, by.name, "account.calendar_ended", subject_of(account))

    access.store.write(write)


def end_in(connection: Connection, account_id: int) -> bool:
    """End an address inside a transaction; tell whether there was one."""
    values = {"account_id": account_id}
    return connection.execute(statement("feeds/remove"), values).rowcount > 0


def made_at(access: Access, account_id: int) -> datetime | None:
    """Return when the address that counts was made, in UTC; None if there is none."""
    rows = access.store.read(
        lambda connection: connection.execute(
            statement("feeds/of_account"), {"account_id": account_id}
        ).fetchall()
    )
    return moment(rows[0][0]) if rows else None


def find(access: Access, token: str) -> Feed | None:
    """Return whose dates an address shows, with the role they have at this moment.

    None: there is no such address, or whoever it belongs to may not log in any more, or has no
    commitments of their own.
    """
    values = {"token_hash": hashed(token[:_LONGEST_TOKEN])}
    rows = access.store.read(
        lambda connection: connection.execute(statement("feeds/read"), values).fetchall()
    )
    if not rows:
        return None
    ((account_id, calendar_id),) = rows
    visitor = visitor_of(access, account_id)
    if visitor is None or not visitor.may(Capability.DO_ACTIONS):
        return None
    return Feed(visitor, calendar_id)


def _own(by: Visitor) -> int:
    if by.account_id is None:
        raise AccessRefused.of(msg("Only an account of one's own has a calendar."))
    return by.account_id
