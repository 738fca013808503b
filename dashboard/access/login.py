"""Coming in with a password, and going out."""

from contextlib import suppress
from dataclasses import dataclass

from dashboard.access import passwords, second_factor, throttle
from dashboard.access.access import Access
from dashboard.access.account import Account, State, subject_of, told_apart
from dashboard.access.accounts import account_in, account_of_email
from dashboard.access.audit import append
from dashboard.access.sql import statement
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines.errors import AccessRefused, Message, Problem, Refused, StoreError, msg

#: One sentence for an unknown address, a wrong password and a disabled account: who guesses must
#: not learn which it was.
_WRONG = msg("The e-mail address or the password is not right.")
_WRONG_CODE = msg("The code is not right, or it was used already.")
_WRONG_PASSWORD = msg("The password is not right.")


@dataclass(frozen=True)
class Entered:
    """Somebody is in.

    Attributes:
        token: Of their new session; for their browser, and kept nowhere else.
    """

    token: str
    account: Account


@dataclass(frozen=True)
class Denied:
    """Somebody is not in, or not yet.

    Attributes:
        problem: What to tell them.
        code_wanted: The password was right: ask for the code, and try again with both.
    """

    problem: Problem
    code_wanted: bool = False


def log_in(
    access: Access,
    email: str,
    password: str,
    code: str | None = None,
    *,
    address: str,
    user_agent: str = "",
) -> Entered | Denied:
    """Let somebody in who knows a password, and has a code where their account takes one.

    Args:
        code: From their telephone, or a recovery code; None or "" if they were not asked yet.
        address: The network address they come from.

    Raises:
        StoreError: The file of the accounts cannot be used.
    """
    account, kept = access.store.read(lambda connection: _sought(connection, email))
    account_id = account.account_id if account else None
    try:
        tried = throttle.begin(access, told_apart(email), account_id, address)
    except AccessRefused as refused:
        return Denied(refused.problems[0])
    right = passwords.verify(kept, password)
    if account is None or kept is None or not right:
        _note_failure(access, account, "password", address)
        return Denied(Problem(_WRONG, hint=msg("Check both and try again.")))
    if account.second_factor:
        if not code:
            throttle.withdrawn(access, tried)
            hint = msg("It is in the app on your telephone; a recovery code will do as well.")
            return Denied(Problem(msg("Your account also takes a code."), hint=hint), True)
        if not second_factor.accept(access, account.account_id, code):
            _note_failure(access, account, "code", address)
            return Denied(
                Problem(_WRONG_CODE, hint=msg("Wait for the next one and try again.")), True
            )
    throttle.succeeded(access, tried)
    if passwords.is_outdated(kept):
        put_password(access, account.account_id, passwords.hash_password(password))
    try:
        token = admit(access, account.account_id, "password", address, user_agent)
    except AccessRefused as refused:  # disabled at this very moment
        return Denied(refused.problems[0])
    return Entered(token, account)


def admit(access: Access, account_id: int, how: str, address: str, user_agent: str = "") -> str:
    """Begin a session for somebody who has proved who they are; return its token.

    Args:
        how: ``password``, ``link`` or the issuer of a provider; for the audit trail.

    Raises:
        AccessRefused: The account is not active any more.
    """
    return access.store.write(
        lambda connection: admit_in(
            access, connection, account_id, how, address=address, user_agent=user_agent
        )
    )


def admit_in(
    access: Access,
    connection: Connection,
    account_id: int,
    how: str,
    *,
    address: str,
    user_agent: str,
) -> str:
    """Begin a session inside a transaction; see ``admit``."""
    account = account_in(connection, account_id)
    if account.state is not State.ACTIVE:
        raise AccessRefused.of(_WRONG, hint=msg("Check both and try again."))
    after = {"how": how, "address": address}
    append(connection, account.name, "login.done", subject_of(account), after=after)
    return access.sessions.start_in(connection, account_id, address, user_agent)


def log_out(access: Access, token: str) -> None:
    """End the session of a token, whoever it belongs to; a token of no session is nothing."""
    visitor = access.sessions.find(token, active=False)
    access.sessions.end(token)
    if visitor is not None:
        subject = f"account {visitor.account_id}"
        with suppress(StoreError):  # they are out, even where the disk is full
            access.store.write(
                lambda connection: append(connection, visitor.name, "login.left", subject)
            )


def confirm_password(
    access: Access, by: Visitor, password: str, address: str, code: str | None = None
) -> None:
    """Let somebody who is logged in prove that it is them, before something delicate.

    Args:
        code: Asked for beside the password where their account takes codes; None: not here.

    Raises:
        AccessRefused: They have no account, or tried too often.
        Refused: The password or the code is not right.
    """
    if by.account_id is None:
        raise AccessRefused.of(msg("Only somebody who has logged in has a password."))
    account_id = by.account_id
    account = access.store.read(lambda connection: account_in(connection, account_id))
    kept = access.store.read(lambda connection: kept_password(connection, account_id))
    tried = throttle.begin(access, account.email, account_id, address)
    if not passwords.verify(kept, password):
        _note_failure(access, account, "confirmation", address)
        raise Refused.of(_WRONG_PASSWORD, hint=msg("Check it and try again."))
    takes_codes = code is not None and account.second_factor
    if takes_codes and not second_factor.accept(access, account_id, code or ""):
        _note_failure(access, account, "code", address)
        raise Refused.of(_WRONG_CODE, hint=msg("Wait for the next one and try again."))
    throttle.succeeded(access, tried)


def has_password(access: Access, account_id: int) -> bool:
    """Tell whether somebody can log in with a password: some only ever do with a provider."""
    return access.store.read(lambda one: kept_password(one, account_id)) is not None


def kept_password(connection: Connection, account_id: int) -> str | None:
    """Return the hash of an account's password; None if it has none."""
    values = {"account_id": account_id}
    rows = connection.execute(statement("passwords/read"), values).fetchall()
    return str(rows[0][0]) if rows else None


def put_password(access: Access, account_id: int, kept: str) -> None:
    """Keep the hash of a password."""
    access.store.write(lambda connection: put_password_in(access, connection, account_id, kept))


def put_password_in(access: Access, connection: Connection, account_id: int, kept: str) -> None:
    """Keep the hash of a password inside a transaction."""
    values = {"account_id": account_id, "hash": kept, "now": access.steady.now()}
    connection.execute(statement("passwords/put"), values)


def wrong_code() -> Message:
    """Return what is said of a code that does not fit."""
    return _WRONG_CODE


def _sought(connection: Connection, email: str) -> tuple[Account | None, str | None]:
    """Return the account of an address, and its password if that lets somebody in."""
    account = account_of_email(connection, email)
    if account is None or account.state is not State.ACTIVE:
        return account, None
    return account, kept_password(connection, account.account_id)


def _note_failure(access: Access, account: Account | None, what: str, address: str) -> None:
    # never what was typed: people write their password into the wrong field
    subject = subject_of(account) if account else "account ?"
    after = {"wrong": what, "address": address}
    access.store.write(
        lambda connection: append(connection, None, "login.failed", subject, after=after)
    )
