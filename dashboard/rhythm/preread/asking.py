"""Who is asked to bring what, put together. Pure."""

from collections import defaultdict
from collections.abc import Iterable

from dashboard.rhythm.preread.model import Asked
from dashboard.text import alphabetical
from pipelines.kpis.definition import LocalText

#: Whose it is (None: nobody's), and what it is.
Titles = Iterable[tuple[str | None, str]]
Names = Iterable[tuple[str | None, LocalText]]


def asked_of(
    *, news: Titles = (), numbers: Names = (), causes: Names = (), verdicts: Names = ()
) -> tuple[Asked, ...]:
    """Return what each is asked to bring, by name; what nobody answers for comes last."""
    titles: dict[str | None, list[str]] = defaultdict(list)
    for name, title in news:
        titles[name].append(title)
    typed, whys, ways = (_by_name(one) for one in (numbers, causes, verdicts))
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


def _by_name(found: Names) -> dict[str | None, list[LocalText]]:
    together: dict[str | None, list[LocalText]] = defaultdict(list)
    for name, what in found:
        together[name].append(what)
    return together
