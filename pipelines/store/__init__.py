"""The one owner of the database file: connection, write gate, migrations.

Nothing outside this package opens ``cap90.duckdb``. Others take a ``Store`` and call
``read`` or ``write`` with a function of a cursor.
"""

from pipelines.store.store import Cursor, DatabaseError, Store

__all__ = ["Cursor", "DatabaseError", "Store"]
