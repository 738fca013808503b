"""What the company aims at: target set, target list, limits lock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dashboard.commands.console import Console, opened
from dashboard.commands.options import DEFAULT_FOLDER, AsJson, Folder, GrainName, Key, day
from pipelines.errors import Message, msg

if TYPE_CHECKING:
    from pipelines.kpis.definition import Definition
    from pipelines.kpis.targets import Target

target = typer.Typer(help="Targets.", no_args_is_help=True)
limits = typer.Typer(no_args_is_help=True)

Start = Annotated[date, typer.Option("--from", parser=day, metavar="DAY", help="First day.")]


@target.command("set")
def set_target(
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Such as 120000, 0.3 or 30%.")],
    from_: Start,
    per: Annotated[
        Literal["week", "month", "quarter", "year"] | None,
        typer.Option(help="The time it is for; counts and amounts need it, rates refuse it."),
    ] = None,
    max_: Annotated[
        str | None, typer.Option("--max", metavar="VALUE", help="Upper end of a range.")
    ] = None,
    at_most: Annotated[bool, typer.Option("--at-most", help="The value is a ceiling.")] = False,
    to: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="DAY", help="The day after the last.")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="For one person.")] = None,
    segment: Annotated[str | None, typer.Option(metavar="NAME", help="For one segment.")] = None,
    region: Annotated[str | None, typer.Option(metavar="NAME", help="For one region.")] = None,
    business_unit: Annotated[
        str | None, typer.Option(metavar="NAME", help="For one business unit.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Set a target from a day on; earlier periods keep theirs."""
    with opened(workspace) as (context, talk):
        from pipelines.kpis.catalogue import catalogue, known
        from pipelines.kpis.target_values import parse_target_value
        from pipelines.kpis.targets import TargetRequest
        from pipelines.kpis.targets import set_target as save
        from pipelines.periods import Grain

        (definition,) = known(catalogue(context), [key])
        kept = save(
            context,
            TargetRequest(
                key=key,
                value=parse_target_value(value, definition.unit),
                per=Grain(per) if per else None,
                max_value=parse_target_value(max_, definition.unit) if max_ else None,
                at_most=at_most,
                valid_from=from_,
                valid_to=to,
                owner=owner,
                reason=reason,
                segment=segment,
                region=region,
                business_unit=business_unit,
            ),
        )
        about = {
            "kpi": definition.name,
            "whom": _whom(kept) or msg("the company"),
            "target": _value(kept, definition, context.workspace.settings.currency, talk),
            "day": kept.valid_from,
        }
        talk.say(
            msg(
                "{kpi}, {whom}: {target} per {period}, from {day} on.",
                period=_PER[kept.per.value],
                **about,
            )
            if kept.per
            else msg("{kpi}, {whom}: {target}, from {day} on.", **about)
        )


@target.command("list")
def list_targets(as_json: AsJson = False, workspace: Folder = DEFAULT_FOLDER) -> None:
    """List the targets that were ever set."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from pipelines.kpis.catalogue import catalogue
        from pipelines.kpis.targets import list_targets as kept
        from pipelines.kpis.targets import standings

        definitions = catalogue(context)
        targets = kept(context)
        states = standings(targets, context.today())
        talk.document([_document(one) for one in targets])
        if not targets:
            talk.say(msg("There is no target yet."))
            return
        currency = context.workspace.settings.currency
        headings = [
            msg("KPI"),
            msg("For whom"),
            msg("Target"),
            msg("Per"),
            msg("From"),
            msg("Until"),
            msg("State"),
            msg("Reason"),
        ]
        rows = [
            [
                one.key,
                talk.phrase(_whom(one) or msg("The company")),
                _value(one, definitions.get(one.key), currency, talk),
                talk.phrase(_PER[one.per.value]) if one.per else "",
                one.valid_from.isoformat(),
                _until(one, states[one.target_id][1]),
                talk.phrase(_STATES[states[one.target_id][0].value]),
                one.reason or "",
            ]
            for one in targets
        ]
        talk.table(headings, rows, right="llr")


_PER = {"week": msg("week"), "month": msg("month"), "quarter": msg("quarter"), "year": msg("year")}
_STATES = {
    "in force": msg("in force"),
    "to come": msg("to come"),
    "replaced": msg("replaced"),
    "ended": msg("ended"),
    "taken back": msg("taken back"),
}


def _until(kept: Target, end: date | None) -> str:
    """Return the day after the last it holds on; one that another replaced at once has none."""
    return end.isoformat() if end and end != kept.valid_from else ""


def _whom(kept: Target) -> Message | None:
    """Return the person or group a target is for; None for the company."""
    from pipelines.kpis.tables import SPLITS

    if kept.whose is None:
        return None
    column, name = kept.whose
    if column == "owner":
        return msg("{name}", name=name)
    return msg("{name} ({by})", name=name, by=SPLITS[column])


def _document(kept: Target) -> dict[str, Any]:
    return {
        "target_id": kept.target_id,
        "key": kept.key,
        "owner": kept.owner,
        "segment": kept.segment,
        "region": kept.region,
        "business_unit": kept.business_unit,
        "value": kept.value,
        "max": kept.max_value,
        "at_most": kept.at_most,
        "per": kept.per.value if kept.per else None,
        "from": kept.valid_from.isoformat(),
        "to": kept.valid_to.isoformat() if kept.valid_to else None,
        "reason": kept.reason,
    }


def _value(kept: Target, definition: Definition | None, currency: str, talk: Console) -> str:
    """Return a target as its KPI writes values; a KPI whose file is gone has only numbers."""
    from dashboard.format import aim
    from pipelines.analysis.judgement import Aim
    from pipelines.kpis.definition import Unit
    from pipelines.kpis.target import is_ceiling

    unit = definition.unit if definition else Unit.COUNT
    at_most = is_ceiling(kept, definition.better) if definition else kept.at_most
    target = Aim(kept.value, kept.max_value, at_most)
    return aim(target, unit, talk.language, currency=currency)


@limits.command("lock")
def lock(
    key: Key,
    from_: Start,
    to: Annotated[
        date, typer.Option("--to", parser=day, metavar="DAY", help="The day after the last.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why these periods.")],
    grain: Annotated[GrainName, typer.Option(help="How long a period is.")] = "week",
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Compute a KPI's natural limits from these periods only, from now on."""
    with opened(workspace) as (context, talk):
        from pipelines.kpis.locks import lock_limits
        from pipelines.periods import Grain

        lock_limits(context, key, from_, to, reason, grain=Grain(grain))
        talk.say(msg("The limits of '{key}' are locked.", key=key))


@limits.callback()
def limits_group() -> None:
    """Keep 'lock' a command of its own, though it is the only one."""
