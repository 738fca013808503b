"""An opened workspace: what every command, job and page works on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines import clock
from pipelines.kpis.definition import Definition
from pipelines.kpis.reader import read_definitions
from pipelines.periods import Calendar
from pipelines.resources import shipped
from pipelines.store import Store
from pipelines.workspace import Workspace, open_workspace


@dataclass(frozen=True)
class Context:
    """A workspace with its store open and its definitions read.

    Use as a context manager, or call ``close``.

    Attributes:
        shipped_definitions: By key, from files (shipped and the company's own). Hand-kept KPIs
            live in the store; ``pipelines.kpis.catalogue`` joins both.
        day: The day it is taken to be, for work that belongs to another day; None for the clock.
    """

    workspace: Workspace
    store: Store
    shipped_definitions: Mapping[str, Definition]
    day: date | None = None

    @property
    def calendar(self) -> Calendar:
        """The company's division of time."""
        return self.workspace.settings.calendar

    def today(self) -> date:
        """The day it is at the company."""
        return self.day or clock.today(self.workspace.settings.timezone)

    def on(self, day: date) -> Self:
        """Return the same open workspace as if it were another day there."""
        return replace(self, day=day)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_context(root: Path) -> Context:
    """Open the workspace that lies in a folder.

    Raises:
        WorkspaceError: There is none, or its settings are broken.
        DefinitionError: A KPI file, shipped or the company's own, is broken.
        StoreError: Another process holds the database, or it cannot be used.
    """
    workspace = open_workspace(root)
    # before the store: broken files leave nothing open
    definitions = read_definitions(shipped("kpi_definitions"), workspace.own_definitions)
    store = Store.open(
        workspace.database,
        allowed=(workspace.staging, workspace.backups),
        backups=workspace.backups,
    )
    return Context(workspace, store, definitions)
