"""Which tables can be taken away, what each takes to have, and what is in it.

Every one is filled by the data functions of the page that shows it: who sees less there takes
away less.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.exports import actions, comparison, kpis, meetings, registers, series
from dashboard.exports.table import Said, Table

#: By the name that links give them.
TABLES: Mapping[str, Table] = MappingProxyType(
    {
        **series.TABLES,
        **kpis.TABLES,
        **actions.TABLES,
        **meetings.TABLES,
        **comparison.TABLES,
        **registers.TABLES,
    }
)

__all__ = ["TABLES", "Said", "Table"]
