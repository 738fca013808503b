"""Every address of the running sample company, asked for by everybody who may come.

What is asked for comes from the application's own tables; what should be answered is written out
here by hand. An address or a page that is in one and not in the other fails.
"""

import re
from collections.abc import Iterator
from itertools import product, repeat, starmap

import pytest
from streamlit.runtime import Runtime
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from dashboard import downloads
from dashboard.access.access import Access
from dashboard.access.accounts import change_role
from dashboard.access.rights import Role
from dashboard.exports import TABLES
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.entry import Entry
from dashboard.gate.table import DEMO_RULES, WEBSOCKET, routes
from dashboard.jobs import running
from dashboard.jobs.local import Door
from dashboard.navigation import Place
from dashboard.server import pages
from dashboard.spreadsheets import Ending
from pipelines import workspace
from pipelines.settings import Settings
from tests.builders import by_hand
from tests.builders.company import OWNER, Company
from tests.builders.roles import (
    ZOE,
    Somebody,
    open_page,
    sample_running,
    socket,
)

pytestmark = pytest.mark.xdist_group("rights")

#: Who may open a page: owner, manager, salesperson, viewer.
PAGES = {
    **dict.fromkeys(
        ("meeting", "week", "mine", "kpi", "actions", "plan", "personal", "targets"), "OMS"
    ),
    **dict.fromkeys(("pacts", "experiments", "discipline", "pipeline", "gap_review"), "OMS"),
    **dict.fromkeys(("quarter_review", "next_quarter"), "OMS"),
    **dict.fromkeys(("entries", "imports", "choice", "start", "people", "settings", "jobs"), "OM"),
    **dict.fromkeys(("accounts", "safety", "audit"), "O"),
    **dict.fromkeys(("minutes", "decision", "reviews", "comparison", "account"), "OMSV"),
}
#: Who gets further than the gate, and how what is asked for below is answered then. "*": anybody.
ROUTES: dict[str, tuple[str, int | tuple[int, ...] | None]] = {
    "GET /": ("OMSV", 200),
    **{f"GET /{page}": (who, 200) for page, who in PAGES.items()},
    "GET /login": ("*", (200, 303)),
    "POST /login": ("*", 413),  # nothing was filled in
    "GET /link/{token}": ("*", 410),
    "POST /link/{token}": ("*", 410),
    "GET /calendar/{token}.ics": ("*", 404),  # nobody's
    "GET /login/style.css": ("*", 200),
    "GET /favicon.png": ("*", 200),
    "GET /favicon.ico": ("*", 200),
    "GET /_stcore/health": ("*", 200),
    "GET /login/with/{provider}": ("*", 404),
    "GET /login/back/{provider}": ("*", 404),
    "GET /login/leave": ("*", 303),
    "GET /download/{ticket}": ("OMSV", 404),
    "GET /session": ("OMSV", 200),
    "GET /_stcore/host-config": ("OMSV", 200),
    "PUT /_stcore/upload_file/{session_id}/{file_id}": ("OM", 404),  # nobody's page
    "DELETE /_stcore/upload_file/{session_id}/{file_id}": ("OM", 404),
    "GET /_stcore/bidi-components/{path:path}": ("OMSV", 404),
    "GET /static/{path:path}": ("OMSV", 404),
    "GET /scripts/{name}": ("OMSV", 404),
    # whoever takes part, if there is such a meeting and they are invited to it
    "GET /meeting/{meeting_id}/revision": ("OMS", (200, 403, 422)),
    "GET /meeting/{meeting_id}/state": ("OMS", (200, 403, 422)),
    "POST /meeting/{meeting_id}/do": ("OMS", 422),  # nothing was asked for
    # a program on this computer proves itself; what comes from a page is not even heard
    "GET /local/hello": ("*", 200),
    "POST /local/command": ("*", 404),
    "POST /local/cancel": ("*", 404),
    # asked below in tests of their own: one ends the session, the other is no request
    "POST /logout": ("*", None),
    "WEBSOCKET /_stcore/stream": ("OMSV", None),
}
#: What Streamlit would answer, and the gate does not let anybody reach.
CLOSED = {
    *("/_stcore/metrics", "/_stcore/script-health-check", "/media/{file_id:path}"),
    *("/component/{path:path}", "/auth/login", "/auth/logout", "/oauth2callback"),
    *("/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"),
    *("/{path:path}", "/_stcore/upload_file"),
}
#: Files to take away: the page that links to them, and who may have them. After ``#``: which of the
#: page's links it is.
FILES = {
    "weekly_pdf": ("reviews", "OMSV"),
    # everybody of the sample company was invited to its first meeting
    "minutes_pdf": ("minutes?meeting=1", "OMSV"),
    "minutes_md": ("minutes?meeting=1#1", "OMSV"),
    "minutes_ics": ("minutes?meeting=1#2", "OMSV"),
    "preparation_pdf": ("meeting", "OMS"),
    # the newest closed gap review and quarterly review
    "gap_review_pdf": ("reviews?meeting=16", "OMSV"),
    "gap_review_md": ("reviews?meeting=16#1", "OMSV"),
    "quarter_pdf": ("reviews?meeting=5", "OMSV"),
    "quarter_md": ("reviews?meeting=5#1", "OMSV"),
    "backup": ("safety", "O"),
    "audit_csv": ("audit", "O"),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
#: Headers that proxies and other programs say a name with.
FORGED = {
    "X-Forwarded-User": "owner",
    "X-Forwarded-Email": "owner@example.com",
    "X-Streamlit-User": "owner",
    "X-Auth-Request-User": "owner",
    "Remote-User": "owner",
    "X-Remote-User": "owner",
    "X-Forwarded-For": "127.0.0.1",
    "X-Original-URL": "/account",
    "X-Rewrite-URL": "/account",
    "X-HTTP-Method-Override": "GET",
    "Authorization": "Basic b3duZXI6b3duZXI=",
}
SELLS = "Geneviève Lavoie"
#: Pages of meetings, and what they lead back to: everybody of the sample company takes part in them.
AT_ONE_TABLE = {"", "week", "kpi", "meeting", "gap_review", "quarter_review", "decision"}
QUARTER = "kpi=sales_won&grain=quarter&period=2026-Q3&lang=en"
_GUESSES = re.compile(r"\{[^}]+\}")


Visitors = dict[str, Somebody]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, Visitors]]:
    with sample_running(tmp_path_factory.mktemp("rights")) as running_one:
        yield running_one


