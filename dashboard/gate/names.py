"""By which names files know whoever is logged in, from memory: every request asks."""

import threading

from pipelines.context import Context
from pipelines.errors import StoreError
from pipelines.people.register import names_of


class KnownNames:
    """The names of people, read anew when the data has changed. Safe to use from any thread."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._lock = threading.Lock()
        self._version: int | None = None
        self._names: dict[int, frozenset[str]] = {}

    def __call__(self, person_id: int) -> frozenset[str]:
        """Return every name that means a person; while the database is away, as last known."""
        version = self._store.version
        with self._lock:
            if version == self._version and person_id in self._names:
                return self._names[person_id]
        try:
            found = names_of(self._store, person_id)
        except StoreError:
            with self._lock:
                return self._names.get(person_id, frozenset())
        with self._lock:
            if version != self._version:
                self._version, self._names = version, {}
            self._names[person_id] = found
        return found
