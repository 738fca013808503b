"""What a KPI is. Pure values; ``reader`` makes them from TOML files."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.periods import Grain


class Kind(StrEnum):
    """Input KPIs count activity, output KPIs count results."""

    INPUT = "input"
    OUTPUT = "output"


class Unit(StrEnum):
    """What a value is measured in. Percentages are fractions (0.25)."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DAYS = "days"


class Better(StrEnum):
    """Which direction is good."""

    UP = "up"
    DOWN = "down"


class Aggregate(StrEnum):
    """How typed numbers of a smaller period make a larger one."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    RATIO = "ratio"


@dataclass(frozen=True)
class LocalText:
    """A text that ships in every language of the product.

    ``fr_CA`` may be empty: then the French of France is good in Québec too.
    """

    en: str
    fr: str
    fr_CA: str = ""  # noqa: N815 - the name of the locale

    def __str__(self) -> str:
        """Return the English text (for logs and tests)."""
        return self.en

    def in_language(self, language: str) -> str:
        """Return the text for ``en``, ``fr`` or ``fr_CA``; English for anything else."""
        if language == "fr_CA":
            return self.fr_CA or self.fr
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True)
class Requirement:
    """What the data must hold before a KPI means anything.

    Attributes:
        where: SQL condition on the measure's table; one row must meet it.
        reason: Said when none does: what is missing and what to export to get it.
    """

    where: str
    reason: LocalText


@dataclass(frozen=True)
class Measure:
    """How a KPI is computed from one canonical table.

    Attributes:
        table: Canonical table or view: one row per thing.
        date: Column that puts a row into a period.
        where: SQL condition every counted row meets; "" for all rows.
        numerator: SQL aggregate.
        denominator: SQL aggregate; "" for plain counts, sums and medians.
        min_sample: With fewer counted rows (of the denominator, if there is one) a period
            is shown, not judged.
        requires: Checked in order; the first unmet one makes the KPI unavailable.
    """

    table: str
    date: str
    numerator: str
    where: str = ""
    denominator: str = ""
    min_sample: int = 0
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True)
class Definition:
    """One KPI.

    Attributes:
        key: File name without ending; unique.
        measure: None for a hand-kept KPI, whose numbers are typed (``kpi_entries``).
        aggregate: For hand-kept KPIs: how larger periods come from typed ones; None if they
            cannot.
        formula: The computation in words, printed wherever the KPI is explained.
        reviewed: The grains the company looks at it in.
        adds_up: Whether targets for a longer period are shared over shorter ones (a flow:
            counts and money, not averages, medians or rates).
        confidential: Shown only to those who may see margins, whatever it is computed from.
    """

    key: str
    kind: Kind
    unit: Unit
    better: Better
    name: LocalText
    question: LocalText
    formula: LocalText
    reviewed: tuple[Grain, ...]
    measure: Measure | None
    adds_up: bool
    aggregate: Aggregate | None = None
    confidential: bool = False
