"""Months and quarters inside sentences: each language names them its own way. Pure."""

from dashboard import format as shown
from dashboard.text import LANGUAGES
from pipelines.kpis.definition import LocalText
from pipelines.periods import Calendar, Period


def in_full(period: Period, calendar: Calendar) -> LocalText:
    """Return the name of a period: October 2026, T3 2026."""
    return LocalText(*(shown.period_in_full(period, calendar, one) for one in LANGUAGES))
