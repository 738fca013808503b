"""The server: it answers, it says when it cannot, and it lets go of the workspace at the end."""

import http.client
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.preload import modules
from dashboard.server import serve
from pipelines import workspace
from pipelines.context import open_context
from pipelines.errors import Refused
from pipelines.settings import Settings
from tests.builders.browser import free_port, serving

RUN = "from dashboard.cli import main; main()"


@pytest.fixture
def company(tmp_path: Path) -> Path:
    return workspace.create(tmp_path / "company", Settings(company="Atelier Neuf")).root


def command(company: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-c", RUN, "run", "--no-browser"),
        *("--port", str(port), "--workspace", str(company)),
    ]


def test_the_pages_answer_and_mention_what_monday_needs(company: Path) -> None:
    port = free_port()

    with serving(command(company, port), port, {}):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()

    assert answer.status == 200
    assert "BidiComponent" in (answer.headers["link"] or "")


def test_a_stopped_server_lets_go_of_the_workspace(company: Path) -> None:
    port = free_port()
    with serving(command(company, port), port, {}):
        pass  # ends with SIGTERM

    with open_context(company) as again:
        assert again.workspace.settings.company == "Atelier Neuf"


def test_a_taken_port_is_a_sentence(company: Path) -> None:
    with socket.socket() as taken, open_context(company) as context:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(Refused, match="cannot be served"):
            serve(context, port=taken.getsockname()[1], open_browser=False)


def test_a_workspace_in_use_is_a_sentence_and_no_traceback(company: Path) -> None:
    with open_context(company):
        second = subprocess.run(
            command(company, free_port()), capture_output=True, text=True, timeout=120, check=False
        )

    assert second.returncode == 1
    assert "in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_streamlits_files_are_where_the_header_looks_for_them() -> None:
    assert any(name.startswith("BidiComponent.") for name in modules())
    assert not any(name.startswith("index.") for name in modules())
