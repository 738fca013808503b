"""A number as a message carries it: whoever shows it writes it in their language. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from pipelines.kpis.definition import Unit


@dataclass(frozen=True)
class Quantity:
    """A value, or a difference of two, in the unit of a KPI.

    Attributes:
        number: Percentages are fractions.
        currency: ISO code, for money.
        signed: It is a difference: shown with its sign, percentages in points.
    """

    number: Decimal | float
    unit: Unit
    currency: str | None = None
    signed: bool = False

    def __str__(self) -> str:
        """Return it plainly (for logs and tests)."""
        return f"{self.number:+}" if self.signed else f"{self.number}"
