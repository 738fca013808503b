"""What was taken in, and what of it was set aside."""

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.kept import remembered
from pipelines.ingest import ImportRecord, Reject, imports_list
from pipelines.ingest import rejects as rows_set_aside


@remembered
def imports() -> tuple[ImportRecord, ...]:
    """Return every import, the newest first."""
    return imports_list(session.current().store)


def rejects(import_id: int) -> tuple[Reject, ...]:
    """Return the rows that an import set aside, whosoever they are.

    Raises:
        AccessRefused: Whoever looks may not take files in.
    """
    session.require(Capability.IMPORT)  # before the cache, which knows only what rows may be seen
    return _rejects(import_id)


@remembered
def _rejects(import_id: int) -> tuple[Reject, ...]:
    return rows_set_aside(session.current().store, import_id)
