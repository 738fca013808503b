"""An opened workspace: what every command, job and page works on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

from pipelines import clock
from pipelines.actor import ITSELF, Actor
from pipelines.backup import before_update
from pipelines.closing import Closing
from pipelines.kpis.definition import Definition
from pipelines.kpis.reader import read_definitions
from pipelines.periods import Calendar
from pipelines.resources import shipped
from pipelines.settings import FILE_NAME, load
from pipelines.store import Store
from pipelines.workspace import Workspace, open_workspace


@dataclass(frozen=True)
class Context(Closing):
    """A workspace with its store open and its definitions read.

    Use as a context manager, or call ``close``.

    Attributes:
        shipped_definitions: By key, from files (shipped and the company's own). Hand-kept KPIs
            live in the store; ``pipelines.kpis.catalogue`` joins both.
        day: The day it is taken to be, for work that belongs to another day; None for the clock.
        actor: Who works on it; their scope decides which rows are read.
        revision: Grows when the settings are read anew.
    """

    workspace: Workspace
    store: Store
    shipped_definitions: Mapping[str, Definition]
    day: date | None = None
    actor: Actor = ITSELF
    revision: int = 0

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

    def by(self, actor: Actor) -> Self:
        """Return the same open workspace in somebody's hands."""
        return replace(self, actor=actor)

    def reloaded(self) -> Self:
        """Return the same open workspace with its settings and KPI files as they are now.

        Raises:
            WorkspaceError: The settings are broken.
            DefinitionError: A KPI file is broken.
        """
        settings = load(self.workspace.root / FILE_NAME)
        workspace = replace(self.workspace, settings=settings)
        return replace(
            self,
            workspace=workspace,
            shipped_definitions=_definitions(workspace),
            revision=self.revision + 1,
        )

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def open_context(root: Path) -> Context:
    """Open the workspace that lies in a folder.

    Raises:
        WorkspaceError: There is none, or its settings are broken.
        DefinitionError: A KPI file, shipped or the company's own, is broken.
        StoreError: Another process holds the database, or it cannot be used.
    """
    workspace = open_workspace(root)
    # before the store: broken files leave nothing open
    definitions = _definitions(workspace)
    store = Store.open(
        workspace.database,
        allowed=(workspace.staging, workspace.backups),
        before_update=partial(before_update, workspace),
    )
    return Context(workspace, store, definitions)


def _definitions(workspace: Workspace) -> Mapping[str, Definition]:
    return read_definitions(shipped("kpi_definitions"), workspace.own_definitions)
