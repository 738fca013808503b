"""The share that a period has of targets that add up, by working days."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from pipelines.analysis.judgement import Aim
from pipelines.kpis.target import Target, in_force
from pipelines.periods import Calendar, Grain, Period
from pipelines.workdays import WorkingDays, working_days


class Shares:
    """Working-day shares of targets that add up, in one calendar and place."""

    def __init__(self, calendar: Calendar, place: WorkingDays) -> None:
        self._calendar = calendar
        self._place = place
        self._whole_shares: dict[tuple[Period, Grain], Fraction] = {}
        self._counts: dict[Period, int] = {}

    def aim(self, targets: Sequence[Target], period: Period) -> Aim | None:
        """Return what the targets of one aim make of a period, None if they leave a day open."""
        meeting = [
            target
            for target in targets
            if target.valid_from < period.end
            and (target.valid_to is None or period.start < target.valid_to)
        ]
        if not meeting:
            return None
        weights = self._weights(meeting, period)
        if weights is None:
            return None
        is_range = all(target.max_value is not None for target in weights)
        return Aim(
            value=_weighed(weights, lambda target: target.value),
            max_value=_weighed(weights, lambda target: target.max_value or 0) if is_range else None,
            at_most=all(target.at_most for target in weights),
        )

    def _weights(self, targets: Sequence[Target], period: Period) -> dict[Target, Fraction] | None:
        """Return how much of each target falls to a period; None if some day has no target."""
        (target, *others) = targets
        if not others and _covers(target, period):
            return {target: self._whole_share(period, target.per or period.grain)}
        days = self._place.days(period)
        weights: dict[Target, Fraction] = {}
        # a week of holidays has a share of nothing, but still a target
        for day in days or [period.start]:
            holding = in_force(targets, day)
            if holding is None:
                return None
            share = self._day_share(day, holding.per or period.grain) if days else Fraction(0)
            weights[holding] = weights.get(holding, Fraction(0)) + share
        return weights

    def _whole_share(self, period: Period, per: Grain) -> Fraction:
        share = self._whole_shares.get((period, per))
        if share is None:
            days = self._place.days(period)
            share = sum((self._day_share(day, per) for day in days), Fraction(0))
            self._whole_shares[period, per] = share
        return share

    def _day_share(self, day: date, per: Grain) -> Fraction:
        """Return the share of a target per week, month … that a working day has."""
        whole = self._calendar.period(per, day)
        if whole not in self._counts:
            self._counts[whole] = self._place.count(whole)
        return Fraction(1, self._counts[whole])


@cache
def shares(calendar: Calendar, country: str, province: str | None) -> Shares:
    """Return the shares of a calendar and place, which remember what they worked out."""
    return Shares(calendar, working_days(country, province))


def _covers(target: Target, period: Period) -> bool:
    return target.valid_from <= period.start and (
        target.valid_to is None or period.end <= target.valid_to
    )


def _weighed(weights: Mapping[Target, Fraction], value: Callable[[Target], float]) -> float:
    # exact fractions: the shares of a month's days are the month's target, to the cent
    return float(
        sum((Fraction(value(one)) * weight for one, weight in weights.items()), Fraction(0))
    )
