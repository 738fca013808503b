"""Links that let somebody in once: the first owner, who was invited, who lost a password."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dashboard.access.access import Access
from dashboard.access.account import Account, State, subject_of
from dashboard.access.accounts import account_in
from dashboard.access.audit import append
from dashboard.access.rights import Capability
from dashboard.access.sessions import hashed
from dashboard.access.sql import statement
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import AccessRefused, Message, Refused, msg

#: Where links lead: the token follows.
PATH = "/link/"
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 100


class Kind(StrEnum):
    """What a link is for."""

    SETUP = "setup"  # makes the first owner
    INVITATION = "invitation"  # the first login of an account
    RESET = "reset"  # a new password


VALID_FOR: dict[Kind, timedelta] = {
    Kind.SETUP: timedelta(hours=24),
    Kind.INVITATION: timedelta(days=7),
    Kind.RESET: timedelta(hours=1),
}


@dataclass(frozen=True)
class Link:
    """A link that can still be used.

    Attributes:
        account: Whose it is; None for the setup link, which makes one.
    """

    kind: Kind
    account: Account | None


def path_of(token: str) -> str:
    """Return the part of a link that follows the address of the pages."""
    return f"{PATH}{token}"


def needs_setup(access: Access) -> bool:
    """Tell whether there is no owner yet, neither active nor invited."""
    return access.store.read(_no_owner)


def setup(access: Access) -> str | None:
    """Return the token of a new setup link; earlier ones die. None once there is an owner."""

    def write(connection: Connection) -> str | None:
        return _make(access, connection, Kind.SETUP, None) if _no_owner(connection) else None

    return access.store.write(write)


def invite(access: Access, by: Visitor, account_id: int) -> str:
    """Return the token of a new link for an account; its earlier ones die.

    It is an invitation until its owner has been there, and a reset link from then on.

    Raises:
        AccessRefused: ``by`` may not manage accounts.
        Refused: The account is disabled.
    """
    by.require(Capability.MANAGE_ACCOUNTS)

    def write(connection: Connection) -> str:
        account = account_in(connection, account_id)
        if account.state is State.DISABLED:
            raise Refused.of(
                msg("The account of {name} is disabled.", name=account.name),
                hint=msg("Enable it first."),
            )
        kind = Kind.INVITATION if account.state is State.INVITED else Kind.RESET
        append(connection, by.name, f"account.{kind}_link", subject_of(account))
        return _make(access, connection, kind, account_id)

    return access.store.write(write)


def look_up(access: Access, token: str) -> Link:
    """Return what a link is good for, without using it.

    Raises:
        AccessRefused: It was used, is too old, was replaced, or never was one: says which, and
            what to do.
    """
    return access.store.read(lambda connection: find_in(access, connection, token))


def find_in(access: Access, connection: Connection, token: str) -> Link:
    """Return what a link is good for inside a transaction; raises as ``look_up`` does."""
    values = {"link_hash": hashed(token[:_LONGEST_TOKEN])}
    rows = connection.execute(statement("links/read"), values).fetchall()
    if not rows:
        raise _refusal(msg("This link is not one of ours, or it is incomplete."))
    ((written_kind, account_id, expires_at, used, replaced),) = rows
    kind = Kind(written_kind)
    if used:
        raise _refusal(msg("This link was used already; each works once."), kind)
    if replaced:
        raise _refusal(msg("This link does not count any more: there is a newer one."), kind)
    if access.steady.now() >= expires_at:
        raise _refusal(msg("This link is too old."), kind)
    if kind is Kind.SETUP:
        if not _no_owner(connection):
            raise _refusal(msg("This link does not count any more: there is an owner."))
        return Link(kind, None)
    account = account_in(connection, account_id)
    if account.state is State.DISABLED:
        raise _refusal(msg("This link does not count any more."))
    return Link(kind, account)


def use_in(access: Access, connection: Connection, token: str) -> None:
    """Use a link up inside a transaction."""
    values = {"link_hash": hashed(token), "now": access.steady.now()}
    connection.execute(statement("links/use"), values)
    access.steady.keep(connection)


def _make(access: Access, connection: Connection, kind: Kind, account_id: int | None) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = access.steady.now()
    connection.execute(statement("links/replace"), {"account_id": account_id, "now": now})
    values = {
        "link_hash": hashed(token),
        "kind": kind.value,
        "account_id": account_id,
        "now": now,
        "expires_at": now + VALID_FOR[kind].total_seconds(),
    }
    connection.execute(statement("links/insert"), values)
    access.steady.keep(connection)
    return token


def _no_owner(connection: Connection) -> bool:
    ((owners,),) = connection.execute(statement("accounts/owners")).fetchall()
    return not owners


def _refusal(what: Message, kind: Kind | None = None) -> AccessRefused:
    hints = {
        Kind.SETUP: msg("Start Cap 90 again: it prints a new one."),
        Kind.INVITATION: msg("If you have a password, log in; else ask for a new invitation."),
        Kind.RESET: msg("Log in, or ask an owner of Cap 90 for a new link."),
    }
    fallback = msg("Log in, or ask an owner of Cap 90 for a new link.")
    return AccessRefused.of(what, hint=hints[kind] if kind else fallback)
