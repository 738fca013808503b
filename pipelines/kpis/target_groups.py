"""Who and what the files name: the groups that targets may be for."""

from pipelines.context import Context
from pipelines.folding import folded
from pipelines.people.names import names_at
from pipelines.sql import statement


def owners(context: Context) -> tuple[str, ...]:
    """Return everybody that the files and the typed numbers name, in alphabetical order.

    By the names the product shows, and only those whose figures whoever asks may see.
    """
    rows, names = context.store.read(
        lambda cursor: (cursor.execute(statement("kpis/owners")).fetchall(), names_at(cursor))
    )
    found = {name for (name,) in rows}
    if names:
        # what means somebody in one source only is somebody else's name in the list of people
        found = {names.shown(name) for name in found}
    seen = [name for name in found if context.actor.scope.sees(name)]
    return tuple(sorted(seen, key=lambda name: (folded(name), name)))


def groups(context: Context) -> dict[str, tuple[str, ...]]:
    """Return the segments, regions and business units of the files, each in alphabetical order."""
    rows = context.store.read(lambda cursor: cursor.execute(statement("targets/groups")).fetchall())
    found: dict[str, list[str]] = {"segment": [], "region": [], "business_unit": []}
    for column, name in rows:
        found[column].append(name)
    return {
        column: tuple(sorted(names, key=lambda name: (folded(name), name)))
        for column, names in found.items()
    }
