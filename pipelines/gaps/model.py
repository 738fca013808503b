"""A gap and what it is made of. Pure values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipelines.errors import Message
from pipelines.kpis.definition import Definition, LocalText
from pipelines.landing.model import Landing
from pipelines.periods import Period


class Against(StrEnum):
    """What an actual value is compared with."""

    TARGET = "target"
    LAST_YEAR = "last_year"


class Factor(StrEnum):
    """What a sum is the product of."""

    VOLUME = "volume"  # how many: deals finished, invoices
    MIX = "mix"  # which groups they belong to
    RATE = "rate"  # the share of them that is won, or left as margin
    VALUE = "value"  # what one is worth


@dataclass(frozen=True)
class Contribution:
    """What one group adds to a gap.

    Attributes:
        group: None: rows that name none.
        actual: In the KPI's unit; None where the group has no value.
        reference: What it is compared with.
        effect: Its part of the gap; the parts of a split add up to its total, to the unit.
        mix: For rates: the part that comes from the group's weight in the whole.
        rate: For rates: the part that comes from the group's own rate.
    """

    group: str | None
    actual: Decimal | None
    reference: Decimal | None
    effect: Decimal
    mix: Decimal | None = None
    rate: Decimal | None = None


@dataclass(frozen=True)
class Split:
    """A gap by the groups of one column.

    Attributes:
        by: ``owner``, ``segment``, ``region``, ``lead_source`` or ``business_unit``.
        total: What the contributions add up to.
        contributions: The largest effect first.
        others: The sum of groups that whoever asks may not see; None: they see all.
        unavailable: Why there is nothing.
    """

    by: str
    against: Against
    total: Decimal
    contributions: tuple[Contribution, ...]
    others: Decimal | None = None
    unavailable: Message | None = None


@dataclass(frozen=True)
class FactorEffect:
    """What one factor adds to a gap.

    Attributes:
        before: The factor in the period compared with; None for the mix.
        after: The factor now.
    """

    factor: Factor
    effect: Decimal
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Factors:
    """A gap by its factors, by Shapley values: their order does not matter.

    Attributes:
        total: What the effects add up to.
        mix_by: The column whose groups the mix is about; None: there is no mix to speak of.
        unavailable: Why there is nothing.
        volume_of: What the volume counts: ``finished_deals``, or a canonical table.
    """

    against: Against
    total: Decimal
    effects: tuple[FactorEffect, ...]
    mix_by: str | None = None
    unavailable: Message | None = None
    volume_of: str | None = None


@dataclass(frozen=True)
class Standing:
    """A KPI in one stretch of time, against its target and its last year.

    Attributes:
        actual: In the KPI's unit (percentages as fractions); None: there is no value.
        target: Of the whole stretch; of what has passed of it where ``partial``.
        gap: actual - target.
        on_target: None without a value or a target, or with too few rows to judge it.
        partial: The stretch is not over, or the files do not reach its end.
        last_year: The same stretch a year before; None: there is no value.
    """

    period: Period
    actual: float | None
    numerator: float | None
    denominator: float | None
    target: float | None
    max_target: float | None
    at_most: bool
    gap: float | None
    on_target: bool | None
    partial: bool
    last_year: float | None

    @property
    def is_thin(self) -> bool:
        """Whether there is a gap, and too few rows behind it to judge it."""
        return self.gap is not None and self.on_target is None


@dataclass(frozen=True)
class Gap:
    """A KPI in a gap review.

    Attributes:
        month: The reviewed month.
        to_date: The quarter it lies in, up to its end, against the target's share up to then (by
            working days).
        landing: Where that quarter ends; None: nobody asked.
        currency: ISO code for money, and for rates whose parts are money; else None.
        responsible: Who answers for the KPI.
        splits: One for each column that its rows have.
        factors: For sums of won deals and for margins; None for what has no factors.
        restated: What the month before was said to be in its own review, where the data say
            something else today: (then, now).
        unavailable: Why there is no number.
    """

    definition: Definition
    month: Standing | None
    to_date: Standing | None
    landing: Landing | None
    currency: str | None
    responsible: str | None
    splits: tuple[Split, ...]
    factors: Factors | None
    restated: tuple[float | None, float | None] | None = None
    unavailable: Message | LocalText | None = None

    @property
    def stretches(self) -> tuple[Standing, ...]:
        """The month, and the quarter up to its end where that is more than the month."""
        if self.month is None:
            return ()
        longer = self.to_date is not None and self.to_date.period.start < self.month.period.start
        return (self.month, self.to_date) if self.to_date and longer else (self.month,)
