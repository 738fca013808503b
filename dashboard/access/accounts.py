"""Who may log in, and as what."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import Any

from dashboard.access.access import Access
from dashboard.access.account import (
    Account,
    State,
    checked_email,
    checked_language,
    checked_name,
    in_words,
    state_of,
    subject_of,
    told_apart,
)
from dashboard.access.audit import append
from dashboard.access.rights import Capability, Role
from dashboard.access.sql import statement
from dashboard.access.steady import moment
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import Conflict, Refused, msg

#: What other parts need of an account is found here too.
__all__ = [
    "Account",
    "State",
    "account_in",
    "account_of_email",
    "add_account",
    "change_email",
    "change_language",
    "change_role",
    "disable",
    "enable",
    "find_account",
    "get_account",
    "insert_account",
    "last_logins",
    "link_person",
    "list_accounts",
    "rename",
    "state_of",
    "told_apart",
    "update_account",
    "visitor_of",
]


def visitor_of(access: Access, account_id: int) -> Visitor | None:
    """Return whom an account stands for now; None if it is not active or does not exist."""
    found = access.store.read(lambda connection: _accounts(connection, account_id=account_id))
    if not found or found[0].state is not State.ACTIVE:
        return None
    account = found[0]
    person_id = account.person_id
    names = access.names(person_id) if person_id is not None else frozenset[str]()
    return Visitor(account.name, account.role, account_id, person_id, names, account.language)


def list_accounts(access: Access) -> tuple[Account, ...]:
    """Return every account, by name."""
    return access.store.read(_accounts)


def get_account(access: Access, account_id: int) -> Account:
    """Return an account.

    Raises:
        Refused: There is none of this number.
    """
    return access.store.read(lambda connection: account_in(connection, account_id))


def find_account(access: Access, email: str) -> Account | None:
    """Return the account of an e-mail address, however it is written; None if there is none."""
    return access.store.read(lambda connection: account_of_email(connection, email))


def last_logins(access: Access) -> dict[int, datetime]:
    """Return when each account last logged in, in UTC; those of more than 90 days ago are gone."""
    rows = access.store.read(
        lambda connection: connection.execute(statement("sessions/latest")).fetchall()
    )
    return {account_id: moment(started_at) for account_id, started_at in rows}


def add_account(
    access: Access,
    by: Visitor,
    *,
    email: str,
    name: str,
    role: Role,
    person_id: int | None = None,
    language: str | None = None,
) -> Account:
    """Add an account that waits for its owner; ``links.invite`` makes their link.

    Raises:
        AccessRefused: They may not manage accounts.
        Refused: The name or the address is not possible, or the address has an account.
    """
    by.require(Capability.MANAGE_ACCOUNTS)
    values: dict[str, Any] = {
        "email": checked_email(email),
        "name": checked_name(name),
        "role": role.value,
        "person_id": person_id,
        "language": checked_language(language),
        "state": State.INVITED.value,
    }
    return access.store.write(lambda connection: insert_account(connection, by.name, values))


def rename(access: Access, by: Visitor, account_id: int, name: str, version: int) -> Account:
    """Change the name of an account; everybody may change their own. See ``change_role``."""
    _require_own_or_manage(by, account_id)
    return _change(access, by, account_id, version, "account.renamed", name=checked_name(name))


def change_language(
    access: Access, by: Visitor, account_id: int, language: str | None, version: int
) -> Account:
    """Change the language of an account; everybody may change their own. See ``change_role``."""
    _require_own_or_manage(by, account_id)
    spoken = checked_language(language)
    return _change(access, by, account_id, version, "account.language", language=spoken)


def change_email(access: Access, by: Visitor, account_id: int, email: str, version: int) -> Account:
    """Change the address that an account logs in with; see ``change_role``."""
    by.require(Capability.MANAGE_ACCOUNTS)
    return _change(access, by, account_id, version, "account.email", email=checked_email(email))


def change_role(access: Access, by: Visitor, account_id: int, role: Role, version: int) -> Account:
    """Change what somebody is to the company; their very next request knows it.

    Args:
        version: The one that was seen.

    Raises:
        AccessRefused: ``by`` may not manage accounts.
        Conflict: Somebody else changed the account meanwhile.
        Refused: Nobody could manage accounts any more.
    """
    by.require(Capability.MANAGE_ACCOUNTS)
    return _change(access, by, account_id, version, "account.role", role=role)


def link_person(
    access: Access, by: Visitor, account_id: int, person_id: int | None, version: int
) -> Account:
    """Say which of the people somebody is, or that they are none; see ``change_role``."""
    by.require(Capability.MANAGE_ACCOUNTS)
    return _change(access, by, account_id, version, "account.person", person_id=person_id)


def disable(access: Access, by: Visitor, account_id: int, version: int) -> Account:
    """Let somebody in no longer; see ``change_role``.

    Their sessions end, their links die, the address of their calendar shows nothing.
    """
    by.require(Capability.MANAGE_ACCOUNTS)
    return _change(access, by, account_id, version, "account.disabled", state=State.DISABLED)


def enable(access: Access, by: Visitor, account_id: int, version: int) -> Account:
    """Let somebody in again; who never had a way in waits for an invitation again."""
    by.require(Capability.MANAGE_ACCOUNTS)
    ((ways,),) = access.store.read(
        lambda connection: connection.execute(
            statement("accounts/way_in"), {"account_id": account_id}
        ).fetchall()
    )
    state = State.ACTIVE if ways else State.INVITED
    return _change(access, by, account_id, version, "account.enabled", state=state)


def end_sessions(access: Access, by: Visitor, account_id: int) -> None:
    """Log an account out wherever it is logged in, and note it.

    Raises:
        AccessRefused: ``by`` may not manage accounts.
        Refused: The account does not exist.
    """
    by.require(Capability.MANAGE_ACCOUNTS)

    def write(connection: Connection) -> None:
        account = account_in(connection, account_id)
        access.sessions.end_all_in(connection, account_id, why="ended")
        append(connection, by.name, "account.sessions_ended", subject_of(account))

    access.store.write(write)
    access.sessions.sweep()


def account_in(connection: Connection, account_id: int) -> Account:
    """Return an account inside a transaction; raises Refused as ``get_account`` does."""
    found = _accounts(connection, account_id=account_id)
    if not found:
        raise Refused.of(msg("This account does not exist."))
    return found[0]


def account_of_email(connection: Connection, email: str) -> Account | None:
    """Return the account of an e-mail address inside a transaction."""
    found = _accounts(connection, email=told_apart(email))
    return found[0] if found else None


def insert_account(connection: Connection, actor: str | None, values: dict[str, Any]) -> Account:
    """Add an account inside a transaction, with checked values, and note it.

    Raises:
        Refused: The address has an account.
    """
    try:
        rows = connection.execute(statement("accounts/insert"), values).fetchall()
    except sqlite3.IntegrityError as error:
        raise _taken(str(values["email"])) from error
    account = account_in(connection, rows[0][0])
    append(connection, actor, "account.added", subject_of(account), after=state_of(account))
    return account


def update_account(
    connection: Connection, actor: str | None, before: Account, after: Account, what: str
) -> Account:
    """Change an account inside a transaction, and note it.

    Args:
        before: As it was seen, with its version.

    Raises:
        Refused: See ``change_role``.
    """
    _keep_an_owner(connection, before, after)
    values = {**state_of(after), "account_id": before.account_id, "version": before.version}
    try:
        changed = connection.execute(statement("accounts/update"), values).rowcount
    except sqlite3.IntegrityError as error:
        raise _taken(after.email) from error
    if not changed:
        raise _conflict(connection, before, after)
    subject = subject_of(before)
    append(connection, actor, what, subject, before=state_of(before), after=state_of(after))
    return account_in(connection, before.account_id)


def _change(
    access: Access, by: Visitor, account_id: int, version: int, what: str, **values: Any
) -> Account:
    def write(connection: Connection) -> Account:
        before = account_in(connection, account_id)
        after = replace(before, **values)
        if before.version != version:
            raise _conflict(connection, before, after)
        if after == before:
            return before
        changed = update_account(connection, by.name, before, after, what)
        if changed.state is State.DISABLED:
            access.sessions.end_all_in(connection, account_id, why="account_disabled")
            replaced = {"account_id": account_id, "now": access.steady.now()}
            connection.execute(statement("links/replace"), replaced)
            connection.execute(statement("feeds/remove"), {"account_id": account_id})
        return changed

    changed = access.store.write(write)
    access.sessions.sweep()
    return changed


def _keep_an_owner(connection: Connection, before: Account, after: Account) -> None:
    was, stays = (one.role is Role.OWNER and one.state is State.ACTIVE for one in (before, after))
    if not was or stays:
        return
    values = {"account_id": before.account_id}
    ((others,),) = connection.execute(statement("accounts/other_owners"), values).fetchall()
    if not others:
        raise Refused.of(
            msg("{name} is the last owner who can log in.", name=before.name),
            hint=msg("Make somebody else an owner first; once they have logged in, try again."),
        )


def _accounts(
    connection: Connection, *, account_id: int | None = None, email: str | None = None
) -> tuple[Account, ...]:
    wanted = {"account_id": account_id, "email": email}
    rows = connection.execute(statement("accounts/read"), wanted).fetchall()
    return tuple(
        Account(number, name, address, Role(role), person, language, State(state), bool(two), seen)
        for number, name, address, role, person, language, state, two, seen in rows
    )


def _require_own_or_manage(by: Visitor, account_id: int) -> None:
    if by.account_id != account_id:
        by.require(Capability.MANAGE_ACCOUNTS)


def _conflict(connection: Connection, now: Account, wanted: Account) -> Conflict:
    values = {"subject": subject_of(now)}
    rows = connection.execute(statement("accounts/last_change"), values).fetchall()
    actor, at = rows[0] if rows else (None, None)
    return Conflict.between(
        in_words(wanted),
        in_words(now),
        now.version,
        by=actor,
        at=datetime.fromisoformat(at) if at else None,
    )


def _taken(email: str) -> Refused:
    return Refused.of(
        msg("There is already an account for {email}.", email=email),
        hint=msg("Look for it in the list; a disabled one can be enabled again."),
    )
