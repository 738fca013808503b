"""The parts of a line: which words name somebody, which say a day, which are the title. Pure."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.rhythm.action import MAX_NAME
from dashboard.rhythm.spoken_days import Spoken
from dashboard.rhythm.spoken_names import means_oneself, people_called
from pipelines.errors import Problem, msg
from pipelines.folding import folded
from pipelines.periods import Calendar

_SEPARATOR = re.compile(r"\s*[,;|]\s*|\s+[-–—]\s+|\s*\.\s*$")
_LABEL = re.compile(
    r"(?:responsables?|resp\.?|qui|owner|who|assigned to|assigné(?:e)? à|pour|par|for|by|@)\s*:?\s*",
    re.IGNORECASE,
)
#: A label that may stand alone, where somebody forgot the name behind it.
_BARE_LABELS = frozenset({"responsable", "responsables", "resp", "qui", "owner", "who", "@"})
_BY_SOMEBODY = re.compile(
    r"\s(?:par|by|@\s?|resp\.|responsable\s?:)\s?(?P<name>[^@]+)$", re.IGNORECASE
)
_AT_SOMEBODY = re.compile(r"(?:^|\s)@(?P<name>[\w.-]+)")
_IN_BRACKETS = re.compile(r"\s*\((?P<name>[^()]+)\)$")
_BEFORE_COLON = re.compile(r"^(?P<name>[^:]{1,120}?)\s*:\s+(?=\S)")
#: What stands between several names.
TOGETHER = re.compile(r"\s+(?:et|and|&|\+)\s+|\s*[/&+]\s*")
#: What makes a day part of what is done: the meeting of Friday.
_BELONGS = re.compile(
    r"\b(?:de|du|des|d'|of|from|since|depuis|entre|between|dat[ée]e? du)\s*$", re.IGNORECASE
)
_NAME_LIKE = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]*\.?)(?: [A-ZÀ-Þ][\w’'-]*\.?){0,2}")


@dataclass(frozen=True)
class Known:
    """What a line is understood with.

    Attributes:
        people: Names as the product shows them.
        oneself: Whoever types, by the same name; None: none of the people.
        working: The company's working days.
        meeting: The day of the next meeting; None: nobody has set one.
    """

    today: date
    people: Sequence[str]
    oneself: str | None
    working: Container[date]
    calendar: Calendar = field(default_factory=Calendar)
    meeting: date | None = None


@dataclass
class Line:
    """A line while it is being read.

    Attributes:
        owners: The words that name somebody, with everybody they may mean.
        days: The words that say a day, with what they may mean.
        said: What is to be said about other words.
    """

    known: Known
    title: str = ""
    owners: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    days: list[tuple[str, Spoken]] = field(default_factory=list)
    said: list[Problem] = field(default_factory=list)

    def name(self, written: str) -> bool:
        """Take words as whoever is responsible, if they mean somebody."""
        found = self._meant(written)
        if found:
            self.owners.append((written, found))
        return bool(found)

    def _meant(self, written: str) -> tuple[str, ...]:
        found = people_called(written, self.known.people)
        if not found and means_oneself(written):
            if self.known.oneself is None:
                self.said.append(
                    Problem(
                        msg("“{word}” means nobody here.", word=written),
                        hint=msg("Your account is not linked to one of the people: write a name."),
                    )
                )
                return ()
            return (self.known.oneself,)
        if found or not TOGETHER.search(written):
            return found
        together = [
            people_called(one, self.known.people) or _self(one, self.known.oneself)
            for one in TOGETHER.split(written)
        ]
        return tuple(dict.fromkeys(one for some in together for one in some)) * all(together)


def _self(written: str, oneself: str | None) -> tuple[str, ...]:
    return (oneself,) if oneself is not None and means_oneself(written) else ()


def read_parts(text: str, found: list[Spoken], reading: Line) -> None:
    """Take every part between commas as a name, a day, or words of the title."""
    kept = ""
    for start, end, before in _parts(text, found):
        within = [
            replace(one, start=one.start - start, end=one.end - start)
            for one in found
            if start <= one.start and one.end <= end
        ]
        words = _part(text[start:end], within, reading, first=not kept)
        if words:
            kept += (before if kept else "") + words
    reading.title = kept.strip(" ,;|–—-")


def _parts(text: str, found: list[Spoken]) -> Iterable[tuple[int, int, str]]:
    """Yield where each part begins and ends, and what divides it from the one before."""
    start, before = 0, ""
    for match in _SEPARATOR.finditer(text):
        inside = any(one.start < match.start() and match.end() <= one.end for one in found)
        if inside:
            continue
        yield start, match.start(), before
        start, before = match.end(), match[0]
    yield start, len(text), before


def _part(words: str, days: list[Spoken], reading: Line, *, first: bool) -> str:
    """Take what a part says about who and when, and return the words of the title."""
    if not words or _is_somebody(words, reading):
        return ""
    rest = _without_day(words, days, reading)
    if rest != words and (not rest or _is_somebody(rest, reading)):
        return ""
    rest = _without_somebody(rest, reading)
    if first or rest != words or not _NAME_LIKE.fullmatch(words):
        return rest
    # where a name is expected stands one that nobody has
    reading.said.append(
        Problem(msg("“{words}” is nobody's name here: it stays in the title.", words=words))
    )
    return rest


def _is_somebody(words: str, reading: Line) -> bool:
    """Take a whole part as a name, with "pour", "par", "responsable" before it or without."""
    if folded(words).rstrip(" .:") in _BARE_LABELS:
        return True  # who it is stays to be said
    if reading.name(words):
        return True
    label = _LABEL.match(words)
    name = words[label.end() :].strip() if label else ""
    if not label or not name or (label[0].rstrip()[-1:].isalpha() and label[0][-1:] != " "):
        return False
    if reading.name(name):
        return True
    if folded(label[0].strip(" :.")) not in _BARE_LABELS:
        return False  # "pour le client" is no name
    reading.said.append(
        Problem(
            msg("Nobody here is called “{name}”.", name=name[:MAX_NAME]),
            hint=msg("Choose somebody, or type the whole name."),
        )
    )
    return True


def _without_day(words: str, days: list[Spoken], reading: Line) -> str:
    """Take the day at the end or at the beginning of a part; a part may be nothing but a day."""
    if not days:
        return words
    last, first = days[-1], days[0]
    if last.start == 0 and last.end == len(words):
        reading.days.append((words, last))
        return ""
    before, after = words[: last.start].rstrip(), words[first.end :].lstrip(" ,:")
    if last.end == len(words):
        few = last.few and " " not in before
        if last.sure and not few and not _BELONGS.search(before):
            reading.days.append((words[last.start :], last))
            return before if last.day else words
        if people_called(before, reading.known.people) or means_oneself(before):
            reading.days.append((words[last.start :], last))
            return before
    elif first.start == 0 and first.day and first.sure:
        near = folded(words[: first.end]) in _OPENERS
        if near or people_called(after, reading.known.people):
            reading.days.append((words[: first.end], first))
            return after
    return words


#: What may open a line without a comma behind it.
_OPENERS = frozenset(
    {"demain", "tomorrow", "aujourd'hui", "aujourd’hui", "today", "apres-demain", "ce soir"}
)


def _without_somebody(words: str, reading: Line) -> str:
    """Take a name that is marked as one inside a part."""
    for pattern in (_BEFORE_COLON, _IN_BRACKETS, _BY_SOMEBODY, _AT_SOMEBODY):
        match = pattern.search(words)
        if match and reading.name(match["name"].strip()):
            return " ".join((words[: match.start()] + " " + words[match.end() :]).split())
    return words
