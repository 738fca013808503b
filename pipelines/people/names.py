"""Whom a name means. Rows keep what their files wrote; it is understood when they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipelines.sql import statement
from pipelines.store import Cursor, Store


@dataclass(frozen=True)
class Names:
    """What is written for people, where it is not the name the product shows.

    Attributes:
        everywhere: Shown name by written name, in every source.
        by_source: Shown name by source and written name; goes before ``everywhere``.
    """

    everywhere: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    by_source: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.by_source)

    def shown(self, written: str, source: str | None = None) -> str:
        """Return the name the product shows for whoever is meant."""
        if source is not None and (source, written) in self.by_source:
            return self.by_source[source, written]
        return self.everywhere.get(written, written)

    def shown_names(self, names: Iterable[str]) -> frozenset[str]:
        """Return the names the product shows for whoever some names mean in every source."""
        return frozenset(self.shown(name) for name in names)

    def spellings(self, names: Iterable[str]) -> frozenset[str]:
        """Return everything that means some people, named as the product shows them.

        What means them in one source only is left out: elsewhere it is somebody else.
        """
        wanted = frozenset(names)
        other = {written for written, name in self.everywhere.items() if name in wanted}
        return frozenset(name for name in wanted if self.shown(name) == name) | other

    def bound(self) -> dict[str, Any]:
        """Return the parameters of the statements that rows are joined with."""
        found: dict[str, Any] = {}
        if self.everywhere:
            found |= {
                "written": list(self.everywhere),
                "meant": list(self.everywhere.values()),
            }
        if self.by_source:
            found |= {
                "sources": [source for source, _ in self.by_source],
                "written_there": [written for _, written in self.by_source],
                "meant_there": list(self.by_source.values()),
            }
        return found


def names_at(cursor: Cursor) -> Names:
    """Return whom written names mean, as of somebody's transaction."""
    rows = cursor.execute(statement("people/names")).fetchall()
    if not rows:
        return Names()
    direct = {written: name for source, written, name in rows if not source}
    everywhere = {written: _end(direct, written) for written in direct}
    by_source = {
        (source, written): everywhere.get(name, name) for source, written, name in rows if source
    }
    return Names(MappingProxyType(everywhere), MappingProxyType(by_source))


def read_names(store: Store) -> Names:
    """Return whom written names mean."""
    return store.read(names_at)


def _end(direct: Mapping[str, str], written: str) -> str:
    """Follow a name that means another, which may itself mean a third."""
    seen = {written}
    name = direct[written]
    while name in direct and name not in seen:
        seen.add(name)
        name = direct[name]
    return name
