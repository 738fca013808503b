"""Decide what the cells of a column mean, with evidence, and read them so."""

from pipelines.ingest.conversion.amounts import (
    NumberDecision,
    convert_numbers,
    currencies_in,
    decide_numbers,
    decide_numbers_together,
)
from pipelines.ingest.conversion.dates import (
    DateDecision,
    decide_dates,
    decide_dates_together,
)
from pipelines.ingest.conversion.durations import convert_minutes
from pipelines.ingest.conversion.flags import convert_booleans
from pipelines.ingest.conversion.moments import convert_dates, convert_timestamps
from pipelines.ingest.conversion.undecided import Undecided

__all__ = [
    "DateDecision",
    "NumberDecision",
    "Undecided",
    "convert_booleans",
    "convert_dates",
    "convert_minutes",
    "convert_numbers",
    "convert_timestamps",
    "currencies_in",
    "decide_dates",
    "decide_dates_together",
    "decide_numbers",
    "decide_numbers_together",
]
