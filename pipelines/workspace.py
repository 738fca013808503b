"""A workspace: one company's folder."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines import swap
from pipelines.errors import Message, Problem, WorkspaceError, msg
from pipelines.settings import FILE_NAME, Settings, document, load


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
    def accounts(self) -> Path:
        """Who may log in, and the audit trail: a SQLite file that only the screen knows."""
        return self.root / "access.sqlite"

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

    @property
    def log(self) -> Path:
        """What went wrong unexpectedly, for whoever helps."""
        return self.root / "cap90.log"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders every workspace has."""
        return (self.imports, self.staging, self.backups, self.outbox, self.own_definitions)


def is_workspace(root: Path) -> bool:
    """Tell whether a folder holds a workspace."""
    return (root / FILE_NAME).is_file()


def create(root: Path, settings: Settings, *, phrase: Callable[[Message], str] = str) -> Workspace:
    """Make a workspace of a folder and return it.

    Other files may already lie in the folder (exports, notes); nothing is ever overwritten.

    Args:
        root: The folder; made if it is missing.
        settings: What ``cap90.toml`` will hold.
        phrase: Says a message in the company's language, for the comments of that file.

    Raises:
        WorkspaceError: The folder holds a workspace or parts of one, is somebody's home folder or
            a drive, or cannot be written. Nothing was changed.
    """
    root = root.resolve()
    workspace = Workspace(root, settings)
    _refuse_unsuitable(workspace)
    try:
        if not root.exists():  # whose folder it was already has decided who may look into it
            root.mkdir(parents=True)
            root.chmod(0o700)
        _make_folders(workspace)
        # written last and in one step: a folder with this file is a whole workspace
        unfinished = workspace.staging / FILE_NAME
        unfinished.write_text(document(settings, phrase), encoding="utf-8", newline="\n")
        unfinished.replace(root / FILE_NAME)
    except OSError as error:
        raise _unwritable(root, error) from error
    return workspace


def open_workspace(root: Path) -> Workspace:
    """Return the workspace that lies in a folder.

    Folders that went missing (an e-mailed copy loses empty ones) are made again, and a restore
    that was interrupted is brought to its end.

    Raises:
        WorkspaceError: There is none, or its settings are broken.
    """
    swap.finish(root)
    if not is_workspace(root):
        raise WorkspaceError.of(
            msg("There is no workspace here."),
            where=str(root),
            hint=msg("Make one with: cap90 init {folder}", folder=str(root)),
        )
    workspace = Workspace(root.resolve(), load(root / FILE_NAME))
    try:
        _make_folders(workspace)
    except OSError as error:
        raise _unwritable(root, error) from error
    return workspace


def _refuse_unsuitable(workspace: Workspace) -> None:
    root = workspace.root
    if is_workspace(root):
        raise WorkspaceError.of(
            msg("There is already a workspace here."),
            where=str(root),
            hint=msg("Choose another folder, or change {file} in an editor.", file=FILE_NAME),
        )
    if root.exists() and not root.is_dir():
        raise WorkspaceError.of(
            msg("This is a file, not a folder."), where=str(root), hint=msg("Choose another name.")
        )
    if root in {Path(root.anchor), Path.home()}:
        raise WorkspaceError.of(
            msg("A workspace needs a folder of its own."),
            where=str(root),
            hint=msg("Name a new folder inside it."),
        )
    ours = [workspace.database, *workspace.folders, root / "inbox", root / "access.sqlite"]
    if taken := [path for path in ours if _is_taken(path)]:
        raise WorkspaceError(
            *(
                Problem(
                    msg("This is in the way: a workspace would use it for its own files."),
                    str(path),
                    msg("Choose another folder, or move this away first."),
                )
                for path in taken
            )
        )


def _is_taken(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        return any(path.iterdir())
    return os.path.lexists(path)


def _make_folders(workspace: Workspace) -> None:
    for folder in workspace.folders:
        folder.mkdir(exist_ok=True)


def _unwritable(root: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError.of(
        msg("The folder cannot be written."),
        where=str(error.filename or root),
        hint=msg("Choose a folder that you may write to."),
    )
