"""A quarter looked back on: every KPI, action, experiment and ritual with its evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.improve import experiment_store
from dashboard.rhythm.meeting.looking_back import reviewed_on
from dashboard.rhythm.meeting.model import Kind as MeetingKind
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.quarter import kpi_evidence, verdict_store
from dashboard.rhythm.quarter.assumed import Assumed, assumptions, stand_ins
from dashboard.rhythm.quarter.kpi_evidence import Followed, followed, kpi_items
from dashboard.rhythm.quarter.model import EarlierVerdict, Item, QuarterReview
from dashboard.rhythm.quarter.ritual_evidence import ritual_items
from dashboard.rhythm.quarter.seeing import as_seen
from dashboard.rhythm.quarter.weeks import weeks_of
from dashboard.rhythm.quarter.work_evidence import Work, work_items
from pipelines.actor import ITSELF
from pipelines.analysis.judgement import JudgedSeries
from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.kpis.assess import assess, assess_each
from pipelines.kpis.catalogue import everything
from pipelines.kpis.choice import steered
from pipelines.kpis.definition import Definition, Kind
from pipelines.people.names import names_at
from pipelines.periods import Grain, Period
from pipelines.store import Cursor

#: How long a sale takes stands in where nobody wrote down a delay.
_CYCLE = "sales_cycle"


def quarter_review(context: Context, quarter: Period | None = None) -> QuarterReview:
    """Return a quarter looked back on, as whoever asks may see it on a page of their own.

    Args:
        quarter: None: the last finished one, by the company's fiscal calendar.
    """
    return as_seen(whole_review(context, quarter), context.actor.scope, together=False)


def whole_review(context: Context, quarter: Period | None = None) -> QuarterReview:
    """Return the same with everything in it, for ``as_seen`` to take out what is not for all."""
    whole = context.by(ITSELF)
    calendar, today = whole.calendar, whole.today()
    period = quarter or calendar.last_finished(Grain.QUARTER, today)
    weeks = weeks_of(calendar, period, today)
    definitions = everything(whole)
    chosen = followed(whole, period)
    proposed = () if chosen else _proposed(whole, period)
    chosen = chosen or proposed
    actions = list_actions(whole, today)
    experiments = tuple(
        one for one in whole.store.read(experiment_store.read_all) if one.starts_on <= today
    )
    moved = {
        *(one.kpi for one in actions if one.kpi is not None),
        *(one.kpi for one in experiments),
    }
    assumed = _assumed(whole, chosen, definitions, period)
    keys = sorted(
        key
        for key in {*(one.key for one in chosen), *moved, *(one.result for one in assumed)}
        if key in definitions
    )
    newest = calendar.last_finished(Grain.WEEK, today)
    then, now = _weekly(whole, keys, weeks[-1] if weeks else None, newest)
    looked = kpi_evidence.Quarter(period, weeks, then, today)
    days, verdicts = whole.store.read(lambda cursor: _earlier(cursor, period))

    def items(found: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(replace(one, earlier=verdicts.get(one.subject)) for one in found)

    return QuarterReview(
        company=whole.workspace.settings.company,
        currency=whole.workspace.settings.currency,
        quarter=period,
        quarter_label=calendar.label(period),
        following=calendar.next(period),
        looked_on=today,
        kpis=items(kpi_items(whole, looked, chosen, assumed)),
        work=items(work_items(Work(actions, experiments, now, definitions, today), period)),
        rituals=items(ritual_items(whole, period)),
        notes=tuple(_notes(period, weeks, chosen, today, proposed=bool(proposed))),
        reviewed_on=days,
    )


def _proposed(context: Context, quarter: Period) -> tuple[Followed, ...]:
    """Return what a company may follow that has not chosen yet; nothing of one that has."""
    choices, is_proposal = steered(context)
    if not is_proposal:
        return ()
    return tuple(Followed(one.key, None, quarter.start, None) for one in choices)


def _earlier(
    cursor: Cursor, quarter: Period
) -> tuple[tuple[date, ...], Mapping[str, EarlierVerdict]]:
    """Return when a quarter was reviewed, newest first, and the last verdict about each thing."""
    found = reviewed_on(cursor, MeetingKind.QUARTERLY, quarter)
    names = names_at(cursor)
    verdicts = {
        subject: EarlierVerdict(held_on, decided)
        for number, held_on in reversed(found)
        for subject, decided in verdict_store.read_all(cursor, number, names).items()
    }
    return tuple(held_on for _, held_on in found), verdicts


def _weekly(
    context: Context, keys: Sequence[str], last: Period | None, newest: Period
) -> tuple[Mapping[str, JudgedSeries], Mapping[str, JudgedSeries]]:
    """Return every series as it was judged at the end of the quarter, and as it is judged now."""
    if not keys:
        return {}, {}
    found = assess_each(context, keys, [last or newest, newest])

    def by_key(period: Period) -> dict[str, JudgedSeries]:
        return {one.series.definition.key: one for one in found[period]}

    return (by_key(last) if last else {}), by_key(newest)


def _assumed(
    context: Context,
    chosen: Sequence[Followed],
    definitions: Mapping[str, Definition],
    quarter: Period,
) -> tuple[Assumed, ...]:
    known = [definitions[one.key] for one in chosen if one.key in definitions]
    inputs = [one.key for one in known if one.kind is Kind.INPUT]
    if not inputs:
        return ()
    plans = context.store.read(plan_store.read_plans)
    said = assumptions(list_actions(context, context.today()), plans, definitions)
    said = tuple(one for one in said if one.leading in inputs)
    results = [one.key for one in known if one.kind is Kind.OUTPUT and one.adds_up]
    return (*said, *stand_ins(said, inputs, results, _cycle(context, definitions, quarter)))


def _cycle(
    context: Context, definitions: Mapping[str, Definition], quarter: Period
) -> float | None:
    """Return how many days a sale took in a quarter; None: nobody knows."""
    if _CYCLE not in definitions:
        return None
    as_of = min(quarter.end, context.today())
    (judged,) = assess(context, [_CYCLE], Grain.QUARTER, as_of=as_of)
    values = [
        one.point.value
        for one in judged.points
        if one.point.period <= quarter and one.point.value is not None
    ]
    return values[-1] if values else None


def _notes(
    quarter: Period,
    weeks: Sequence[Period],
    chosen: Sequence[Followed],
    today: date,
    *,
    proposed: bool,
) -> list[Message]:
    """Return what cannot be concluded, and why."""
    found = []
    if quarter.end > today:
        found.append(
            msg("The quarter runs until {day}: its numbers are not final.", day=quarter.last_day)
        )
    if proposed:
        found.append(
            msg("These KPIs are a proposal: choose the five to seven that you will follow.")
        )
    if not chosen:
        found.append(msg("No KPI was chosen in this quarter, so none can be judged."))
    elif not weeks:
        found.append(msg("No week of this quarter is finished, so no week can be judged."))
    return found
