"""Which KPIs the data can support, and what to export for the others."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.kpis import check_query, query, typed
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Definition, LocalText, Measure
from pipelines.kpis.run import TooSlow, fetch
from pipelines.store import DatabaseError


def availability(context: Context) -> dict[str, Message | LocalText | None]:
    """Return for every KPI why it is unavailable, None if it is available."""
    definitions = catalogue(context)
    reasons: dict[str, Message | LocalText | None] = dict.fromkeys(definitions)
    tables: dict[str, list[Definition]] = {}
    for definition in definitions.values():
        if definition.measure:
            tables.setdefault(definition.measure.table, []).append(definition)
        else:
            reasons[definition.key] = typed.missing(context, definition)
    for together in tables.values():
        reasons |= _unmet_or_broken(context, together)
    return reasons


def unmet_requirements(
    context: Context, definitions: Sequence[Definition]
) -> dict[str, Message | LocalText]:
    """Return why some computed KPIs of one table are unavailable; the others are left out.

    Raises:
        DatabaseError: A condition cannot be run on this data.
        TooSlow: A condition takes too long.
    """
    measures = [definition.measure for definition in definitions if definition.measure]
    checks = check_query.checks(tuple(measures))
    (flags,) = fetch(context.store, checks.sql, {})
    found: dict[str, Message | LocalText] = {}
    for definition, measure, required, counted in zip(
        definitions, measures, checks.required, checks.counted, strict=True
    ):
        for requirement, position in zip(measure.requires, required, strict=True):
            if not flags[position]:
                found.setdefault(definition.key, requirement.reason)
        if not flags[counted]:
            found.setdefault(definition.key, msg("The files hold nothing that it counts."))
    return found


def currencies(context: Context, measures: Sequence[Measure], as_of: date) -> list[list[str]]:
    """Return the ISO codes among the rows that measures of one table count, for each of them.

    In alphabetical order. The company's own stands for rows that name none, and alone for a
    measure without amounts.
    """
    company = context.workspace.settings.currency
    adding = [measure for measure in measures if query.counted(measure).adds_money]
    bound: dict[str, object] = {"company": company}
    is_foreign = bool(adding) and fetch(
        context.store, check_query.foreign_sql(adding[0].table), bound
    ) == [(True,)]
    found = []
    for measure in measures:
        codes: list[str] = []
        if is_foreign and measure in adding:
            rows = fetch(
                context.store, check_query.currencies_sql(measure), {**bound, "as_of": as_of}
            )
            codes = [str(code) for (code,) in rows]
        found.append(codes or [company])
    return found


def mixed(codes: Sequence[str]) -> Message | None:
    """Return why amounts in some currencies cannot be added; None for a single one."""
    if len(codes) < 2:  # noqa: PLR2004 - one currency can be added, two cannot
        return None
    return msg(
        "The amounts are in several currencies ({currencies}), which are not added without a rate."
        " Export one currency, or convert the amounts in the CRM.",
        currencies=tuple(codes),
    )


def _unmet_or_broken(
    context: Context, definitions: Sequence[Definition]
) -> Mapping[str, Message | LocalText]:
    try:
        found = unmet_requirements(context, definitions)
        measures = [definition.measure for definition in definitions if definition.measure]
        codes = currencies(context, measures, context.today())
    except (DatabaseError, TooSlow):
        if len(definitions) > 1:
            found = {}
            for definition in definitions:
                found |= _unmet_or_broken(context, [definition])
            return found
        reason = msg("It cannot be computed from the data. Check its definition.")
        return {definitions[0].key: reason}
    for definition, of_measure in zip(definitions, codes, strict=True):
        if several := mixed(of_measure):
            found.setdefault(definition.key, several)
    return found
