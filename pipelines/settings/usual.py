"""What usually goes with a country."""

from functools import cache
from zoneinfo import available_timezones

import holidays
from babel.core import get_global
from babel.numbers import get_territory_currencies
from holidays.registry import COUNTRIES

#: What the settings are before anybody says otherwise.
DEFAULT_COUNTRY = "CA"
DEFAULT_ZONE = "America/Montreal"
_REGIONS = frozenset(
    {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian"}
    | {"Pacific"}
)


def usual_currency(country: str) -> str | None:
    """Return the currency a country pays in today; None if that is not known."""
    found = get_territory_currencies(country)
    return found[0] if found else None


def usual_timezone(country: str) -> str | None:
    """Return a country's time zone; None where it has several and somebody has to say.

    Canada, where most of the product's users are, gets Montréal's.
    """
    if country == DEFAULT_COUNTRY:
        return DEFAULT_ZONE
    zones = get_global("territory_zones").get(country, [])
    return zones[0] if len(zones) == 1 else None


def provinces(country: str) -> tuple[str, ...]:
    """Return the codes of the provinces that have holidays of their own."""
    calendar = getattr(holidays, country)  # loaded here, for this country only
    return tuple(calendar.subdivisions)


@cache
def countries() -> tuple[str, ...]:
    """Return the two-letter codes of the countries whose public holidays are known."""
    # the list of the package would load the calendars of all of them to make it, at every start
    return tuple(sorted(codes[1] for codes in COUNTRIES.values()))


@cache
def _currencies() -> tuple[str, ...]:
    used = {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory)
    }
    return tuple(sorted(used))


def currencies(current: str) -> tuple[str, ...]:
    """Return the codes of the currencies that are paid with today, and the company's own."""
    known = _currencies()
    return known if current in known else (current, *known)


@cache
def _timezones() -> tuple[str, ...]:
    return tuple(
        sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS)
    )


def timezones(current: str) -> tuple[str, ...]:
    """Return the names of the time zones of the world's regions, and the company's own."""
    known = _timezones()
    return known if current in known else (current, *known)
