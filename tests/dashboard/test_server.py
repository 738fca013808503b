"""The server: it answers, it says when it cannot, and it lets go of the workspace at the end."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import scripts
from dashboard.preload import modules
from dashboard.server import serve
from pipelines import workspace
from pipelines.context import open_context
from pipelines.errors import Refused
from pipelines.settings import Settings
from tests.builders.browser import free_port, serving
from tests.builders.company import PASSWORD, company_running

RUN = "from dashboard.cli import main; main()"


@pytest.fixture
def company(tmp_path: Path) -> Path:
    return workspace.create(tmp_path / "company", Settings(company="Atelier Neuf")).root


def command(company: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-c", RUN, "run", "--no-browser"),
        *("--port", str(port), "--workspace", str(company)),
    ]


def test_the_pages_answer_with_our_icon_and_mention_what_monday_needs(tmp_path: Path) -> None:
    with company_running(tmp_path) as company:
        cookie = company.cookie_of(company.join("Louise Gagnon"))
        answer = company.ask("GET", "/", cookie=cookie)
        icon = company.ask("GET", "/favicon.png")  # where the page looks for its icon

    assert answer.status == 200
    assert "BidiComponent" in (answer.headers["link"] or "")
    assert 'href="./favicon.png"' in answer.page
    assert icon.headers["content-type"] == "image/svg+xml"
    assert icon.body.startswith(b"<svg")


def test_a_setup_link_is_printed_until_there_is_an_owner(tmp_path: Path) -> None:
    with company_running(tmp_path) as company:
        first = company.setup_token
    with company_running(tmp_path) as company:
        second = company.setup_token
        assert company.ask("GET", f"/link/{first}").status == 410
        assert company.ask("GET", f"/link/{second}").status == 200
        assert "Open the link printed in the terminal" in company.ask("GET", "/login").page
        company.join("Louise Gagnon")
        assert company.ask("GET", f"/link/{second}").status == 410
    with company_running(tmp_path) as company:
        assert not any("/link/" in line for line in company.printed)


def test_behind_a_tls_proxy_browsers_are_told_to_stay_with_https(tmp_path: Path) -> None:
    with company_running(tmp_path, "--public-url", "https://kpi.example.com") as company:
        account = company.join("Louise Gagnon")
        proxied = {
            "Host": "kpi.example.com",
            "Origin": "https://kpi.example.com",
            "X-Forwarded-For": "203.0.113.9",
            "X-Forwarded-Proto": "https",
        }
        form = {"email": account.email, "password": PASSWORD}
        entered = company.ask("POST", "/login", proxied, form=form)
        seen = company.access.sessions.listing(account.account_id)
        plain = company.cookie_of(account)  # without the prefix that binds it to https

        assert entered.status == 303
        assert entered.cookie.startswith("__Host-cap90_session=")
        assert "Secure" in entered.headers["set-cookie"]
        told = entered.headers["strict-transport-security"]
        assert told == "max-age=31536000; includeSubDomains"
        for path in ("/kpi", "/_stcore/host-config", "/_stcore/health"):
            set_too = company.ask("GET", path, proxied, cookie=entered.cookie).headers
            assert set_too["set-cookie"] is None  # no other cookie, which might be less strict
        assert company.ask("GET", "/kpi", proxied, cookie=entered.cookie).status == 200
        assert company.ask("GET", "/kpi", proxied, cookie=plain).status == 303

    assert "203.0.113.9" in {one.address for one in seen}
    assert any("https://kpi.example.com/link/" in line for line in company.printed)
    assert any("X-Forwarded-Proto" in line for line in company.printed)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--host", "0.0.0.0"), "--public-url https://"),  # noqa: S104 - it is refused
        (("--host", "0.0.0.0", "--public-url", "http://kpi.example.com"), "https://"),  # noqa: S104 - as above
        (
            ("--host", "0.0.0.0", "--public-url", "https://kpi.example.com"),  # noqa: S104 - as above
            "nobody has an account yet",
        ),
    ],
)
def test_others_on_the_network_need_an_account_and_an_encrypted_way(
    company: Path, arguments: tuple[str, ...], says: str
) -> None:
    refused = subprocess.run(
        [*command(company, free_port()), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


def test_whoever_has_no_account_is_let_into_the_sample_company_only(company: Path) -> None:
    with open_context(company) as context, pytest.raises(Refused, match="not the sample company"):
        serve(context, port=free_port(), demo=True, open_browser=False)


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


def test_the_scripts_of_our_components_are_one_file_that_browsers_keep(tmp_path: Path) -> None:
    with company_running(tmp_path) as company:
        cookie = company.cookie_of(company.join("Louise Gagnon"))
        page = company.ask("GET", "/", cookie=cookie)
        script = company.ask("GET", scripts.address(), cookie=cookie)
        other = company.ask("GET", "/scripts/0123456789abcdef.js", cookie=cookie)
        stranger = company.ask("GET", scripts.address())

    assert f"<{scripts.address()}>; rel=modulepreload" in (page.headers["link"] or "")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (other.status, stranger.status) == (404, 401)
