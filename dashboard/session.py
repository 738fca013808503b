"""The workspace this process serves, and who is looking at it."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from dashboard.access.access import Access
from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
from pipelines.context import Context, open_context
from pipelines.errors import AccessRefused, WorkspaceError, msg

#: Names the workspace when nobody handed one over: ``streamlit run dashboard/app.py``, tests.
WORKSPACE_VARIABLE = "CAP90_WORKSPACE"

#: Tells who is looking, from wherever it is called: a page's thread, a request; None: nobody known.
Identify = Callable[[], Visitor | None]


def _nobody() -> Visitor | None:
    return None


@dataclass
class _Served:
    context: Context | None = None
    identify: Identify = _nobody
    access: Access | None = None
    own_access: Access | None = None  # opened here, because nobody handed one over


_lock = threading.Lock()
_served = _Served()
#: Somebody in whose name this request or job works; pages have none and are identified instead.
_acting: ContextVar[Visitor | None] = ContextVar("acting", default=None)


def use(context: Context, identify: Identify | None = None, access: Access | None = None) -> None:
    """Serve this workspace from now on; the caller has opened it and keeps the duty to close it.

    Args:
        identify: How to tell who is looking; None: as before (at first: nobody is known, and
            pages show nothing).
        access: The accounts of the workspace, opened by the caller too; None: as before (at
            first: opened when somebody asks, and closed by ``leave``).
    """
    with _lock:
        _served.context = context
        if identify is not None:
            _served.identify = identify
        if access is not None:
            _served.access = access


def served() -> Context:
    """Return the workspace in the product's own hands: nothing is hidden, nobody is named.

    Raises:
        WorkspaceError: Nothing was handed over and ``CAP90_WORKSPACE`` is not set.
        StoreError: Another process holds the workspace.
    """
    with _lock:
        if _served.context is None:
            _served.context = open_context(_root())
        return _served.context


def serves(context: Context) -> bool:
    """Tell whether this process serves the workspace that somebody holds."""
    with _lock:
        return _served.context is not None and _served.context.store is context.store


def reload() -> None:
    """Let the pages follow the settings and KPI files as they are now.

    Raises:
        WorkspaceError: The settings are broken, the pages go on with those they know; so is
            DefinitionError of KPI files.
    """
    fresh = served().reloaded()
    with _lock:
        _served.context = fresh


def access() -> Access:
    """Return who may log in to the workspace, who is logged in, and who did what.

    Raises:
        WorkspaceError: As for ``served``; so is StoreError.
    """
    context = served()
    with _lock:
        if _served.access is None:
            _served.access = _served.own_access = Access.open(
                context.workspace, settings=lambda: served().workspace.settings
            )
        return _served.access


def visitor() -> Visitor:
    """Return who is looking, with the role they have at this moment.

    Raises:
        AccessRefused: Nobody is logged in, or no longer.
    """
    found = _acting.get() or _served.identify()
    if found is None:
        raise AccessRefused.of(
            msg("You are not logged in any more."), hint=msg("Log in again to go on.")
        )
    return found


@contextmanager
def acting_as(somebody: Visitor) -> Iterator[None]:
    """Work in somebody's name inside the block: a request, a command, a job."""
    token = _acting.set(somebody)
    try:
        yield
    finally:
        _acting.reset(token)


def current() -> Context:
    """Return the workspace in the hands of whoever is looking: only their rows are read.

    Raises:
        AccessRefused: Nobody is logged in.
        WorkspaceError: As for ``served``; so is StoreError.
    """
    context = served()
    return context.by(visitor().actor(context.workspace.settings))


def require(capability: Capability) -> None:
    """Let whoever is looking pass if they may do something.

    Raises:
        AccessRefused: They may not, or nobody is logged in.
    """
    visitor().require(capability)


def require_own(owner: str) -> None:
    """Let whoever is looking pass for an action of their own, or because they assign everybody's.

    Raises:
        AccessRefused: It is neither, or nobody is logged in.
    """
    somebody = visitor()
    somebody.require(Capability.DO_ACTIONS)
    if owner not in somebody.names:
        somebody.require(Capability.ASSIGN_ACTIONS)


def leave() -> None:
    """Forget the workspace and how people are told apart, after whoever opened it closed it."""
    with _lock:
        _served.context = None
        _served.identify = _nobody
        _served.access = None
        opened_here, _served.own_access = _served.own_access, None
    if opened_here is not None:
        opened_here.close()


def _root() -> Path:
    folder = os.environ.get(WORKSPACE_VARIABLE)
    if not folder:
        raise WorkspaceError.of(
            msg("No workspace was named."),
            where=WORKSPACE_VARIABLE,
            hint=msg("Start the pages with: cap90 run --workspace FOLDER"),
        )
    return Path(folder)
