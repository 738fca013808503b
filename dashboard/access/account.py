"""What an account is: pure values, and what must be said when one is not possible."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.access.rights import Role
from dashboard.access.words import named_role, named_state
from dashboard.text import LANGUAGES
from pipelines.errors import Message, Refused, msg

_LONGEST_NAME = 120
_LONGEST_EMAIL = 254


class State(StrEnum):
    """How far an account has come."""

    INVITED = "invited"  # has not logged in yet
    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Account:
    """Somebody's account.

    Attributes:
        email: Trimmed, in lower case: accounts are told apart by it.
        person_id: Which of the people of the workspace they are; None if none of them.
        language: The one they prefer, as ``dashboard.text`` names it; None: the company's.
        second_factor: Whether logging in also takes a code.
        version: Grows with every change; whoever changes something says which one they saw.
    """

    account_id: int
    name: str
    email: str
    role: Role
    person_id: int | None
    language: str | None
    state: State
    second_factor: bool
    version: int


def subject_of(account: Account) -> str:
    """Return how the audit trail names an account."""
    return f"account {account.account_id}"


def state_of(account: Account) -> dict[str, Any]:
    """Return what the audit trail says of an account."""
    return {
        "name": account.name,
        "email": account.email,
        "role": account.role.value,
        "person_id": account.person_id,
        "language": account.language,
        "state": account.state.value,
    }


def in_words(account: Account) -> Message:
    """Return what an account is, on one line."""
    return msg(
        "{name} ({email}), {role}, {state}",
        name=account.name,
        email=account.email,
        role=named_role(account.role),
        state=named_state(account.state.value),
    )


def told_apart(email: str) -> str:
    """Return an e-mail address the way accounts are told apart by it."""
    # a half of a surrogate pair cannot be kept, nor looked for
    writable = email[: 4 * _LONGEST_EMAIL].encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", writable.strip()).lower()


def checked_email(email: str) -> str:
    """Return an e-mail address the way accounts are told apart by it.

    Raises:
        Refused: It is not one.
    """
    address = told_apart(email)
    local, at, domain = address.rpartition("@")
    possible = address.isprintable() and not any(sign.isspace() for sign in address)
    if not (local and at and domain and possible and len(address) <= _LONGEST_EMAIL):
        raise Refused.of(
            msg("'{text}' is not an e-mail address.", text=address[:_LONGEST_EMAIL]),
            hint=msg("Write it as name@company.com."),
        )
    return address


def checked_name(name: str) -> str:
    """Return a name without the blanks around it.

    Raises:
        Refused: It is empty, too long or cannot be printed.
    """
    trimmed = unicodedata.normalize("NFC", name.strip())
    if not trimmed or len(trimmed) > _LONGEST_NAME or not trimmed.isprintable():
        raise Refused.of(
            msg("This is not a name that can be printed."),
            hint=msg("Write the name in 120 characters at most."),
        )
    return trimmed


def checked_language(language: str | None) -> str | None:
    """Return a language that the product speaks, or None for the company's.

    Raises:
        Refused: It speaks no such language.
    """
    if language is not None and language not in LANGUAGES:
        raise Refused.of(
            msg("'{text}' is no language of Cap 90.", text=language[:_LONGEST_NAME]),
            hint=msg("Write one of: {choices}.", choices=list(LANGUAGES)),
        )
    return language
