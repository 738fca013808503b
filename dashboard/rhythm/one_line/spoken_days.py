"""Days as people write them, in French and in English: "vendredi", "avant le 12 décembre". Pure.

An own grammar and no library: dateparser 1.5 takes 240 ms to import, reads "devis 1042" as the year
1042, "mardi en huit" as a month and "le 1er décembre" as the 16th, and does not know "fin du mois".
Both languages are understood whatever the reader's is, since people mix them; only the order of
day and month in figures follows the language.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from dashboard.rhythm.one_line import spoken_words as words
from dashboard.rhythm.one_line.day_readers import GRAMMAR, Doubt, Now, Reader

__all__ = ["Doubt", "Now", "Spoken", "same_length", "spoken_days"]


@dataclass(frozen=True)
class Spoken:
    """A place in a line where a day is written.

    Attributes:
        start: Where it begins in the line.
        end: Where it ends, exclusive.
        day: None: it cannot be told, and a doubt says why.
        sure: It can mean nothing else; False: a day only where it stands alone, between commas.
        few: Where it follows a single word, it rather belongs to it ("prepare next week").
        other: What it may mean as well.
    """

    start: int
    end: int
    day: date | None
    sure: bool = True
    few: bool = False
    other: date | None = None
    doubts: tuple[Doubt, ...] = ()


def spoken_days(line: str, now: Now) -> list[Spoken]:
    """Return every place of a line where a day is written, in order; none overlaps another."""
    plain = same_length(line)
    found = [one for pattern, reader in _patterns() for one in _read(plain, pattern, reader, now)]
    kept: list[Spoken] = []
    # of two readings of the same words, the longer one is meant
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def same_length(line: str) -> str:
    """Return a line without accents, case and kinds of blanks and quotes, sign for sign."""
    return "".join(map(_plain, line))


def _plain(sign: str) -> str:
    if sign in "’ʼ`´":
        return "'"
    if sign.isspace():
        return " "
    first = unicodedata.normalize("NFKD", sign)[:1].lower()
    return first if len(first) == 1 else sign


def _read(plain: str, pattern: re.Pattern[str], reader: Reader, now: Now) -> Iterator[Spoken]:
    for match in pattern.finditer(plain):
        told = reader(match, now)
        doubts = [told.doubt] if told.doubt else []
        if words.has_time(match["tail"]):
            doubts.append(Doubt.TIME)
        day = told.day
        every = words.EVERY.search(plain[: match.start()])
        if every:
            day, doubts = None, [Doubt.RECURRING]
        yield Spoken(
            every.start() if every else match.start(),
            match.end(),
            day,
            # what says that a day follows leaves no doubt
            told.sure or bool(match["lead"].strip()),
            told.few and not match["lead"].strip(),
            told.other if day else None,
            tuple(doubts),
        )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((re.compile(words.framed(core)), reader) for core, reader in GRAMMAR)
