"""The command line while the app is open: nobody notices, and nothing else gets in."""

import http.client
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.jobs import running
from dashboard.jobs.job import State
from dashboard.jobs.running import Running
from pipelines.context import open_context
from tests.builders.command_line import TODAY, Ran, cap90, deals_csv
from tests.builders.running_app import App, Process, door_open

CHOICE = ("new_opportunities", "pipeline_created", "sales_won", "deals_won", "win_rate")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY)
    monkeypatch.delenv("CAP90_WORKSPACE", raising=False)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = tmp_path / "erable"
    assert cap90("init", folder, "--locale", "en").code == 0
    return folder


@pytest.fixture
def opened(company: Path) -> Iterator[App]:
    with door_open(company) as app:
        yield app


def test_every_command_says_and_writes_the_same_whether_the_app_is_open_or_not(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deals_csv(tmp_path)
    (tmp_path / "colours.csv").write_text("colour,shape\nred,round\n")
    (tmp_path / "map.toml").write_text('source = "generic"\nentity = "deals"\n')
    (tmp_path / "broken.toml").write_text("source = generic\n")
    monkeypatch.chdir(tmp_path)  # every path is relative to here, and the app knows it too
    lines = (
        ("imports", "list"),
        ("import", "nowhere.csv"),
        ("import", "colours.csv"),
        ("import", "deals.csv", "--dry-run"),
        ("import", "deals.csv", "--mapping", "broken.toml"),
        ("import", "deals.csv", "colours.csv", "--mapping", "map.toml", "--json"),
        ("import", "deals.csv", "--full"),
        ("imports", "list", "--json"),
        ("kpi", "list", "--json"),
        ("kpi", "show", "win_rate"),
        ("kpi", "show", "win_rate", "--json", "--by", "owner"),
        ("kpi", "show", "no_such_kpi"),
        ("kpi", "rows", "sales_won", "--start", "2026-11-09", "--end", "2026-11-16", "--json"),
        ("choose", "sales_won"),
        ("choose", *CHOICE),
        ("target", "set", "win_rate", "30%", "--from", "2026-10-01"),
        ("target", "set", "win_rate", "30", "--from", "2026-10-01"),
        ("target", "list"),
        ("target", "list", "--json"),
        ("limits", "lock", "sales_won", "--from", "2026-09-14", "--to", "2026-11-09",
         "--reason", "Before"),
        ("report", "weekly", "2026-W46", "--out", "week.pdf"),
        ("report", "weekly", "2026-W46", "--out", "nowhere/week.pdf", "--lang", "fr-CA"),
        ("report", "weekly", "2026-W47", "--out", "week.pdf"),
        ("report", "weekly", "2026-W46"),
        ("user", "add", "anne@example.com", "--name", "Anne", "--role", "manager"),
        ("user", "add", "anne@example.com", "--name", "Anne", "--role", "manager"),
        ("user", "list", "--json"),
        ("user", "disable", "anne@example.com"),
        ("user", "disable", "nobody@example.com"),
        ("backup", "--out", "copy.zip"),
        ("backup", "--out", "copy.zip"),
        ("check",),
        ("restore", "nowhere.zip", "--yes"),
        ("nonsense",),
    )  # fmt: skip
    other = tmp_path / "twin"
    shutil.copytree(company, other)

    with door_open(company):
        through = [_run(line, company) for line in lines]
        pdf = (tmp_path / "week.pdf").read_bytes()
    alone = [_run(line, other) for line in lines]

    for line, one, two in zip(lines, through, alone, strict=True):
        assert (line, one) == (line, two)
    assert [ran.code for ran in alone].count(0) > len(lines) / 2
    assert pdf == (tmp_path / "week.pdf").read_bytes()


def _run(line: tuple[str, ...], folder: Path) -> Ran:
    """Run a command, and forget which workspace it was and at which second."""
    words = () if line == ("nonsense",) else ("--workspace", str(folder))
    ran = cap90(*line, *words)
    return Ran(ran.code, _plain(ran.out, folder), _plain(ran.err, folder))


def _plain(said: str, folder: Path) -> str:
    plain = said.replace(str(folder), "WORKSPACE")
    plain = re.sub(r"http://localhost:\d+/link/\S+", "LINK", plain)
    plain = re.sub(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d", "MOMENT", plain)
    start = plain.find('"imported_at"')
    return plain if start < 0 else plain[:start] + plain[plain.index("\n", start) :]


def test_what_a_command_does_is_done_in_the_name_of_whoever_typed_it(
    opened: App, company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "lgagnon")

    ran = cap90("choose", "sales_won", "--workspace", company)

    (job,) = opened.desk.jobs()
    assert (job.order.by.name, job.state, job.exit_code) == ("lgagnon", State.REFUSED, 1)
    assert job.order.title == "cap90 choose sales_won"
    assert job.lines == tuple(ran.err.splitlines())


def test_a_command_speaks_the_callers_language_until_it_knows_the_companys(
    opened: App, company: Path, tmp_path: Path
) -> None:
    assert opened.running.pid == os.getpid()
    out = tmp_path / "week.pdf"

    ran = cap90(
        "report", "weekly", "2026-W47", "--out", out, "--lang", "fr-CA", "--workspace", company
    )

    assert ran.err.startswith("La semaine 2026-W47 n’est pas terminée.")


def test_the_file_that_names_the_app_is_for_its_owner_only_and_goes_with_it(company: Path) -> None:
    file = company / running.FILE_NAME

    with door_open(company) as app:
        mode = stat.S_IMODE(file.stat().st_mode)
        said = json.loads(file.read_text())

    assert mode == 0o600
    assert (said["token"], said["pid"]) == (app.running.token, os.getpid())
    assert not file.exists()
    assert list(company.glob(".cap90-running*")) == []


def _request(
    app: "App | _Known", method: str = "POST", path: str = "/local/command", **headers: str | None
) -> int:
    """Send a command with a list of KPIs and say how it was answered."""
    body = {"argv": ["kpi", "list"], "name": "kpi list", "folder": "/", "user": "x"}
    sent = {
        "Authorization": f"Bearer {app.running.token}",
        "Content-Type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    connection = app.running.connect(30)
    connection.request(
        method, path, json.dumps(body), {name: value for name, value in sent.items() if value}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_only_the_secret_of_the_file_opens_the_door(opened: App) -> None:
    assert _request(opened) == 200
    assert _request(opened, Authorization="Bearer wrong") == 401
    assert _request(opened, Authorization=opened.running.token) == 401
    assert _request(opened, Authorization=None) == 401
    assert _request(opened, path="/local/cancel", Authorization="Bearer ") == 401
    assert _request(opened, Authorization="Bearer é".encode().decode("latin-1")) == 401


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "http://localhost:8590"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "same-origin"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
    ],
)
def test_no_page_and_no_proxy_gets_through_the_door(opened: App, foreign: dict[str, str]) -> None:
    assert _request(opened, **foreign) == 403
    assert _request(opened, path="/local/cancel", **foreign) == 403


def test_a_body_that_is_no_command_is_refused(opened: App) -> None:
    connection = opened.running.connect(30)
    headers = {
        "Authorization": f"Bearer {opened.running.token}",
        "Content-Type": "application/json",
    }
    said = []
    for body in ("", "[]", '{"argv": "kpi list"}', '{"argv": [], "other": 1}'):
        connection.request("POST", "/local/command", body, headers)
        answer = connection.getresponse()
        answer.read()
        said.append(answer.status)

    assert said == [400] * 4
    assert _request(opened, Content_Type="text/plain") == 415


def test_a_file_that_a_crash_left_behind_is_removed_and_stands_in_nobodys_way(
    company: Path,
) -> None:
    gone = Running("127.0.0.1", 9, "http://localhost:9", "secret", 2**22 - 1, "2026-11-21T08:00:00")
    running.announce(company, gone)

    assert cap90("imports", "list", "--workspace", company).code == 0
    assert not (company / running.FILE_NAME).exists()


def test_an_address_where_somebody_else_answers_is_told_no_secret(
    opened: App, company: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert cap90("init", other).code == 0
    # the port was taken over by an app that does not know this secret
    stale = Running(**{**vars(opened.running), "token": "of long ago", "pid": 2**22 - 1})
    running.announce(other, stale)

    ran = cap90("imports", "list", "--workspace", other)

    assert (ran.code, ran.err) == (0, "Nothing was imported yet.\n")
    assert not (other / running.FILE_NAME).exists()
    assert running.find(company) is not None


@pytest.mark.parametrize("written", ["", "[]", '{"port": 1}', "\0"])
def test_a_file_that_nobody_can_read_is_as_good_as_none(company: Path, written: str) -> None:
    (company / running.FILE_NAME).write_text(written)

    assert cap90("imports", "list", "--workspace", company).code == 0


def test_a_second_app_on_a_workspace_says_where_the_first_one_is(
    opened: App, company: Path
) -> None:
    ran = cap90("run", "--no-browser", "--workspace", company)

    assert ran.code == 1
    assert f"Cap 90 is open already, at {opened.running.address}." in ran.err


def test_a_command_waits_a_moment_for_a_workspace_that_is_just_being_let_go(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = open_context(company)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        held.close()

    monkeypatch.setattr("dashboard.commands.console.time.sleep", pause)

    assert cap90("imports", "list", "--workspace", company).code == 0
    assert len(pauses) == 1


@pytest.mark.usefixtures("opened")
def test_a_file_that_only_the_caller_can_read_is_handed_to_the_app_as_a_copy(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = deals_csv(tmp_path)
    seen: list[Path] = []

    # as under a service that has a /tmp of its own: there, the file is not the one the caller sees
    def access(path: str | Path, _mode: int) -> bool:
        seen.append(Path(path))
        return Path(path) != file

    monkeypatch.setattr("dashboard.jobs.local.os.access", access)

    ran = cap90("import", file, "--workspace", company, "--json")

    assert ran.err == ""
    (document,) = ran.document["files"]
    assert (ran.code, document["file"], document["added"]) == (0, "deals.csv", 20)
    assert any(path.is_relative_to(company / "staging") for path in seen)
    assert list((company / "staging").iterdir()) == []


def test_a_copy_outside_the_staging_folder_is_not_read(opened: App, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("x")
    file: dict[str, Any] = {"path": "/nowhere/deals.csv", "size": 1, "modified": 1}
    body = {
        "argv": ["import", "deals.csv"], "name": "import", "folder": "/nowhere", "user": "x",
        "files": [{**file, "copy_path": str(secret)}],
    }  # fmt: skip
    connection = opened.running.connect(30)
    connection.request(
        "POST", "/local/command", json.dumps(body),
        {"Authorization": f"Bearer {opened.running.token}", "Content-Type": "application/json"},
    )  # fmt: skip
    answer = connection.getresponse()

    assert answer.status == http.client.CONFLICT
    assert json.loads(answer.read()) == {"unreadable": ["/nowhere/deals.csv"]}


# --- behind the gate, in a process of its own --------------------------------------------------


def test_commands_work_through_the_whole_app_and_strangers_do_not(
    company: Path, tmp_path: Path
) -> None:
    with Process(company) as process:
        found = running.find(company)
        assert found is not None
        app = _Known(found)
        imported = cap90("import", deals_csv(tmp_path), "--workspace", company)
        listed = cap90("imports", "list", "--json", "--workspace", company).document
        second = cap90("run", "--no-browser", "--workspace", company)
        statuses = [
            _request(app),
            _request(app, Authorization="Bearer wrong"),
            _request(app, Origin=found.address),
            _request(app, X_Forwarded_For="127.0.0.1"),
            _request(app, method="GET"),
        ]
        code = process.stop()

    assert imported.out.startswith("deals.csv (another file, deals): 20 rows read")
    assert [(one["file"], one["added"]) for one in listed] == [("deals.csv", 20)]
    assert (second.code, found.address in second.err) == (1, True)
    assert statuses == [200, 401, 404, 404, 405]
    assert code in {0, -15}
    assert not (company / running.FILE_NAME).exists()


class _Known:
    """An app of which only the file is known."""

    def __init__(self, found: Running) -> None:
        self.running = found
