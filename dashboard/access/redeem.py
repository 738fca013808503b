"""Choosing a password: with a link, or knowing the one before."""

from dataclasses import replace
from typing import Any

from dashboard.access import links, passwords, second_factor, throttle
from dashboard.access.access import Access
from dashboard.access.account import (
    Account,
    State,
    checked_email,
    checked_language,
    checked_name,
    subject_of,
)
from dashboard.access.accounts import account_in, insert_account, update_account
from dashboard.access.audit import append
from dashboard.access.login import (
    Denied,
    Entered,
    admit_in,
    confirm_password,
    put_password_in,
    wrong_code,
)
from dashboard.access.rights import Role
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import AccessRefused, Problem, Refused, msg


def redeem(
    access: Access,
    token: str,
    *,
    password: str,
    name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    code: str | None = None,
    address: str,
    user_agent: str = "",
) -> Entered | Denied:
    """Use a link: choose a password, and be logged in with it.

    Args:
        name: Needed with a setup link; None: it stays as whoever invited them wrote it.
        email: Needed with a setup link, ignored with others.
        code: Where the account takes codes, a link does not do instead.

    Raises:
        AccessRefused: The link is not good any more; says why and what to do.
        Refused: The name, the address or the password is not possible. The link stays good.
    """
    link = links.look_up(access, token)
    account = link.account or _first_owner(name, email, language)
    name_given = checked_name(name) if name is not None else account.name
    account = replace(
        account, name=name_given, language=checked_language(language) or account.language
    )
    passwords.check_password(password, [account.name, account.email, access.settings().company])
    tried = None
    if account.second_factor:
        if not code:
            return Denied(Problem(msg("Your account also takes a code.")), code_wanted=True)
        try:
            tried = throttle.begin(access, account.email, account.account_id, address)
        except AccessRefused as refused:
            return Denied(refused.problems[0], code_wanted=True)
    kept = passwords.hash_password(password)

    def write(connection: Connection) -> Entered | None:
        found = links.find_in(access, connection, token)  # somebody may have been quicker
        account_id = found.account.account_id if found.account else None
        if (
            account_id is not None
            and account.second_factor
            and not second_factor.accept_in(access, connection, account_id, code or "")
        ):
            return None
        links.use_in(access, connection, token)
        entered = _enter(connection, account, found.account)
        put_password_in(access, connection, entered.account_id, kept)
        throttle.forget_in(connection, entered.email)
        access.sessions.end_all_in(connection, entered.account_id, why="new_password")
        append(connection, entered.name, "account.password", subject_of(entered))
        session = admit_in(
            access, connection, entered.account_id, "link", address=address, user_agent=user_agent
        )
        return Entered(session, entered)

    entered = access.store.write(write)
    access.sessions.sweep()
    if entered is None:
        return Denied(Problem(wrong_code()), code_wanted=True)
    if tried is not None:
        throttle.succeeded(access, tried)
    return entered


def change_password(access: Access, by: Visitor, old: str, new: str, *, address: str) -> None:
    """Choose a new password for one's own account; its other sessions end.

    Raises:
        AccessRefused: They have no account, or tried too often.
        Refused: The old one is not right, or the new one is not good enough.
    """
    confirm_password(access, by, old, address)
    account_id = by.account_id or 0
    account = access.store.read(lambda connection: account_in(connection, account_id))
    passwords.check_password(new, [account.name, account.email, access.settings().company])
    kept = passwords.hash_password(new)

    def write(connection: Connection) -> None:
        put_password_in(access, connection, account_id, kept)
        access.sessions.end_all_in(connection, account_id, but=by.session_id, why="new_password")
        append(connection, by.name, "account.password", subject_of(account))

    access.store.write(write)
    access.sessions.sweep()


def _first_owner(name: str | None, email: str | None, language: str | None) -> Account:
    if name is None or email is None:
        raise Refused.of(msg("The first owner needs a name and an e-mail address."))
    return Account(
        account_id=0,
        name=checked_name(name),
        email=checked_email(email),
        role=Role.OWNER,
        person_id=None,
        language=language,
        state=State.ACTIVE,
        second_factor=False,
        version=1,
    )


def _enter(connection: Connection, chosen: Account, before: Account | None) -> Account:
    """Return the account after the link was used: made, or active with the name chosen."""
    if before is None:
        values: dict[str, Any] = {
            "name": chosen.name,
            "email": chosen.email,
            "role": chosen.role.value,
            "person_id": None,
            "language": chosen.language,
            "state": State.ACTIVE.value,
        }
        return insert_account(connection, chosen.name, values)
    after = replace(before, name=chosen.name, language=chosen.language, state=State.ACTIVE)
    if after == before:
        return before
    return update_account(connection, chosen.name, before, after, "account.entered")
