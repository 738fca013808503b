"""The handful of deals that make a landing, and what becomes of it without each. Pure."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from pipelines.analysis.judgement import Aim
from pipelines.analysis.outcomes import Outcomes, without_each
from pipelines.landing.columns import UNIT
from pipelines.landing.forecast import Forecast

#: So many are a handful.
_HANDFUL = 5
#: It is looked for among so many that add most.
_LOOKED_AT = 12
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Without:
    """A deal and what becomes of the landing.

    Attributes:
        place: Of the deal among the open ones.
        lost: What may come out if it is not won.
        won: What may come out if it is.
    """

    place: int
    lost: Outcomes
    won: Outcomes


def decide(found: Forecast, aim: Aim | None) -> tuple[Outcomes, list[Without]]:
    """Return what a period may end with, and the deals that take most away when they are not won.

    By how much the chance of the target falls without them; where there is no target or nothing
    can change that chance, by what they add on average.
    """
    expected = found.chance * found.worth
    most = [
        int(place)
        for place in np.argsort(-expected, kind="stable")[:_LOOKED_AT]
        if expected[place] > 0 and not found.settled[place]
    ]
    whole, rest = without_each(found.question, most)
    each = [
        Without(place, lost, lost.and_also(money(int(found.worth[place]))))
        for place, lost in zip(most, rest, strict=True)
    ]
    chance = chance_of(whole, aim)
    if chance is None:
        return whole, each[:_HANDFUL]

    def takes_away(one: Without) -> float:
        return chance - (chance_of(one.lost, aim) or 0.0)

    # sorting keeps the order of what adds most among those that take away the same
    ordered = sorted(each, key=lambda one: -round(takes_away(one), 4))
    return whole, ordered[:_HANDFUL]


def chance_of(found: Outcomes, aim: Aim | None) -> float | None:
    """Return how probable it is that a target is met; None without one."""
    if aim is None:
        return None
    least, most = Decimal(str(aim.value)), aim.max_value
    if aim.at_most:
        return _rounded(1 - found.chance_of(_cents(least) + _CENT))
    beyond = found.chance_of(_cents(Decimal(str(most))) + _CENT) if most is not None else 0.0
    return _rounded(found.chance_of(least) - beyond)


def money(units: int) -> Decimal:
    """Return an amount of ten-thousandths, to the cent."""
    return (Decimal(units) / UNIT).quantize(_CENT)


def of_cents(cents: int) -> Decimal:
    """Return an amount of cents."""
    return Decimal(cents).scaleb(-2)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT)


def _rounded(chance: float) -> float:
    # sums of floats miss nothing and everything by a hair
    return min(1.0, max(0.0, round(chance, 9)))
