"""Who does something, and how much of the company's data they may see."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What somebody may see; asked wherever rows are read.

    Attributes:
        people: Names whose rows, targets and commitments may be seen; None: everybody's. The
            figures of the whole company are seen either way.
        margins: Whether costs and margins may be seen.
        ratings: Whether it may be seen how each colleague found a meeting.
    """

    people: frozenset[str] | None = None
    margins: bool = True
    ratings: bool = True

    def sees(self, owner: str | None) -> bool:
        """Tell whether what belongs to somebody may be seen; None: it belongs to nobody."""
        return self.people is None or owner in self.people


#: Nothing is hidden.
EVERYTHING = Scope()


@dataclass(frozen=True)
class Actor:
    """Who does something.

    Attributes:
        name: As the history shows it; None: the product by itself.
        person_id: Their number among the people; None: they are not one of them.
    """

    name: str | None = None
    person_id: int | None = None
    scope: Scope = EVERYTHING


#: Work that nobody asked for: migrations, automatic backups.
ITSELF = Actor()
