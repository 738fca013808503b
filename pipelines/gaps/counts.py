"""What groups count in a stretch of days, exactly. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from pipelines.analysis.effects import Chain

#: What a gap is split by, where the rows have the column.
SPLIT_BY = ("owner", "segment", "region", "lead_source", "business_unit")


class Count(NamedTuple):
    """What a group counts; None: it has rows, but none that says how much."""

    numerator: Decimal | None
    denominator: Decimal | None = None


#: By group; None for rows that name none.
Counts = Mapping[str | None, Count]
#: The same for the steps that lead to a sum.
Chains = Mapping[str | None, Chain]
