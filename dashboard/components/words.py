"""One word each for the few things that forms and tables offer to choose from."""

from dashboard.text import Language, text
from pipelines.kpis.definition import Aggregate, Kind, Unit
from pipelines.periods import Grain


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


def kind_name(kind: Kind, language: Language) -> str:
    """Return which of the two kinds of KPI it is."""
    return text("Activity", language) if kind is Kind.INPUT else text("Result", language)


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
