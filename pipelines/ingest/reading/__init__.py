"""Read a foreign file into text: guarded, whatever its encoding and dialect, every line kept."""

from pipelines.ingest.reading.guard import Limits, read_table
from pipelines.ingest.table import LINE, RawTable, RejectedLine, reason

__all__ = ["LINE", "Limits", "RawTable", "RejectedLine", "read_table", "reason"]
