"""Is a name somebody we know? A slip of the pen must not make a second person of anybody."""

from dashboard.rhythm.actions import list_actions
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, did_you_mean, msg
from pipelines.folding import folded
from pipelines.kpis.choice import chosen
from pipelines.kpis.targets import owners
from pipelines.people.names import read_names
from pipelines.people.register import list_people


class Stranger(Refused):
    """Nobody known bears the name."""


def refuse_stranger(context: Context, name: str) -> None:
    """Let a name pass that means somebody: a person, or somebody whom files, KPIs or actions name.

    Scripts that know what they do add actions without asking this.

    Args:
        name: As somebody typed it; an empty one passes, and is refused where it matters.

    Raises:
        Stranger: It means nobody; the hint names whoever it may be a slip for.
    """
    wanted = " ".join(name.split())
    names = {
        *(person.name for person in list_people(context)),
        *(action.owner for action in list_actions(context)),
        *(choice.responsible for choice in chosen(context) if choice.responsible),
        *owners(context),
    }
    if not wanted or wanted in names or read_names(context.store).shown(wanted) != wanted:
        return
    raise Stranger(
        Problem(
            msg("Nobody is called '{name}'.", name=wanted),
            hint=_nearest(wanted, sorted(names))
            or msg("Add them on the People page first, if they are new."),
        )
    )


def _nearest(wanted: str, names: list[str]) -> Message | None:
    """Return whom a name may be short for, or else a slip for."""
    word = folded(wanted)
    short_for = [name for name in names if word in (folded(name), *folded(name).split())]
    if short_for:
        return msg("Did you mean '{word}'?", word=short_for[0])
    by_folded = {folded(name): name for name in names}
    near = did_you_mean(word, list(by_folded))
    return msg("Did you mean '{word}'?", word=by_folded[str(near.values["word"])]) if near else None
