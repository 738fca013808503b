"""Two quarters side by side, in words. Pure."""

from collections.abc import Iterable

from dashboard import format as fmt
from dashboard.report.sheet import Cell, Column, Part, Sentence, Sheet, Table
from dashboard.rhythm.comparison.model import Comparison, KpiPair, Rhythm, Side
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.kpis.definition import Kind, Unit
from pipelines.periods import Calendar, Period


def comparison_sheet(
    value: Comparison, company: str, language: Language, calendar: Calendar
) -> Sheet:
    """Return everything a comparison says.

    Args:
        calendar: The company's, for the names of the quarters.
    """
    names = (
        fmt.period_name(value.first, calendar, language),
        fmt.period_name(value.second, calendar, language),
    )
    parts = [
        _kpis(value, Kind.OUTPUT, text("Results", language), names, language),
        _kpis(value, Kind.INPUT, text("Activity", language), names, language),
        _rhythm(value.rhythms, names, language),
    ]
    return Sheet(
        language,
        company,
        text("Quarter against quarter", language),
        text("{second} against {first}", language, first=names[0], second=names[1]),
        tuple(_lead(value, names, language)),
        (),
        tuple(part for part in parts if part is not None),
        "Cap 90",
        value.second.last_day,
    )


def quarter_name(quarter: Period, calendar: Calendar, language: Language) -> str:
    """Return a quarter with its days: T3 2026 · 1 juil. – 30 sept. 2026."""
    name = fmt.period_name(quarter, calendar, language)
    return f"{name} · {fmt.period_dates(quarter, language)}"


def _lead(value: Comparison, names: tuple[str, str], language: Language) -> Iterable[Sentence]:
    counts = [value.on_target(lambda pair: pair.second), value.on_target(lambda pair: pair.first)]
    if counts[0][1] and counts[1][1]:
        yield Sentence(
            text_plural(
                "{second}: {count} of {all} KPIs on target; {first}: {before} of {before_all}.",
                "{second}: {count} of {all} KPIs on target; {first}: {before} of {before_all}.",
                counts[0][0],
                language,
                second=names[1],
                first=names[0],
                all=counts[0][1],
                before=counts[1][0],
                before_all=counts[1][1],
            )
        )
    better = [_name(pair, language) for pair in value.kpis if pair.improved is True]
    worse = [_name(pair, language) for pair in value.kpis if pair.improved is False]
    if better:
        yield Sentence(
            text("Better than chance explains: {kpis}.", language, kpis=listed(better, language)),
            "good",
        )
    if worse:
        yield Sentence(
            text("Worse than chance explains: {kpis}.", language, kpis=listed(worse, language)),
            "alert",
        )
    if not better and not worse and any(pair.differs is not None for pair in value.kpis):
        yield Sentence(
            text("No difference between their weeks is larger than chance explains.", language)
        )


def _kpis(
    value: Comparison, kind: Kind, heading: str, names: tuple[str, str], language: Language
) -> Part | None:
    pairs = [pair for pair in value.kpis if pair.definition.kind is kind]
    if not pairs:
        return None
    columns = (
        Column(text("KPI", language), wide=True),
        Column(names[0]),
        Column(names[1]),
        Column(text("From one to the other", language)),
    )
    return Part(heading, (Table(columns, tuple(_row(pair, language) for pair in pairs)),))


def _row(pair: KpiPair, language: Language) -> tuple[Cell, ...]:
    if pair.unavailable is not None:
        nothing = Cell(fmt.NOTHING)
        why = render(pair.unavailable, language)
        return Cell(_name(pair, language), why), nothing, nothing, nothing
    return (
        Cell(_name(pair, language)),
        _side(pair, pair.first, language),
        _side(pair, pair.second, language),
        _change(pair, language),
    )


