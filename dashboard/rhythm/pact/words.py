"""What a pact and its firing say, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard import format as shown
from dashboard.rhythm.pact.facts import (
    Facts,
    LandingFacts,
    OutsideFacts,
    QuarterFacts,
    SlipFacts,
    end_of,
)
from dashboard.rhythm.pact.model import PactEvent, Record, Said, Terms, Trigger
from dashboard.rhythm.written import sentence
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Definition, Unit
from pipelines.periods import Calendar, Grain


@dataclass(frozen=True)
class Around:
    """What the words depend on.

    Attributes:
        currency: The company's.
        today: The day it is; None where nobody is asked.
    """

    definitions: Mapping[str, Definition]
    calendar: Calendar
    currency: str
    language: Language
    today: date | None = None


def trigger_name(trigger: Trigger, language: Language) -> str:
    """Return a trigger as a choice, as it goes on after "when"."""
    match trigger:
        case Trigger.OUTSIDE_LIMITS:
            return text("a KPI is outside its natural limits two weeks running", language)
        case Trigger.BELOW_TARGET:
            return text("a KPI lands below a share of its target", language)
        case Trigger.DEAL_SLIPS:
            return text("a large deal slips", language)
        case Trigger.QUARTER_ENDS:
            return text("the last weeks of a quarter have begun", language)


def trigger_words(trigger: Trigger, terms: Terms, around: Around) -> str:
    """Return when a pact holds, as it goes on after "when"."""
    language, kpi = around.language, _kpi(terms.kpi, around)
    match trigger:
        case Trigger.OUTSIDE_LIMITS:
            return text(
                "{kpi} is outside its natural limits, on the wrong side, two weeks running",
                language,
                kpi=kpi,
            )
        case Trigger.BELOW_TARGET:
            share = shown.value(terms.share, Unit.PERCENT, language)
            if terms.grain is Grain.MONTH:
                return text(
                    "{kpi} lands below {share} of the month's target",
                    language,
                    kpi=kpi,
                    share=share,
                )
            return text(
                "{kpi} lands below {share} of the quarter's target", language, kpi=kpi, share=share
            )
        case Trigger.DEAL_SLIPS:
            amount = shown.value(terms.amount, Unit.MONEY, language, currency=around.currency)
            return text("a deal of {amount} or more slips", language, amount=amount)
        case Trigger.QUARTER_ENDS:
            if terms.weeks == 1:
                return text("the last week of a quarter has begun", language)
            return text(
                "the last {weeks} weeks of a quarter have begun", language, weeks=terms.weeks
            )


def facts_words(facts: Facts, around: Around) -> str:
    """Return what made a pact fire, in a sentence with its numbers."""
    match facts:
        case OutsideFacts():
            return _outside(facts, around)
        case LandingFacts():
            return _landing(facts, around)
        case SlipFacts():
            return _slip(facts, around)
        case QuarterFacts():
            last = facts.end - timedelta(days=1)
            return text("The quarter ends on {day}.", around.language, day=last)


def since_words(fired_on: date, language: Language, *, asks: bool) -> str:
    """Return since when a pact holds, or held where it is asked whether it was kept."""
    day = shown.short_day(fired_on, language)
    if asks:
        return text("Pressure pact · since {day}", language, day=day)
    return text("Pressure pact · it holds since {day}", language, day=day)


def agreed_words(said: Said, language: Language) -> str:
    """Return what a pact says in one sentence."""
    sentence = text(
        "we will: {decision}; we will not: {reflex}",
        language,
        decision=said.decision,
        reflex=said.reflex,
    )
    return f"{sentence[:1].upper()}{sentence[1:]}"


def question_words(facts: Facts, around: Around) -> str:
    """Return the question whether a pact was kept; while its period runs, whether so far."""
    end = end_of(facts)
    if end and around.today and around.today < end:
        return text("So far, have we kept it?", around.language)
    return text("Did we keep it?", around.language)


def answer_words(event: PactEvent, language: Language) -> str:
    """Return whether a pact was kept, as a sentence with what was said about it."""
    if event.kept is None:
        return text("Not answered yet.", language)
    word = text("Kept", language) if event.kept else text("Not kept", language)
    if not event.note:
        return f"{word}."
    return text("{word}: {note}", language, word=word, note=sentence(event.note))


def record_words(record: Record, language: Language) -> str:
    """Return how often a pact was kept: kept 3 of 4 times."""
    if not record.answered and not record.open:
        return text("Not needed so far.", language)
    if not record.answered:
        return text_plural(
            "Needed {count} time; nobody has said yet whether it was kept.",
            "Needed {count} times; nobody has said yet whether it was kept.",
            record.open,
            language,
        )
    kept = text_plural(
        "Kept {count} time out of {answered}.",
        "Kept {count} times out of {answered}.",
        record.kept,
        language,
        answered=record.answered,
    )
    if not record.open:
        return kept
    waiting = text_plural(
        "{count} answer is missing.", "{count} answers are missing.", record.open, language
    )
    return f"{kept} {waiting}"


def _outside(facts: OutsideFacts, around: Around) -> str:
    language, calendar = around.language, around.calendar
    unit = _unit(facts.kpi, around)
    weeks = [
        text(
            "{value} in {week}",
            language,
            value=_value(value, unit, facts.currency, language),
            week=shown.period_name(calendar.period(Grain.WEEK, start), calendar, language),
        )
        for start, value in facts.weeks
    ]
    return text(
        "{kpi}: {values}; routine lies between {lower} and {upper}.",
        language,
        kpi=_kpi(facts.kpi, around),
        values=weeks,
        lower=_value(facts.lower, unit, facts.currency, language),
        upper=_value(facts.upper, unit, facts.currency, language),
    )


def _landing(facts: LandingFacts, around: Around) -> str:
    language, unit = around.language, _unit(facts.kpi, around)
    return text(
        "{kpi}: {actual} by {day}, where {aim} should have been reached: {share} of the target to date.",
        language,
        kpi=_kpi(facts.kpi, around),
        actual=_value(facts.actual, unit, facts.currency, language),
        day=facts.until,
        aim=_value(facts.aim, unit, facts.currency, language),
        share=shown.value(round(facts.share, 2), Unit.PERCENT, language),
    )


def _slip(facts: SlipFacts, around: Around) -> str:
    language = around.language
    name = facts.name or facts.external_id
    amount = _value(facts.amount, Unit.MONEY, around.currency, language)
    who = f"{name} ({facts.owner}, {amount})" if facts.owner else f"{name} ({amount})"
    if facts.before is None:
        return text(
            "{deal}: expected on {day}, and still open.", language, deal=who, day=facts.expected
        )
    return text(
        "{deal}: moved from {before} to {after}.",
        language,
        deal=who,
        before=facts.before,
        after=facts.expected,
    )


def _kpi(key: str | None, around: Around) -> str:
    known = around.definitions.get(key or "")
    return render(known.name, around.language) if known else key or ""


def _unit(key: str, around: Around) -> Unit:
    known = around.definitions.get(key)
    return known.unit if known else Unit.COUNT


def _value(number: float, unit: Unit, currency: str | None, language: Language) -> str:
    # as pages say limits: to the first digit that means something
    rounded = round(number, 3 if unit is Unit.PERCENT else 1)
    return shown.value(rounded, unit, language, currency=currency)
