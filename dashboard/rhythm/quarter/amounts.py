"""Amounts inside sentences: each language writes them its own way. Pure."""

from dashboard import format as shown
from dashboard.text import LANGUAGES
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import LocalText, Unit


def amount(number: float, unit: Unit, currency: str | None = None) -> LocalText:
    """Return a value of a KPI."""
    number = _rounded(number, unit)
    return LocalText(
        *(
            shown.value(number, unit, language, currency=currency, compact=True)
            for language in LANGUAGES
        )
    )


def change(number: float, unit: Unit, currency: str | None = None) -> LocalText:
    """Return a difference of two values of a KPI, with its sign."""
    number = _rounded(number, unit)
    return LocalText(
        *(
            shown.gap(number, unit, language, currency=currency, compact=True)
            for language in LANGUAGES
        )
    )


def beside(
    number: float, target: Aim, gap: float, unit: Unit, currency: str | None = None
) -> tuple[LocalText, LocalText, LocalText]:
    """Return a value of a KPI, its target and the gap, as tables write them: they subtract."""
    each = [
        shown.figures(number, target, gap, unit, language, currency=currency, compact=True)
        for language in LANGUAGES
    ]
    return (
        LocalText(*(one.number for one in each)),
        LocalText(*(one.target for one in each)),
        LocalText(*(one.gap for one in each)),
    )


def share(number: float) -> LocalText:
    """Return a fraction in whole percent."""
    return amount(round(number, 2), Unit.PERCENT)


def rating(mean: float) -> LocalText:
    """Return an average rating: 8.2/10."""
    return LocalText(
        shown.rating(mean, "en"), shown.rating(mean, "fr"), shown.rating(mean, "fr_CA")
    )


def _rounded(number: float, unit: Unit) -> float:
    """Return an average without decimals that nobody measured."""
    return number if unit is Unit.MONEY else round(number, 3 if unit is Unit.PERCENT else 1)
