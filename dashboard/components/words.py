"""One word each for the few things that forms and tables offer to choose from."""

from collections.abc import Iterable

from dashboard import format as shown
from dashboard.text import Language, alphabetical, render, text
from pipelines.kpis.definition import Aggregate, Better, Definition, Kind, Unit
from pipelines.kpis.targets import Standing
from pipelines.periods import Grain
from pipelines.sources import SOURCES


def grain_name(grain: Grain, language: Language) -> str:
    """Return a length of time."""
    match grain:
        case Grain.WEEK:
            return text("week", language)
        case Grain.MONTH:
            return text("month", language)
        case Grain.QUARTER:
            return text("quarter", language)
        case Grain.YEAR:
            return text("year", language)


def standing_name(standing: Standing, language: Language) -> str:
    """Return what has become of a target."""
    match standing:
        case Standing.IN_FORCE:
            return text("in force", language)
        case Standing.TO_COME:
            return text("to come", language)
        case Standing.REPLACED:
            return text("replaced", language)
        case Standing.ENDED:
            return text("ended", language)
        case Standing.TAKEN_BACK:
            return text("taken back", language)


def kind_name(kind: Kind, language: Language) -> str:
    """Return which of the two kinds of KPI it is."""
    return text("Activity", language) if kind is Kind.INPUT else text("Result", language)


def better_name(better: Better, language: Language) -> str:
    """Return which way is good."""
    if better is Better.UP:
        return text("More is better", language)
    return text("Less is better", language)


def unit_name(unit: Unit, language: Language) -> str:
    """Return what something is measured in."""
    match unit:
        case Unit.COUNT:
            return text("number of things", language)
        case Unit.MONEY:
            return text("money", language)
        case Unit.PERCENT:
            return text("percentage", language)
        case Unit.DAYS:
            return text("days", language)


def aggregate_name(rule: Aggregate, language: Language) -> str:
    """Return how typed numbers make a longer period."""
    match rule:
        case Aggregate.SUM:
            return text("the sum", language)
        case Aggregate.MEAN:
            return text("the mean", language)
        case Aggregate.LAST:
            return text("the last value", language)
        case Aggregate.RATIO:
            return text("first parts divided by second parts", language)


def entity_name(entity: str, language: Language) -> str:
    """Return what a canonical table holds."""
    names = {
        "deals": text("deals", language),
        "activities": text("activities", language),
        "invoices": text("invoices", language),
        "stage_entries": text("stage history", language),
        "kpi_entries": text("typed numbers", language),
    }
    return names.get(entity, entity)


def source_name(name: str, language: Language) -> str:
    """Return what a source is called."""
    if name == "generic":
        return text("another file", language)
    return SOURCES[name].title if name in SOURCES else name


def cell_word(column: str, value: str, language: Language) -> str:
    """Return what a code of a canonical column means; the value itself if it is no code."""
    words = {
        ("status", "open"): text("open", language),
        ("status", "won"): text("won", language),
        ("status", "lost"): text("lost", language),
        ("status", "neither"): text("neither won nor lost", language),
        ("kind", "call"): text("call", language),
        ("kind", "meeting"): text("meeting", language),
        ("kind", "email"): text("e-mail", language),
        ("kind", "proposal"): text("proposal", language),
        ("kind", "task"): text("task", language),
        ("kind", "visit"): text("visit", language),
        ("outcome", "planned"): text("planned", language),
        ("outcome", "done"): text("done", language),
        ("outcome", "no_show"): text("no-show", language),
        ("outcome", "cancelled"): text("cancelled", language),
        ("evidence", "exported"): text("as exported", language),
        ("evidence", "inferred"): text("seen between two exports", language),
        ("outcome_evidence", "exported"): text("as exported", language),
        ("outcome_evidence", "assumed"): text("assumed from its date", language),
        ("milestone", "proposal"): text("proposal", language),
        ("coverage", "full"): text("complete", language),
        ("coverage", "view"): text("partial", language),
        ("grain", "week"): text("week", language),
        ("grain", "month"): text("month", language),
        ("grain", "quarter"): text("quarter", language),
    }
    return words.get((column, value), value)


def kpi_names(definitions: Iterable[Definition], language: Language) -> dict[str, str]:
    """Return the names of KPIs by key, in alphabetical order."""
    names = {one.key: render(one.name, language) for one in definitions}
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1])))


def typed_change(number: float | None, unit: Unit, language: Language) -> str:
    """Return a change of a KPI the way it is typed, with its sign; empty for None."""
    if number is None:
        return ""
    sign = "+" if number > 0 else ""
    if unit is Unit.PERCENT:
        space = "" if language == "en" else "\N{NO-BREAK SPACE}"
        return f"{sign}{shown.plain_number(number * 100, language)}{space}%"
    return f"{sign}{shown.plain_number(number, language)}"
