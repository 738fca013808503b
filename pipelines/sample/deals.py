"""The whole life of every opportunity, from which any day's export can be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pipelines.sample import company
from pipelines.sample.company import Account, Segment
from pipelines.sample.dice import Dice
from pipelines.sample.planted import Planted
from pipelines.sample.workdays import after_the_quiet, is_quiet, pace, workday_from, workdays

_DAY = timedelta(days=1)
#: Orders signed before the CRM was kept are still invoiced in its first weeks.
_EARLIER = timedelta(weeks=26)
_EPOCH = date(2015, 1, 5)
_NEW_A_DAY = 2.55
_OWNERS = dict(zip(company.PEOPLE, (0.28, 0.20, 0.19, 0.18, 0.15), strict=True))
#: Chance to be lost at each stage before the last; won at the last.
_LOST_AT = {company.MEETING_BOOKED: 0.12, company.QUALIFIED: 0.22, company.PROPOSAL_SENT: 0.20}
_WON_AT_LAST = 0.56
#: Days from one stage to the next.
_DAYS_TO = {
    company.QUALIFIED: (2, 9),
    company.PROPOSAL_SENT: (4, 16),
    company.NEGOTIATION: (5, 18),
}
_DAYS_TO_CLOSE = (5, 24)


@dataclass(frozen=True)
class Step:
    """The moment a deal entered a stage."""

    stage: str
    at: datetime


@dataclass(frozen=True)
class Forecast:
    """When its owner expected to close a deal.

    Attributes:
        since: From this day on they wrote ``close``.
    """

    since: date
    close: date


@dataclass(frozen=True)
class Deal:
    """One opportunity.

    Attributes:
        steps: Oldest first; the last is won or lost, unless the deal is stuck.
        amounts: As entered, and as negotiated (often the same), in dollars.
        forecasts: Oldest first.
    """

    number: int
    name: str
    account: Account
    owner: str
    steps: tuple[Step, ...]
    amounts: tuple[int, int]
    forecasts: tuple[Forecast, ...]
    loss_reason: str = ""

    @property
    def created(self) -> datetime:
        """When it was entered."""
        return self.steps[0].at

    @property
    def won_on(self) -> date | None:
        """The day it is or will be won; None if never."""
        last = self.steps[-1]
        return last.at.date() if last.stage == company.WON else None

    def step_on(self, morning: date) -> Step:
        """Return where the deal stands in the morning of a day, before anything happens."""
        return [step for step in self.steps if step.at.date() < morning][-1]

    def is_open_on(self, morning: date) -> bool:
        """Tell whether the deal is neither won nor lost in the morning of a day."""
        return self.step_on(morning).stage not in {company.WON, company.LOST}

    def entered(self, stage: str, morning: date) -> datetime | None:
        """Return when the deal entered a stage, None if not before this day."""
        return next(
            (s.at for s in self.steps if s.stage == stage and s.at.date() < morning),
            None,
        )

    def amount_on(self, morning: date) -> int:
        """Return the amount, in dollars, as it stood in the morning of a day."""
        return self.amounts[self.entered(company.NEGOTIATION, morning) is not None]

    def close_on(self, morning: date) -> datetime:
        """Return the close date as it stood: real if closed, else expected."""
        if not self.is_open_on(morning):
            return self.step_on(morning).at
        forecast = [f for f in self.forecasts if f.since < morning][-1]
        return datetime.combine(forecast.close, time(17, 0))


def ordinary_deals(planted: Planted) -> Iterator[Deal]:
    """Yield every deal created before today, those before the CRM's first day included."""
    for day in workdays(planted.first_day - _EARLIER, planted.today):
        count = Dice("new deals", day).around(_NEW_A_DAY * pace(day), spread=1.6)
        for index in range(count):
            yield _ordinary(day, index)


def deal_number(day: date, index: int) -> int:
    """Return a record id as HubSpot's look: it depends on the day of creation alone."""
    return 18_400_000_000 + (day - _EPOCH).days * 1_000 + index * 17


def _ordinary(day: date, index: int) -> Deal:
    dice = Dice("deal", day, index)
    segment = dice.weighted({segment: segment.share for segment in company.SEGMENTS})
    account = dice.pick(company.ACCOUNTS[segment.name])
    steps = tuple(_life(day, dice))
    asked, agreed = _amounts(segment, dice)
    return Deal(
        number=deal_number(day, index),
        name=f"{dice.pick(segment.products)} – {account.name}",
        account=account,
        owner=dice.weighted(_OWNERS),
        steps=steps,
        amounts=(asked, agreed),
        forecasts=tuple(_forecasts(day, steps[-1].at.date(), dice)),
        loss_reason=dice.weighted(company.LOSS_REASONS) if steps[-1].stage == company.LOST else "",
    )


def _life(day: date, dice: Dice) -> Iterator[Step]:
    stage = company.MEETING_BOOKED
    yield Step(stage, moment(day, dice))
    for following, (shortest, longest) in _DAYS_TO.items():
        day = _next_workday(day, dice.between(shortest, longest), dice)
        if dice.chance(_LOST_AT[stage]):
            yield Step(company.LOST, moment(day, dice))
            return
        stage = following
        yield Step(stage, moment(day, dice))
    day = _next_workday(day, dice.between(*_DAYS_TO_CLOSE), dice)
    yield Step(company.WON if dice.chance(_WON_AT_LAST) else company.LOST, moment(day, dice))


def _next_workday(day: date, days: int, dice: Dice) -> date:
    following = workday_from(day + _DAY * days)
    # customers are away too: most of what falls into a quiet fortnight waits for its end
    if is_quiet(following) and dice.chance(0.65):
        following = after_the_quiet(following)
        following = workday_from(following + _DAY * dice.between(0, 9))
    return following


def _amounts(segment: Segment, dice: Dice) -> tuple[int, int]:
    low, high = segment.amounts
    # the product of two draws: many small orders, few large ones
    asked = low + (high - low) * (0.25 * dice.unit() + 0.75 * dice.unit() * dice.unit())
    agreed = asked * (0.88 + 0.1 * dice.unit()) if dice.chance(0.15) else asked
    return _to_fifty(asked), _to_fifty(agreed)


def _to_fifty(amount: float) -> int:
    return round(amount / 50) * 50


def _forecasts(created: date, closed: date, dice: Dice) -> Iterator[Forecast]:
    since, close = created, workday_from(created + _DAY * dice.between(40, 75))
    yield Forecast(since, close)
    while close < closed:  # overdue and still open: its owner writes a later date
        since, close = close, workday_from(close + _DAY * dice.between(14, 30))
        yield Forecast(since, close)


def moment(day: date, dice: Dice) -> datetime:
    """Return a minute of the working hours of a day."""
    return datetime.combine(day, time(8 + dice.between(0, 8), dice.between(0, 59)))
