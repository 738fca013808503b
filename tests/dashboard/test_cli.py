"""The command line as scripts rely on it: exit codes, streams, one JSON document."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.server import Opened
from pipelines.context import Context, open_context
from pipelines.errors import StoreError
from pipelines.settings import load
from tests.builders.command_line import TODAY, cap90, deals_csv

HEAVY = (
    "babel duckdb fastexcel holidays numpy pandas plotly polars pyarrow pydantic sqlglot starlette "
    "streamlit typst uvicorn"
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY)
    monkeypatch.delenv("CAP90_WORKSPACE", raising=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "erable"
    assert cap90("init", folder, "--locale", "en").code == 0
    return folder


def test_a_company_that_nobody_named_bears_its_folders_name(tmp_path: Path) -> None:
    assert cap90("init", tmp_path / "erable", "--locale", "fr-CA").code == 0

    assert load(tmp_path / "erable" / "cap90.toml").company == "erable"


# --- help and usage ---------------------------------------------------------------------------


def test_help_names_the_commands_there_are() -> None:
    ran = cap90("--help")

    named = [line.split()[0] for line in ran.out.partition("Commands:")[2].splitlines() if line]
    assert sorted(named) == sorted(
        [
            *("demo", "init", "run", "import", "imports", "kpi", "choose", "target", "limits"),
            *("report", "user", "backup", "restore", "check"),
        ]
    )
    assert ran.code == 0


def test_help_answers_before_anything_heavy_is_loaded() -> None:
    check = (
        "import sys, dashboard.cli\n"
        f"loaded = set('{HEAVY}'.split()) & set(sys.modules)\n"
        "raise SystemExit(', '.join(sorted(loaded)) or 0)"
    )

    ran = subprocess.run([sys.executable, "-c", check], check=False, capture_output=True, text=True)

    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("kpi", "show"),
        ("kpi", "show", "win_rate", "--grain", "day"),
        ("kpi", "rows", "win_rate", "--start", "2026-13-01", "--end", "2026-12-01"),
        ("report", "weekly", "2026-W46"),
        ("run", "--port", "0"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_so_on_standard_error(words: tuple[str, ...]) -> None:
    ran = cap90(*words)

    assert ran.code == 2
    assert ran.out == ""
    assert "Usage:" in ran.err


# --- init -------------------------------------------------------------------------------------


def test_init_writes_what_the_words_say_and_speaks_the_new_language(tmp_path: Path) -> None:
    folder = tmp_path / "erable"

    ran = cap90(
        "init", folder, "--company", "Érable & fils", "--locale", "fr-CA",
        "--fiscal-year-start", "4", "--week-start", "sunday",
    )  # fmt: skip

    with open_context(folder) as context:
        settings = context.workspace.settings
    assert (settings.company, settings.currency, settings.timezone) == (
        "Érable & fils",
        "CAD",
        "America/Montreal",
    )
    assert (settings.country, settings.province) == ("CA", "QC")
    assert (settings.fiscal_year_start, settings.week_start) == (4, "sunday")
    assert ran.code == 0
    assert ran.out == ""
    assert "L’espace de travail est prêt" in ran.err
    assert f"cap90 import FICHIER --workspace {folder}" in ran.err
    assert f"cap90 run --workspace {folder}" in ran.err
    assert "un lien à usage unique s’affiche" in ran.err
    assert "# Le nom de l’entreprise" in (folder / "cap90.toml").read_text(encoding="utf-8")


def test_init_for_france_uses_its_currency_and_its_time(tmp_path: Path) -> None:
    assert cap90("init", tmp_path / "w", "--locale", "fr").code == 0

    text = (tmp_path / "w" / "cap90.toml").read_text(encoding="utf-8")
    assert 'currency = "EUR"' in text
    assert 'timezone = "Europe/Paris"' in text
    assert 'country = "FR"' in text


def test_without_a_locale_the_environments_language_is_taken(tmp_path: Path) -> None:
    ran = cap90("init", tmp_path / "w", LC_ALL="fr_CA.UTF-8")

    assert "prêt" in ran.err
    assert 'locale = "fr-CA"' in (tmp_path / "w" / "cap90.toml").read_text(encoding="utf-8")


def test_init_refuses_all_that_is_wrong_at_once_and_makes_nothing(tmp_path: Path) -> None:
    ran = cap90("init", tmp_path / "w", "--currency", "dollars", "--week-start", "lundi")

    assert ran.code == 1
    assert "[currency]: 'dollars' is not known." in ran.err
    assert "[week_start]: 'lundi' is not possible here." in ran.err
    assert list(tmp_path.iterdir()) == []


def test_init_asks_for_the_time_zone_of_a_country_with_several(tmp_path: Path) -> None:
    refused = cap90("init", tmp_path / "w", "--country", "US")
    done = cap90("init", tmp_path / "w", "--country", "US", "--timezone", "America/Denver")

    assert refused.code == 1
    assert "--timezone" in refused.err
    assert done.code == 0
    assert 'currency = "USD"' in (tmp_path / "w" / "cap90.toml").read_text(encoding="utf-8")


def test_init_never_overwrites_a_workspace(workspace: Path) -> None:
    before = (workspace / "cap90.toml").read_bytes()

    ran = cap90("init", workspace)

    assert ran.code == 1
    assert "already a workspace" in ran.err
    assert (workspace / "cap90.toml").read_bytes() == before


# --- the workspace ----------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("kpi", "list"), ("imports", "list"), ("run",)])
def test_without_a_workspace_every_command_says_how_to_make_one(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    ran = cap90(*words, "--workspace", tmp_path / "nowhere", LANG="fr_FR.UTF-8")

    assert ran.code == 1
    assert ran.out == ""
    assert f"cap90 init {tmp_path / 'nowhere'}" in ran.err
    assert "Il n’y a pas d’espace de travail ici." in ran.err


@pytest.mark.parametrize("wrong", ['timezone = "Montréal"', "week_start monday"])
def test_broken_settings_are_explained_in_the_language_they_name(
    tmp_path: Path, wrong: str
) -> None:
    cap90("init", tmp_path / "w", "--locale", "en")
    (tmp_path / "w" / "cap90.toml").write_text(f'locale = "fr-CA"\n{wrong}\n', encoding="utf-8")

    ran = cap90("kpi", "list", "--workspace", tmp_path / "w")

    assert ran.code == 1
    assert ran.err.startswith("cap90.toml")
    assert "Écrivez" in ran.err or "La ligne 2 ne peut pas être comprise." in ran.err


def test_the_workspace_comes_from_the_environment_too(workspace: Path) -> None:
    assert cap90("imports", "list", CAP90_WORKSPACE=str(workspace)).code == 0


def test_a_broken_setting_is_named(workspace: Path) -> None:
    (workspace / "cap90.toml").write_text('curency = "CAD"\n')

    ran = cap90("kpi", "list", "--workspace", workspace, "--json")

    assert ran.code == 1
    assert ran.err.strip() == (
        "cap90.toml [curency]: There is no setting of this name. Did you mean 'currency'?"
    )
    assert ran.document["problems"] == [
        {
            "what": "There is no setting of this name.",
            "where": "cap90.toml [curency]",
            "hint": "Did you mean 'currency'?",
        }
    ]


def test_a_workspace_that_is_open_elsewhere_points_to_its_pages(workspace: Path) -> None:
    with open_context(workspace):
        ran = cap90("import", deals_csv(workspace), "--workspace", workspace)

    assert ran.code == 1
    assert "in use" in ran.err
    assert "open pages" in ran.err


def test_what_nobody_expected_is_a_sentence_and_its_details_are_in_a_log(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("the secret of the house")

    monkeypatch.setattr("pipelines.kpis.catalogue.catalogue", fail)

    ran = cap90("kpi", "list", "--workspace", workspace, "--json")

    assert ran.code == 1
    assert "Traceback" not in ran.out + ran.err
    assert "secret" not in ran.out + ran.err
    assert str(workspace / "cap90.log") in ran.err
    assert "the secret of the house" in (workspace / "cap90.log").read_text(encoding="utf-8")
    assert len(ran.document["problems"]) == 1


def test_every_error_of_the_family_is_a_sentence(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        from pipelines.errors import msg  # noqa: PLC0415 - only this test needs it

        raise StoreError.of(msg("The disk did not take what was to be saved."))

    monkeypatch.setattr("pipelines.kpis.catalogue.catalogue", fail)

    ran = cap90("kpi", "list", "--workspace", workspace)

    assert (ran.code, ran.err) == (1, "The disk did not take what was to be saved.\n")


# --- run --------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.test"])  # noqa: S104 - refused, never bound
def test_others_on_the_network_come_in_by_tls_only(workspace: Path, host: str) -> None:
    ran = cap90("run", "--host", host, "--no-browser", "--workspace", workspace)

    assert ran.code == 1
    assert "--public-url https://" in ran.err


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - refused, never bound
def test_others_on_the_network_come_in_only_once_somebody_has_an_account(
    workspace: Path, host: str
) -> None:
    ran = cap90(
        *("run", "--host", host, "--public-url", "https://kpi.example.com"),
        *("--no-browser", "--workspace", workspace),
    )

    assert ran.code == 1
    assert "nobody has an account yet" in ran.err


def test_a_port_that_somebody_asked_for_and_that_is_taken_is_refused(workspace: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ran = cap90("run", "--port", str(port), "--no-browser", "--workspace", workspace)

    assert ran.code == 1
    assert "--port" in ran.err


def test_the_next_free_port_is_taken_and_said_when_the_usual_one_is_taken(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[str, int, bool]] = []

    def serve(
        context: Context,
        *,
        host: str,
        port: int,
        open_browser: bool,
        ready: Callable[[Opened], None],
        **_: object,
    ) -> None:
        assert context.workspace.root == workspace
        served.append((host, port, open_browser))
        ready(Opened(f"http://localhost:{port}"))

    monkeypatch.setattr("dashboard.server.serve", serve)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        first = taken.getsockname()[1]
        monkeypatch.setattr("dashboard.commands.start._FIRST_PORT", first)

        ran = cap90("run", "--no-browser", "--workspace", workspace)

    ((host, port, browser),) = served
    assert (ran.code, host, browser) == (0, "127.0.0.1", False)
    assert first < port < first + 20
    assert f"Port {first} is taken by another program; using {port}." in ran.err
    assert f"Cap 90 is open at http://localhost:{port}" in ran.err


def test_the_demonstration_leaves_foreign_folders_alone(workspace: Path) -> None:
    before = sorted(path.name for path in workspace.iterdir())

    ran = cap90("demo", "--workspace", workspace, "--no-browser")

    assert ran.code == 1
    assert "not made by the demonstration" in ran.err
    assert sorted(path.name for path in workspace.iterdir()) == before
