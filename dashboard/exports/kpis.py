"""Tables of numbers: series, the rows behind them, targets, typed numbers, a week's scorecard."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dashboard import data, session
from dashboard import format as shown
from dashboard.access.rights import Capability
from dashboard.components.columns import column_label
from dashboard.components.words import cell_word, grain_name, standing_name
from dashboard.exports.series import signal_word
from dashboard.exports.table import (
    KINDS,
    Said,
    Table,
    calendar,
    definition_of,
    kpi_name,
    period_of,
)
from dashboard.rhythm.review import Row
from dashboard.rhythm.words import label_of
from dashboard.spreadsheets import MOST_ROWS, Column, Kind
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Definition, Unit
from pipelines.kpis.tables import SPLITS
from pipelines.kpis.targets import Whose, standings
from pipelines.periods import Grain, last_day

_MONEY = frozenset({"amount", "cost", "revenue"})
Made = tuple[Sequence[Column], Sequence[Sequence[object]]]


def _known() -> dict[str, Definition]:
    return {known.key: known for known in data.kpis.definitions()}


def _rows_title(said: Said) -> str:
    kpi = definition_of(said.of("kpi"))
    period = period_of(said, "period")
    named = text(
        "{kpi}, {period}, rows",
        said.language,
        kpi=render(kpi.name, said.language),
        period=shown.period_name(period, calendar(), said.language),
    )
    if data.kpis.rows(kpi.key, period).total <= MOST_ROWS:
        return named
    first = text_plural("the first {count} row", "the first {count} rows", MOST_ROWS, said.language)
    return f"{named}, {first}"


def _rows(said: Said) -> Made:
    found = data.kpis.all_rows(
        definition_of(said.of("kpi")).key, period_of(said, "period"), MOST_ROWS
    )
    kept = [
        place
        for place, _ in enumerate(found.columns)
        if any(record[place] is not None for record in found.records)
    ]
    columns = [
        Column(
            column_label(name, said.language), _kind(name, [one[place] for one in found.records])
        )
        for place, name in enumerate(found.columns)
        if place in kept
    ]
    names = [found.columns[place] for place in kept]
    rows = [
        tuple(
            cell_word(name, value, said.language) if isinstance(value, str) else value
            for name, value in zip(names, (record[place] for place in kept), strict=True)
        )
        for record in found.records
    ]
    return columns, rows


def _kind(column: str, values: Sequence[object]) -> Kind:
    known = next((value for value in values if value is not None), None)
    match known:
        case bool():
            return Kind.FLAG
        case date():
            return Kind.DATE
        case int() | float() | Decimal() if column in _MONEY:
            return Kind.MONEY
        case int():
            return Kind.COUNT
        case float() | Decimal():
            return Kind.NUMBER
        case _:
            return Kind.TEXT


def _targets(said: Said) -> Made:
    language, known = said.language, _known()
    targets = data.kpis.targets()
    found = standings(targets, session.current().today())
    columns = [
        Column(text("KPI", language)),
        Column(text("For whom", language)),
        Column(text("Target", language), Kind.NUMBER),
        Column(text("Upper end of the target", language), Kind.NUMBER),
        Column(text("At most", language), Kind.FLAG),
        Column(text("Unit", language)),
        Column(text("Per", language)),
        Column(text("From", language), Kind.DATE),
        Column(text("Until", language), Kind.DATE),
        Column(text("State", language)),
        Column(text("Reason", language)),
    ]
    rows = []
    for one in targets:
        standing, end = found[one.target_id]
        kpi = known.get(one.key)
        rows.append(
            (
                kpi_name(one.key, known, language) or one.key,
                _whom(one.whose, language),
                one.value,
                one.max_value,
                one.at_most,
                _unit(kpi, language),
                grain_name(one.per, language) if one.per else None,
                one.valid_from,
                last_day(end) if end and end != one.valid_from else None,
                standing_name(standing, language),
                one.reason,
            )
        )
    return columns, rows


def _whom(whose: Whose, language: Language) -> str:
    if whose is None:
        return text("The company", language)
    column, name = whose
    return name if column == "owner" else f"{name} ({render(SPLITS[column], language)})"


def _unit(kpi: Definition | None, language: Language) -> str | None:
    if kpi is None:
        return None
    match kpi.unit:
        case Unit.COUNT:
            return text("number of things", language)
        case Unit.MONEY:
            return data.kpis.currency()
        case Unit.PERCENT:
            return text("fraction: 0.25 is 25%", language)
        case Unit.DAYS:
            return text("days", language)


def _entries_title(said: Said) -> str:
    name = render(definition_of(said.of("kpi")).name, said.language)
    return text("{kpi}, typed numbers", said.language, kpi=name)


def _entries(said: Said) -> Made:
    language, kpi = said.language, definition_of(said.of("kpi"))
    columns = [
        Column(text("Period", language)),
        Column(text("First day", language), Kind.DATE),
        Column(text("For whom", language)),
        Column(text("Value", language), KINDS[kpi.unit]),
        Column(text("Note", language)),
    ]
    rows = []
    for one in data.entries.entries(kpi.key):
        period = calendar().period(one.grain or Grain.WEEK, one.start)
        name = shown.period_name(period, calendar(), language)
        whose = one.owner or text("The company", language)
        rows.append((name, period.start, whose, one.value, one.note))
    return columns, rows


def _scorecard_title(said: Said) -> str:
    return text("Scorecard {week}", said.language, week=said.of("week"))


def _scorecard(said: Said) -> Made:
    language = said.language
    review = data.reviews.review(period_of(said, "week"))
    columns = [
        Column(text("KPI", language)),
        Column(text("Unit", language)),
        Column(text("Actual", language), Kind.NUMBER),
        Column(text("First part", language), Kind.NUMBER),
        Column(text("Second part", language), Kind.NUMBER),
        Column(text("Target", language), Kind.NUMBER),
        Column(text("Upper end of the target", language), Kind.NUMBER),
        Column(text("Gap", language), Kind.NUMBER),
        Column(text("On target", language), Kind.FLAG),
        Column(text("Signal", language)),
        Column(text("Verdict", language)),
        Column(text("Responsible", language)),
    ]
    return columns, list(_scorecard_rows(review.rows, language))


def _scorecard_rows(rows: Sequence[Row], language: Language) -> Iterator[tuple[object, ...]]:
    for row in rows:
        judged = row.latest
        point, aim = (judged.point, judged.aim) if judged else (None, None)
        yield (
            render(row.definition.name, language),
            _unit(row.definition, language),
            point.value if point else None,
            point.numerator if point else None,
            point.denominator if point else None,
            aim.value if aim else None,
            aim.max_value if aim else None,
            judged.gap if judged else None,
            judged.on_target if judged else None,
            signal_word(judged.signal if judged else None, language),
            render(label_of(judged.verdict if judged else None), language),
            row.responsible,
        )


TABLES = {
    "rows": Table(Capability.SEE_FIGURES, _rows_title, _rows),
    "targets": Table(Capability.SEE_FIGURES, lambda said: text("Targets", said.language), _targets),
    "entries": Table(Capability.TYPE_NUMBERS, _entries_title, _entries),
    "scorecard": Table(Capability.SEE_REVIEWS, _scorecard_title, _scorecard),
}
