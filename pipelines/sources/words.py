"""Compare words as people do: case, accents, apostrophes and blanks do not matter."""

import re
from functools import cache

from pipelines.folding import folded

#: Apostrophes in all the shapes that keyboards and word processors give them.
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
#: A byte order mark glued to the first header, zero-width joiners before formula-like text.
_INVISIBLE = re.compile("[\ufeff\u200b-\u200d\u2060]")
_BLANKS = re.compile(r"\s+")
_NOT_A_WORD = re.compile(r"[^\w]+|_+")


@cache
def fold(text: str) -> str:
    """Return a header or label without case, accents, odd apostrophes, ``*`` or extra blanks."""
    plain = folded(_INVISIBLE.sub("", text).translate(_APOSTROPHES))
    return _BLANKS.sub(" ", plain.replace("*", "")).strip()


@cache
def squeeze(text: str) -> str:
    """Return a folded text without anything between its letters and digits.

    ``close_date``, ``Close Date`` and ``CloseDate`` become the same; meant for tables whose
    makers follow no catalogue.
    """
    return _NOT_A_WORD.sub("", fold(text))


def words(text: str) -> frozenset[str]:
    """Return the words of a list written with blanks between them."""
    return frozenset(text.split())


@cache
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a label: ``Fermé/Gagné`` is ``("ferme", "gagne")``."""
    return tuple(_NOT_A_WORD.sub(" ", fold(text).replace("'", " ")).split())
