"""KPIs: kpi list and rows; choose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.console import Console, opened
from dashboard.commands.options import (
    DEFAULT_FOLDER,
    AsJson,
    Folder,
    Key,
    day,
)
from dashboard.commands.table import table
from pipelines.errors import msg

if TYPE_CHECKING:
    from pipelines.kpis.rows import Rows

kpi = typer.Typer(help="KPIs and their numbers.", no_args_is_help=True)


@kpi.command("list")
def list_kpis(as_json: AsJson = False, workspace: Folder = DEFAULT_FOLDER) -> None:
    """List the KPIs, and say why some have no numbers."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from dashboard.text import render
        from pipelines.kpis.availability import availability
        from pipelines.kpis.catalogue import catalogue
        from pipelines.kpis.choice import chosen

        definitions = catalogue(context)
        responsible = {choice.key: choice.responsible for choice in chosen(context)}
        reasons = availability(context)
        talk.document(
            [
                {
                    "key": key,
                    "kind": definition.kind.value,
                    "unit": definition.unit.value,
                    "better": definition.better.value,
                    "available": reasons[key] is None,
                    "reason": talk.reason(reasons[key]),
                    "chosen": key in responsible,
                    "responsible": responsible.get(key),
                }
                for key, definition in definitions.items()
            ]
        )
        headings = [
            msg("Key"),
            msg("Name"),
            msg("Kind"),
            msg("Chosen"),
            msg("Owner"),
            msg("Remark"),
        ]
        rows = [
            [
                key,
                render(definition.name, talk.language),
                talk.phrase(_KINDS[definition.kind.value]),
                talk.phrase(msg("yes")) if key in responsible else "",
                responsible.get(key) or "",
                talk.phrase(msg("unavailable")) if reasons[key] else "",
            ]
            for key, definition in definitions.items()
        ]
        talk.table(headings, rows)
        for reason in dict.fromkeys(talk.reason(found) for found in reasons.values() if found):
            keys = [key for key, found in reasons.items() if talk.reason(found) == reason]
            talk.print(f"\n{', '.join(keys)}: {reason}")


_KINDS = {"input": msg("activity"), "output": msg("result")}


@kpi.command("rows")
def rows(
    key: Key,
    start: Annotated[date, typer.Option(parser=day, metavar="DAY", help="First day.")],
    end: Annotated[date, typer.Option(parser=day, metavar="DAY", help="The day after the last.")],
    as_json: AsJson = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """List the rows behind a number."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from pipelines.kpis.rows import rows_behind

        found = rows_behind(context, key, start, end)
        records = [dict(zip(found.columns, record, strict=True)) for record in found.records]
        talk.document({"key": key, "start": start, "end": end, "rows": records})
        if found.records:
            for line in _rows_table(found, context.workspace.settings.currency, talk):
                talk.print(line)
        else:
            talk.say(msg("No row counts in these days."))


def choose(
    choices: Annotated[
        list[str],
        typer.Argument(metavar="KEY[=RESPONSIBLE]", help="Five to seven KPIs."),
    ],
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Choose the five to seven KPIs the company follows."""
    with opened(workspace) as (context, talk):
        from pipelines.kpis import choice

        pairs = [text.partition("=") for text in choices]
        choice.choose(context, [(key.strip(), who.strip() or None) for key, _, who in pairs])
        talk.say(msg("The company now follows: {keys}.", keys=[key for key, _, _ in pairs]))


def _rows_table(found: Rows, company_currency: str, talk: Console) -> list[str]:
    """Return rows as people read them: without empty columns, where they come from at the end."""
    from dashboard.components.columns import column_label
    from pipelines.kpis.rows import ORIGIN

    order = [*range(len(ORIGIN), len(found.columns)), *range(len(ORIGIN))]
    records = [dict(zip(found.columns, record, strict=True)) for record in found.records]
    names = [found.columns[at] for at in order]
    shown = [name for name in names if any(record[name] is not None for record in records)]
    cells = [
        [
            _cell(name, record[name], record.get("currency") or company_currency, talk)
            for name in shown
        ]
        for record in records
    ]
    return table([column_label(name, talk.language) for name in shown], cells)


def _cell(column: str, value: object, currency: object, talk: Console) -> str:
    from dashboard import format as fmt
    from pipelines.kpis.definition import Unit

    if isinstance(value, date):
        return value.isoformat()  # as everywhere on the command line
    if value is None or isinstance(value, int | str):
        # lines of a file are counted, not measured: no thousands separator
        return "" if value is None else str(value)
    if isinstance(value, Decimal | float) and column in _MONEY:
        return fmt.value(float(value), Unit.MONEY, talk.language, currency=str(currency))
    return talk.phrase(msg("{value}", value=value))


#: Columns that hold amounts.
_MONEY = frozenset({"amount", "cost", "revenue"})
