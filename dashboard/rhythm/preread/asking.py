"""Who is asked to bring what, put together. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeVar

from dashboard.rhythm.preread.model import Asked
from dashboard.text import alphabetical
from pipelines.errors import Message
from pipelines.kpis.definition import LocalText

What = TypeVar("What")
#: Whose it is (None: nobody's), and what it is.
Titles = Iterable[tuple[str | None, str]]
Names = Iterable[tuple[str | None, LocalText]]
Sentences = Iterable[tuple[str | None, Message]]


def asked_of(
    gone: Collection[str],
    *,
    news: Titles = (),
    numbers: Sentences = (),
    causes: Names = (),
    verdicts: Names = (),
) -> tuple[Asked, ...]:
    """Return what each is asked to bring, by name; what nobody answers for comes last.

    Args:
        gone: Those who do not work here any more: nobody answers for what was theirs.
    """
    titles, typed = _by_name(news, gone), _by_name(numbers, gone)
    whys, ways = (_by_name(one, gone) for one in (causes, verdicts))
    names = {*titles, *typed, *whys, *ways}
    return tuple(
        Asked(
            name,
            tuple(titles.get(name, ())),
            tuple(typed.get(name, ())),
            tuple(whys.get(name, ())),
            tuple(ways.get(name, ())),
        )
        for name in sorted(names, key=lambda name: (name is None, alphabetical(name or "")))
    )


def _by_name(
    found: Iterable[tuple[str | None, What]], gone: Collection[str]
) -> dict[str | None, list[What]]:
    together: dict[str | None, list[What]] = defaultdict(list)
    for name, what in found:
        together[None if name in gone else name].append(what)
    return together
