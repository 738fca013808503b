"""The next 90 days, or what is left of them: what a quarterly review leads to. Pure."""

from collections.abc import Iterable, Mapping

from dashboard import format as fmt
from dashboard.report.minutes_verdicts import given_up
from dashboard.report.quarterly.around import measured_by
from dashboard.report.sheet import Block, Cell, Column, Facts, Part, Sentence, Table
from dashboard.rhythm.plan.model import USUAL_DAYS
from dashboard.rhythm.quarter.amounts import amount
from dashboard.rhythm.quarter.draft import Draft, DraftAction, DraftTarget, NextQuarter, serves
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.record import KpiMeaning, QuarterRecord
from dashboard.rhythm.quarter.target_words import aimed, aims_apart, around, changing
from dashboard.text import Language, render, text
from pipelines.periods import Calendar

_Known = Mapping[str, KpiMeaning]
#: A quarter without the weekend and the holiday that it begins with is still called 90 days.
_ABOUT = 5


def following(record: QuarterRecord, language: Language, calendar: Calendar) -> Part | None:
    """Return plan, KPIs and targets of the next quarter; None while nothing is drafted."""
    if record.following is None:
        return None
    return next_days(record.following, record.meanings, language, calendar)


def next_days(
    found: NextQuarter,
    meanings: Iterable[KpiMeaning],
    language: Language,
    calendar: Calendar,
) -> Part:
    """Return plan, KPIs and targets of the next quarter.

    Args:
        meanings: Of its KPIs; those that are not among them are left out.
    """
    draft, known = found.draft, {one.key: one for one in meanings}
    name = fmt.period_name(draft.quarter, calendar, language)
    dates = text(
        "From {start} to {end}.",
        language,
        start=fmt.day(draft.starts_on, language),
        end=fmt.day(draft.ends_on, language),
    )
    state = (
        text("Adopted.", language)
        if found.adopted
        else text("A draft: it is not adopted yet.", language)
    )
    blocks: list[Block] = [
        Sentence(f"{dates} {state}", "plain" if found.adopted else "work"),
        *_priorities(draft, known, language),
        *_kpis(draft, known, language),
        *_actions(draft, known, language),
        *_given_up(draft, language),
    ]
    heading = text("The next {count} days: {quarter}", language, count=_days(draft), quarter=name)
    return Part(heading, tuple(blocks))


def _days(draft: Draft) -> int:
    """Return how long a plan is: its days, or 90 of about as many, such as a quarter has."""
    days = (draft.ends_on - draft.starts_on).days + 1
    return USUAL_DAYS if abs(days - USUAL_DAYS) <= _ABOUT else days


def priorities(record: QuarterRecord) -> list[str]:
    """Return the titles of the next priorities."""
    return [one.title for one in record.following.draft.priorities] if record.following else []


def _priorities(draft: Draft, known: _Known, language: Language) -> tuple[Block, ...]:
    if not draft.priorities:
        return ()
    columns = (
        Column(text("Priority", language), wide=True),
        Column(text("From", language), number=True),
        Column(text("Aimed at", language), number=True),
    )
    rows = []
    for one in draft.priorities:
        kpi = known.get(one.kpi or "")
        small = [measured_by(kpi.name, language, weekly=kpi.weekly)] if kpi else []
        if one.actions == 0:
            small.append(text("no action yet", language))
        rows.append(
            (
                Cell(one.title, " · ".join(small)),
                Cell(_written(one.from_value, kpi, language)),
                Cell(_written(one.to_value, kpi, language)),
            )
        )
    measured = {one.key: (one.unit, one.currency) for one in known.values()}
    apart = [Sentence(render(one, language), "quiet") for one in aims_apart(draft, measured)]
    return (Table(columns, tuple(rows)), *apart)


def _written(number: float | None, kpi: KpiMeaning | None, language: Language) -> str:
    if kpi is None or number is None:
        return fmt.NOTHING
    return render(amount(number, kpi.unit, kpi.currency), language)


def _kpis(draft: Draft, known: _Known, language: Language) -> tuple[Block, ...]:
    targets = {one.key: one for one in draft.targets}
    columns = (
        Column(text("KPI", language), wide=True),
        Column(text("Target", language), number=True),
    )
    rows = []
    for one in draft.kpis:
        kpi = known.get(one.key or "")
        if kpi is None:
            continue
        rows.append(
            (
                Cell(render(kpi.name, language), one.responsible or ""),
                Cell(*_target(targets.get(kpi.key), kpi, language)),
            )
        )
    if not rows:
        return ()
    when = changing(draft) if any(one.is_another for one in draft.targets) else None
    said = (Sentence(render(when, language), "quiet"),) if when else ()
    return (Table(columns, tuple(rows)), *said)


def _actions(draft: Draft, known: _Known, language: Language) -> tuple[Block, ...]:
    going_on = [one for one in draft.actions if one.way is not Way.DROP]
    if not going_on:
        return ()
    columns = (
        Column(text("Action that goes on", language), wide=True),
        Column(text("Responsible", language)),
        Column(text("Due date", language)),
    )
    rows = tuple(
        (
            Cell(one.title, _purpose(one, draft, known, language)),
            Cell(one.owner),
            Cell(fmt.short_day(one.due_on, language)),
        )
        for one in going_on
    )
    return (Table(columns, rows),)


def _purpose(action: DraftAction, draft: Draft, known: _Known, language: Language) -> str:
    """Return which priority an action serves, else which KPI it is to move; "": nobody knows."""
    titles = [one.title for one in draft.priorities if serves(action, one)]
    kpi = known.get(action.kpi or "")
    return "\n".join(titles) or (render(kpi.name, language) if kpi else "")


def _given_up(draft: Draft, language: Language) -> tuple[Block, ...]:
    said = given_up([one for one in draft.actions if one.way is Way.DROP], language)
    return (Facts((said,)),) if said.text else ()


def _target(target: DraftTarget | None, kpi: KpiMeaning, language: Language) -> tuple[str, str]:
    if target is None:
        return fmt.NOTHING, ""
    small = (render(one, language) for one in around(target, kpi.unit, kpi.currency))
    return render(aimed(target, kpi.unit, kpi.currency), language), ", ".join(small)
