"""Dated targets: setting and listing them, and what they make of each period."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from pipelines import clock
from pipelines.analysis.judgement import Aim
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.journal import What, note
from pipelines.kpis.catalogue import catalogue, everything, unknown_key
from pipelines.kpis.definition import Better, Definition
from pipelines.kpis.shares import shares
from pipelines.kpis.target import (
    GROUPS,
    Standing,
    Target,
    TargetRequest,
    Whose,
    in_force,
    is_ceiling,
    standing,
)
from pipelines.kpis.target_groups import groups, owners
from pipelines.kpis.target_rules import problems
from pipelines.people.names import Names, names_at
from pipelines.periods import Grain, Period
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.visible import visible

__all__ = [
    "GROUPS",
    "Standing",
    "Target",
    "TargetRequest",
    "Whose",
    "aimed_at",
    "aims",
    "check_target",
    "finished_weeks_changed",
    "groups",
    "list_targets",
    "owners",
    "set_target",
    "set_target_at",
    "standings",
    "take_back_target_at",
]


def set_target(context: Context, request: TargetRequest) -> Target:
    """Keep a target from its first day on; what was aimed at before that day stays.

    Raises:
        Refused: All that is wrong with the request.
    """
    check_target(context, request)
    return context.store.write(lambda cursor: set_target_at(context, cursor, request))


def check_target(context: Context, request: TargetRequest) -> None:
    """Let a target pass that may be set.

    Raises:
        Refused: All that is wrong with the request.
    """
    definitions = catalogue(context)
    definition = definitions.get(request.key)
    if definition is None:
        raise Refused(unknown_key(request.key, definitions))
    if wrong := problems(context, request, definition):
        raise Refused(*wrong)


def set_target_at(context: Context, cursor: Cursor, request: TargetRequest) -> Target:
    """Keep a target within a larger transaction, such as that of a decision.

    Args:
        request: One that ``check_target`` let pass.
    """
    names = names_at(cursor)
    wanted = replace(request, owner=request.owner and names.shown(request.owner))
    before = _held_before(cursor, wanted, names)
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


def take_back_target_at(context: Context, cursor: Cursor, target_id: int) -> None:
    """Let a target hold on no day, within a larger transaction: what it took the place of is back.

    It stays among the targets that were ever set; those that others set are not touched.
    """
    names = names_at(cursor)
    before = next(one for one in _named(_read(cursor, None), names) if one.target_id == target_id)
    cursor.execute(statement("targets/take_back"), {"target_id": target_id})
    note(
        cursor,
        context.actor,
        What.TARGET_TAKEN_BACK,
        f"target {target_id}",
        before=_state(before),
        after=None,
    )


def _held_before(cursor: Cursor, wanted: TargetRequest, names: Names) -> Target | None:
    kept = _named(_read(cursor, wanted.key), names)
    return in_force([one for one in kept if one.whose == wanted.whose], wanted.valid_from)


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
    before = aims(context, definition, weeks, whose=request.whose, targets=now)
    after = aims(context, definition, weeks, whose=request.whose, targets=(*now, new))
    return tuple(
        week for week, was, will_be in zip(weeks, before, after, strict=True) if was != will_be
    )


def list_targets(context: Context, key: str | None = None) -> tuple[Target, ...]:
    """Return the targets that were ever set, by KPI, whom they are for, first day and age.

    Those of KPIs and people that whoever asks may not see are left out; those of the company and
    of segments, regions and business units are seen.
    """
    found, names = context.store.read(lambda cursor: (_read(cursor, key), names_at(cursor)))
    found = _named(found, names)
    scope = context.actor.scope
    if scope.people is not None:
        found = tuple(one for one in found if one.owner is None or scope.sees(one.owner))
    if not scope.margins and found:
        visible = catalogue(context)
        found = tuple(one for one in found if one.key in visible)
    return found


def aimed_at(context: Context, key: str | None = None) -> tuple[Target, ...]:
    """Return the same, each telling whether it is a ceiling, as people read it: see ``is_ceiling``."""
    known = everything(context)
    return tuple(
        replace(one, at_most=is_ceiling(one, known[one.key].better)) if one.key in known else one
        for one in list_targets(context, key)
    )


def standings(targets: Sequence[Target], today: date) -> dict[int, tuple[Standing, date | None]]:
    """Return what has become of each target, by its number; see ``standing``."""
    aims_: dict[tuple[str, Whose], list[Target]] = {}
    for target in targets:
        aims_.setdefault((target.key, target.whose), []).append(target)
    return {
        target.target_id: standing(target, aims_[target.key, target.whose], today)
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
            segment=row[11],
            region=row[12],
            business_unit=row[13],
        )
        for row in rows
    )


def _named(targets: tuple[Target, ...], names: Names) -> tuple[Target, ...]:
    """Return targets with their owners named as the product shows them."""
    if not names:
        return targets
    return tuple(replace(one, owner=one.owner and names.shown(one.owner)) for one in targets)


def aims(
    context: Context,
    definition: Definition,
    periods: Sequence[Period],
    *,
    owner: str | None = None,
    whose: Whose = None,
    targets: Sequence[Target] | None = None,
) -> list[Aim | None]:
    """Return what a KPI aims at in some periods.

    Args:
        periods: Weeks, months and quarters, or any other stretch of days.
        owner: Whose targets; None for the company's.
        whose: The group whose targets, where it is not an owner.
        targets: Targets read before (``list_targets``), to save reading them again.

    Returns:
        One aim per period, None where there is none. What adds up gets, for each working day of
        the period, the share that the day has of its own target's week, month, quarter or year;
        a target that covers only part of a period's working days says nothing about it. Anything
        else has the target that is in force on the period's first day.
    """
    settings = context.workspace.settings
    found = list_targets(context, definition.key) if targets is None else targets
    group = ("owner", owner) if owner is not None else whose
    mine = [one for one in found if one.key == definition.key and one.whose == group]
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
        segment=request.segment,
        region=request.region,
        business_unit=request.business_unit,
    )
    cursor.execute(statement("targets/insert"), asdict(target))
    return target


def _state(target: Target) -> dict[str, object]:
    kept = asdict(target)
    del kept["target_id"], kept["set_at"]
    # the company's and people's targets are told as they always were
    others = [column for column in GROUPS[1:] if kept[column] is None]
    return {name: value for name, value in kept.items() if name not in others}
