"""How good landings would have been on days of finished periods, from what was known then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from weakref import WeakKeyDictionary

import numpy as np

from pipelines import work
from pipelines.analysis.outcomes import sums_of
from pipelines.analysis.won_by_then import MIN_FINISHED
from pipelines.context import Context
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.availability import mixed
from pipelines.kpis.catalogue import catalogue, known
from pipelines.kpis.series import read_series
from pipelines.landing.columns import Columns, day_of, number_of
from pipelines.landing.deciding import money
from pipelines.landing.forecast import MIN_EARLIER, forecast, worth
from pipelines.landing.made_of import adds_amounts
from pipelines.landing.model import Score, TrackRecord, Tried
from pipelines.landing.moments import earlier_periods, moment
from pipelines.landing.reading import read_columns, read_currencies
from pipelines.periods import Calendar, Grain, Period
from pipelines.workdays import WorkingDays, working_days

#: Landings are tried after these shares of the working days.
TRIED_AFTER = (1 / 3, 2 / 3)
#: In so many of the newest finished periods.
_MOST_PERIODS = 8
#: More of them tell nothing new about a chance, and there are many landings to try.
_MOST_STAYS = 200_000
#: Fewer landings than this say little.
_FEW = 8
_CENT = Decimal("0.01")


def track_record(
    context: Context, key: str, as_of: date | None = None, *, grain: Grain = Grain.QUARTER
) -> TrackRecord:
    """Return how good the landings of a KPI would have been in the newest finished periods.

    Each is made from what was known on its day: a deal that was won the day after is open, and
    history ends there. What was tried is kept until a file changes the data.

    Args:
        as_of: Periods that were not over by then, or not told by the files of today, are left
            out; today if None.

    Raises:
        Refused: There is no such KPI.
    """
    (definition,) = known(catalogue(context), [key])
    day = as_of or context.today()
    found = TrackRecord(definition, day)
    is_money = adds_amounts(definition)
    if is_money is None:
        reason = msg("Only what adds up from deals won has a landing that can be tried.")
        return replace(found, unavailable=reason)
    (series,) = read_series(context, [key], grain, as_of=day)
    missing = series.unavailable or (mixed(read_currencies(context)) if is_money else None)
    if missing:
        return replace(found, unavailable=missing)
    settings = context.workspace.settings
    trials = _Trials(
        read_columns(context),
        context.calendar,
        working_days(settings.country, settings.province),
        is_money,
    )
    finished = [
        point.period
        for point in series.points
        if point.period.last_day <= (series.known_until or day) and point.period.end <= day
    ]
    results = [one for period in finished[-_MOST_PERIODS:] for one in trials.of(period)]
    tried = tuple(one.tried for one in results)
    open_deals = sum(one.open_deals for one in results)
    return replace(
        found,
        currency=series.currency,
        tried=tried,
        score=score(tried) if tried else None,
        amounts_known=sum(one.known for one in results) / open_deals if open_deals else 0.0,
        notes=tuple(_notes(results, is_money=is_money)),
    )


@dataclass(frozen=True)
class _Result:
    """A landing that was tried.

    Attributes:
        open_deals: How many deals were open on its day.
        known: Of how many an export of that time tells the amount.
    """

    tried: Tried
    open_deals: int
    known: int


@dataclass(frozen=True)
class _Trials:
    columns: Columns
    calendar: Calendar
    place: WorkingDays
    is_money: bool

    def of(self, period: Period) -> Iterator[_Result]:
        """Yield the landings that could have been made in a period."""
        kept = _kept.setdefault(self.columns, {})
        days = self.place.days(period)
        for share in TRIED_AFTER:
            passed = round(len(days) * share)
            if not 0 < passed < len(days):
                continue
            asked = (period, days[passed - 1], self.calendar, id(self.place), self.is_money)
            if asked not in kept:
                work.current().check()
                kept[asked] = self._on(period, days, passed)
            result = kept[asked]
            if result is not None:
                yield result

    def _on(self, period: Period, days: Sequence[date], passed: int) -> _Result | None:
        """Return the landing after so many working days; None if too little was known."""
        day = number_of(days[passed - 1])
        earlier = earlier_periods(self.columns, self.calendar, self.place, period, day)
        if len(earlier) < MIN_EARLIER:
            return None
        if self.columns.finished_by(day) < MIN_FINISHED:
            return None
        now = moment(period, day)
        ahead = forecast(
            self.columns,
            now,
            [at for _, at in earlier],
            money=self.is_money,
            most_stays=_MOST_STAYS,
        )
        sums = sums_of(ahead.question)
        came = worth(
            self.columns, self.columns.won_within(now.before, now.last), money=self.is_money
        )
        tried = Tried(
            period=period,
            day=day_of(day),
            closed=money(ahead.closed),
            low=sums.at(0.1),
            middle=sums.at(0.5),
            high=sums.at(0.9),
            run_rate=money(round(ahead.closed * len(days) / passed)),
            static=money(ahead.static),
            came=money(int(came.sum())),
        )
        return _Result(tried, len(ahead.known), int(np.count_nonzero(ahead.known)))


#: What was tried, by the columns it was tried on; None where too little was known.
_kept: WeakKeyDictionary[
    Columns, dict[tuple[Period, date, Calendar, int, bool], _Result | None]
] = WeakKeyDictionary()


def score(tried: Sequence[Tried]) -> Score:
    """Return how good some landings were; at least one."""
    count = len(tried)
    misses = [one.middle - one.came for one in tried]
    by_rate = [one.run_rate - one.came for one in tried]
    by_stage = [one.static - one.came for one in tried]
    return Score(
        covered=sum(one.is_within for one in tried) / count,
        bias=_mean(misses),
        error=_mean([abs(one) for one in misses]),
        run_rate_bias=_mean(by_rate),
        run_rate_error=_mean([abs(one) for one in by_rate]),
        static_bias=_mean(by_stage),
        static_error=_mean([abs(one) for one in by_stage]),
        came=_mean([one.came for one in tried]),
    )


def _mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(_CENT)


def _notes(results: Sequence[_Result], *, is_money: bool) -> Iterator[Message]:
    if not results:
        yield msg(
            "History is too short to try any: it takes a finished period with {fewest} others"
            " before it.",
            fewest=MIN_EARLIER,
        )
        return
    if len(results) < _FEW:
        yield msg_plural(
            "Only {count} landing could be tried: that says little.",
            "Only {count} landings could be tried: that says little.",
            len(results),
        )
    if is_money and any(one.known < one.open_deals for one in results):
        yield msg(
            "Where no export of the time tells what an open deal was worth, it counts with the"
            " amount in the first one that has it."
        )
