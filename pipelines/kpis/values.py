"""The values of a KPI, period by period. Pure."""

from dataclasses import dataclass
from datetime import date

from pipelines.errors import Message
from pipelines.kpis.definition import Definition, LocalText
from pipelines.periods import Grain, Period


@dataclass(frozen=True)
class Point:
    """A KPI in one period.

    Attributes:
        value: In the KPI's unit (money in the currency of the series, percentages as
            fractions, days); None where there is none (no denominator, no rows to average).
        numerator: First part of a rate or mean; None for plain values.
        denominator: Second part of a rate or mean; None for plain values.
        sample: How many rows the value rests on; None for typed numbers.
        partial: The period was still running on the day asked about, or its files do not reach
            its last working day.
    """

    period: Period
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    sample: int | None = None
    partial: bool = False


@dataclass(frozen=True)
class Series:
    """A KPI over time.

    Attributes:
        points: One per period without gaps, oldest first, from the KPI's first row (of the whole
            company, also for groups) to the period that contains the day asked about, which is
            partial. Empty when unavailable.
        by: The column the series is split by (``owner``, ``segment``, …); None for the company.
        group: The value of that column; None where the rows have none.
        currency: ISO code for money, and for rates whose parts are money; else None.
        unavailable: Why there is nothing; None if there is.
        known_until: The last day the files tell about; None where that is the day asked about.
    """

    definition: Definition
    grain: Grain
    points: tuple[Point, ...]
    by: str | None = None
    group: str | None = None
    currency: str | None = None
    unavailable: Message | LocalText | None = None
    known_until: date | None = None
