"""An opened workspace: what every command, job and page works on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines import clock
from pipelines.kpis.definition import Definition
from pipelines.periods import Calendar
from pipelines.store import Store
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Context:
    """A workspace with its store open and its definitions read.

    Attributes:
        shipped_definitions: By key, from files (shipped and the company's own). Hand-kept KPIs
            live in the store; ``pipelines.kpis.catalogue`` joins both.
    """

    workspace: Workspace
    store: Store
    shipped_definitions: Mapping[str, Definition]

    @property
    def calendar(self) -> Calendar:
        """The company's division of time."""
        return self.workspace.settings.calendar

    def today(self) -> date:
        """The day it is at the company."""
        return clock.today(self.workspace.settings.timezone)
