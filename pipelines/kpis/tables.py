"""What definitions may count: the canonical tables and views, and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from pipelines.errors import Message, msg


class ColumnType(Enum):
    """What a column holds."""

    TEXT = auto()
    DATE = auto()
    NUMBER = auto()
    MONEY = auto()
    FLAG = auto()


@dataclass(frozen=True)
class Table:
    """One canonical table or view.

    Attributes:
        columns: By name, in the order in which rows are shown.
        identity: Column that, with ``source``, names the thing.
        view: Name of the SQL statement that makes it; None for a stored table.
        filled_by: The entities of the imports that bring its rows.
    """

    name: str
    columns: Mapping[str, ColumnType]
    identity: str = "external_id"
    view: str | None = None
    filled_by: tuple[str, ...] = ()

    @property
    def has_currency(self) -> bool:
        """Whether its amounts may come in several currencies."""
        return "currency" in self.columns


#: Columns that tell what things cost the company, and with that its margins.
COSTS = frozenset({"cost"})

#: What a series may be split by, where the table has the column, and how people call it.
SPLITS: Mapping[str, Message] = MappingProxyType(
    {
        "owner": msg("owner"),
        "segment": msg("segment"),
        "region": msg("region"),
        "business_unit": msg("business unit"),
        "product_line": msg("product line"),
        "lead_source": msg("lead source"),
        "source": msg("source"),
    }
)


def _table(
    name: str,
    view: str | None = None,
    identity: str = "external_id",
    *,
    filled_by: tuple[str, ...] = (),
    **groups: str,
) -> Table:
    kinds = {
        word: kind for kind in ColumnType for word in groups.get(kind.name.lower(), "").split()
    }
    columns = MappingProxyType({word: kinds[word] for word in groups["order"].split()})
    return Table(name, columns, identity, view, filled_by or (name,))


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            _table(
                "deals",
                order="source external_id name account owner pipeline stage status amount currency"
                " cost created_on expected_close_on closed_on loss_reason segment region"
                " business_unit product_line lead_source vanished_on",
                text="source external_id name account owner pipeline stage status currency"
                " loss_reason segment region business_unit product_line lead_source",
                money="amount cost",
                date="created_on expected_close_on closed_on vanished_on",
            ),
            _table(
                "activities",
                order="source external_id deal account owner kind subject outcome outcome_evidence"
                " planned_on done_on duration_min is_selling",
                text="source external_id deal account owner kind subject outcome outcome_evidence",
                date="planned_on done_on",
                number="duration_min",
                flag="is_selling",
            ),
            _table(
                "stage_entries",
                identity="deal",
                filled_by=("deals", "stage_entries"),
                order="source deal stage entered_on milestone evidence",
                text="source deal stage milestone evidence",
                date="entered_on",
            ),
            _table(
                "invoices",
                order="source external_id account owner invoiced_on revenue cost currency segment"
                " product_line region business_unit",
                text="source external_id account owner currency segment product_line region"
                " business_unit",
                money="revenue cost",
                date="invoiced_on",
            ),
            _table(
                "customer_meetings",
                view="views/customer_meetings",
                filled_by=("activities",),
                order="source external_id deal account owner kind subject outcome outcome_evidence"
                " met_on duration_min",
                text="source external_id deal account owner kind subject outcome outcome_evidence",
                date="met_on",
                number="duration_min",
            ),
            _table(
                "proposals",
                view="views/proposals",
                filled_by=("activities", "deals", "stage_entries"),
                order="source external_id deal account owner subject sent_on evidence",
                text="source external_id deal account owner subject evidence",
                date="sent_on",
            ),
        )
    }
)
