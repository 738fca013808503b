"""Run the statements of measures, for a limited time."""

from collections.abc import Mapping
from threading import Timer
from typing import Any

from pipelines.store import Cursor, DatabaseError, Store

#: A million deals take a fiftieth of this; a definition that needs more holds everybody up.
_SECONDS = 20.0


class TooSlow(Exception):  # noqa: N818 - it says what happened
    """A statement was stopped because it took too long."""


def fetch(
    store: Store, sql: str, values: Mapping[str, object], *, seconds: float = _SECONDS
) -> list[tuple[Any, ...]]:
    """Return all rows of a statement.

    Raises:
        TooSlow: It did not end in time.
        DatabaseError: It cannot be run on this data.
    """

    def read(cursor: Cursor) -> list[tuple[Any, ...]]:
        fired = False

        def stop() -> None:
            nonlocal fired
            fired = True
            cursor.interrupt()

        timer = Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            return cursor.execute(sql, dict(values)).fetchall()
        except DatabaseError:
            if fired:
                raise TooSlow from None
            raise
        finally:
            timer.cancel()

    return store.read(read)
