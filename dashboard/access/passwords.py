"""Passwords: which ones are good enough, and how they are kept."""

import secrets
import threading
import unicodedata
from base64 import b64encode
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from dashboard.access.guessing import why_guessable
from pipelines.errors import Problem, Refused, msg

SHORTEST = 12
LONGEST = 128

#: argon2id with 64 MiB, as RFC 9106 recommends where memory is scarce.
_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
#: 64 MiB a try: more at once could exhaust a small server.
_at_once = threading.BoundedSemaphore(2)


def check_password(password: str, own: Iterable[str] = ()) -> None:
    """Let a new password pass if it is good enough.

    Args:
        own: What everybody guesses first: the person's name and e-mail address, the company's
            name.

    Raises:
        Refused: It is not; says everything that is wrong with it.
    """
    normal = _normal(password)
    problems = []
    if len(normal) < SHORTEST:
        problems.append(
            Problem(
                msg("The password is too short."),
                hint=msg("Use {count} characters or more; four words are easy.", count=SHORTEST),
            )
        )
    if len(normal) > LONGEST:
        problems.append(
            Problem(
                msg("The password is too long."),
                hint=msg("Use {count} characters at most.", count=LONGEST),
            )
        )
    if guessable := why_guessable(normal[:LONGEST], own):
        problems.append(guessable)
    if problems:
        raise Refused(*problems)


def hash_password(password: str) -> str:
    """Return what is kept of a password: argon2id, with its salt and parameters."""
    with _at_once:
        return _hasher.hash(_normal(password))


def verify(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one that was kept; takes as long if none was."""
    if len(password) > LONGEST * 4:  # none that was ever set; costs what any other try does
        kept, password = None, ""
    with _at_once:
        try:
            _hasher.verify(kept or _dummy(), _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than are used today."""
    return _hasher.check_needs_rehash(kept)


def _dummy() -> str:
    """Return what takes as long to verify as any hash of today, and which no password fits."""
    salt, output = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (_hasher.salt_len, _hasher.hash_len)
    )
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${output}"


def _normal(password: str) -> str:
    """Return a password as it is hashed: keyboards write the same letter in several ways."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode("utf-8")
