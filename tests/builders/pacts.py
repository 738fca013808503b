"""Pacts that fired, as if somebody had looked on a day."""

from datetime import date, timedelta

from dashboard.rhythm.pact import pact_store, pacts
from dashboard.rhythm.pact.facts import Facts, LandingFacts, QuarterFacts, SlipFacts, kpi_of
from dashboard.rhythm.pact.model import Draft, PactEvent, Terms, Trigger
from pipelines.context import Context
from pipelines.periods import Grain

DECISION, REFLEX = "call the ten best customers", "give a discount to close"
QUARTER = QuarterFacts(date(2026, 10, 1), date(2027, 1, 1), 6)


def landing(kpi: str) -> LandingFacts:
    """Return a KPI that reached 6 of 20 in the quarter."""
    until = date(2026, 11, 15)
    return LandingFacts(kpi, QUARTER.start, QUARTER.end, until, 6.0, 20.0, 0.3, None)


def slip(owner: str) -> SlipFacts:
    """Return a deal of somebody that was expected in October."""
    return SlipFacts(
        "generic", "17", "Lemieux", owner, 60_000.0, date(2026, 10, 30), date(2026, 12, 1)
    )


def fired(context: Context, facts: Facts, on: date) -> PactEvent:
    """Write a pact the day before it fires, and let it fire."""
    match facts:
        case SlipFacts():
            trigger, terms = Trigger.DEAL_SLIPS, Terms(amount=50_000.0)
        case QuarterFacts():
            trigger, terms = Trigger.QUARTER_ENDS, Terms(weeks=6)
        case _:
            trigger, terms = Trigger.BELOW_TARGET, Terms(kpi_of(facts), Grain.QUARTER, 0.8)
    draft = Draft(trigger, terms, DECISION, REFLEX)
    pact = pacts.write_pact(context.on(on - timedelta(days=1)), draft)

    return context.store.write(
        lambda cursor: pact_store.record_event(cursor, pact, on, "2026-Q4", facts)
    )
