"""The sample company as a workspace, made once per test process."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from dashboard.demo import build_demo
from pipelines.context import Context, open_context
from tests.builders.by_hand import TODAY


def sample_workspace(folder: Path) -> Path:
    """Return a copy of the sample company of ``TODAY`` in a folder, for tests that change it.

    Set ``CAP90_TODAY`` to ``TODAY`` for whatever opens it.
    """
    root = folder / "cap90-demo"
    shutil.copytree(_template(), root)
    return root


@cache
def sample_context() -> Context:
    """Return an open sample company on ``TODAY``, for tests that only read."""
    folder = Path(tempfile.mkdtemp(prefix="cap90-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    context = open_context(sample_workspace(folder)).on(TODAY)
    atexit.register(context.close)
    return context


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cap90-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build_demo(folder / "cap90-demo", TODAY)