@pytest.fixture
def company(sample: tuple[Company, Visitors]) -> Company:
    return sample[0]


@pytest.fixture
def visitors(sample: tuple[Company, Visitors]) -> Visitors:
    return sample[1]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, bool]]:
    """Return every address and method of the application, and whether the gate lets it be."""
    made = workspace.create(tmp_path_factory.mktemp("table") / "company", Settings(company="Neuf"))
    before, Runtime._instance = Runtime._instance, None
    try:
        with Access.open(made) as access:
            door = Door("a token", made.staging)
            known = routes(pages(Entry(access, Doorstep()), door))
    finally:
        Runtime._instance = before
    return {(one.path, one.method, one.rule is not None) for one in known}


def expected(letter: str, method: str, path: str) -> set[int]:
    """Return what somebody may be answered."""
    as_get = method == "HEAD" and path != "/local/hello"
    known = ROUTES.get(f"{'GET' if as_get else method} {path}")
    if known is None:
        is_somewhere = any(name.partition(" ")[2] == path for name in ROUTES)
        return {405} if is_somewhere and path != "/_stcore/upload_file" else {404}
    who, status = known
    if who == "*" or (letter and letter in who):
        return set(status) if isinstance(status, tuple) else {status or 0}
    if letter:
        return {403}
    navigates = path.removeprefix("/") in PAGES or path in {"/", "/download/{ticket}"}
    return {303} if navigates else {401}


