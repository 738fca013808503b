"""What speaks against a target that somebody wants to set."""

from collections.abc import Iterable, Iterator
from math import isfinite

from pipelines.context import Context
from pipelines.errors import Message, Problem, did_you_mean, msg
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.kpis.query import shows_costs
from pipelines.kpis.tables import SPLITS, TABLES
from pipelines.kpis.target import TargetRequest, named_groups
from pipelines.kpis.target_groups import groups, owners
from pipelines.people.names import read_names


def problems(context: Context, request: TargetRequest, definition: Definition) -> list[Problem]:
    """Return all that is wrong with a request for a target of a KPI."""
    return [*_of_values(request, definition), *_of_group(context, request, definition)]


def _of_values(request: TargetRequest, definition: Definition) -> Iterator[Problem]:
    if definition.adds_up and request.per is None:
        yield Problem(
            msg("A target for {name} needs to say for which period it is.", name=definition.name),
            hint=msg("Choose week, month, quarter or year."),
        )
    if not definition.adds_up and request.per is not None:
        yield Problem(
            msg(
                "{name} does not add up: one target holds for weeks, months and quarters alike.",
                name=definition.name,
            ),
            hint=msg("Leave the period out."),
        )
    if not isfinite(request.value) or not isfinite(request.max_value or 0):
        yield Problem(msg("The target is not a number."))
    elif problem := _impossible(request, definition) or _always_reached(request, definition):
        yield problem
    elif request.max_value is not None and request.max_value <= request.value:
        yield Problem(msg("The upper end of a range lies above its lower end."))
    if request.max_value is not None and request.at_most:
        yield Problem(msg("A range has an upper end already."), hint=msg("Leave one of them out."))
    if request.valid_to is not None and request.valid_to <= request.valid_from:
        yield Problem(
            msg("The target would end before it begins."),
            hint=msg("The end is the day after the last."),
        )


def _impossible(request: TargetRequest, definition: Definition) -> Problem | None:
    """Return a problem for a value that the KPI can never have: most likely a slip of the pen."""
    values = [one for one in (request.value, request.max_value) if one is not None]
    if definition.unit in {Unit.COUNT, Unit.DAYS} and min(values) < 0:
        return Problem(msg("{name} cannot be negative.", name=definition.name))
    if _is_share(definition) and not all(0 <= one <= 1 for one in values):
        return Problem(msg("{name} is a share: it lies between 0% and 100%.", name=definition.name))
    return None


def _always_reached(request: TargetRequest, definition: Definition) -> Problem | None:
    """Return a problem for a target of nothing: where more is better, every miss would reach it."""
    if request.value != 0 or definition.better is Better.DOWN:
        return None
    # a ceiling and a range can be missed; so can what may fall below zero, as a margin does
    if request.at_most or request.max_value is not None or _may_be_negative(definition):
        return None
    return Problem(
        msg("A target of 0 for {name} would be reached whatever happens.", name=definition.name),
        hint=msg("Aim at more than 0, or leave the target out."),
    )


def _may_be_negative(definition: Definition) -> bool:
    if definition.unit in {Unit.COUNT, Unit.DAYS} or _is_share(definition):
        return False
    # nobody knows what a number that is kept by hand may be
    return definition.measure is None or shows_costs(definition.measure)


def _is_share(definition: Definition) -> bool:
    """Tell whether a KPI counts some of the rows it has; a margin, of amounts, may be below zero."""
    measure = definition.measure
    return (
        definition.unit is Unit.PERCENT
        and measure is not None
        and measure.numerator.startswith("count(")
        and measure.denominator.startswith("count(")
    )


def _of_group(
    context: Context, request: TargetRequest, definition: Definition
) -> Iterator[Problem]:
    """Yield what is wrong with whom it is for."""
    named = named_groups(request)
    if len(named) > 1:
        yield Problem(
            msg("A target is for one group: name one of {words}.", words=_called(named)),
            hint=msg("Set a target for each of them."),
        )
        return
    for column, group in named.items():
        measure = definition.measure
        columns = TABLES[measure.table].columns if measure else {"owner"}
        if not group.strip():
            yield Problem(msg("The name is empty."), column)
        elif column == "owner":
            yield from _of_owner(context, group)
        elif column not in columns:
            yield Problem(msg("The rows that it counts name no {by}.", by=SPLITS[column]), column)
        elif group not in (known := groups(context)[column]) and (
            near := did_you_mean(group, known)
        ):
            yield Problem(
                msg("No {by} is called '{name}'.", by=SPLITS[column], name=group), column, near
            )


def _called(columns: Iterable[str]) -> tuple[Message, ...]:
    return tuple(SPLITS[column] for column in columns)


def _of_owner(context: Context, owner: str) -> list[Problem]:
    """Return a problem for a name that looks like a slip of the pen; a new one is welcome."""
    names = owners(context)
    if owner in names or read_names(context.store).shown(owner) != owner:
        return []
    near = did_you_mean(owner, names)
    return [Problem(msg("Nobody is called '{name}'.", name=owner), "owner", near)] if near else []
