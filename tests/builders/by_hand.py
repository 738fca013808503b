"""The twelve KPIs of the sample company in plain Python, without a line of the product.

Everything is counted straight from the files in ``sample_data/`` with the csv module. The
slow and obvious way is meant: these are the numbers that the product must find.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"
FIRST_EXPORT = SAMPLE_DATA / "hubspot-crm-exports-toutes-les-transactions-2026-10-12.csv"
SECOND_EXPORT = SAMPLE_DATA / "hubspot-crm-exports-toutes-les-transactions-2026-11-16.csv"
ACTIVITIES = SAMPLE_DATA / "hubspot-crm-exports-activites-2026-11-16.csv"
INVOICES = SAMPLE_DATA / "factures-2026-11-16.csv"

#: The day the files were made for; the last finished week began on 9 November.
TODAY = date(2026, 11, 16)
FIRST_DAY = date(2023, 11, 20)


@dataclass(frozen=True)
class Deal:
    """A deal as its last line says."""

    number: str
    name: str
    stage: str
    owner: str
    segment: str
    amount: Decimal
    created: date
    closing: date
    proposal: date | None

    @property
    def won(self) -> bool:
        return self.stage == "Fermé gagné"

    @property
    def lost(self) -> bool:
        return self.stage == "Fermé perdu"


@dataclass(frozen=True)
class Meeting:
    """A meeting with its outcome as written."""

    day: date
    owner: str
    outcome: str
    deal: str


@dataclass(frozen=True)
class Invoice:
    """An invoice; credit notes are negative."""

    day: date
    owner: str
    segment: str
    revenue: Decimal
    cost: Decimal


def lines(path: Path) -> list[dict[str, str]]:
    accounting = path == INVOICES
    encoding, delimiter = ("windows-1252", ";") if accounting else ("utf-8", ",")
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def deals(*exports: Path) -> dict[str, Deal]:
    """Return what the exports say, later lines and later files counting."""
    found = {}
    for export in exports or (FIRST_EXPORT, SECOND_EXPORT):
        for line in lines(export):
            sent = line['Date entered "Soumission envoyée (Ventes)"']
            number = line["ID de fiche d'informations"]
            found[number] = Deal(
                number=number,
                name=line["Nom de la transaction"],
                stage=line["Phase de la transaction"],
                owner=line["Propriétaire de la transaction"],
                segment=line["Segment"],
                amount=Decimal(line["Montant"]),
                created=_day(line["Date de création"]),
                closing=_day(line["Date de fermeture"]),
                proposal=_day(sent) if sent else None,
            )
    return found


def meetings() -> list[Meeting]:
    once = {line["Record ID"]: line for line in lines(ACTIVITIES)}
    return [
        Meeting(
            day=_day(line["Date de l'activité"]),
            owner=line["Attribué à"],
            outcome=line["Résultat de la réunion"],
            deal=line["Associated Deal IDs"],
        )
        for line in once.values()
        if line["Type d'activité"] == "Réunion" and line["Date de l'activité"] != "à confirmer"
    ]


def invoices() -> list[Invoice]:
    return [
        Invoice(
            day=_day(line["Date de facture"]),
            owner=line["Représentant"],
            segment=line["Segment"],
            revenue=_amount(line["Montant avant taxes"]),
            cost=_amount(line["Coût de revient"]),
        )
        for line in lines(INVOICES)
        if line["Numéro de facture"].removeprefix("F-").isdigit()
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _amount(text: str) -> Decimal:
    return Decimal(text.replace("\N{NO-BREAK SPACE}", "").replace(",", "."))


class Company:
    """The sample company: each method is one KPI over the days from start to end (exclusive)."""

    def __init__(self) -> None:
        self._deals = list(deals().values())
        self._meetings = meetings()
        self._invoices = invoices()

    def kpi(self, key: str, start: date, end: date, owner: str | None = None) -> float | None:
        compute: Callable[[date, date, str | None], float | None] = getattr(self, key)
        return compute(start, end, owner)

    def sales_won(self, start: date, end: date, owner: str | None = None) -> float:
        return float(sum(deal.amount for deal in self._won(start, end, owner)))

    def deals_won(self, start: date, end: date, owner: str | None = None) -> float:
        return len(self._won(start, end, owner))

    def average_deal(self, start: date, end: date, owner: str | None = None) -> float | None:
        won = self._won(start, end, owner)
        return float(sum(deal.amount for deal in won) / len(won)) if won else None

    def win_rate(self, start: date, end: date, owner: str | None = None) -> float | None:
        lost = [
            deal
            for deal in self._deals
            if deal.lost and start <= deal.closing < end and owner in {None, deal.owner}
        ]
        won = self._won(start, end, owner)
        return len(won) / (len(won) + len(lost)) if won or lost else None

    def sales_cycle(self, start: date, end: date, owner: str | None = None) -> float | None:
        days = [(deal.closing - deal.created).days for deal in self._won(start, end, owner)]
        return float(median(days)) if days else None

    def gross_margin(self, start: date, end: date, owner: str | None = None) -> float:
        billed = self._billed(start, end, owner)
        return float(sum(invoice.revenue - invoice.cost for invoice in billed))

    def gross_margin_rate(self, start: date, end: date, owner: str | None = None) -> float | None:
        revenue = sum(invoice.revenue for invoice in self._billed(start, end, owner))
        cost = sum(invoice.cost for invoice in self._billed(start, end, owner))
        # a week in which somebody only gave money back has no sales to keep a share of
        return float((revenue - cost) / revenue) if revenue > 0 else None

    def new_opportunities(self, start: date, end: date, owner: str | None = None) -> float:
        return len(self._created(start, end, owner))

    def pipeline_created(self, start: date, end: date, owner: str | None = None) -> float:
        return float(sum(deal.amount for deal in self._created(start, end, owner)))

    def proposals_sent(self, start: date, end: date, owner: str | None = None) -> float:
        return sum(
            deal.proposal is not None
            and start <= deal.proposal < end
            and owner in {None, deal.owner}
            for deal in self._deals
        )

    def meetings_held(self, start: date, end: date, owner: str | None = None) -> float:
        return len(self._met("Completed", start, end, owner))

    def no_show_rate(self, start: date, end: date, owner: str | None = None) -> float | None:
        missed = len(self._met("No show", start, end, owner))
        booked = missed + len(self._met("Completed", start, end, owner))
        return missed / booked if booked else None

    def _won(self, start: date, end: date, owner: str | None) -> list[Deal]:
        return [
            deal
            for deal in self._deals
            if deal.won and start <= deal.closing < end and owner in {None, deal.owner}
        ]

    def _created(self, start: date, end: date, owner: str | None) -> list[Deal]:
        return [
            deal
            for deal in self._deals
            if start <= deal.created < end and owner in {None, deal.owner}
        ]

    def _met(self, outcome: str, start: date, end: date, owner: str | None) -> list[Meeting]:
        return [
            meeting
            for meeting in self._meetings
            if meeting.outcome == outcome
            and start <= meeting.day < end
            and owner in {None, meeting.owner}
        ]

    def _billed(self, start: date, end: date, owner: str | None) -> list[Invoice]:
        return [
            invoice
            for invoice in self._invoices
            if start <= invoice.day < end and owner in {None, invoice.owner}
        ]
