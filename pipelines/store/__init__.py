"""The one owner of the database file: connection, write gate, migrations.

Nothing outside this package opens ``cap90.duckdb``. Others take a ``Store`` and call
``read`` or ``write`` with a function of a cursor.
"""

from pipelines.store.copying import Contents, look_through
from pipelines.store.disk import State
from pipelines.store.migrate import newest_schema
from pipelines.store.opened import ensure_free
from pipelines.store.store import BeforeUpdate, Copy, Cursor, DatabaseError, Store

__all__ = [
    "BeforeUpdate",
    "Contents",
    "Copy",
    "Cursor",
    "DatabaseError",
    "State",
    "Store",
    "ensure_free",
    "look_through",
    "newest_schema",
]
