"""The canonical tables that imports fill, and what a file may say about them.

A file seldom carries a table's columns as they are. Some of what it says has to be combined:
one "close date" is when a closed deal closed and when an open one is expected to. Such columns
are *helpers*: mapping files may name them like canonical ones, and no table holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Type(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    FLAG = "flag"
    MINUTES = "minutes"
    SECONDS = "seconds"


@dataclass(frozen=True)
class Entity:
    """One canonical table.

    Attributes:
        table: Its name, which is also the name of the entity.
        key: What makes two rows the same thing, beside the source.
        columns: Canonical columns that files fill, with the SQL types they are stored as, in
            the table's order; without ``source``, ``import_id`` and ``file_line``.
        inputs: Every column that a file may say, canonical or helper, and its type.
        essential: Columns whose unreadable cells set the row aside; in others such a cell
            becomes empty.
    """

    table: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    inputs: Mapping[str, Type]
    essential: frozenset[str]


def _entity(
    table: str, key: str, columns: Mapping[str, str], inputs: Mapping[str, str], essential: str
) -> Entity:
    types = {name: Type(kind) for kind, names in inputs.items() for name in names.split()}
    return Entity(
        table,
        tuple(key.split()),
        MappingProxyType(dict(columns)),
        MappingProxyType(types),
        frozenset(essential.split()),
    )


_MONEY = "decimal(18, 4)"

DEALS = _entity(
    "deals",
    "external_id",
    {
        "external_id": "text",
        "name": "text",
        "account": "text",
        "owner": "text",
        "pipeline": "text",
        "stage": "text",
        "status": "text",
        "amount": _MONEY,
        "currency": "text",
        "cost": _MONEY,
        "created_on": "date",
        "expected_close_on": "date",
        "closed_on": "date",
        "loss_reason": "text",
        "segment": "text",
        "region": "text",
        "business_unit": "text",
        "product_line": "text",
        "lead_source": "text",
        "updated_on": "timestamp",
    },
    {
        "text": "external_id name account owner pipeline stage status currency loss_reason segment "
        "region business_unit product_line lead_source",
        "number": "amount cost",
        # close_on: closed_on for closed deals, expected_close_on for open ones
        "date": "created_on expected_close_on closed_on close_on won_on lost_on",
        "moment": "updated_on",
        "flag": "is_won is_lost is_closed is_deleted",
    },
    "amount created_on closed_on close_on won_on lost_on",
)

STAGE_ENTRIES = _entity(
    "stage_entries",
    "deal stage entered_on",
    {
        "deal": "text",
        "stage": "text",
        "entered_on": "date",
        "milestone": "text",
        "evidence": "text",
    },
    # from_stage: where the deal came from; a row that changes nothing is no entry
    {"text": "deal stage from_stage", "moment": "entered_on", "flag": "is_deleted"},
    "entered_on",
)

ACTIVITIES = _entity(
    "activities",
    "external_id",
    {
        "external_id": "text",
        "deal": "text",
        "account": "text",
        "owner": "text",
        "kind": "text",
        "subject": "text",
        "outcome": "text",
        "outcome_evidence": "text",
        "planned_on": "date",
        "done_on": "date",
        "duration_min": "integer",
        "is_selling": "boolean",
    },
    {
        # call_type: filled for calls; call_outcome, meeting_outcome, task_status: as exported,
        # each for its own kind; call_status: instead of call_outcome where that is empty
        "text": "external_id deal account owner kind subject outcome call_outcome meeting_outcome "
        "task_status call_status call_type",
        # activity_on: its only date; due_on and completed_on: two dates, as tasks have them
        "date": "activity_on due_on completed_on planned_on done_on",
        "minutes": "duration_min",
        "seconds": "duration_sec",
        # scheduled and attended: as lists of appointments say it
        "flag": "is_selling is_done is_task is_deleted attended scheduled",
    },
    "activity_on due_on completed_on planned_on done_on",
)

INVOICES = _entity(
    "invoices",
    "external_id",
    {
        "external_id": "text",
        "account": "text",
        "owner": "text",
        "invoiced_on": "date",
        "revenue": _MONEY,
        "cost": _MONEY,
        "currency": "text",
        "segment": "text",
        "product_line": "text",
        "region": "text",
        "business_unit": "text",
    },
    {
        "text": "external_id account owner currency segment product_line region business_unit "
        "document_type document_status",
        # revenue_with_tax: a total that includes taxes; revenue_unclear: one that does not say
        "number": "revenue revenue_with_tax revenue_unclear cost",
        "date": "invoiced_on",
    },
    "revenue revenue_with_tax revenue_unclear cost invoiced_on",
)

KPI_ENTRIES = _entity(
    "kpi_entries",
    "kpi grain start owner",
    {
        "kpi": "text",
        "grain": "text",
        "start": "date",
        "owner": "text",
        "value": "double",
        "numerator": "double",
        "denominator": "double",
        "note": "text",
    },
    {
        "text": "kpi grain owner note aggregate",
        "number": "value numerator denominator",
        "date": "start",
    },
    "value numerator denominator start",
)

ENTITIES: Mapping[str, Entity] = MappingProxyType(
    {one.table: one for one in (DEALS, ACTIVITIES, INVOICES, STAGE_ENTRIES, KPI_ENTRIES)}
)
