"""KPIs whose numbers are typed: making them, and completing what an import guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.actor import ITSELF, Actor
from pipelines.context import Context
from pipelines.errors import Problem, Refused, msg
from pipelines.journal import What, note
from pipelines.kpis.catalogue import everything, unknown_key
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.reader import KEY
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.visible import visible


@dataclass(frozen=True)
class HandKept:
    """A KPI that exists only in the store.

    Attributes:
        name: In the company's language.
        aggregate: How a longer period is made of typed numbers; None if it cannot be.
        complete: Somebody looked at it; an import only guesses unit, kind and direction.
        confidential: It shows costs or margins: only for those who may see them. Before somebody
            looked at it, it is taken to.
    """

    key: str
    name: str
    kind: Kind
    unit: Unit
    better: Better
    aggregate: Aggregate | None
    complete: bool = True
    confidential: bool = False


def guessed(key: str, aggregate: Aggregate | None, *, has_parts: bool, is_share: bool) -> HandKept:
    """Return what can be said about a KPI of which only numbers are known.

    Args:
        has_parts: Every number is typed in two parts.
        is_share: And none of the quotients is beyond one.
    """
    return HandKept(
        key=key,
        name=key.replace("_", " ").capitalize(),
        kind=Kind.OUTPUT,
        unit=Unit.PERCENT if is_share else Unit.COUNT,
        better=Better.UP,
        aggregate=aggregate or (Aggregate.RATIO if has_parts else None),
        complete=False,
    )


def incomplete(context: Context) -> tuple[HandKept, ...]:
    """Return the hand-kept KPIs that nobody has looked at since an import made them."""
    return tuple(one for one in hand_kept(context) if not one.complete)


def hand_kept(context: Context) -> tuple[HandKept, ...]:
    """Return every hand-kept KPI of the store, by key; confidential ones to whom they are shown."""
    margins = context.actor.scope.margins
    return tuple(
        one
        for one in context.store.read(_stored)
        if margins or (one.complete and not one.confidential)
    )


def _stored(cursor: Cursor) -> tuple[HandKept, ...]:
    rows = cursor.execute(statement("kpis/hand_kept")).fetchall()
    return tuple(
        HandKept(
            key=row[0],
            name=row[4],
            kind=Kind(row[1]),
            unit=Unit(row[2]),
            better=Better(row[3]),
            aggregate=Aggregate(row[5]) if row[5] else None,
            complete=row[6],
            confidential=row[7],
        )
        for row in rows
    )


def create_hand_kept(context: Context, new: HandKept) -> None:
    """Add a KPI whose numbers will be typed.

    Raises:
        Refused: The key is taken or cannot be one, or the name is empty.
    """
    problems = list(_problems(new))
    if new.key in everything(context):
        problems.append(Problem(msg("There is a KPI '{key}' already.", key=new.key), "key"))
    if problems:
        raise Refused(*problems)
    context.store.write(lambda cursor: insert_hand_kept(cursor, new, context.actor))


def complete_hand_kept(context: Context, changed: HandKept) -> None:
    """Say what a hand-kept KPI is; from then on it counts as complete.

    Raises:
        Refused: There is no hand-kept KPI with that key, or the name is empty.
    """
    problems = list(_problems(changed))
    kept = {one.key for one in hand_kept(context)}
    if changed.key not in kept:
        problems.append(unknown_key(changed.key, kept))
    if problems:
        raise Refused(*problems)

    def write(cursor: Cursor) -> None:
        before = next((one for one in _stored(cursor) if one.key == changed.key), None)
        values = _values(changed, complete=True)
        cursor.execute(statement("kpis/complete_hand_kept"), values)
        note(
            cursor,
            context.actor,
            What.KPI_COMPLETED,
            f"kpi {changed.key}",
            before=_state(_values(before, complete=before.complete)) if before else None,
            after=_state(values),
        )

    context.store.write(write)


def insert_hand_kept(cursor: Cursor, new: HandKept, actor: Actor = ITSELF) -> None:
    """Write a new hand-kept KPI within somebody's transaction."""
    values = _values(new, complete=new.complete)
    cursor.execute(statement("kpis/insert_hand_kept"), values)
    note(cursor, actor, What.KPI_ADDED, f"kpi {new.key}", after=_state(values))


def _problems(one: HandKept) -> Sequence[Problem]:
    problems = []
    if not KEY.fullmatch(one.key):
        problems.append(key_problem(one.key))
    if not one.name.strip():
        problems.append(Problem(msg("The name is empty."), "name"))
    return problems


def key_problem(key: str) -> Problem:
    """Return what is wrong with a key that cannot be one."""
    return Problem(
        msg("'{name}' cannot be the key of a KPI.", name=key),
        "key",
        msg("Use small letters, digits and _, such as customer_visits."),
    )


def _values(one: HandKept, *, complete: bool) -> dict[str, object]:
    return {
        "kpi": one.key,
        "kind": one.kind.value,
        "unit": one.unit.value,
        "better": one.better.value,
        "name": visible(one.name).strip(),
        "aggregate": one.aggregate.value if one.aggregate else None,
        "complete": complete,
        "confidential": one.confidential,
    }


def _state(values: Mapping[str, object]) -> dict[str, object]:
    """Return what is written as the journal keeps it."""
    return {"key": values["kpi"]} | {name: one for name, one in values.items() if name != "kpi"}
