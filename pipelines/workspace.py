"""A workspace: one company's folder."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.settings import Settings


@dataclass(frozen=True)
class Workspace:
    """Where everything of one company lies, and its settings.

    Attributes:
        root: The folder that holds ``cap90.toml``.
    """

    root: Path
    settings: Settings

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.root / "cap90.duckdb"

    @property
    def imports(self) -> Path:
        """Every file as it was received, named by content hash."""
        return self.root / "imports"

    @property
    def staging(self) -> Path:
        """Work in progress; may be emptied whenever nothing runs."""
        return self.root / "staging"

    @property
    def backups(self) -> Path:
        """Dated copies."""
        return self.root / "backups"

    @property
    def outbox(self) -> Path:
        """What leaves the company: PDFs."""
        return self.root / "outbox"

    @property
    def own_definitions(self) -> Path:
        """The company's own KPI files; same names override the shipped ones."""
        return self.root / "kpi_definitions"
