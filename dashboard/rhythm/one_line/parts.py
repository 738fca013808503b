"""The parts of a line: which words name somebody, which say a day, which are the title. Pure."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.rhythm.action import MAX_NAME
from dashboard.rhythm.one_line.spoken_days import Spoken
from dashboard.rhythm.one_line.spoken_names import means_oneself, people_called
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
TOGETHER = re.compile(r"\s+(?:et|and|ou|or|&|\+)\s+|\s*[/&+]\s*")
#: What makes a day part of what is done: the meeting of Friday.
_BELONGS = re.compile(
    r"\b(?:de|du|des|d'|of|from|since|depuis|entre|between|dat[ée]e? du)\s*$", re.IGNORECASE
)
_EITHER = re.compile(r"\s(?:ou|or)$", re.IGNORECASE)
_NAME_LIKE = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]*\.?)(?: [A-ZÀ-Þ][\w’'-]*\.?){0,2}")


@dataclass(frozen=True)
class Known:
    """What a line is understood with.

    Attributes:
        people: Names as the product shows them.
        oneself: Whoever types, by the same name; None: none of the people.
        working: The company's working days.
        meeting: The day of the next meeting; None: nobody has set one.
        others: Names of people to whom whoever types may give nothing.
    """

    today: date
    people: Sequence[str]
    oneself: str | None
    working: Container[date]
    calendar: Calendar = field(default_factory=Calendar)
    meeting: date | None = None
    others: Sequence[str] = ()

    @property
    def alone(self) -> str | None:
        """The one person whom an action can be for: whoever types; None: there are others."""
        return self.oneself if tuple(self.people) == (self.oneself,) else None


@dataclass
class Line:
    """A line while it is being read.

    Attributes:
        owners: The words that name somebody, with everybody they may mean.
        days: The words that say a day, with what they may mean.
        said: What is to be said about other words.
        keeps_names: Names stay in the title, as words of it.
    """

    known: Known
    keeps_names: bool = False
    title: str = ""
    owners: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    days: list[tuple[str, Spoken]] = field(default_factory=list)
    said: list[Problem] = field(default_factory=list)

    def name(self, written: str) -> bool:
        """Take words as whoever is responsible, if they mean somebody."""
        found = self._meant(written)
        if found:
            self.owners.append((written, found))
        return bool(found) and not self.keeps_names

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
    label = _LABEL.match(rest)
    name_like = not first and rest == words and _NAME_LIKE.fullmatch(words)
    called = people_called(rest[label.end() :] if label else rest, reading.known.others)
    if called or (name_like and reading.known.alone):
        what = msg("You give actions to yourself only: “{words}” stays in the title.", words=rest)
        reading.said.append(Problem(what, hint=msg("Ask a manager to assign it.")))
        return rest
    if not name_like:
        return rest
    # where a name is expected stands one that nobody has
    reading.said.append(
        Problem(msg("“{words}” is nobody's name here: it stays in the title.", words=words))
    )
    return rest


def read_opening(reading: Line) -> None:
    """Take a name that a title begins with, before what they do, as whoever is responsible.

    "Zoé rappelle Hydro", "Marc doit appeler Hydro": where nobody else is named.
    """
    words = reading.title.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        name, rest = " ".join(words[:length]), words[length:]
        if not name[:1].isupper() or not people_called(name, reading.known.people):
            continue
        if folded(rest[0]) in _HAS_TO and len(rest) > 1:
            rest = rest[1:]
        elif not _VERB_LIKE.fullmatch(rest[0]) or folded(rest[0]) in _NO_VERBS:
            return
        if reading.name(name):
            reading.title = " ".join(rest)
        return


_HAS_TO = frozenset({"doit", "devra", "va", "should", "must", "will", "to"})
#: Ends as verbs do in the third person; "et" and its like do so too.
_VERB_LIKE = re.compile(r"[a-zà-ÿ]{2,}(?:e|it|et|nd|rt|s)")
_NO_VERBS = frozenset({"et", "de", "le", "la", "les", "des", "ses", "vs", "dans", "chez", "sans"})


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
    """Take the day that a part says; a part may be nothing but a day."""
    for place in (_only, _last, _first, _inside) if days else ():
        found = place(words, days, reading.known)
        if found is not None:
            day, rest = found
            reading.days.append((words[day.start : day.end].strip(), day))
            return rest
    return words


def _only(words: str, days: list[Spoken], _known: Known) -> tuple[Spoken, str] | None:
    day = days[-1]
    return (day, "") if day.start == 0 and day.end == len(words) else None


def _last(words: str, days: list[Spoken], known: Known) -> tuple[Spoken, str] | None:
    day = days[-1]
    before = words[: day.start].rstrip()
    if day.end < len(words) or _EITHER.search(before):  # Friday or Monday: nobody can tell which
        return None
    few = day.few and " " not in before
    if day.sure and not few and not _BELONGS.search(before):
        return day, before if day.day else words
    named = people_called(before, known.people) or means_oneself(before)
    return (day, before) if named else None


def _first(words: str, days: list[Spoken], known: Known) -> tuple[Spoken, str] | None:
    day, after = days[0], words[days[0].end :].lstrip(" ,:")
    if day.start > 0 or days[-1].end == len(words) or not (day.day and day.sure):
        return None
    opens = folded(words[: day.end]) in _OPENERS
    return (day, after) if opens or people_called(after, known.people) else None


def _inside(words: str, days: list[Spoken], _known: Known) -> tuple[Spoken, str] | None:
    """Return a day in the middle that can be nothing but when something is done.

    "appeler Hydro le 1er décembre avec Zoé", "relancer dans deux semaines le devis".
    """
    day, before = days[-1], words[: days[-1].start].rstrip()
    written = folded(words[day.start : day.end]).replace("’", "'")
    stands = day.sure and day.day and len(days) == 1 and day.end < len(words)
    if not before or not stands or _BELONGS.search(before) or not _WHEN.match(written):
        return None
    return day, f"{before} {words[day.end :].lstrip()}"


#: How a day begins that says when: "dans deux semaines", "avant vendredi", "le 1er décembre".
_WHEN = re.compile(
    r"dans |in |d'ici |sous |within |avant |before |by |au plus tard |(?:le|on) (?=.*\d)(?=.*[a-z]{3})"
)
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
