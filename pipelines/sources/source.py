"""What is known about the export files of one system."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.errors import Message, msg

#: Several headers of one canonical column, the best first.
Headers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Layout:
    """One kind of export file.

    Attributes:
        entity: The canonical table it fills.
        headers: What the columns are called, by canonical or helper name (``ingest.canonical``
            lists them); of several that occur in a file, the first listed is used.
        needs: Groups of columns; a file must have at least one of each group to be understood.
        evidence: Further groups of which a file must have one each, unless somebody says what it
            holds; without them, other lists would be taken for this one.
        signature: Headers that hardly any other system uses; two of them make a file this one.
        excludes: Headers that tell that a file is about something else.
        kind: For activities: what every row is, unless a column says it.
    """

    entity: str
    headers: Headers
    needs: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[str, ...], ...] = ()
    signature: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True)
class Source:
    """A system.

    Attributes:
        name: As it is written on the command line and stored with every row.
        title: As people know it.
        layouts: Its kinds of export files.
        loose: Whether headers are compared without blanks and punctuation.
        stage_labels: Labels that say won or lost here, beyond the common words.
        stage_date_pattern: Regular expression of headers that hold the day a deal entered a stage,
            with a group ``stage`` and perhaps a group ``pipeline``; "" if there are none.
        lists: Columns whose cells may list several, joined by ``;``; the first one counts.
    """

    name: str
    title: str
    layouts: tuple[Layout, ...]
    loose: bool = False
    stage_labels: Mapping[str, str] = field(default_factory=dict)
    stage_date_pattern: str = ""
    lists: frozenset[str] = frozenset()


def entity_name(entity: str) -> Message:
    """Return what people call the things a canonical table holds."""
    return {
        "deals": msg("deals"),
        "activities": msg("activities"),
        "invoices": msg("invoices"),
        "stage_entries": msg("stage changes"),
        "kpi_entries": msg("typed numbers"),
    }[entity]
