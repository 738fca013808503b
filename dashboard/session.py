"""The workspace this process serves."""

import os
import threading
from pathlib import Path

from pipelines.context import Context, open_context
from pipelines.errors import WorkspaceError, msg

#: Names the workspace when nobody handed one over: ``streamlit run dashboard/app.py``, tests.
WORKSPACE_VARIABLE = "CAP90_WORKSPACE"

_lock = threading.Lock()
_context: Context | None = None


def use(context: Context) -> None:
    """Serve this workspace from now on; the caller has opened it and keeps the duty to close it."""
    global _context  # noqa: PLW0603 - one process serves one workspace; Streamlit offers no other place
    with _lock:
        _context = context


def current() -> Context:
    """Return the workspace that pages show.

    Raises:
        WorkspaceError: Nothing was handed over and ``CAP90_WORKSPACE`` is not set.
        StoreError: Another process holds the workspace.
    """
    global _context  # noqa: PLW0603 - as above
    with _lock:
        if _context is None:
            _context = open_context(_root())
        return _context


def leave() -> None:
    """Forget the workspace, after whoever opened it has closed it."""
    global _context  # noqa: PLW0603 - as above
    with _lock:
        _context = None


def _root() -> Path:
    folder = os.environ.get(WORKSPACE_VARIABLE)
    if not folder:
        raise WorkspaceError.of(
            msg("No workspace was named."),
            where=WORKSPACE_VARIABLE,
            hint=msg("Start the pages with: cap90 run --workspace FOLDER"),
        )
    return Path(folder)
