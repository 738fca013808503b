"""The three deals that a sales meeting should talk about."""

from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.sample import company
from pipelines.sample.company import Account
from pipelines.sample.deals import Deal, Forecast, Step, deal_number, moment
from pipelines.sample.dice import Dice
from pipelines.sample.planted import Planted
from pipelines.sample.workdays import after_the_quiet, workday_from

_WEEK = timedelta(weeks=1)
#: An index that no ordinary deal of a day reaches.
_PLANTED_INDEX = 50
_PATH = (
    company.MEETING_BOOKED,
    company.QUALIFIED,
    company.PROPOSAL_SENT,
    company.NEGOTIATION,
)


@dataclass(frozen=True)
class Stuck:
    """The two deals nobody works on any more, and the one whose close date keeps moving."""

    stalled: tuple[Deal, Deal]
    slipping: Deal

    @property
    def all(self) -> tuple[Deal, ...]:
        """The three of them."""
        return (*self.stalled, self.slipping)


def stuck_deals(planted: Planted) -> Stuck:
    """Return the planted deals; none of them is ever won or lost."""
    monday = planted.monday
    school_days = _days(monday, weeks_before=(44, 42, 39, 33))
    hotel_days = _days(monday, weeks_before=(33, 31, 27))
    return Stuck(
        stalled=(
            _deal(
                "Mobilier intégré – École des Cèdres",
                owner="Étienne Ouellet",
                amount=286_000,
                days=school_days,
                forecasts=_never_touched(school_days),
            ),
            _deal(
                "Boiseries du hall – Hôtel du Lac",
                owner="Geneviève Lavoie",
                amount=198_000,
                days=hotel_days,
                forecasts=_never_touched(hotel_days),
            ),
        ),
        slipping=_slipping(monday),
    )


def _slipping(monday: date) -> Deal:
    days = _days(monday, weeks_before=(30, 28, 25, 20))
    closes = [workday_from(monday + offset * _WEEK) for offset in (-17, -12, -7, -2, 4)]
    # each new date is written a few days before the one it replaces
    since = [days[0], *(close - timedelta(days=4) for close in closes[:-1])]
    return _deal(
        "Portes et cadres – Immeubles Carrefour 20",
        owner="Marc-André Bélanger",
        amount=164_500,
        days=days,
        forecasts=tuple(Forecast(*pair) for pair in zip(since, closes, strict=True)),
    )


def _days(monday: date, *, weeks_before: tuple[int, ...]) -> tuple[date, ...]:
    return tuple(
        after_the_quiet(monday - weeks * _WEEK + timedelta(days=1)) for weeks in weeks_before
    )


def _never_touched(days: tuple[date, ...]) -> tuple[Forecast, ...]:
    """Return the close date written in the beginning: two months after the last stage, long past."""
    return (Forecast(days[0], workday_from(days[-1] + 8 * _WEEK)),)


def _deal(
    name: str,
    *,
    owner: str,
    amount: int,
    days: tuple[date, ...],
    forecasts: tuple[Forecast, ...],
) -> Deal:
    dice = Dice("stuck", name)
    return Deal(
        number=deal_number(days[0], _PLANTED_INDEX),
        name=name,
        account=_account(name.partition(" – ")[2]),
        owner=owner,
        steps=tuple(
            Step(stage, moment(day, dice)) for stage, day in zip(_PATH, days, strict=False)
        ),
        amounts=(amount, amount),
        forecasts=forecasts,
    )


def _account(name: str) -> Account:
    return next(
        account
        for accounts in company.ACCOUNTS.values()
        for account in accounts
        if account.name == name
    )
