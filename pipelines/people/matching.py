"""Which names may mean the same person, and what speaks for it. Pure; nothing is joined here.

Files write one person in many ways: "Tremblay, Marie", "M. Tremblay", "mtremblay",
"marie.tremblay@erable.example", or without accents and capitals.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipelines.errors import Message, msg
from pipelines.folding import folded
from pipelines.people.person import Person

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Proposal:
    """Two people who may be one.

    Attributes:
        person: Whose name is the fuller one: the one to keep.
        other: Whose name would mean ``person`` from then on.
        evidence: What speaks for it, in words; at least one sentence.
    """

    person: Person
    other: Person
    evidence: tuple[Message, ...]


@dataclass(frozen=True)
class _Shape:
    """What a name is made of.

    Attributes:
        words: Folded, the given names first: ``("marie", "tremblay")``.
        logins: What the name may be in a system: ``mtremblay``, ``tremblaym``, ``marietremblay`` …
        address: Folded local part of the e-mail address, in words; empty without one.
    """

    person: Person
    words: tuple[str, ...]
    logins: frozenset[str]
    address: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there are a given name and a surname, both written out."""
        return len(self.words) > 1 and all(len(word) > 1 for word in self.words)

    @property
    def keys(self) -> frozenset[str]:
        """What another name must share to be looked at."""
        long = {word for word in (*self.words, *self.address) if len(word) > 1}
        return self.logins | long | {"".join(self.words), "".join(self.address)} - {""}

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, int]:
        """Lower for the name to keep: of somebody still there, whole, in the usual order."""
        name = self.person.name
        odd = " " not in name or "," in name or name in {name.lower(), name.upper()}
        plain = name.isascii()  # accents get lost, and never come by themselves
        return not self.person.active, not self.is_whole, odd, plain, self.person.person_id


def proposals(
    people: Sequence[Person], distinct: Collection[tuple[str, str]] = ()
) -> tuple[Proposal, ...]:
    """Return the pairs of people who may be one, in the order of the list.

    Args:
        distinct: Pairs of names, each in alphabetical order, that were told apart already.
    """
    found = []
    for one, two in _pairs([_shape(person) for person in people]):
        first, second = sorted((one.person.name, two.person.name))
        if (first, second) in distinct:
            continue
        if evidence := tuple(_evidence(one, two)):
            kept, other = sorted((one, two), key=lambda shape: shape.rank)
            found.append(Proposal(kept.person, other.person, evidence))
    return tuple(found)


def _shape(person: Person) -> _Shape:
    name = person.name
    local, at, _ = name.partition("@")
    words = _words(local if at else name)
    address = _words((person.email or (name if at else "")).partition("@")[0])
    return _Shape(person, words, _logins(words), address)


def _words(name: str) -> tuple[str, ...]:
    surname, comma, given = name.partition(",")
    written = f"{given} {surname}" if comma else name
    words = [word for word in _BETWEEN.split(folded(written)) if word]
    if len(words) > 1 and len(words[-1]) == 1:  # "Tremblay M."
        words = [*words[-1:], *words[:-1]]
    return tuple(words)


def _logins(words: tuple[str, ...]) -> frozenset[str]:
    if len(words) < 2:  # noqa: PLR2004 - a given name and a surname
        return frozenset()
    given, surname = words[0], words[-1]
    initials = "".join(word[0] for word in words[:-1])
    return frozenset(
        {initials + surname, surname + initials, given[0] + surname, surname + given[0]}
        | {given + surname, surname + given, "".join(words)}
    )


def _pairs(shapes: Sequence[_Shape]) -> Iterator[tuple[_Shape, _Shape]]:
    """Yield the pairs that share anything at all, each once, in the order of the list."""
    by_key: dict[str, list[int]] = {}
    for place, shape in enumerate(shapes):
        for key in shape.keys:
            by_key.setdefault(key, []).append(place)
    pairs = {pair for places in by_key.values() for pair in combinations(places, 2)}
    for one, two in sorted(pairs):
        yield shapes[one], shapes[two]


def _evidence(one: _Shape, two: _Shape) -> Iterator[Message]:
    if one.words and one.words == two.words:
        yield msg("Only capitals, accents, signs or the order of the names differ.")
    elif one.words and sorted(one.words) == sorted(two.words):
        yield msg("They are the same names in another order.")
    elif _abbreviates(one.words, two.words) or _abbreviates(two.words, one.words):
        yield msg("The surname is the same, and the initial fits.")
    elif short := _login(one, two) or _login(two, one):
        yield msg(
            "“{login}” is what “{name}” becomes as a user name.", login=short[0], name=short[1]
        )
    mine, theirs = (folded(shape.person.email or "") for shape in (one, two))
    if mine and mine == theirs:
        yield msg("Both have the address {address}.", address=one.person.email)
    elif fits := _addressed(one, two) or _addressed(two, one):
        yield msg("The address {address} is made of “{name}”.", address=fits[0], name=fits[1])


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether a name is another one with initials for given names: M. Roy, M.-A. Roy."""
    if len(short) < 2 or len(long) < 2 or short[-1] != long[-1]:  # noqa: PLR2004 - as above
        return False
    initials, given = short[:-1], long[:-1]
    if len(initials) > len(given) or len(short[-1]) == 1:
        return False
    return any(len(initial) == 1 for initial in initials) and all(
        initial == name or (len(initial) == 1 and name.startswith(initial))
        for initial, name in zip(initials, given, strict=False)
    )


def _login(short: _Shape, whole: _Shape) -> tuple[str, str] | None:
    is_login = len(short.words) == 1 and short.words[0] in whole.logins
    return (short.person.name, whole.person.name) if is_login and whole.is_whole else None


def _addressed(one: _Shape, two: _Shape) -> tuple[str, str] | None:
    """Return the address of the first and the name of the second, if one is made of the other."""
    address = one.person.email
    if not address or not one.address or not two.words:
        return None
    fits = one.address == two.words or (
        two.is_whole and (one.address == two.words[::-1] or "".join(one.address) in two.logins)
    )
    return (address, two.person.name) if fits else None
