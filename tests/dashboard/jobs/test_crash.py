"""What a command and its job become when the app, or the command, is ended in the middle."""

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.access.rights import Role
from dashboard.access.store import AccessStore
from dashboard.jobs import runners, running
from dashboard.jobs.book import Book
from dashboard.jobs.job import Asker, Job, Order, State
from dashboard.jobs.kinds import UPLOAD
from dashboard.jobs.runners import COMMAND, Output
from dashboard.jobs.running import Running, proof
from pipelines import work
from tests.builders.command_line import TODAY, cap90, deals_csv
from tests.builders.imports import write_deals
from tests.builders.running_app import Process, door_open

RUN = "from dashboard.cli import main; main()"
SECONDS = 60
OWNER = Asker("Louise", Role.OWNER)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY)
    monkeypatch.delenv("CAP90_WORKSPACE", raising=False)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = tmp_path / "erable"
    assert cap90("init", folder, "--locale", "en").code == 0
    return folder


def hand_in(found: Running, *argv: str) -> Iterator[dict[str, Any]]:
    """Hand a command in, and yield what is said about it."""
    folder = str(Path.cwd())
    body = {"argv": argv, "name": argv[0], "folder": folder, "user": "louise", "files": []}
    connection = found.connect(SECONDS)
    connection.request(
        "POST", "/local/command", json.dumps(body),
        {"Authorization": f"Bearer {found.token}", "Content-Type": "application/json"},
    )  # fmt: skip
    answer = connection.getresponse()
    assert answer.status == 200
    while line := answer.readline():
        yield json.loads(line)


@pytest.mark.parametrize("moment", ["Reading", "Saving"])
def test_an_app_killed_in_the_middle_of_an_import_does_everything_once_when_it_is_opened_again(
    company: Path, tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_deals(tmp_path / "big.csv", 6_000)
    deals_csv(tmp_path)
    (tmp_path / "last.csv").write_text("kpi,start,value\nvisits,2026-11-09,3\n")
    with Process(company) as app:
        found = running.find(company)
        assert found is not None
        first = hand_in(found, "import", "big.csv")
        second = hand_in(found, "import", "deals.csv")
        assert next(first)["job"] == 1
        assert next(second)["job"] == 2
        assert any(said.get("progress", "").startswith(moment) for said in first)
        app.kill()

    with Process(company) as app:
        # comes after what waits, since files are taken in one after the other
        ran = cap90("import", "last.csv", "--entity", "kpi_entries", "--workspace", company)
        listed = cap90("imports", "list", "--json", "--workspace", company).document
        code = app.stop()

    assert ran.code == 0
    assert {one["file"]: one["added"] for one in listed} == {
        "last.csv": 1,
        "deals.csv": 20,
        "big.csv": 6_000,
    }
    assert len(listed) == 3
    assert code in {0, -signal.SIGTERM}
    assert not (company / running.FILE_NAME).exists()
    assert cap90("imports", "list", "--workspace", company).code == 0  # it let go of everything


def test_an_app_that_is_closed_sends_away_whoever_waits_and_ends(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_deals(tmp_path / "big.csv", 6_000)
    with Process(company) as app:
        found = running.find(company)
        assert found is not None
        first, second = (hand_in(found, "import", "big.csv") for _ in range(2))
        assert next(first)["job"] == 1
        assert next(second)["job"] == 2
        assert next(first)["progress"] == "Reading big.csv"
        app.stop()
        ends = [list(said)[-1] for said in (first, second)]

    # the first one may have been saved before it could be stopped
    assert ends[0] in ({"again": True}, {"end": 0})
    assert ends[1] == {"again": True}
    listed = cap90("imports", "list", "--json", "--workspace", company).document
    assert len(listed) == ("end" in ends[0])


def test_what_a_crash_left_in_the_staging_folder_goes_and_what_a_job_still_needs_stays(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging = company / "staging"
    for name in ("reading-1", "original-2", "upload-3", "upload-4", "somebodys"):
        (staging / name).mkdir()
    kept: list[list[str]] = []

    def look(_: Job, __: Output) -> int:
        kept.append(sorted(path.name for path in staging.iterdir()))
        return 0

    monkeypatch.setitem(runners._runners, UPLOAD, look)
    store = AccessStore.open(company / "access.sqlite")
    order = Order(UPLOAD, "a.csv", {"path": str(staging / "upload-4" / "a.csv")}, OWNER)
    job = Book(store).add(order, datetime.fromisoformat("2026-11-21T08:00:00"))
    store.close()

    with door_open(company) as app:
        assert app.desk.wait(job.job_id, SECONDS) is not None

    assert kept == [["somebodys", "upload-4"]]


def test_a_command_is_stopped_with_ctrl_c_and_so_is_its_job(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(_: Job, output: Output) -> int:
        stopped = threading.Event()
        with work.current().interruptible(stopped.set):
            output.err("It has begun.\n")
            assert stopped.wait(SECONDS)
        work.current().check()
        return 0

    with door_open(company) as app:
        monkeypatch.setitem(runners._runners, COMMAND, wait)
        client = subprocess.Popen(
            [
                *(sys.executable, "-c", RUN, "import", str(deals_csv(tmp_path))),
                *("--workspace", str(company)),
            ],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert client.stderr is not None
        assert client.stderr.readline() == "It has begun.\n"
        client.send_signal(signal.SIGINT)
        _, said = client.communicate(timeout=SECONDS)

        (job,) = app.desk.jobs()

    assert (client.returncode, job.state) == (130, State.CANCELLED)
    assert said == "This was stopped before it was finished; nothing was changed.\n"


class _App(http.server.ThreadingHTTPServer):
    """An app that breaks off after it has said some lines."""

    said: tuple[dict[str, Any], ...] = ()
    token = "of the test"  # noqa: S105 - it opens nothing
    commands = 0


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _App

    def do_GET(self) -> None:
        (nonce,) = parse_qs(urlsplit(self.path).query)["nonce"]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(proof(self.server.token, nonce).encode())

    def do_POST(self) -> None:
        self.server.commands += 1
        self.send_response(200)
        self.end_headers()
        for line in self.server.said:
            self.wfile.write(json.dumps(line).encode() + b"\n")

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - as the library names it
        """Say nothing."""


@pytest.fixture
def breaking(company: Path) -> Iterator[_App]:
    with _App(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = int(server.server_address[1])
        running.announce(
            company,
            Running("127.0.0.1", port, f"http://localhost:{port}", server.token, os.getpid(), ""),
        )
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_an_app_that_stops_in_the_middle_of_a_job_is_said_and_where_to_look(
    breaking: _App, company: Path, tmp_path: Path
) -> None:
    breaking.said = ({"job": 1, "kept": True, "waits": False}, {"out": "deals.csv: …\n"})

    ran = cap90("import", deals_csv(tmp_path), "--workspace", company)

    assert (ran.code, ran.out) == (1, "deals.csv: …\n")
    assert ran.err == (
        "The Cap 90 that is open stopped before it said how this ended. "
        "Open it again: its page of jobs says what became of it.\n"
    )


@pytest.mark.parametrize(
    "said",
    [
        ({"job": -1, "kept": False, "waits": False},),
        ({"job": 1, "kept": True, "waits": True}, {"again": True}),
    ],
)
def test_a_command_of_which_nothing_was_done_is_done_without_the_app(
    breaking: _App, company: Path, said: tuple[dict[str, Any], ...]
) -> None:
    breaking.said = said

    ran = cap90("imports", "list", "--workspace", company)

    assert (ran.code, ran.err) == (0, "Nothing was imported yet.\n")
    assert breaking.commands == 1