def concrete(path: str) -> str:
    """Return an address with guesses in the places of what nobody knows."""
    return _GUESSES.sub("1", path)


def paths(answered: set[tuple[str, str, bool]]) -> list[str]:
    return sorted({path for path, _, _ in answered} | {rule.path for rule in DEMO_RULES})


def files_of(tab: ClientConnection, where: str) -> list[str]:
    """Return the addresses of the files that a page links to, from the wanted one on."""
    address, _, number = where.partition("#")
    page, _, query = address.partition("?")
    return open_page(tab, page, f"lang=en&{query}").tickets[int(number or 0) :]


def other_deals(name: str) -> list[str]:
    """Return the CRM's numbers of the deals that colleagues won in the third quarter."""
    return [
        deal.number
        for deal in by_hand.deals().values()
        if deal.won
        and deal.owner != name
        and "2026-07" <= deal.closing.isoformat()[:7] <= "2026-09"
    ]


def test_every_address_has_an_expectation_and_every_expectation_an_address(
    answered: set[tuple[str, str, bool]],
) -> None:
    let_through = {
        f"{method} {path}" for path, method, passes in answered if passes and method != "HEAD"
    }

    assert let_through == set(ROUTES)
    assert {path for path, _, passes in answered if not passes} <= CLOSED | {
        name.partition(" ")[2] for name in ROUTES
    }
    assert {place.value for place in Place} == set(PAGES)
    # tables have tests of their own: test_rights_of_tables.py
    tables = {f"{name}_{ending}" for name in TABLES for ending in Ending}
    assert set(downloads._KINDS) == set(FILES) | tables


def test_every_address_answers_every_role_and_method_as_the_table_says(
    company: Company, visitors: Visitors, answered: set[tuple[str, str, bool]]
) -> None:
    asked, wrong = 0, []
    for path, method, somebody in product(paths(answered), METHODS, visitors.values()):
        if (method, path) == ("POST", "/logout"):
            continue
        answer = company.ask(method, concrete(path), cookie=somebody.cookie)
        asked += 1
        right = expected(somebody.letter, method, path)
        if answer.status not in right:
            wrong.append((method, path, somebody.name, answer.status, right))
        if answer.status == 303 and path not in {"/login", "/login/leave"}:
            assert answer.headers["location"].startswith("/login")

    print(f"\nroutes x methods x roles: {asked} over {len(paths(answered))} addresses")  # noqa: T201 - counted for the record
    assert not wrong


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "localhost.evil.example"}, 421),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_no_address_answers_what_a_page_of_another_host_sends(
    company: Company, visitors: Visitors, headers: dict[str, str], status: int
) -> None:
    wrong, asked = [], 0
    for name, somebody in product(ROUTES, visitors.values()):
        method, _, path = name.partition(" ")
        safe = method in {"GET", WEBSOCKET}
        if method == WEBSOCKET or path.startswith("/local") or (safe and status == 403):
            continue
        answer = company.ask(method, concrete(path), headers, cookie=somebody.cookie)
        asked += 1
        if answer.status != status:
            wrong.append((name, somebody.name, answer.status))
    assert asked >= 2 * len(visitors)
    assert not wrong


def test_a_header_that_names_somebody_changes_nothing(
    company: Company, visitors: Visitors, answered: set[tuple[str, str, bool]]
) -> None:
    for path, somebody in product(paths(answered), visitors.values()):
        if path in {"/login", "/local/hello"}:  # who is let in is led on; programs have no proxy
            continue
        answer = company.ask("GET", concrete(path), FORGED, cookie=somebody.cookie)
        assert answer.status in expected(somebody.letter, "GET", path), (path, somebody.name)


