"""Passwords: which ones are good enough, and how they are kept."""

import re
import secrets
import threading
import unicodedata
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from dashboard.text import folded
from pipelines.errors import Message, Problem, Refused, msg

SHORTEST = 12
LONGEST = 128

#: argon2id with 64 MiB, as RFC 9106 recommends where memory is scarce.
_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
#: 64 MiB a try: more at once could exhaust a small server.
_at_once = threading.BoundedSemaphore(2)

#: Fewer different characters than this are a pattern, not a password.
_FEWEST_DIFFERENT = 5
#: What is left of a password without names and listed words must be at least this long.
_SHORTEST_REST = 6
#: Parts of names shorter than this are in every other word.
_SHORTEST_PART = 3
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "01234567890123456789",
)
#: What people write for letters.
_LOOKALIKES = str.maketrans("@4301!$57", "aaeoiisst")


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
    if what := _guessable(normal[:LONGEST], own):
        problems.append(Problem(what, hint=msg("Use words that have nothing to do with you.")))
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


@cache
def common_words() -> frozenset[str]:
    """Return the words that everybody tries first, without case and accents."""
    text = files("dashboard.access").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(folded(line) for line in lines if line and not line.startswith("#"))


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


def _guessable(password: str, own: Iterable[str]) -> Message | None:
    plain = folded(password)
    words = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)  # without what is put around them
    readings = {_letters(text) for text in (plain, plain.translate(_LOOKALIKES))}
    readings.add(_letters(words.translate(_LOOKALIKES)))
    for reading in readings:
        rest = reading
        for part in _parts(own):
            rest = rest.replace(part, "")
        if rest != reading and (len(rest) < _SHORTEST_REST or _made_of_common_words(rest)):
            return msg("The password is made of a name, the e-mail address or the company.")
    if any(_made_of_common_words(reading) for reading in readings):
        return msg("The password is among the first that anybody would try.")
    if len(set(plain)) < _FEWEST_DIFFERENT or _runs_along(plain):
        return msg("The password is a pattern that anybody would try.")
    return None


def _letters(plain: str) -> str:
    return re.sub(r"[^a-z]", "", plain)


def _made_of_common_words(letters: str) -> bool:
    """Tell whether letters are one or two words of the list, or one again and again."""
    known = common_words()
    if letters in known:
        return True
    cuts = ((letters[:length], letters[length:]) for length in range(3, len(letters) - 2))
    return any(
        head in known and (tail in known or not tail.replace(head, "")) for head, tail in cuts
    )


def _runs_along(plain: str) -> bool:
    """Tell whether a text is mostly a run along the alphabet or the keyboard."""
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    runs = sum(any(plain[at : at + 3] in row for row in rows) for at in range(len(plain) - 2))
    return len(plain) > 2 and runs >= 0.6 * (len(plain) - 2)  # noqa: PLR2004 - three signs, 60 %


def _parts(own: Iterable[str]) -> list[str]:
    words = {"cap"} | {part for text in own for part in re.split(r"[^a-z]+", folded(text)) if part}
    return sorted((part for part in words if len(part) >= _SHORTEST_PART), key=len, reverse=True)
