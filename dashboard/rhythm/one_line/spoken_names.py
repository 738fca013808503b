"""People as colleagues write them: whole names, first names, without accents, initials. Pure."""

import re
from collections.abc import Callable, Sequence

from pipelines.folding import folded

#: Whoever types.
_SELF = frozenset({"moi", "moi-meme", "me", "myself", "je", "i"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){2,4}")
_LETTERS = re.compile(r"[^\W\d_]")


def means_oneself(written: str) -> bool:
    """Tell whether a word means whoever typed it."""
    return folded(written.strip()) in _SELF


def people_called(written: str, people: Sequence[str]) -> tuple[str, ...]:
    """Return everybody whom a name may mean.

    The first way of writing that means anybody decides: the whole name, the first name, the first
    name with an initial, the family name, an initial with it, the initials in capitals.

    Args:
        people: Names as the product shows them.
    """
    wanted = _words(written)
    if not wanted:
        return ()
    for way in _WAYS:
        if found := tuple(name for name in people if way(wanted, _words(name))):
            return found
    initials = _initials_of(written)
    return tuple(name for name in people if initials and initials == _initials(name))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s.\-’']+", folded(name)) if word]


def _whole(wanted: list[str], name: list[str]) -> bool:
    return wanted == name


def _first(wanted: list[str], name: list[str]) -> bool:
    # a first name may have two parts, such as Marie-Ève
    return len(wanted) < len(name) and name[: len(wanted)] == wanted


def _first_and_initial(wanted: list[str], name: list[str]) -> bool:
    *first, initial = wanted
    rest = name[len(first) :]
    return (
        bool(first)
        and len(initial) == 1
        and name[: len(first)] == first
        and bool(rest)
        and rest[0].startswith(initial)
    )


def _family(wanted: list[str], name: list[str]) -> bool:
    return len(name) > len(wanted) and name[-len(wanted) :] == wanted


def _initial_and_family(wanted: list[str], name: list[str]) -> bool:
    initial, *family = wanted
    return bool(family) and len(initial) == 1 and name[0][:1] == initial and _family(family, name)


_WAYS: tuple[Callable[[list[str], list[str]], bool], ...] = (
    _whole,
    _first,
    _first_and_initial,
    _family,
    _initial_and_family,
)


def _initials_of(written: str) -> str:
    """Return the letters if they are written as initials: MT, M.-T., Z. C."""
    together = written.strip()
    if not together.isupper() or not _INITIALS.fullmatch(together):
        return ""
    return folded("".join(_LETTERS.findall(together)))


def _initials(name: str) -> str:
    return "".join(word[0] for word in _words(name))
