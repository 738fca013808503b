"""Tables of numbers: series, the rows behind them, targets, typed numbers, a week's scorecard."""

from collections.abc import Sequence
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
    Field,
    Made,
    Said,
    Table,
    calendar,
    definition_of,
    filled,
    kpi_name,
    period_of,
    unit_word,
)
from dashboard.rhythm.review import Row
from dashboard.rhythm.words import label_of
from dashboard.spreadsheets import MOST_ROWS, Column, Kind
from dashboard.text import Language, render, text, text_plural
from pipelines.analysis.verdict import reached
from pipelines.errors import Message, msg
from pipelines.kpis.definition import Definition
from pipelines.kpis.entries import EntryRow
from pipelines.kpis.tables import SPLITS
from pipelines.kpis.target import Target
from pipelines.kpis.targets import Whose, standings
from pipelines.periods import Grain, Period, last_day

_MONEY = frozenset({"amount", "cost", "revenue"})


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

    def until(one: Target) -> date | None:
        _, end = found[one.target_id]
        return last_day(end) if end and end != one.valid_from else None

    fields: Sequence[Field[Target]] = (
        Field(msg("KPI"), lambda one: kpi_name(one.key, known, language) or one.key),
        Field(msg("For whom"), lambda one: _whom(one.whose, language)),
        Field(msg("Target"), lambda one: one.value, Kind.NUMBER),
        Field(msg("Upper end of the target"), lambda one: one.max_value, Kind.NUMBER),
        Field(msg("At most"), lambda one: one.at_most, Kind.FLAG),
        Field(msg("Unit"), lambda one: _unit(known.get(one.key))),
        Field(msg("Per"), lambda one: one.per and grain_name(one.per, language)),
        Field(msg("From"), lambda one: one.valid_from, Kind.DATE),
        Field(msg("Until"), until, Kind.DATE),
        Field(msg("State"), lambda one: standing_name(found[one.target_id][0], language)),
        Field(msg("Reason"), lambda one: one.reason),
    )
    return filled(targets, fields, language)


def _whom(whose: Whose, language: Language) -> str:
    if whose is None:
        return text("The company", language)
    column, name = whose
    return name if column == "owner" else f"{name} ({render(SPLITS[column], language)})"


def _unit(kpi: Definition | None) -> Message | str | None:
    return unit_word(kpi.unit, data.kpis.currency()) if kpi else None


def _entries_title(said: Said) -> str:
    name = render(definition_of(said.of("kpi")).name, said.language)
    return text("{kpi}, typed numbers", said.language, kpi=name)


def _entries(said: Said) -> Made:
    language, kpi = said.language, definition_of(said.of("kpi"))

    def period(one: EntryRow) -> Period:
        return calendar().period(one.grain or Grain.WEEK, one.start)

    fields: Sequence[Field[EntryRow]] = (
        Field(msg("Period"), lambda one: shown.period_name(period(one), calendar(), language)),
        Field(msg("First day"), lambda one: period(one).start, Kind.DATE),
        Field(msg("For whom"), lambda one: one.owner or msg("The company")),
        Field(msg("Value"), lambda one: one.value, KINDS[kpi.unit]),
        Field(msg("Note"), lambda one: one.note),
    )
    return filled(data.entries.entries(kpi.key), fields, language)


def _scorecard_title(said: Said) -> str:
    return text("Scorecard {week}", said.language, week=said.of("week"))


def _scorecard(said: Said) -> Made:
    language = said.language
    fields: Sequence[Field[Row]] = (
        Field(msg("KPI"), lambda one: one.definition.name),
        Field(msg("Unit"), lambda one: _unit(one.definition)),
        Field(msg("Actual"), lambda one: one.latest and one.latest.point.value, Kind.NUMBER),
        Field(
            msg("First part"), lambda one: one.latest and one.latest.point.numerator, Kind.NUMBER
        ),
        Field(
            msg("Second part"), lambda one: one.latest and one.latest.point.denominator, Kind.NUMBER
        ),
        Field(
            msg("Target"),
            lambda one: one.latest and one.latest.aim and one.latest.aim.value,
            Kind.NUMBER,
        ),
        Field(
            msg("Upper end of the target"),
            lambda one: one.latest and one.latest.aim and one.latest.aim.max_value,
            Kind.NUMBER,
        ),
        Field(msg("Gap"), lambda one: one.latest and one.latest.gap, Kind.NUMBER),
        Field(
            msg("On target"),
            lambda one: one.latest and reached(one.latest, one.definition),
            Kind.FLAG,
        ),
        Field(
            msg("Signal"),
            lambda one: signal_word(one.latest.signal if one.latest else None, language),
        ),
        Field(msg("Verdict"), lambda one: label_of(one.latest.verdict if one.latest else None)),
        Field(msg("Responsible"), lambda one: one.responsible),
    )
    review = data.reviews.review(period_of(said, "week"))
    return filled(review.rows, fields, language)


TABLES = {
    "rows": Table(Capability.SEE_FIGURES, _rows_title, _rows),
    "targets": Table(Capability.SEE_FIGURES, msg("Targets"), _targets),
    "entries": Table(Capability.TYPE_NUMBERS, _entries_title, _entries),
    "scorecard": Table(Capability.SEE_REVIEWS, _scorecard_title, _scorecard),
}
