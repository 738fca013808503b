"""A real OpenID Connect provider on this computer: the npm package ``oidc-provider``."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builders.browser import REQUIRED_VARIABLE, free_port, serving

FOLDER = Path(__file__).resolve().parents[1] / "browser" / "oidc_provider"
CLIENT_ID = "cap90"
SECRET = "only-for-tests"  # noqa: S105 - the provider's file says the same

_OLDEST_NODE = 20
_HOW_TO_GET_IT = (
    "NO TEST AGAINST A REAL PROVIDER RAN: it takes Node.js 20 or later (apt-get install nodejs npm) "
    "and its package (cd tests/browser/oidc_provider && npm install --ignore-scripts "
    "--no-package-lock)."
)


def node() -> str:
    """Return the path of Node.js; skip loudly without it or the package, or fail where required."""
    found = shutil.which("node")
    if found and _is_new(found) and (FOLDER / "node_modules" / "oidc-provider").is_dir():
        return found
    if os.environ.get(REQUIRED_VARIABLE) == "1":
        pytest.fail(_HOW_TO_GET_IT)
    pytest.skip(_HOW_TO_GET_IT)


@contextmanager
def provider_running(app: str) -> Iterator[str]:
    """Run the provider for the pages at an address, and return its issuer."""
    port = free_port()
    command = [node(), str(FOLDER / "server.mjs")]
    with serving(command, port, {"PORT": str(port), "APP": app}):
        yield f"http://127.0.0.1:{port}"


def _is_new(path: str) -> bool:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    number = said.stdout.strip().removeprefix("v").partition(".")[0]
    return number.isdecimal() and int(number) >= _OLDEST_NODE
