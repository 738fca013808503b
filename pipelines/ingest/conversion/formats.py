"""The names of date formats, as mapping files and questions use them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.errors import ImportRefused, msg
from pipelines.ingest.conversion.parts import COMPACT, SERIAL

_STRPTIME: Final = {"%d": "DD", "%m": "MM", "%Y": "YYYY", "%y": "YY"}
_LETTERS: Final = re.compile(r"(D{1,2}|M{1,2}|Y{4}|Y{2})([-/.])(D{1,2}|M{1,2})\2(D{1,2}|Y{4}|Y{2})")


@dataclass(frozen=True)
class DateFormat:
    """A shape and what its parts mean.

    Attributes:
        shape: As ``parts`` sees it: ``N/N/YYYY``.
        order: ``DMY``, ``MDY`` or ``YMD``.
    """

    shape: str
    order: str

    @property
    def name(self) -> str:
        """The format as people write it: ``DD/MM/YYYY``."""
        if "N" not in self.shape or "MONTH" in self.shape:
            return self.shape
        year = "YYYY" if "YYYY" in self.shape else "YY"
        mark = next(character for character in self.shape if character in "-/.")
        return mark.join({"D": "DD", "M": "MM", "Y": year}[part] for part in self.order)


ISO: Final = DateFormat("YYYY-N-N", "YMD")


def told_formats(told: str | Sequence[str] | None) -> tuple[DateFormat, ...]:
    """Read what somebody said.

    Understands ``DD/MM/YYYY``, ``d/m/yyyy``, ``JJ/MM/AAAA``, ``TT.MM.JJJJ``, ``%d/%m/%Y``, ``ISO``,
    ``YYYYMMDD`` and ``serial``; a time behind it says nothing and is not needed.

    Raises:
        ImportRefused: A word is no date format.
    """
    words = (told,) if isinstance(told, str) else tuple(told or ())
    return tuple(_format(word) for word in words)


def _format(word: str) -> DateFormat:
    plain = word.strip()
    for code, letters in _STRPTIME.items():
        plain = plain.replace(code, letters)
    plain = (plain.upper().split() or [""])[0]
    plain = plain.replace("J", "Y").replace("T", "D") if "TT" in plain else plain.replace("J", "D")
    plain = plain.replace("A", "Y")
    if plain in ("ISO", COMPACT, "SERIYL", "EXCEL"):
        return DateFormat({"ISO": "YYYY-N-N", COMPACT: COMPACT}.get(plain, SERIAL), "YMD")
    match = _LETTERS.fullmatch(plain)
    order = "".join(part[0] for part in match.group(1, 3, 4)) if match else ""
    if match is None or order not in ("DMY", "MDY", "YMD"):
        raise ImportRefused.of(
            msg("'{format}' is not a date format.", format=word),
            "date_format",
            msg("Write it like DD/MM/YYYY, MM/DD/YYYY or YYYY-MM-DD."),
        )
    mark, year = match[2], next(part for part in match.group(1, 4) if part[0] == "Y")
    if order == "YMD" and len(year) > len("YY"):
        return DateFormat(f"YYYY{mark}N{mark}N", order)
    return DateFormat(f"N{mark}N{mark}{year}", order)
