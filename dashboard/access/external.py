"""Accounts of people for whom somebody else vouches, by OpenID Connect."""

from dataclasses import dataclass, replace

from dashboard.access.access import Access
from dashboard.access.account import Account, State, subject_of
from dashboard.access.accounts import account_in, account_of_email, update_account
from dashboard.access.audit import append
from dashboard.access.rights import Capability
from dashboard.access.sql import statement
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import AccessRefused, msg


@dataclass(frozen=True)
class Identity:
    """Who somebody is at a provider."""

    issuer: str
    subject: str


def link_external(
    access: Access, issuer: str, subject: str, email: str | None, *, email_verified: bool
) -> Account:
    """Return the account of somebody whom a provider vouches for; ``login.admit`` lets them in.

    Known by issuer and subject, which never change. Only the first time the e-mail address
    decides, if the provider has verified it, between accounts that an owner made: nobody gets an
    account by this alone.

    Raises:
        AccessRefused: They have no account here, or not any more.
    """

    def write(connection: Connection) -> Account | None:
        values = {"issuer": _writable(issuer), "subject": _writable(subject)}
        rows = connection.execute(statement("identities/read"), values).fetchall()
        if rows:
            account = account_in(connection, rows[0][0])
            return account if account.state is State.ACTIVE else None
        if not email or email_verified is not True:
            return None
        found = account_of_email(connection, email)
        if found is None or found.state is State.DISABLED:
            return None
        if any(known.issuer == issuer for known in _identities(connection, found.account_id)):
            return None  # the address went to somebody else
        return _link(access, connection, found, Identity(**values))

    account = access.store.write(write)
    if account is None:
        access.store.write(
            lambda connection: append(
                connection, None, "login.failed", "account ?", after={"wrong": issuer}
            )
        )
        raise AccessRefused.of(
            msg("Nobody has invited you to Cap 90 with this account."),
            hint=msg("Ask an owner of Cap 90 to invite you with your e-mail address there."),
        )
    return account


def identities(access: Access, account_id: int) -> tuple[Identity, ...]:
    """Return who an account is at providers."""
    return access.store.read(lambda connection: _identities(connection, account_id))


def note_refused(access: Access, provider: str, reason: str, detail: str, address: str) -> None:
    """Note that a login with a provider came to nothing before it was known whose it is.

    Args:
        provider: Its key in the settings.
        detail: For the owner; without tokens, codes and secrets.
        address: The network address it came from.
    """
    after = {"wrong": reason, "provider": provider, "detail": detail, "address": address}
    access.store.write(
        lambda connection: append(connection, None, "login.failed", "account ?", after=after)
    )


def unlink_external(access: Access, by: Visitor, account_id: int, issuer: str) -> None:
    """Let an account be nobody at a provider any more; the next verified login ties it anew.

    Raises:
        AccessRefused: They may not manage accounts.
    """
    by.require(Capability.MANAGE_ACCOUNTS)

    def write(connection: Connection) -> None:
        account = account_in(connection, account_id)
        values = {"account_id": account_id, "issuer": issuer}
        if connection.execute(statement("identities/remove"), values).rowcount:
            before = {"issuer": issuer}
            append(
                connection, by.name, "account.identity_removed", subject_of(account), before=before
            )

    access.store.write(write)


def _writable(text: str) -> str:
    """Return a text that can be kept and looked for: a half of a surrogate pair cannot."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _link(access: Access, connection: Connection, account: Account, identity: Identity) -> Account:
    now = access.steady.now()
    values = {"issuer": identity.issuer, "subject": identity.subject}
    values_of_link = {**values, "account_id": account.account_id, "now": now}
    connection.execute(statement("identities/insert"), values_of_link)
    append(connection, account.name, "account.identity_added", subject_of(account), after=values)
    if account.state is State.ACTIVE:
        return account
    replaced = {"account_id": account.account_id, "now": now}
    connection.execute(statement("links/replace"), replaced)  # the invitation has served
    after = replace(account, state=State.ACTIVE)
    return update_account(connection, account.name, account, after, "account.entered")


def _identities(connection: Connection, account_id: int) -> tuple[Identity, ...]:
    values = {"account_id": account_id}
    rows = connection.execute(statement("identities/of_account"), values).fetchall()
    return tuple(Identity(issuer, subject) for issuer, subject in rows)
