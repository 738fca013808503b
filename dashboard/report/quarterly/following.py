"""The next 90 days: what a quarterly review leads to. Pure."""

from dashboard import format as fmt
from dashboard.report.sheet import Block, Cell, Column, Part, Sentence, Table
from dashboard.rhythm.quarter.draft import Draft, DraftTarget
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.record import KpiMeaning, QuarterRecord
from dashboard.text import Language, listed, render, text
from pipelines.analysis.judgement import Aim
from pipelines.periods import Calendar, Grain


def following(
    record: QuarterRecord, language: Language, calendar: Calendar, *, new_page: bool = False
) -> Part | None:
    """Return plan, KPIs and targets of the next quarter; None while nothing is drafted."""
    if record.following is None:
        return None
    draft = record.following.draft
    name = fmt.period_name(draft.quarter, calendar, language)
    dates = text(
        "From {start} to {end}.",
        language,
        start=fmt.day(draft.starts_on, language),
        end=fmt.day(draft.ends_on, language),
    )
    state = (
        text("Adopted.", language)
        if record.following.adopted
        else text("A draft: it is not adopted yet.", language)
    )
    blocks: list[Block] = [
        Sentence(f"{dates} {state}", "plain" if record.following.adopted else "work"),
        *_priorities(draft, record, language),
        *_kpis(draft, record, language),
        *_actions(draft, language),
    ]
    heading = text("The next 90 days: {quarter}", language, quarter=name)
    return Part(heading, tuple(blocks), new_page=new_page)


def priorities_said(record: QuarterRecord, language: Language) -> str:
    """Return the titles of the next priorities; "" without any."""
    if record.following is None:
        return ""
    return listed([one.title for one in record.following.draft.priorities], language)


def _priorities(draft: Draft, record: QuarterRecord, language: Language) -> tuple[Block, ...]:
    if not draft.priorities:
        return ()
    columns = (
        Column(text("Priority", language), wide=True),
        Column(text("From", language), number=True),
        Column(text("Aimed at", language), number=True),
    )
    rows = []
    for one in draft.priorities:
        kpi = record.meaning(one.kpi)
        rows.append(
            (
                Cell(one.title, render(kpi.name, language) if kpi else ""),
                Cell(_written(one.from_value, kpi, language)),
                Cell(_written(one.to_value, kpi, language)),
            )
        )
    return (Table(columns, tuple(rows)),)


def _written(number: float | None, kpi: KpiMeaning | None, language: Language) -> str:
    if kpi is None:
        return fmt.NOTHING
    return fmt.value(number, kpi.unit, language, currency=kpi.currency, compact=True)


def _kpis(draft: Draft, record: QuarterRecord, language: Language) -> tuple[Block, ...]:
    targets = {one.key: one for one in draft.targets}
    columns = (
        Column(text("KPI", language), wide=True),
        Column(text("Responsible", language)),
        Column(text("Target", language), number=True),
    )
    rows = []
    for one in draft.kpis:
        kpi = record.meaning(one.key)
        if kpi is None:
            continue
        rows.append(
            (
                Cell(render(kpi.name, language)),
                Cell(one.responsible or fmt.NOTHING),
                Cell(*_target(targets.get(kpi.key), kpi, language)),
            )
        )
    return (Table(columns, tuple(rows)),) if rows else ()


def _actions(draft: Draft, language: Language) -> tuple[Block, ...]:
    going_on = [one for one in draft.actions if one.way is not Way.DROP]
    if not going_on:
        return ()
    columns = (
        Column(text("Action that goes on", language), wide=True),
        Column(text("Responsible", language)),
        Column(text("Due date", language)),
    )
    rows = tuple(
        (Cell(one.title), Cell(one.owner), Cell(fmt.short_day(one.due_on, language)))
        for one in going_on
    )
    return (Table(columns, rows),)


def _target(target: DraftTarget | None, kpi: KpiMeaning, language: Language) -> tuple[str, str]:
    if target is None:
        return fmt.NOTHING, ""
    aim = Aim(target.value, target.max_value, target.at_most)
    per = {
        Grain.WEEK: text("a week", language),
        Grain.MONTH: text("a month", language),
        Grain.QUARTER: text("a quarter", language),
        Grain.YEAR: text("a year", language),
    }
    shown = fmt.aim(aim, kpi.unit, language, currency=kpi.currency, compact=True)
    return shown, per[target.per] if target.per else ""