@pytest.mark.parametrize(
    "path",
    [
        *("/accounts/", "//accounts", "/./accounts", "/week/../accounts", "/%61ccounts"),
        *("/accounts%2f", "/accounts;x=1", "/accounts%00", "/ACCOUNTS", "/accounts.html"),
        *("/accounts/_stcore/health", "/static/../accounts", "/static/%2e%2e/access.sqlite"),
        *("/static/..%5caccess.sqlite", "/download/../safety", "/index.html", "/app.py"),
        *("/media/1.csv", "/component/a/b", "/_stcore/bidi-components/../../cap90.toml"),
        *("/.cap90-running.json", "/access.sqlite", "/cap90.duckdb", "/.streamlit/config.toml"),
    ],
)
def test_no_other_spelling_leads_anywhere(company: Company, visitors: Visitors, path: str) -> None:
    for somebody in visitors.values():
        assert company.ask("GET", path, cookie=somebody.cookie).status in {400, 401, 404}


def test_a_command_needs_the_secret_of_the_file_whoever_sends_it(
    company: Company, visitors: Visitors
) -> None:
    json = {"Content-Type": "application/json", "Origin": ""}
    for path, somebody in product(("/local/command", "/local/cancel"), visitors.values()):
        for bearer in ("", "Bearer ", "Bearer guess"):
            headers = {**json, "Authorization": bearer}
            answer = company.ask("POST", path, headers, form={}, cookie=somebody.cookie)
            assert answer.status == 401
        told = {**json, "Authorization": "Bearer guess", "X-Forwarded-For": "127.0.0.1"}
        assert company.ask("POST", path, told, form={}, cookie=somebody.cookie).status == 404
    assert company.ask("GET", running.HELLO, {"X-Forwarded-For": "::1"}).status == 404


def test_a_web_socket_opens_for_whoever_is_logged_in_and_from_our_own_pages_only(
    company: Company, visitors: Visitors
) -> None:
    def status(somebody: Somebody, **where: str) -> int:
        try:
            with socket(company, somebody.cookie, **where):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    for somebody in visitors.values():
        assert status(somebody) == (101 if somebody.letter else 401), somebody.name
        assert status(somebody, origin="https://evil.example") == 403
        assert status(somebody, origin=f"http://localhost.evil.example:{company.port}") == 403
        assert status(somebody, origin=f"http://localhost:{company.port + 1}") == 403
        assert status(somebody, origin="null") == 403
        assert status(somebody, host="evil.example") == 421


def test_logging_out_ends_the_session_of_whoever_does_it(
    company: Company, visitors: Visitors
) -> None:
    for somebody in visitors.values():
        cookie = company.cookie_of(somebody.account) if somebody.account else ""
        assert company.ask("POST", "/logout", cookie=cookie).status == 303
        assert company.ask("GET", "/session", cookie=cookie).status == 401
        if somebody.letter:  # the other session of the same person goes on
            assert company.ask("GET", "/session", cookie=somebody.cookie).status == 200


def test_every_page_opens_for_its_roles_and_leads_others_to_their_first_one(
    company: Company, visitors: Visitors
) -> None:
    opened, pairs = {}, 0
    for somebody in visitors.values():
        if not somebody.letter:
            continue
        first = "reviews" if somebody.letter == "V" else "week"
        menu = {page for page, who in PAGES.items() if somebody.letter in who}
        with socket(company, somebody.cookie) as tab:
            for page, who in PAGES.items():
                shown = open_page(tab, page, "lang=en")
                pairs += 1
                wanted = page if somebody.letter in who else first
                assert (shown.page or first) == wanted, (somebody.name, page)
                assert shown.pages - {""} == menu
                opened[somebody.name, page] = shown
    print(f"\npages x roles: {pairs}")  # noqa: T201 - counted for the record

    # accounts, and what became of them, are the owner's: others find no address but their own
    addresses = {name: one.account.email for name, one in visitors.items() if one.account}
    assert all(opened["owner", "accounts"].says(email) for email in addresses.values())
    for (name, page), shown in opened.items():
        if name != "owner":
            others = {email for whose, email in addresses.items() if whose != name}
            assert not [email for email in others if shown.says(email)], (name, page)


