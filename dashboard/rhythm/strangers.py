"""Whom a typed name means. A slip of the pen must not make a second person of anybody."""

from collections.abc import Collection, Sequence

from dashboard.rhythm.action import one_line
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.one_line.spoken_names import people_called
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, did_you_mean, msg
from pipelines.folding import folded
from pipelines.kpis.choice import chosen
from pipelines.kpis.targets import owners
from pipelines.people.names import read_names
from pipelines.people.register import list_people

#: So many letters of a name are meant as one.
_BEGUN = 3


class Unclear(Refused):
    """A name that does not mean one person.

    Attributes:
        name: As it was typed, on one line.
        people: Whom it may mean, as the product shows them.
    """

    def __init__(self, problem: Problem, name: str, people: Sequence[str]) -> None:
        super().__init__(problem)
        self.name, self.people = name, tuple(people)


class Stranger(Unclear):
    """Nobody known bears the name: it may be a slip, or somebody new."""


def person_named(context: Context, written: str, also: Collection[str] = ()) -> str:
    """Return the one person whom a name means: every gesture that takes a name asks this first.

    A first name, a family name, the beginning of one or initials are enough where one person fits,
    with or without accents and capitals. Those who are here go before those who left. Scripts that know what they
    do write names without asking.

    Args:
        written: As somebody typed it; an empty one passes, and is refused where it matters.
        also: Other names that mean somebody here, such as those of a meeting's guests.

    Returns:
        The name as the product shows it: of a person, or of somebody whom files, KPIs or actions
        name.

    Raises:
        Unclear: It may mean several people.
        Stranger: It means nobody; the hint names whoever it may be a slip for.
    """
    wanted = one_line(written)
    shown = read_names(context.store).shown(wanted)
    people = list_people(context)
    names = {
        *also,
        *(person.name for person in people),
        *(action.owner for action in list_actions(context)),
        *(choice.responsible for choice in chosen(context) if choice.responsible),
        *owners(context),
    }
    if not wanted or shown != wanted or shown in names:
        return shown
    here = names - {person.name for person in people if not person.active}
    meant = (
        people_called(wanted, sorted(here))
        or people_called(wanted, sorted(names))
        or _begun(wanted, sorted(here))
    )
    if len(meant) == 1:
        return meant[0]
    if meant:
        what = msg("“{name}” may be several people: {people}.", name=wanted, people=meant)
        raise Unclear(Problem(what, hint=msg("Choose one.")), wanted, meant)
    near = _nearest(wanted, sorted(names))
    raise Stranger(
        Problem(msg("Nobody is called '{name}'.", name=wanted), hint=_hint(near)), wanted, near
    )


def _begun(wanted: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return whose first or family name somebody has begun to write; a letter or two tell nothing."""
    start = folded(wanted)
    if len(start) < _BEGUN:
        return ()
    return tuple(
        name
        for name in names
        if folded(name).startswith(start)
        or any(word.startswith(start) for word in folded(name).split())
    )


def _hint(near: Sequence[str]) -> Message:
    if near:
        return msg("Did you mean '{word}'?", word=near[0])
    return msg("Add them on the People page first, if they are new.")


def _nearest(wanted: str, names: list[str]) -> tuple[str, ...]:
    """Return whom a name may be a slip for."""
    word = folded(wanted)
    if within := [name for name in names if word in folded(name).split()]:
        return tuple(within)
    by_folded = {folded(name): name for name in names}
    near = did_you_mean(word, list(by_folded))
    return (by_folded[str(near.values["word"])],) if near else ()