def _side(pair: KpiPair, side: Side, language: Language) -> Cell:
    if side.point is None:
        return Cell(fmt.NOTHING, text("before its first row", language))
    judged, unit = side.point, pair.definition.unit
    figures = fmt.figures(
        judged.point.value,
        judged.aim,
        judged.gap,
        unit,
        language,
        currency=pair.currency,
        compact=True,
    )
    said = [] if judged.point.value is not None else [text("no data to compute it from", language)]
    if judged.aim is not None:
        said.append(text("target {target}", language, target=figures.target))
    weeks = side.weeks
    if weeks.aimed:
        said.append(
            text_plural(
                "{part} of {count} week on target",
                "{part} of {count} weeks on target",
                weeks.aimed,
                language,
                part=weeks.on_target,
            )
        )
    if not side.chosen:
        said.append(text("not among the chosen KPIs", language))
    tone = {True: "good", False: "work", None: "plain"}[judged.on_target]
    return Cell(figures.number, " · ".join(said), tone)  # type: ignore[arg-type]  # one of the tones


def _change(pair: KpiPair, language: Language) -> Cell:
    if pair.change is None:
        return Cell(fmt.NOTHING)
    shown = fmt.gap(
        pair.change, pair.definition.unit, language, currency=pair.currency, compact=True
    )
    said = [_chance(pair, language), _signals(pair, language)]
    tone = {True: "good", False: "alert", None: "plain"}[pair.improved]
    small = " · ".join(part for part in said if part)
    return Cell(shown, small, tone)  # type: ignore[arg-type]  # as above


def _chance(pair: KpiPair, language: Language) -> str:
    match pair.differs:
        case True:
            return text("more than chance explains", language)
        case False:
            return text("routine variation", language)
        case _:
            return text("too few weeks to tell from chance", language)


def _signals(pair: KpiPair, language: Language) -> str:
    weeks = pair.second.weeks
    parts = []
    if weeks.good:
        parts.append(
            text_plural(
                "{count} favourable signal", "{count} favourable signals", weeks.good, language
            )
        )
    if weeks.bad:
        parts.append(
            text_plural("{count} adverse signal", "{count} adverse signals", weeks.bad, language)
        )
    return ", ".join(parts)


def _rhythm(rhythms: tuple[Rhythm, Rhythm], names: tuple[str, str], language: Language) -> Part:
    first, second = rhythms
    columns = (Column(text("What", language), wide=True), Column(names[0]), Column(names[1]))
    rows = [
        (
            Cell(text("Weekly meetings held", language)),
            *(_held(one, language) for one in (first, second)),
        ),
        (
            Cell(text("Decisions", language)),
            *(Cell(fmt.plain_number(one.decisions, language)) for one in (first, second)),
        ),
        (
            Cell(text("Blockers worked", language)),
            *(Cell(fmt.plain_number(one.worked, language)) for one in (first, second)),
        ),
        (
            Cell(text("Commitments kept on their day", language)),
            *(_kept(one, language) for one in (first, second)),
        ),
        (
            Cell(text("Rating of the weekly meetings", language)),
            *(
                Cell(fmt.NOTHING if one.rating is None else fmt.rating(one.rating, language))
                for one in (first, second)
            ),
        ),
    ]
    return Part(text("Rhythm", language), (Table(columns, tuple(rows)),))


def _held(one: Rhythm, language: Language) -> Cell:
    held = text("{part} of {whole}", language, part=one.held, whole=one.weeks)
    if not one.held:
        return Cell(held)
    in_time = text_plural(
        "{count} without running over", "{count} without running over", one.in_time, language
    )
    return Cell(held, in_time)


def _kept(one: Rhythm, language: Language) -> Cell:
    if one.kept.share is None:
        return Cell(fmt.NOTHING)
    share = fmt.value(round(one.kept.share, 2), Unit.PERCENT, language)
    parts = text("{part} of {whole}", language, part=one.kept.on_time, whole=one.kept.due)
    return Cell(share, parts, "plain" if one.kept.reaches_goal else "work")


def _name(pair: KpiPair, language: Language) -> str:
    return render(pair.definition.name, language)
