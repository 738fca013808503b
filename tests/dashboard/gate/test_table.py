"""The table of addresses against what the application really answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime import Runtime

from dashboard.access.access import Access
from dashboard.access.rights import Capability
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.entry import Entry
from dashboard.gate.table import RULES, WEBSOCKET, Answered, Table, Who, routes
from dashboard.navigation import NEEDS, Place
from dashboard.server import pages
from pipelines import workspace
from pipelines.settings import Settings


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[tuple[Answered, ...]]:
    made = workspace.create(tmp_path / "company", Settings(company="Atelier Neuf"))
    before, Runtime._instance = Runtime._instance, None
    try:
        with Access.open(made) as access:
            yield routes(pages(Entry(access, Doorstep())))
    finally:
        Runtime._instance = before


def test_what_streamlit_answers_and_nobody_needs_does_not_exist(
    answered: tuple[Answered, ...],
) -> None:
    refused = {one.path for one in answered if one.rule is None and one.method == "GET"}

    assert refused == {
        "/_stcore/metrics",
        "/media/{file_id:path}",
        "/component/{path:path}",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/{path:path}",  # Streamlit's page, for every address nobody knows
    }


def test_no_page_of_another_server_is_allowed_to_ask_first(answered: tuple[Answered, ...]) -> None:
    assert not [one for one in answered if one.method == "OPTIONS" and one.rule]


def test_without_a_login_there_is_only_the_way_in(answered: tuple[Answered, ...]) -> None:
    public = {one.path for one in answered if one.rule and one.rule.who is Who.EVERYBODY}

    assert public == {
        *("/login", "/login/style.css", "/link/{token}", "/logout"),
        *("/login/with/{provider}", "/login/back/{provider}", "/login/leave"),
        *("/favicon.png", "/favicon.ico", "/_stcore/health"),
        "/calendar/{token}.ics",  # whoever has the address of somebody's calendar
    }


def test_every_page_is_in_the_table_with_what_it_takes(answered: tuple[Answered, ...]) -> None:
    found = {one.path: one.rule.who for one in answered if one.rule and one.method == "GET"}

    assert {place: found[f"/{place.value}"] for place in Place} == {
        place: needed or Who.LOGGED_IN for place, needed in NEEDS.items()
    }


def test_every_rule_stands_for_something_that_is_answered(answered: tuple[Answered, ...]) -> None:
    real = {one.path for one in answered if one.rule is None or "{path:path}" not in one.path}
    by_the_mount = {"/", "/static/{path:path}", *(f"/{place.value}" for place in Place)}

    assert {rule.path for rule in RULES} - real - by_the_mount <= {
        "/_stcore/bidi-components/{path:path}"
    }


def test_files_are_sent_by_whoever_may_import() -> None:
    found = Table().find("/_stcore/upload_file/1f/2e", "PUT")

    assert found is not None
    assert found.rule.who is Capability.IMPORT
    assert found.parameters == {"session_id": "1f", "file_id": "2e"}


@pytest.mark.parametrize(
    ("path", "method"),
    [
        *(("/KPI", "GET"), ("/kpi/x", "GET"), ("/kpi", "POST"), ("/index.html", "GET")),
        *(("/_stcore/stream", "GET"), ("/_stcore/agent/mcp", "POST"), ("/media/a.csv", "GET")),
        *(("/manifest.json", "GET"), ("/", "PUT"), ("/session", "POST"), ("/static", "GET")),
    ],
)
def test_nothing_else_exists(path: str, method: str) -> None:
    assert Table().find(path, method) is None


def test_the_way_of_a_page_is_a_web_socket() -> None:
    assert Table().find("/_stcore/stream", WEBSOCKET)
