"""Amounts inside sentences: each language writes them its own way. Pure."""

from dataclasses import replace

from dashboard import format as shown
from dashboard.text import LANGUAGES
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import LocalText, Unit


def amount(number: float, unit: Unit, currency: str | None = None) -> LocalText:
    """Return a value of a KPI."""
    number = shown.average(number, unit)
    return LocalText(
        *(
            shown.value(number, unit, language, currency=currency, compact=True)
            for language in LANGUAGES
        )
    )


def change(number: float, unit: Unit, currency: str | None = None) -> LocalText:
    """Return a difference of two values of a KPI, with its sign."""
    number = shown.average(number, unit)
    return LocalText(
        *(
            shown.gap(number, unit, language, currency=currency, compact=True)
            for language in LANGUAGES
        )
    )


def beside(
    number: float, target: Aim, gap: float, unit: Unit, currency: str | None = None
) -> tuple[LocalText, LocalText, LocalText]:
    """Return a value of a KPI, its target and the gap, to one precision: they subtract."""
    plain = replace(target, at_most=False)
    each = [
        shown.figures(number, plain, gap, unit, language, currency=currency, compact=True)
        for language in LANGUAGES
    ]
    targets = [one.target for one in each]
    if target.at_most:
        targets = [shown.at_most(*one) for one in zip(targets, LANGUAGES, strict=True)]
    return (
        LocalText(*(one.number for one in each)),
        LocalText(*targets),
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
