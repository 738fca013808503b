"""From an export file to canonical rows: guarded reading, meaning, mapping, load."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.ingest.importing import import_file
    from pipelines.ingest.register import freshness, imports_list, rejects
    from pipelines.ingest.report import (
        Finding,
        Freshness,
        ImportRecord,
        ImportReport,
        ImportRequest,
        Question,
        Reject,
    )

__all__ = [
    "Finding",
    "Freshness",
    "ImportRecord",
    "ImportReport",
    "ImportRequest",
    "Question",
    "Reject",
    "freshness",
    "import_file",
    "imports_list",
    "rejects",
]

_HOMES = {
    "import_file": "importing",
    "freshness": "register",
    "imports_list": "register",
    "rejects": "register",
}


def __getattr__(name: str) -> Any:
    # The process that reads a foreign file imports this package too, and needs neither the
    # database nor the KPIs, whose loading would take longer than most files.
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'report')}"), name)
