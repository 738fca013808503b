"""Dated targets: setting and listing them, and what they make of each period."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from math import isfinite

from pipelines import clock
from pipelines.analysis.judgement import Aim
from pipelines.context import Context
from pipelines.errors import Problem, Refused, did_you_mean, msg
from pipelines.folding import folded
from pipelines.journal import What, note
from pipelines.kpis.catalogue import catalogue, unknown_key
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.kpis.shares import shares
from pipelines.kpis.target import Standing, Target, TargetRequest, in_force, standing
from pipelines.people.names import names_at, read_names
from pipelines.periods import Grain, Period
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.visible import visible

__all__ = [
    "Standing",
    "Target",
    "TargetRequest",
    "aims",
    "finished_weeks_changed",
    "list_targets",
    "owners",
    "set_target",
    "standings",
]


def set_target(context: Context, request: TargetRequest) -> Target:
    """Keep a target from its first day on; what was aimed at before that day stays.

    Raises:
        Refused: All that is wrong with the request.
    """
    definitions = catalogue(context)
    definition = definitions.get(request.key)
    if definition is None:
        raise Refused(unknown_key(request.key, definitions))
    problems = list(_problems(request, definition))
    if request.owner is not None:
        problems += _owner_problems(context, request.owner)
    if problems:
        raise Refused(*problems)

    def write(cursor: Cursor) -> Target:
        names = names_at(cursor)
        wanted = replace(request, owner=request.owner and names.shown(request.owner))
        same = [
            one
            for one in _read(cursor, request.key)
            if (one.owner and names.shown(one.owner)) == wanted.owner
        ]
        before = in_force(same, wanted.valid_from)
        target = _insert(cursor, wanted)
        note(
            cursor,
            context.actor,
            What.TARGET_SET,
            f"target {target.target_id}",
            before=_state(before) if before else None,
            after=_state(target),
        )
        return target

    return context.store.write(write)


def finished_weeks_changed(context: Context, request: TargetRequest) -> tuple[Period, ...]:
    """Return the finished weeks whose aim a target would change, oldest first; none for nonsense.

    They have been looked at with the aim they had: who changes it should know and say why.
    """
    definition = catalogue(context).get(request.key)
    this_week = context.calendar.period(Grain.WEEK, context.today())
    if definition is None or request.valid_from >= this_week.start:
        return ()
    first = context.calendar.period(Grain.WEEK, request.valid_from)
    weeks = list(context.calendar.periods(Grain.WEEK, first.start, this_week.start))
    now = list_targets(context, request.key)
    newest = max((one.target_id for one in now), default=0) + 1
    new = Target(target_id=newest, set_at=clock.now(), **asdict(request))
    before = aims(context, definition, weeks, owner=request.owner, targets=now)
    after = aims(context, definition, weeks, owner=request.owner, targets=(*now, new))
    return tuple(
        week for week, was, will_be in zip(weeks, before, after, strict=True) if was != will_be
    )


def list_targets(context: Context, key: str | None = None) -> tuple[Target, ...]:
    """Return the targets that were ever set, by KPI, owner, first day and age.

    Those of KPIs and people that whoever asks may not see are left out; the company's are seen.
    """
    found, names = context.store.read(lambda cursor: (_read(cursor, key), names_at(cursor)))
    if names:
        found = tuple(replace(one, owner=one.owner and names.shown(one.owner)) for one in found)
    scope = context.actor.scope
    if scope.people is not None:
        found = tuple(one for one in found if one.owner is None or scope.sees(one.owner))
    if not scope.margins and found:
        visible = catalogue(context)
        found = tuple(one for one in found if one.key in visible)
    return found


def standings(targets: Sequence[Target], today: date) -> dict[int, tuple[Standing, date | None]]:
    """Return what has become of each target, by its number; see ``standing``."""
    aims_: dict[tuple[str, str | None], list[Target]] = {}
    for target in targets:
        aims_.setdefault((target.key, target.owner), []).append(target)
    return {
        target.target_id: standing(target, aims_[target.key, target.owner], today)
        for target in targets
    }


def _read(cursor: Cursor, key: str | None) -> tuple[Target, ...]:
    rows = cursor.execute(statement("targets/list"), {"kpi": key}).fetchall()
    return tuple(
        Target(
            target_id=row[0],
            key=row[1],
            owner=row[2],
            value=row[3],
            max_value=row[4],
            at_most=row[5],
            per=Grain(row[6]) if row[6] else None,
            valid_from=row[7],
            valid_to=row[8],
            reason=row[9],
            set_at=row[10],
        )
        for row in rows
    )


def aims(
    context: Context,
    definition: Definition,
    periods: Sequence[Period],
    *,
    owner: str | None = None,
    targets: Sequence[Target] | None = None,
) -> list[Aim | None]:
    """Return what a KPI aims at in some periods.

    Args:
        owner: Whose targets; None for the company's.
        targets: Targets read before (``list_targets``), to save reading them again.

    Returns:
        One aim per period, None where there is none. What adds up gets, for each working day of
        the period, the share that the day has of its own target's week, month, quarter or year;
        a target that covers only part of a period's working days says nothing about it. Anything
        else has the target that is in force on the period's first day.
    """
    settings = context.workspace.settings
    found = list_targets(context, definition.key) if targets is None else targets
    mine = [one for one in found if one.key == definition.key and one.owner == owner]
    if not mine:
        return [None] * len(periods)
    if definition.adds_up:
        place = shares(context.calendar, settings.country, settings.province)
        plain = [place.aim(mine, period) for period in periods]
    else:
        plain = [_aim(in_force(mine, period.start)) for period in periods]
    if definition.better is Better.UP:
        return plain
    # where less is better, every single value is a ceiling
    return [
        None if aim is None else Aim(aim.value, aim.max_value, at_most=aim.max_value is None)
        for aim in plain
    ]


def _aim(target: Target | None) -> Aim | None:
    return None if target is None else Aim(target.value, target.max_value, target.at_most)


def _problems(request: TargetRequest, definition: Definition) -> Iterator[Problem]:
    if definition.adds_up and request.per is None:
        yield Problem(
            msg("A target for {name} needs to say for which period it is.", name=definition.name),
            "--per",
            msg("Choose week, month, quarter or year."),
        )
    if not definition.adds_up and request.per is not None:
        yield Problem(
            msg(
                "{name} does not add up: one target holds for weeks, months and quarters alike.",
                name=definition.name,
            ),
            "--per",
            msg("Leave the period out."),
        )
    if not isfinite(request.value) or not isfinite(request.max_value or 0):
        yield Problem(msg("The target is not a number."), "value")
    elif problem := _impossible(request, definition):
        yield problem
    elif request.max_value is not None and request.max_value <= request.value:
        yield Problem(msg("The upper end of a range lies above its lower end."), "max")
    if request.max_value is not None and request.at_most:
        yield Problem(
            msg("A range has an upper end already."), "at most", msg("Leave one of them out.")
        )
    if request.valid_to is not None and request.valid_to <= request.valid_from:
        yield Problem(
            msg("The target would end before it begins."),
            "to",
            msg("The end is the day after the last."),
        )


def _impossible(request: TargetRequest, definition: Definition) -> Problem | None:
    """Return a problem for a value that the KPI can never have: most likely a slip of the pen."""
    values = [one for one in (request.value, request.max_value) if one is not None]
    if definition.unit in {Unit.COUNT, Unit.DAYS} and min(values) < 0:
        return Problem(msg("{name} cannot be negative.", name=definition.name))
    if _is_share(definition) and not all(0 <= one <= 1 for one in values):
        return Problem(msg("{name} is a share: it lies between 0% and 100%.", name=definition.name))
    return None


def _is_share(definition: Definition) -> bool:
    """Tell whether a KPI counts some of the rows it has; a margin, of amounts, may be below zero."""
    measure = definition.measure
    return (
        definition.unit is Unit.PERCENT
        and measure is not None
        and measure.numerator.startswith("count(")
        and measure.denominator.startswith("count(")
    )


def _owner_problems(context: Context, owner: str) -> list[Problem]:
    """Return a problem for a name that looks like a slip of the pen; a new one is welcome."""
    names = owners(context)
    if owner in names or read_names(context.store).shown(owner) != owner:
        return []
    if not owner.strip():
        return [Problem(msg("The name is empty."), "owner")]
    near = did_you_mean(owner, names)
    return [Problem(msg("Nobody is called '{name}'.", name=owner), "owner", near)] if near else []


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


def _insert(cursor: Cursor, request: TargetRequest) -> Target:
    ((target_id,),) = cursor.execute(statement("targets/next_id")).fetchall()
    target = Target(
        target_id=target_id,
        key=request.key,
        owner=request.owner,
        value=request.value,
        max_value=request.max_value,
        at_most=request.at_most,
        per=request.per,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
        reason=visible(request.reason) if request.reason else None,
        set_at=clock.now(),
    )
    cursor.execute(statement("targets/insert"), asdict(target))
    return target


def _state(target: Target) -> dict[str, object]:
    kept = asdict(target)
    del kept["target_id"], kept["set_at"]
    return kept
