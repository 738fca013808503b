"""Looks whether a pact fires: after every import, and once a day."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from dashboard.rhythm.pact import pact_store, rules
from dashboard.rhythm.pact.facts import Facts, OutsideFacts
from dashboard.rhythm.pact.model import Pact, PactEvent, Trigger
from pipelines.actor import ITSELF
from pipelines.context import Context
from pipelines.journal import What, note
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import everything
from pipelines.kpis.coverage import coverage
from pipelines.kpis.definition import Definition
from pipelines.kpis.series import read_series
from pipelines.kpis.tables import TABLES
from pipelines.kpis.targets import aims
from pipelines.periods import Grain, Period
from pipelines.store import Cursor
from pipelines.workdays import working_days

_DAY = timedelta(days=1)


def check_pacts(context: Context) -> tuple[PactEvent, ...]:
    """Write down which pacts fire today, each once for what makes it fire.

    Looks at finished weeks only. Calling it again changes nothing and writes nothing; without a
    pact in force it costs one small query.

    Args:
        context: In whosoever's hands; a pact fires by what the company's data says.

    Returns:
        Those that fired now.
    """
    context = context.by(ITSELF)
    today = context.today()
    pacts, events = context.store.read(
        lambda cursor: (pact_store.read_all(cursor), pact_store.read_events(cursor))
    )
    found = [
        (pact, rules.subject(facts, context.calendar), facts)
        for pact in pacts
        if rules.in_force(pact, today)
        for facts in _facts(context, pact, events)
    ]
    known = {(event.pact_id, event.subject) for event in events}
    new = [one for one in found if (one[0].pact_id, one[1]) not in known]
    if not new:
        return ()

    def write(cursor: Cursor) -> tuple[PactEvent, ...]:
        written = {(one.pact_id, one.subject) for one in pact_store.read_events(cursor)}
        fired = [
            pact_store.record_event(cursor, pact, today, subject, facts)
            for pact, subject, facts in new
            if (pact.pact_id, subject) not in written
        ]
        for event in fired:
            note(
                cursor,
                context.actor,
                What.PACT_FIRED,
                f"pact_event {event.event_id}",
                after=pact_store.event_state(event),
            )
        return tuple(fired)

    return context.store.write(write)


def _facts(context: Context, pact: Pact, events: Sequence[PactEvent]) -> Iterator[Facts]:
    terms, since = pact.terms, pact.written_on
    week = context.calendar.last_finished(Grain.WEEK, context.today())
    match pact.trigger:
        case Trigger.OUTSIDE_LIMITS:
            earlier = [one.facts for one in events if one.pact_id == pact.pact_id]
            outside = _outside(context, pact, week)
            if outside and not rules.same_run(outside, earlier):
                yield outside
        case Trigger.BELOW_TARGET:
            kpi = everything(context).get(terms.kpi or "")
            if kpi is not None and terms.grain and terms.share:
                reached = _to_date(context, kpi, terms.grain, week)
                landing = reached and rules.below_target(kpi, reached, terms.share, since)
                if landing:
                    yield landing
        case Trigger.DEAL_SLIPS:
            amount, today = terms.amount or 0.0, context.today()
            currency = context.workspace.settings.currency
            deals = context.store.read(
                lambda cursor: pact_store.open_deals(cursor, today, amount, currency)
            )
            # a date has passed when a file from after it still holds the deal as open
            told = coverage(context, TABLES["deals"], today).until
            yield from rules.slipped(deals, amount, since, told)
        case Trigger.QUARTER_ENDS:
            quarter = rules.quarter_ends(context.calendar, terms.weeks or 0, context.today())
            if quarter:
                yield quarter


def _outside(context: Context, pact: Pact, week: Period) -> OutsideFacts | None:
    key = pact.terms.kpi or ""
    if key not in everything(context):
        return None  # its definition is gone
    (judged,) = assess(context, [key], Grain.WEEK, as_of=week.end)
    return rules.outside_limits(judged, pact.written_on)


def _to_date(context: Context, kpi: Definition, grain: Grain, week: Period) -> rules.ToDate | None:
    """Return a KPI in the month or quarter that the last finished week ended in."""
    (series,) = read_series(context, [kpi.key], grain, as_of=week.last_day)
    period = context.calendar.period(grain, week.last_day)
    point = next((one for one in series.points if one.period == period), None)
    if point is None:
        return None
    until = week.last_day
    if kpi.measure is not None:
        until = coverage(context, TABLES[kpi.measure.table], until).until
    over = Period(period.start, max(period.start, until + _DAY), grain)
    (aim,) = aims(context, kpi, [over])
    settings = context.workspace.settings
    days = working_days(settings.country, settings.province).count(over)
    return rules.ToDate(period, until, days, point.value, aim, series.currency)
