"""Strings from anywhere as they can be printed: one line, no controls, no endless words. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from pipelines.visible import visible

#: Longer words may be broken, after such pieces.
_LONGEST_WORD = 24
_PIECE = 8
_LONG_WORD = re.compile(rf"[^\s-]{{{_LONGEST_WORD + 1},}}")
_BREAK = "\N{ZERO WIDTH SPACE}"
#: Controls and line ends of every kind.
_BLANK = frozenset({"Cc", "Zl", "Zp"})
#: Halves of characters, private ones, and those that Unicode does not know.
_UNKNOWN = frozenset({"Cs", "Co", "Cn"})


def printable(value: Any) -> Any:
    """Return a JSON value with all its strings made fit to print; everything else unchanged."""
    match value:
        case str():
            return _LONG_WORD.sub(_broken, one_line(value))
        case dict():
            return {key: printable(item) for key, item in value.items()}
        case Sequence():
            return [printable(item) for item in value]
        case _:
            return value


def one_line(words: str) -> str:
    """Return words without controls and line ends; unknown characters are replaced.

    Letters and their accents become one character, as fonts have them.
    """
    if not words.isprintable():
        words = "".join(_known(sign) for sign in visible(words))
    known = unicodedata.normalize("NFC", words)
    return " ".join(word for word in known.split(" ") if word)


def shortened(words: str, most: int) -> str:
    """Return words cut to a number of characters, with an ellipsis where something is missing."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _known(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in _BLANK:
        return " "
    return "[?]" if kind in _UNKNOWN else sign


def _broken(word: re.Match[str]) -> str:
    # file names read better in their own parts
    parts = re.sub(r"([_./])", rf"\1{_BREAK}", word[0]).split(_BREAK)
    return _BREAK.join(_BREAK.join(_pieces(part)) for part in parts)


def _pieces(part: str) -> list[str]:
    if len(part) <= _LONGEST_WORD:
        return [part]
    return [part[start : start + _PIECE] for start in range(0, len(part), _PIECE)]
