"""Logging in with a provider over HTTP, through the gate: what browsers get, keep and are told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import session
from dashboard.access.access import Access
from dashboard.access.accounts import State, add_account, disable, get_account
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.access.wanted import ANYTHING
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.entry import Entry
from dashboard.gate.middleware import Gate
from dashboard.gate.oidc.routes import Providers, secret_variable
from pipelines import workspace
from pipelines.context import open_context
from pipelines.settings import Login, Settings
from tests.builders.oidc import ISSUER, NOON, SECRET, FakeProvider

OWNER = Visitor("Louise Gagnon", Role.OWNER)
ZOE = "zoe.cote@atelier-neuf.example"
HERE = "http://localhost:8501"
PUBLIC = "https://kpi.example"


@dataclass
class House:
    """A company behind its gate, with one provider and one invited person."""

    access: Access
    provider: FakeProvider
    zoe: int
    asgi: Any
    base: str

    def browser(self) -> TestClient:
        """Return a browser that nobody has used before."""
        return TestClient(
            self.asgi,
            base_url=self.base,
            follow_redirects=False,
            client=("127.0.0.1", 50000),
            headers={"accept-language": "en", "user-agent": "a browser"},
        )

    def audit(self) -> list[tuple[str, Any]]:
        """Return what the trail says, newest first."""
        return [(entry.what, entry.after) for entry in self.access.audit.entries(ANYTHING)]


@contextmanager
def house(
    folder: Path, monkeypatch: pytest.MonkeyPatch, public: str | None = None, **provider: Any
) -> Iterator[House]:
    monkeypatch.setattr("pipelines.clock.now", lambda: NOON.replace(tzinfo=None))
    monkeypatch.setenv("CAP90_OIDC_SECRET_EXAMPLE", SECRET)
    fake = FakeProvider(**provider)
    settings = Settings(company="Atelier Neuf", login=Login(providers={"example": fake.settings}))
    made = workspace.create(folder / "company", settings)
    with open_context(made.root) as context, Access.open(context.workspace) as access:
        zoe = add_account(access, OWNER, email=ZOE, name="Zoé Côté", role=Role.SALESPERSON)
        add_account(access, OWNER, email="louise@a.example", name="Louise", role=Role.OWNER)
        monkeypatch.setattr(
            "dashboard.gate.entry.Providers",
            lambda access, step: Providers(access, step, fake.transport.under),
        )
        session.use(context, lambda: None, access)
        step = Doorstep.at(public)

        async def week(_request: Request) -> PlainTextResponse:
            return PlainTextResponse(f"{session.visitor().name}'s week")

        routes = [*Entry(access, step).routes(), Route("/", week), Route("/week", week)]
        asgi = Gate(Starlette(routes=routes), access.sessions, step)
        try:
            yield House(access, fake, zoe.account_id, asgi, public or HERE)
        finally:
            session.leave()


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with house(tmp_path, monkeypatch) as found:
        yield found


def come_back(
    company: House, browser: TestClient, start: str = "/login/with/example"
) -> tuple[str, Response]:
    """Log in at the provider; return the address it sends the browser to, and what is there."""
    sent = browser.get(start)
    assert sent.status_code == 303, sent.text
    answer = company.provider.authorise(sent.headers["location"])
    there = f"/login/back/example?code={answer['code']}&state={answer['state']}"
    return there, browser.get(there)


def reason(company: House) -> str:
    what, after = company.audit()[0]
    assert what == "login.failed"
    return str(after["wrong"])


def test_an_invited_person_is_let_in_and_is_that_person_from_then_on(company: House) -> None:
    browser = company.browser()

    _, answer = come_back(company, browser)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/").text == "Zoé Côté's week"
    assert get_account(company.access, company.zoe).state is State.ACTIVE
    assert ("login.done", {"how": ISSUER, "address": "127.0.0.1"}) in company.audit()

    # the address may change hands: whom it belonged to keeps the account, and nobody else gets it
    company.provider.said = {"email": "new@a.example"}
    assert come_back(company, company.browser())[1].status_code == 303
    company.provider.said = {"sub": "somebody else"}
    assert come_back(company, company.browser())[1].status_code == 403


def test_the_login_page_has_a_button_for_the_provider_and_keeps_where_somebody_wanted_to_go(
    company: House,
) -> None:
    browser = company.browser()
    asked = browser.get("/week?lang=fr_CA&kpi=sales_won")
    page = browser.get(asked.headers["location"]).text

    start = page.partition('<a class="choice" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert start.startswith("/login/with/example?")
    _, answer = come_back(company, browser, start)

    assert answer.headers["location"] == "/week?lang=fr_CA&kpi=sales_won"


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_login_leads_to_no_page_of_somebody_else(company: House, next_page: str) -> None:
    start = f"/login/with/example?next={next_page}"

    assert come_back(company, company.browser(), start)[1].headers["location"] == "/"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_page_of_somebody_else_begins_a_login(company: House, site: str) -> None:
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

    answer = company.browser().get("/login/with/example", headers=said)

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert "set-cookie" not in answer.headers


def test_the_cookie_of_an_attempt_is_out_of_reach_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house(tmp_path, monkeypatch, PUBLIC) as company:
        browser = company.browser()

        sent = browser.get("/login/with/example")
        (kept,) = SimpleCookie(sent.headers["set-cookie"]).values()
        _, answer = come_back(company, browser)

    assert kept.key == "__Host-cap90_attempt"
    assert (kept["httponly"], kept["secure"], kept["samesite"]) == (True, True, "lax")
    assert (kept["path"], kept["max-age"], kept["domain"]) == ("/", "600", "")
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{PUBLIC}/login/back/example"]
    assert "__Host-cap90_attempt" not in browser.cookies
    assert "__Host-cap90_session" in browser.cookies
    assert "no-store" in answer.headers["cache-control"]


def test_the_address_somebody_comes_back_with_works_once_and_in_their_browser_alone(
    company: House,
) -> None:
    browser, thief = company.browser(), company.browser()
    sent = browser.get("/login/with/example")
    answer = company.provider.authorise(sent.headers["location"])
    there = f"/login/back/example?code=x&state={answer['state']}"

    thief.get("/login/with/example")
    stolen = thief.get(there)
    assert stolen.status_code == 403
    assert "was not started in this browser" in stolen.text
    assert reason(company) == "not_started_here"
    assert company.provider.forms == []  # the code was not even tried

    assert browser.get(there).status_code == 303
    replayed = browser.get(there)
    assert replayed.status_code == 403
    assert "was used already" in replayed.text
    assert reason(company) == "replayed"
    assert len(company.provider.forms) == 1
    assert browser.get("/").text == "Zoé Côté's week"  # who is in stays in


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=forged", "?error=access_denied"])
def test_a_forged_answer_leaves_alone_what_a_browser_has_begun(company: House, query: str) -> None:
    browser = company.browser()
    sent = browser.get("/login/with/example")

    assert browser.get(f"/login/back/example{query}").status_code == 403
    assert reason(company) == "not_started_here"

    answer = company.provider.authorise(sent.headers["location"])
    assert browser.get(f"/login/back/example?code=x&state={answer['state']}").status_code == 303


def test_a_login_that_took_too_long_starts_again(
    company: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = company.browser()
    sent = browser.get("/login/with/example")
    answer = company.provider.authorise(sent.headers["location"])

    late = (NOON + timedelta(minutes=11)).replace(tzinfo=None)
    monkeypatch.setattr("pipelines.clock.now", lambda: late)
    page = browser.get(f"/login/back/example?code=x&state={answer['state']}")

    assert page.status_code == 403
    assert "took longer than ten minutes" in page.text
    assert "Start again from the login page." in page.text
    assert reason(company) == "expired"


def _break(*paths: str) -> Callable[[FakeProvider], None]:
    return lambda provider: provider.broken.update(paths)


def _say(**said: Any) -> Callable[[FakeProvider], None]:
    return lambda provider: provider.said.update(said)


@pytest.mark.parametrize(
    ("breaks", "status", "says", "noted"),
    [
        (_break("/token"), 502, "Example does not answer.", "unreachable"),
        (_say(nonce="another"), 403, "The answer of Example cannot be trusted.", "untrusted"),
        (_say(aud="another"), 403, "The answer of Example cannot be trusted.", "untrusted"),
        (_say(iat=int(NOON.timestamp()) + 3600), 403, "do not agree", "clock"),
        (_say(email_verified=False), 403, "does not vouch for your e-mail", "not_vouched"),
    ],
)
def test_whatever_goes_wrong_is_a_sentence_and_an_entry_and_logs_nobody_in(
    company: House,
    breaks: Callable[[FakeProvider], None],
    status: int,
    says: str,
    noted: str,
) -> None:
    breaks(company.provider)
    browser = company.browser()

    there, page = come_back(company, browser)

    assert page.status_code == status
    assert says in page.text
    assert '<a href="/login?lang=en">' in page.text
    assert reason(company) == noted
    assert "cap90_session" not in browser.cookies
    assert browser.get("/").headers["location"] == "/login"
    code_and_state = parse_qs(urlsplit(there).query)
    everything = page.text + repr(company.audit())
    assert not any(secret in everything for (secret,) in code_and_state.values())
    assert SECRET not in everything
    assert "eyJ" not in everything  # how every token begins


def test_a_provider_that_is_away_is_told_before_anybody_leaves(company: House) -> None:
    company.provider.broken.add("/.well-known/openid-configuration")

    page = company.browser().get("/login/with/example", headers={"accept-language": "fr-CA"})

    assert page.status_code == 502
    assert "Example ne répond pas." in page.text
    assert reason(company) == "unreachable"


def test_somebody_who_changed_their_mind_is_not_told_off(company: House) -> None:
    browser = company.browser()
    sent = browser.get("/login/with/example")
    state = company.provider.authorise(sent.headers["location"])["state"]

    page = browser.get(f"/login/back/example?error=access_denied&state={state}")

    assert page.status_code == 403
    assert "You did not finish logging in with Example." in page.text
    assert reason(company) == "cancelled"


def test_a_stranger_is_told_whom_to_ask_and_gets_no_account(company: House) -> None:
    company.provider.said = {"sub": "stranger", "email": "stranger@a.example"}

    _, page = come_back(company, company.browser())

    assert page.status_code == 403
    assert "Ask an owner of Cap 90 to invite you" in page.text
    assert company.audit()[0][0] == "login.failed"


def test_a_disabled_person_is_not_let_in(company: House) -> None:
    come_back(company, company.browser())
    seen = get_account(company.access, company.zoe)
    disable(company.access, OWNER, company.zoe, seen.version)

    assert come_back(company, company.browser())[1].status_code == 403


@pytest.mark.parametrize("path", ["/login/with/other", "/login/back/other?code=x&state=y"])
def test_a_provider_that_nobody_set_up_is_not_there(company: House, path: str) -> None:
    page = company.browser().get(path)

    assert page.status_code == 404
    assert "There is no login of this name." in page.text


def test_a_second_login_ends_the_session_before_it(company: House) -> None:
    browser = company.browser()
    come_back(company, browser)
    first = browser.cookies["cap90_session"]

    come_back(company, browser)

    assert browser.cookies["cap90_session"] != first
    assert company.access.sessions.find(first, active=False) is None


def log_out(browser: TestClient) -> Response:
    headers = {"origin": HERE, "sec-fetch-site": "same-origin"}
    answer: Response = browser.post("/logout", headers=headers)
    return answer


def test_who_logs_out_may_leave_the_provider_too_once(company: House) -> None:
    browser = company.browser()
    come_back(company, browser)

    out = log_out(browser)
    page = browser.get(out.headers["location"]).text
    assert "Log out of Example as well" in page
    assert "eyJ" not in page + repr(dict(browser.cookies)) + str(out.headers)
    left = browser.get("/login/leave?lang=en")

    address = urlsplit(left.headers["location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ISSUER}/leave"
    query = parse_qs(address.query)
    assert query["post_logout_redirect_uri"] == [f"{HERE}/login"]
    assert query["id_token_hint"][0].startswith("eyJ")
    assert browser.get("/login/leave").headers["location"] == "/login"
    assert "as well" not in browser.get("/login").text


def test_the_offer_to_leave_ends_after_ten_minutes(
    company: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = company.browser()
    come_back(company, browser)
    log_out(browser)

    late = (NOON + timedelta(minutes=10)).replace(tzinfo=None)
    monkeypatch.setattr("pipelines.clock.now", lambda: late)

    assert "as well" not in browser.get("/login").text
    assert browser.get("/login/leave").headers["location"] == "/login"


def test_nonsense_does_not_fill_the_audit_trail(company: House) -> None:
    browser = company.browser()
    before = len(company.audit())

    for number in range(45):
        browser.get(f"/login/back/example?state=forged{number}")

    assert company.access.audit.count() - before == 30


@pytest.mark.parametrize(
    ("key", "variable"),
    [
        ("microsoft", "CAP90_OIDC_SECRET_MICROSOFT"),
        ("my-company", "CAP90_OIDC_SECRET_MY_COMPANY"),
    ],
)
def test_the_secret_of_a_provider_has_its_own_variable(key: str, variable: str) -> None:
    assert secret_variable(key) == variable
