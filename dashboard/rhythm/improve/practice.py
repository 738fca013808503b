"""What a good practice is, and how it is found again. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import MAX_NAME
from dashboard.rhythm.written import MAX_TEXT, text_problems, too_long
from pipelines.errors import Problem, msg
from pipelines.folding import folded

MAX_TITLE = 120
#: Where a practice comes from when nobody says more; else ``win 3``, ``experiment 2``.
TYPED = "typed"


@dataclass(frozen=True)
class Practice:
    """Something that works, for everybody to do.

    Attributes:
        text: How it is done; may be empty.
        person: Whom to ask about it; None: nobody was named.
        origin: ``win 3``, ``experiment 2`` or ``typed``.
        version: 1 when added, one more with every change.
    """

    practice_id: int
    title: str
    text: str
    person: str | None
    origin: str
    added_on: date
    version: int


def problems(title: str, text: str, person: str) -> list[Problem]:
    """Return what is wrong with a tidied practice; empty if nothing is."""
    return [
        *text_problems(
            title,
            MAX_TITLE,
            msg("The good practice has no title."),
            msg("Say in a few words what works."),
        ),
        *too_long(text, MAX_TEXT),
        *too_long(person, MAX_NAME),
    ]


def matching(practices: Iterable[Practice], wanted: str) -> tuple[Practice, ...]:
    """Return the practices that hold every word, accents and capitals aside, in their order."""
    words = folded(wanted).split()
    return tuple(
        one
        for one in practices
        if all(word in folded(f"{one.title} {one.text} {one.person or ''}") for word in words)
    )
