"""What was imported, what was set aside, and how fresh the data is."""

from datetime import date

from pipelines.ingest.report import Freshness, ImportRecord, Reject
from pipelines.ingest.rows import reason
from pipelines.sql import statement
from pipelines.store import Store


def imports_list(store: Store) -> tuple[ImportRecord, ...]:
    """Return every import, the newest first."""
    rows = store.read(lambda cursor: cursor.execute(statement("ingest/list_imports")).fetchall())
    return tuple(ImportRecord(*row) for row in rows)


def rejects(store: Store, import_id: int) -> tuple[Reject, ...]:
    """Return the rows that an import set aside, by line."""
    rows = store.read(
        lambda cursor: cursor.execute(
            statement("ingest/list_rejects"), {"import_id": import_id}
        ).fetchall()
    )
    return tuple(
        Reject(line, code, column, content, reason(code)) for line, code, column, content in rows
    )


def freshness(store: Store, today: date) -> tuple[Freshness, ...]:
    """Return the newest import of each source and entity, the freshest first.

    Args:
        today: Imports and dates after it are left out.
    """
    rows = store.read(
        lambda cursor: cursor.execute(statement("ingest/freshness"), {"today": today}).fetchall()
    )
    return tuple(Freshness(*row) for row in rows)
