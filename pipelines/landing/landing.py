"""Where a KPI ends in a period, seen from any day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipelines.analysis.judgement import Aim
from pipelines.analysis.won_by_then import MIN_FINISHED
from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.kpis.availability import mixed
from pipelines.kpis.catalogue import catalogue, known
from pipelines.kpis.series import read_series
from pipelines.kpis.target_words import changed_within
from pipelines.kpis.targets import aims, list_targets
from pipelines.kpis.values import Point, Series
from pipelines.landing.columns import day_of, number_of
from pipelines.landing.deciding import chance_of, money, of_cents
from pipelines.landing.forecast import MIN_EARLIER, Forecast, Moment
from pipelines.landing.foreseen import foresee
from pipelines.landing.listing import Listed
from pipelines.landing.made_of import adds_amounts
from pipelines.landing.model import Decisive, Earlier, Landing, Method, Outlook
from pipelines.landing.moments import earlier_periods, moment
from pipelines.landing.reading import read_columns, read_currencies
from pipelines.landing.simple import simple
from pipelines.landing.words import left_out, present_amounts, too_few
from pipelines.periods import Grain, Period
from pipelines.workdays import working_days


def landing(
    context: Context, key: str, period: Period | None = None, as_of: date | None = None
) -> Landing:
    """Return where a KPI ends in a period.

    A KPI that adds up the amounts of deals won, or counts them, gets a range from what was known
    on the day: a deal is open on it when it was created by then and was not won or lost yet; it is
    in the stage it entered last. Its amount and owner are those of the export of that time, else
    of the first one that shows it. Every other KPI gets a simple value, or none.

    Args:
        period: A week, month or quarter; the quarter of the day if None.
        as_of: The day it is seen from, all of it included; today if None.

    Raises:
        Refused: There is no such KPI, or the period is a year.
    """
    (found,) = landings(context, [key], period, as_of)
    return found


def landings(
    context: Context,
    keys: Sequence[str],
    period: Period | None = None,
    as_of: date | None = None,
) -> tuple[Landing, ...]:
    """Return where several KPIs end, in the order of their keys; see ``landing``.

    What they are computed from is read once for all of them.

    Raises:
        Refused: As for ``landing``.
    """
    definitions = known(catalogue(context), keys)
    day = as_of or context.today()
    period = period or context.calendar.period(Grain.QUARTER, day)
    read = read_series(context, keys, period.grain, as_of=day)
    series = {one.definition.key: one for one in read}
    targets = list_targets(context)
    return tuple(
        replace(
            _landing(
                context,
                series[one.key],
                period,
                day,
                aims(context, one, [period], targets=targets)[0],
            ),
            aim_note=changed_within(targets, one, period),
        )
        for one in definitions
    )


def _landing(
    context: Context, series: Series, period: Period, day: date, aim: Aim | None
) -> Landing:
    definition = series.definition
    until = series.known_until or day
    found = Landing(definition, period, day, until, currency=series.currency, aim=aim)
    point = next((one for one in series.points if one.period == period), None)
    missing = series.unavailable or _missing(found, point)
    if missing or point is None:
        return replace(found, unavailable=missing)
    found = replace(found, to_date=point.value)
    if until >= period.last_day:
        return replace(found, method=Method.ENDED, value=point.value)
    is_money = adds_amounts(definition)
    # typed numbers say themselves which weeks or months they are about
    is_first = definition.measure is not None and series.points[0].period == period
    if is_money is None:
        return simple(context, found, is_first=is_first)
    return _by_deals(context, found, is_money=is_money, is_first=is_first)


def _missing(found: Landing, point: Point | None) -> Message | None:
    if found.as_of < found.period.start:
        return msg("It has not begun yet.")
    if found.until < found.period.start:
        return msg("The files tell only about the days up to {day}.", day=found.until)
    if point is None:
        return msg("The files tell nothing about this period.")
    if found.until >= found.period.last_day and point.value is None:
        return msg("There is no value for it.")
    return None


def _by_deals(context: Context, found: Landing, *, is_money: bool, is_first: bool) -> Landing:
    if is_money:
        codes = read_currencies(context)
        if several := mixed(codes):
            return replace(found, unavailable=several)
    columns = read_columns(context)
    today = number_of(found.until)
    finished = columns.finished_by(today)
    if finished < MIN_FINISHED:
        few = replace(found, notes=(too_few(finished),))
        return simple(context, few, is_first=is_first)
    settings = context.workspace.settings
    place = working_days(settings.country, settings.province)
    earlier = earlier_periods(columns, context.calendar, place, found.period, today)
    now = moment(found.period, today)
    moments = [at for _, at in earlier]
    foreseen = foresee(columns, now, moments, found.aim, money=is_money)
    ahead, whole, handful = foreseen.ahead, foreseen.whole, foreseen.handful
    listed = Listed(context, found, columns, ahead, is_money=is_money)
    seen = [one for one in handful if listed.sees(one.place)]
    low, middle, high = (whole.at(share) for share in (0.1, 0.5, 0.9))
    outlook = Outlook(
        closed=money(ahead.closed),
        open=of_cents(int(ahead.expected.sum())),
        others=_mean(ahead),
        low=low,
        middle=middle,
        high=high,
        chance=chance_of(whole, found.aim),
        exact=whole.exact,
        days_left=now.last - now.day,
        earlier=tuple(_earlier(earlier, ahead)),
        deals=listed.deals,
        count=len(ahead.chance),
        unseen=listed.unseen,
        decisive=tuple(
            Decisive(
                deal=listed.deal(one.place),
                without=one.lost.at(0.5),
                chance_without=chance_of(one.lost, found.aim),
                won=one.won.at(0.5),
                chance_won=chance_of(one.won, found.aim),
            )
            for one in seen
        ),
        decisive_unseen=len(handful) - len(seen),
    )
    notes = left_out(ahead, len(earlier), listed.vanished, money=is_money)
    if is_money and found.as_of < context.today() and not ahead.known.all():
        notes += (present_amounts(len(ahead.known) - int(ahead.known.sum())),)
    method = Method.OPEN_DEALS if len(earlier) >= MIN_EARLIER else Method.KNOWN_DEALS
    return replace(found, method=method, value=float(middle), outlook=outlook, notes=notes)


def _mean(ahead: Forecast) -> Decimal:
    return money(round(float(ahead.others.mean()))) if len(ahead.others) else Decimal(0)


def _earlier(periods: Sequence[tuple[Period, Moment]], ahead: Forecast) -> list[Earlier]:
    return [
        Earlier(period, day_of(at.day), len(brought), money(int(brought.sum())))
        for (period, at), brought in zip(periods, ahead.brought, strict=True)
    ]
