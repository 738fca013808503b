"""What accounting invoices for the orders that sales won."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.sample import company
from pipelines.sample.company import Segment
from pipelines.sample.deals import Deal
from pipelines.sample.dice import Dice
from pipelines.sample.planted import Planted
from pipelines.sample.workdays import after_the_quiet, is_quiet, workday_from

_SEGMENTS = {segment.name: segment for segment in company.SEGMENTS}
#: One order in so many ends with a credit note.
_CREDITED = 0.012
#: Days from the signature to the first invoice, and from one invoice to the next.
_TO_FIRST = (3, 9)
_TO_NEXT = (14, 24)
_MARGIN_WOBBLE = 0.05


@dataclass(frozen=True)
class Invoice:
    """One line of the invoices file; amounts in cents, before taxes; credit notes negative."""

    day: date
    deal: Deal
    part: int
    revenue: int
    cost: int


def invoices(planted: Planted, deals: Sequence[Deal]) -> list[Invoice]:
    """Return every invoice dated from the CRM's first day to yesterday, oldest first."""
    found = [
        invoice
        for deal in deals
        for invoice in _of(deal, planted)
        if planted.first_day <= invoice.day < planted.today
    ]
    return sorted(found, key=lambda invoice: (invoice.day, invoice.deal.number, invoice.part))


def _of(deal: Deal, planted: Planted) -> Iterator[Invoice]:
    if deal.won_on is None:
        return
    segment = _SEGMENTS[deal.account.segment]
    dice = Dice("invoices", deal.number)
    parts = dice.between(*segment.invoices)
    total = deal.amounts[1] * 100
    day, billed = deal.won_on, 0
    for part in range(parts):
        day = _next(day + timedelta(days=dice.between(*(_TO_FIRST if part == 0 else _TO_NEXT))))
        revenue = total - billed if part == parts - 1 else total // parts
        billed += revenue
        yield Invoice(day, deal, part, revenue, _cost(revenue, day, segment, planted, dice))
    if dice.chance(_CREDITED):
        day = _next(day + timedelta(days=dice.between(*_TO_NEXT)))
        revenue = -(total // 20)
        yield Invoice(day, deal, parts, revenue, _cost(revenue, day, segment, planted, dice))


def _next(day: date) -> date:
    return after_the_quiet(day) if is_quiet(day) else workday_from(day)


def _cost(revenue: int, day: date, segment: Segment, planted: Planted, dice: Dice) -> int:
    margin = segment.margin + _MARGIN_WOBBLE * (dice.unit() + dice.unit() - 1.0)
    if segment.name == company.INSTITUTIONAL:
        margin -= planted.margin_lost_on(day)
    return round(revenue * (1.0 - margin))
