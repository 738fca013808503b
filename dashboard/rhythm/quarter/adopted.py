"""What a quarterly review adopted for the next quarter, as its minutes keep it. Pure values."""

from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.quarter.draft import DraftTarget
from pipelines.kpis.definition import LocalText, Unit


@dataclass(frozen=True)
class AdoptedKpi:
    """A KPI of the next quarter as minutes keep it.

    Attributes:
        instead_of: The KPI in whose place it comes; None: none.
        target: The one that changes; None: what was aimed at before still is.
        currency: ISO code for money.
    """

    name: LocalText
    instead_of: LocalText | None
    target: DraftTarget | None
    unit: Unit
    currency: str | None
    confidential: bool


@dataclass(frozen=True)
class GivenUp:
    """An action that the next quarter does without."""

    title: str
    reason: str


@dataclass(frozen=True)
class Adopted:
    """The next quarter as minutes keep it: in names, and in short.

    Attributes:
        starts_on, ends_on: First and last day of the plan.
        priorities: Their titles.
        given_up: Open actions that ended with the adoption.
        confidential: Those of the ``priorities`` that are about costs or margins; nothing in minutes
            from before this was kept.
    """

    starts_on: date
    ends_on: date
    priorities: tuple[str, ...]
    kpis: tuple[AdoptedKpi, ...]
    given_up: tuple[GivenUp, ...] = ()
    confidential: tuple[str, ...] = ()
