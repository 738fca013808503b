"""One KPI, period by period: kpi show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dashboard.commands.console import Console, opened
from dashboard.commands.options import (
    DEFAULT_FOLDER,
    AsJson,
    Folder,
    From,
    GrainName,
    Key,
    To,
    day,
)
from pipelines.errors import Message, msg

if TYPE_CHECKING:
    from pipelines.analysis.judgement import JudgedPoint, JudgedSeries, Limits
    from pipelines.context import Context
    from pipelines.kpis.definition import Definition

#: How many periods are printed when nobody says from when.
_SHOWN = 26


def show(
    key: Key,
    grain: Annotated[GrainName, typer.Option(help="How long a period is.")] = "week",
    from_: From = None,
    to: To = None,
    by: Annotated[
        Literal["owner", "segment", "region", "business_unit", "product_line", "source"] | None,
        typer.Option(help="One line per value of this."),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            parser=day, metavar="DAY", help="Looked at on that day: nothing dated after it."
        ),
    ] = None,
    as_json: AsJson = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Show a KPI period by period, with its target and verdict."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from pipelines.kpis.assess import assess
        from pipelines.kpis.catalogue import catalogue, known
        from pipelines.periods import Grain

        (definition,) = known(catalogue(context), [key])
        judged = assess(context, [key], Grain(grain), by=by, as_of=as_of)
        shown = [(series, _within(series.points, from_, to)) for series in judged]
        talk.document(_show_document(definition, grain, shown, talk, split=by is not None))
        _print_show(context, definition, shown, talk)


def _within(
    points: Sequence[JudgedPoint], start: date | None, end: date | None
) -> Sequence[JudgedPoint]:
    """Return the points to print: periods that start in the days asked for, else the last ones."""
    chosen = [
        judged
        for judged in points
        if (start is None or judged.point.period.start >= start)
        and (end is None or judged.point.period.start < end)
    ]
    return chosen if start else chosen[-_SHOWN:]


def _show_document(
    definition: Definition,
    grain: str,
    shown: Sequence[tuple[JudgedSeries, Sequence[JudgedPoint]]],
    talk: Console,
    *,
    split: bool,
) -> dict[str, Any]:
    whole = shown[0][0] if shown else None
    missing = whole.series.unavailable if whole else None
    reason = missing or (_stopped(whole) if whole else None)
    return {
        "key": definition.key,
        "unit": definition.unit.value,
        "currency": whole.series.currency if whole else None,
        "kind": definition.kind.value,
        "grain": grain,
        "available": missing is None,
        "reason": talk.reason(reason),
        "limits": None if split or whole is None else _limits(whole.limits),
        "periods": [
            _period(judged) | ({"group": judged_series.series.group} if split else {})
            for judged_series, points in shown
            for judged in points
        ],
    }


def _stopped(judged: JudgedSeries) -> Message | None:
    """Return why the newest period has no value though there is something to compute it from."""
    until = judged.series.known_until
    newest = judged.points[-1].point.period if judged.points else None
    if until is None or newest is None or until >= newest.start:
        return None
    return msg("The data stop on {day}.", day=until)


def _limits(limits: Limits | None) -> dict[str, Any] | None:
    if limits is None:
        return None
    return {
        "centre": limits.centre,
        "lower": limits.lower,
        "upper": limits.upper,
        "range_upper": limits.range_upper,
        "provisional": limits.provisional,
        "locked_on": limits.locked_on,
    }


def _period(judged: JudgedPoint) -> dict[str, Any]:
    point = judged.point
    return {
        "start": point.period.start,
        "end": point.period.end,
        "value": point.value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "target": judged.aim.value if judged.aim else None,
        "gap": judged.gap,
        "verdict": judged.verdict.value,
        "signal": judged.signal.value if judged.signal else None,
        "partial": point.partial,
    }


def _print_show(
    context: Context,
    definition: Definition,
    shown: Sequence[tuple[JudgedSeries, Sequence[JudgedPoint]]],
    talk: Console,
) -> None:
    from dashboard.text import render

    talk.print(
        f"{render(definition.name, talk.language)} — {render(definition.formula, talk.language)}"
    )
    for series, points in shown:
        if series.series.unavailable:
            talk.print(talk.reason(series.series.unavailable) or "")
            continue
        talk.print("")
        if series.series.by:
            talk.print(series.series.group or talk.phrase(msg("(not given)")))
        elif series.limits:
            talk.print(talk.phrase(_limits_in_words(series, series.limits, talk)))
        talk.table(
            [
                msg("Period"),
                msg("From"),
                msg("Value"),
                msg("Detail"),
                msg("Target"),
                msg("Gap"),
                msg("Verdict"),
            ],
            [_cells(context, series, judged, talk) for judged in points],
            right="llrrrr",
        )
        if stopped := _stopped(series):
            talk.print(talk.phrase(stopped))


def _limits_in_words(series: JudgedSeries, limits: Limits, talk: Console) -> Message:
    from dashboard import format as fmt

    definition, currency = series.series.definition, series.series.currency

    def written(number: float) -> str:
        return fmt.value(number, definition.unit, talk.language, currency=currency)

    if limits.provisional:
        template = msg(
            "Natural limits, still provisional: {lower} to {upper}, centre {centre}.",
            lower=written(limits.lower),
            upper=written(limits.upper),
            centre=written(limits.centre),
        )
    else:
        template = msg(
            "Natural limits: {lower} to {upper}, centre {centre}.",
            lower=written(limits.lower),
            upper=written(limits.upper),
            centre=written(limits.centre),
        )
    return template


def _cells(context: Context, series: JudgedSeries, judged: JudgedPoint, talk: Console) -> list[str]:
    from dashboard import format as fmt
    from dashboard.rhythm.review import Row
    from dashboard.rhythm.words import verdict_label

    definition, currency = series.series.definition, series.series.currency
    unit, language, point = definition.unit, talk.language, judged.point
    row = Row(definition, judged, (), series.limits, currency, None)
    figures = fmt.figures(point.value, judged.aim, judged.gap, unit, language, currency=currency)
    return [
        fmt.period_name(point.period, context.calendar, language),
        point.period.start.isoformat(),
        figures.number,
        fmt.rate_parts(point, definition, language, currency=currency),
        figures.target,
        figures.gap,
        talk.phrase(verdict_label(row)),
    ]
