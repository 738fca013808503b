"""What a running process knows about who may come in."""

from collections.abc import Callable
from typing import Self

from dashboard.access.audit import Audit
from dashboard.access.sessions import NamesOf, Sessions
from dashboard.access.steady import SteadyClock
from dashboard.access.store import FILE_NAME, AccessStore
from pipelines.closing import Closing
from pipelines.settings import Settings
from pipelines.workspace import Workspace


def _no_names(_person_id: int) -> frozenset[str]:
    return frozenset()


class Access(Closing):
    """Accounts, login sessions and the audit trail of one workspace.

    Use as a context manager, or call ``close``. Safe to use from any thread.

    Attributes:
        store: Behind everything; only this package and the jobs use it.
        steady: What limits and expiries are measured with.
        sessions: Who is logged in.
        audit: Who did what.
        settings: Returns the company's settings as they are now.
        names: Returns every name that files use for one of the people.
    """

    def __init__(
        self, store: AccessStore, settings: Callable[[], Settings], names: NamesOf
    ) -> None:
        self.store = store
        self.settings = settings
        self.names = names
        self.steady = SteadyClock(store)
        self.audit = Audit(store)
        self.sessions = Sessions(store, self.steady, lambda: settings().login, names)

    @classmethod
    def open(
        cls,
        workspace: Workspace,
        *,
        settings: Callable[[], Settings] | None = None,
        names: NamesOf | None = None,
    ) -> Self:
        """Open the accounts of a workspace; a workspace without any gets its file.

        Args:
            settings: Returns the settings of the moment; by default those that were read with
                the workspace.
            names: Returns every name that files use for one of the people; asked for every
                request of somebody who is one, so it has to answer from memory.

        Raises:
            StoreError: The file cannot be written, is damaged, or a newer version made it.
        """
        store = AccessStore.open(workspace.root / FILE_NAME)
        try:
            return cls(store, settings or (lambda: workspace.settings), names or _no_names)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()
