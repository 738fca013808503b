"""The sample as files: what a CRM and an accounting program would export."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.sample import company, quirks
from pipelines.sample.activities import Activity, activities
from pipelines.sample.deals import Deal, ordinary_deals
from pipelines.sample.invoices import Invoice, invoices
from pipelines.sample.planted import Planted
from pipelines.sample.stuck import stuck_deals

_CURRENCY = "CAD"
_DEAL_HEADER = (
    "ID de fiche d'informations",
    "Nom de la transaction",
    "Phase de la transaction",
    "Pipeline",
    "Montant",
    "Devise",
    "Date de fermeture",
    "Date de création",
    "Propriétaire de la transaction",
    f'Date entered "{company.PROPOSAL_SENT} ({company.PIPELINE})"',
    "Closed Lost Reason",
    "Associated Company (Primary)",
    "Segment",
    "Région",
)
_ACTIVITY_HEADER = (
    "Record ID",
    "Type d'activité",
    "Titre",
    "Date de l'activité",
    "Attribué à",
    "Résultat de la réunion",
    "Associated Deal IDs",
)
_INVOICE_HEADER = (
    "Numéro de facture",
    "Date de facture",
    "Client",
    "Représentant",
    "Segment",
    "Région",
    "Montant avant taxes",
    "Coût de revient",
    "Devise",
)
_FIRST_INVOICE = 10_001


@dataclass(frozen=True)
class SampleFile:
    """One export.

    Attributes:
        name: As the exporting program would name it.
        source: The CRM it comes from, ``generic`` for accounting.
        entity: The canonical table it fills.
        exported_on: The day it was made, in the morning.
    """

    name: str
    source: str
    entity: str
    exported_on: date
    content: bytes


def generate(today: date) -> tuple[SampleFile, ...]:
    """Return the company's files in the order in which it imports them.

    Two full exports of all deals (five weeks ago and today), the activities and the invoices of
    thirty-six months. All of them hold what had happened up to the evening before.

    Args:
        today: The day the sample is made for; the same day gives the same bytes.
    """
    planted = Planted(today)
    everything = list(ordinary_deals(planted))
    in_crm = _in_crm(everything, planted)
    stuck = stuck_deals(planted)
    listed = sorted([*in_crm, *stuck.all], key=lambda deal: deal.number)
    kept = frozenset(str(deal.number) for deal in stuck.all)
    deleted = str(_deleted(in_crm, planted).number)
    first = _deal_rows(listed, planted.first_export)
    second = _deal_rows(listed, today)
    done = _activity_rows(activities(planted, in_crm, stuck))
    invoiced = invoices(planted, everything)
    return (
        _deals_file(quirks.in_first_deals(first, kept | {deleted}), planted.first_export),
        _deals_file(quirks.in_second_deals(second, deleted, kept), today),
        _activities_file(quirks.in_activities(done), today),
        _invoices_file(_with_quirks(invoiced), today),
    )


def generate_earlier(today: date, days: Iterable[date]) -> Iterator[SampleFile]:
    """Yield the activities and invoices that the company exported on former days, without quirks.

    There are two exports of deals only: what moved between them is planted.

    Args:
        today: As for ``generate``: the day of the story that the files are of.
        days: The days, each before ``today``.
    """
    planted = Planted(today)
    everything = list(ordinary_deals(planted))
    done = activities(planted, _in_crm(everything, planted), stuck_deals(planted))
    invoiced = invoices(planted, everything)
    for day in days:
        yield _activities_file(_activity_rows(a for a in done if a.at.date() < day), day)
        yield _invoices_file(_invoice_rows(i for i in invoiced if i.day < day), day)


def _in_crm(deals: Iterable[Deal], planted: Planted) -> list[Deal]:
    """Return those that were not won before there was a CRM."""
    return [deal for deal in deals if deal.created.date() >= planted.first_day]


def _deleted(deals: Sequence[Deal], planted: Planted) -> Deal:
    """Return the deal that somebody deleted between the exports: young, open, without a follow-up."""
    return [
        deal
        for deal in deals
        if deal.created.date() < planted.first_export
        and deal.step_on(planted.first_export).stage == company.MEETING_BOOKED
    ][-1]


def _deal_rows(deals: Sequence[Deal], day: date) -> list[tuple[str, ...]]:
    return [_deal_row(deal, day) for deal in deals if deal.created.date() < day]


def _deals_file(rows: Sequence[tuple[str, ...]], day: date) -> SampleFile:
    name = f"hubspot-crm-exports-toutes-les-transactions-{day}.csv"
    return SampleFile(name, "hubspot", "deals", day, _quoted([_DEAL_HEADER, *rows]))


def _deal_row(deal: Deal, day: date) -> tuple[str, ...]:
    step = deal.step_on(day)
    sent = deal.entered(company.PROPOSAL_SENT, day)
    return (
        str(deal.number),
        deal.name,
        step.stage,
        company.PIPELINE,
        f"{deal.amount_on(day)}.00",
        _CURRENCY,
        f"{deal.close_on(day):%Y-%m-%d %H:%M}",
        f"{deal.created:%Y-%m-%d %H:%M}",
        deal.owner,
        f"{sent:%Y-%m-%d %H:%M}" if sent else "",
        deal.loss_reason if step.stage == company.LOST else "",
        deal.account.name,
        deal.account.segment,
        deal.account.region,
    )


def _activity_rows(found: Iterable[Activity]) -> list[tuple[str, ...]]:
    return [_activity_row(activity) for activity in found]


def _activities_file(rows: Sequence[tuple[str, ...]], day: date) -> SampleFile:
    name = f"hubspot-crm-exports-activites-{day}.csv"
    return SampleFile(name, "hubspot", "activities", day, _quoted([_ACTIVITY_HEADER, *rows]))


def _activity_row(activity: Activity) -> tuple[str, ...]:
    return (
        str(activity.number),
        activity.kind,
        activity.title,
        f"{activity.at:%Y-%m-%d %H:%M}",
        activity.owner,
        activity.outcome,
        str(activity.deal or ""),
    )


def _invoice_rows(found: Iterable[Invoice]) -> list[tuple[str, ...]]:
    return [_invoice_row(_FIRST_INVOICE + place, inv) for place, inv in enumerate(found)]


def _with_quirks(found: Sequence[Invoice]) -> list[tuple[str, ...]]:
    total = ("Total", *[""] * 5, _amount(sum(i.revenue for i in found)))
    total = (*total, _amount(sum(i.cost for i in found)), "")
    return quirks.in_invoices(_invoice_rows(found), _INVOICE_HEADER, total)


def _invoices_file(rows: Sequence[tuple[str, ...]], day: date) -> SampleFile:
    name = f"factures-{day}.csv"
    return SampleFile(name, "generic", "invoices", day, _semicolons([_INVOICE_HEADER, *rows]))


def _invoice_row(number: int, invoice: Invoice) -> tuple[str, ...]:
    return (
        f"F-{number}",
        invoice.day.isoformat(),
        invoice.deal.account.name,
        invoice.deal.owner,
        invoice.deal.account.segment,
        invoice.deal.account.region,
        _amount(invoice.revenue),
        _amount(invoice.cost),
        _CURRENCY,
    )


def _amount(cents: int) -> str:
    """Write cents as Québec does: a no-break space between thousands, a decimal comma."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{'-' if cents < 0 else ''}{grouped},{rest:02d}"


def _quoted(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8")


def _semicolons(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("windows-1252")
