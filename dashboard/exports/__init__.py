"""Which tables can be taken away, what each takes to have, and what is in it.

Every one is filled by the data functions of the page that shows it: who sees less there takes
away less.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.exports import (
    actions,
    comparison,
    gaps,
    kpis,
    landings,
    meetings,
    next_quarter,
    pipeline,
    quarter,
    registers,
    series,
)
from dashboard.exports.table import Said, Table

#: By the name that links give them.
TABLES: Mapping[str, Table] = MappingProxyType(
    {
        **series.TABLES,
        **kpis.TABLES,
        **actions.TABLES,
        **meetings.TABLES,
        **comparison.TABLES,
        **pipeline.TABLES,
        **gaps.TABLES,
        **landings.TABLES,
        **quarter.TABLES,
        **next_quarter.TABLES,
        **registers.TABLES,
    }
)

#: What a gap review is made of, and a quarterly review while it is open and once it is closed.
GAP_REVIEW = (*gaps.TABLES, *landings.TABLES)
OPEN_QUARTER = (*quarter.TABLES,)
CLOSED_QUARTER = (*OPEN_QUARTER, *next_quarter.TABLES, *GAP_REVIEW)

#: What the pipeline review is made of.
PIPELINE = (*pipeline.TABLES,)

__all__ = ["CLOSED_QUARTER", "GAP_REVIEW", "OPEN_QUARTER", "PIPELINE", "TABLES", "Said", "Table"]