def test_a_salesperson_is_sent_no_row_of_a_colleague_whatever_they_ask_for(
    company: Company, visitors: Visitors
) -> None:
    hidden = other_deals(ZOE)
    assert len(hidden) > 20

    with socket(company, visitors["owner"].cookie) as tab:
        everything = open_page(tab, "kpi", QUARTER)
    seen = [name for name in hidden if everything.says(name)]
    assert len(seen) > 20  # the owner reads them, so the test would find them

    with socket(company, visitors[ZOE].cookie) as tab:
        for page, query in product(PAGES, ("", QUARTER, f"{QUARTER}&person={SELLS}")):
            shown = open_page(tab, page, query)
            assert not [name for name in hidden if shown.says(name)], (page, query)
            # in a meeting people sit at one table
            assert not shown.says(SELLS) or page in AT_ONE_TABLE, (page, query)


def test_a_tab_that_stays_open_follows_the_role(company: Company, visitors: Visitors) -> None:
    hidden = other_deals(ZOE)
    person = visitors[ZOE].account
    assert person is not None
    account = company.join("Changing", Role.MANAGER)
    with socket(company, company.cookie_of(account)) as tab:
        assert open_page(tab, "people").page == "people"
        before = open_page(tab, "kpi", QUARTER)
        assert [name for name in hidden if before.says(name)]

        change_role(company.access, OWNER, account.account_id, Role.SALESPERSON, account.version)

        again = open_page(tab, "kpi", QUARTER)
        assert again.page == "kpi"
        assert not [name for name in hidden if again.says(name)]
        assert open_page(tab, "people").page == ""
        assert "people" not in again.pages


def test_what_is_sent_after_logging_out_is_not_even_read(
    company: Company, visitors: Visitors
) -> None:
    cookie = company.cookie_of(visitors["manager"].account)  # type: ignore[arg-type]  # has one
    with socket(company, cookie) as tab:
        assert open_page(tab, "people").page == "people"
        company.ask("POST", "/logout", cookie=cookie)

        with pytest.raises(ConnectionClosed):  # what was on its way may still come before
            list(starmap(open_page, repeat((tab, "people"), 9)))


def test_a_file_is_for_the_session_whose_page_linked_to_it(
    company: Company, visitors: Visitors
) -> None:
    asked = 0
    for page, who in FILES.values():
        for owner in visitors.values():
            if not owner.letter:
                continue
            with socket(company, owner.cookie) as tab:
                tickets = files_of(tab, page)
            if owner.letter not in who:  # their first page, with the files of that one
                assert len(tickets) <= 30
                continue
            assert tickets
            elsewhere = company.cookie_of(owner.account)  # type: ignore[arg-type]  # has one
            assert company.ask("GET", tickets[0], cookie=elsewhere).status == 404
            for somebody in visitors.values():
                status = company.ask("GET", tickets[0], cookie=somebody.cookie).status
                right = 200 if somebody is owner else 404 if somebody.letter else 303
                assert status == right, (page, owner.name, somebody.name)
                asked += 1
    print(f"\nfiles x owners x visitors: {asked}")  # noqa: T201 - counted for the record


def test_a_link_to_a_file_is_worth_nothing_once_the_role_does_not_include_it(
    company: Company,
) -> None:
    account = company.join("Second owner")
    cookie = company.cookie_of(account)
    with socket(company, cookie) as tab:
        links = {page: files_of(tab, page)[0] for page, who in FILES.values()}
    assert {company.ask("GET", link, cookie=cookie).status for link in links.values()} == {200}

    change_role(company.access, OWNER, account.account_id, Role.VIEWER, account.version)

    statuses = {
        page: company.ask("GET", link, cookie=cookie).status for page, link in links.items()
    }
    # another role is another login session to whatever was handed out
    assert statuses["safety"] == statuses["audit"] == 404
    assert statuses["reviews"] in {200, 404}
