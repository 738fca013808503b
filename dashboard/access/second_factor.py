"""A second proof beside the password: codes from a telephone, and codes on paper."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO

import pyotp
import segno

from dashboard.access.access import Access
from dashboard.access.account import subject_of
from dashboard.access.accounts import account_in
from dashboard.access.audit import append
from dashboard.access.rights import Capability
from dashboard.access.sessions import hashed
from dashboard.access.sql import statement
from dashboard.access.store import Connection
from dashboard.access.visitor import Visitor
from pipelines import clock
from pipelines.errors import AccessRefused, Refused, msg

#: RFC 6238: six digits, a new code every half minute.
_STEP_SECONDS = 30
#: A telephone may be half a minute early or late.
_STEPS_AROUND = (0, -1, 1)
RECOVERY_CODES = 10
#: Without letters and digits that are read for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
#: 118 bits: a plain hash is enough to keep such a code (OWASP ASVS 5.0, 6.5.2, asks for 112).
_GROUPS, _GROUP = 6, 4
_LONGEST_CODE = 64


@dataclass(frozen=True)
class Proposal:
    """What somebody takes into the app on their telephone; it counts once a code proved it.

    Attributes:
        secret: To type in where no picture can be taken.
        uri: What the picture says.
        svg: The picture, a QR code.
    """

    secret: str
    uri: str
    svg: str


def propose(access: Access, by: Visitor) -> Proposal:
    """Begin to set up codes for one's own account; have them confirm their password first.

    Raises:
        AccessRefused: They have no account.
        Refused: Codes are in use already.
    """
    account_id = _own(by)
    secret = pyotp.random_base32()

    def write(connection: Connection) -> str:
        account = account_in(connection, account_id)
        values = {"account_id": account_id, "secret": secret}
        if not connection.execute(statement("second_factor/propose"), values).rowcount:
            raise Refused.of(
                msg("Your account takes codes already."),
                hint=msg("Remove the second factor first, then set it up anew."),
            )
        return account.email

    email = access.store.write(write)
    company = access.settings().company.replace(":", " ")
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=f"Cap 90 {company}")
    drawn = BytesIO()
    segno.make(uri, error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return Proposal(secret, uri, drawn.getvalue().decode())


def confirm(access: Access, by: Visitor, code: str) -> tuple[str, ...]:
    """Let codes count from now on, once one has proved that the telephone works.

    Returns:
        Recovery codes, to be shown once: they are kept as hashes only.

    Raises:
        Refused: The code is not right, or nothing was proposed.
    """
    account_id = _own(by)

    def write(connection: Connection) -> tuple[str, ...]:
        account = account_in(connection, account_id)
        secret, confirmed = _secret(connection, account_id)
        if secret is None or confirmed or not _use_code(connection, account_id, secret, code):
            raise Refused.of(
                msg("The code is not right."),
                hint=msg("Check the clock of your telephone and try the next code."),
            )
        values = {"account_id": account_id, "now": access.steady.now()}
        connection.execute(statement("second_factor/confirm"), values)
        append(connection, by.name, "account.second_factor_added", subject_of(account))
        return _new_codes(connection, account_id)

    return access.store.write(write)


def renew_recovery_codes(access: Access, by: Visitor) -> tuple[str, ...]:
    """Return new recovery codes for one's own account; earlier ones die.

    Raises:
        Refused: The account takes no codes.
    """
    account_id = _own(by)

    def write(connection: Connection) -> tuple[str, ...]:
        account = account_in(connection, account_id)
        if not account.second_factor:
            raise Refused.of(msg("Your account takes no codes."))
        append(connection, by.name, "account.recovery_codes", subject_of(account))
        return _new_codes(connection, account_id)

    return access.store.write(write)


def recovery_codes_left(access: Access, account_id: int) -> int:
    """Return how many recovery codes an account can still use."""
    rows = access.store.read(
        lambda connection: connection.execute(
            statement("second_factor/left"), {"account_id": account_id}
        ).fetchall()
    )
    return int(rows[0][0])


def remove(access: Access, by: Visitor, account_id: int) -> None:
    """Let an account take no codes any more: one's own, or one whose telephone was lost.

    Raises:
        AccessRefused: It is somebody else's, and they may not manage accounts.
    """
    if by.account_id != account_id:
        by.require(Capability.MANAGE_ACCOUNTS)

    def write(connection: Connection) -> None:
        account = account_in(connection, account_id)
        values = {"account_id": account_id}
        connection.execute(statement("second_factor/remove_recovery"), values)
        if connection.execute(statement("second_factor/remove"), values).rowcount:
            append(connection, by.name, "account.second_factor_removed", subject_of(account))

    access.store.write(write)


def accept(access: Access, account_id: int, code: str) -> bool:
    """Use a code up, from the telephone or on paper; tell whether it was one that counts."""
    return access.store.write(lambda connection: accept_in(access, connection, account_id, code))


def accept_in(access: Access, connection: Connection, account_id: int, code: str) -> bool:
    """Use a code up inside a transaction; see ``accept``."""
    typed = "".join(sign for sign in code[:_LONGEST_CODE] if sign.isalnum()).lower()
    secret, confirmed = _secret(connection, account_id)
    if secret is None or not confirmed:
        return False
    if _use_code(connection, account_id, secret, typed):
        return True
    values = {"account_id": account_id, "code_hash": hashed(typed), "now": access.steady.now()}
    return bool(connection.execute(statement("second_factor/use_recovery"), values).rowcount)


def _use_code(connection: Connection, account_id: int, secret: str, code: str) -> bool:
    typed = code.replace(" ", "").encode("utf-8", "replace")
    now = int(clock.now().replace(tzinfo=UTC).timestamp()) // _STEP_SECONDS
    codes = pyotp.TOTP(secret)
    for step in (now + offset for offset in _STEPS_AROUND):
        if hmac.compare_digest(codes.at(step * _STEP_SECONDS).encode(), typed):
            values = {"account_id": account_id, "step": step}
            return bool(connection.execute(statement("second_factor/use_step"), values).rowcount)
    return False


def _secret(connection: Connection, account_id: int) -> tuple[str | None, bool]:
    values = {"account_id": account_id}
    rows = connection.execute(statement("second_factor/read"), values).fetchall()
    return (str(rows[0][0]), bool(rows[0][1])) if rows else (None, False)


def _new_codes(connection: Connection, account_id: int) -> tuple[str, ...]:
    connection.execute(statement("second_factor/remove_recovery"), {"account_id": account_id})
    codes = tuple(_random_code() for _ in range(RECOVERY_CODES))
    for code in codes:
        values = {"account_id": account_id, "code_hash": hashed(code.replace("-", ""))}
        connection.execute(statement("second_factor/add_recovery"), values)
    return codes


def _random_code() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _own(by: Visitor) -> int:
    if by.account_id is None:
        raise AccessRefused.of(msg("Only somebody with an account can set up a second factor."))
    return by.account_id
