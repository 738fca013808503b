"""The gate over real HTTP, in front of the pages as ``cap90 run`` serves them."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access import links
from dashboard.access.accounts import change_role, disable
from dashboard.access.login import log_out
from dashboard.access.rights import Role
from tests.builders.company import OWNER, PASSWORD, Company, company_running

pytestmark = pytest.mark.xdist_group("gate")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with company_running(tmp_path_factory.mktemp("gate")) as running:
        # the first owner stays: nobody below is the last one
        running.join("Louise Gagnon")
        yield running


def socket(company: Company, cookie: str, *protocols: str, origin: str = "") -> ClientConnection:
    return connect(
        f"ws://localhost:{company.port}/_stcore/stream",
        origin=Origin(origin or company.address),
        additional_headers={"Cookie": cookie},
        subprotocols=[Subprotocol(name) for name in ("streamlit", *protocols)],
    )


def session_of(page: ClientConnection) -> str:
    """Return which of its sessions Streamlit gives to a page, once the page has been drawn."""
    page.send(BackMsg(rerun_script=ClientState(query_string="")).SerializeToString())
    given = ""
    while True:
        message = ForwardMsg()
        data = page.recv(timeout=60)
        assert isinstance(data, bytes)
        message.ParseFromString(data)
        match message.WhichOneof("type"):
            case "new_session":
                given = message.new_session.initialize.session_id
            case "script_finished" if given:  # and not that of what was drawn before
                return given


def read_to_the_end(page: ClientConnection) -> None:
    while True:
        page.recv(timeout=5)


# the way in


def test_a_password_opens_the_page_that_was_asked_for(company: Company) -> None:
    account = company.join("Zoé Côté")
    asked = company.ask("GET", "/kpi?kpi=win_rate&lang=fr")
    assert (asked.status, asked.headers["location"]) == (
        303,
        "/login?next=/kpi%3Fkpi%3Dwin_rate%26lang%3Dfr",
    )

    form = {"email": account.email.upper(), "password": PASSWORD}
    entered = company.ask("POST", asked.headers["location"], form=form)

    assert (entered.status, entered.headers["location"]) == (303, "/kpi?kpi=win_rate&lang=fr")
    set_cookie = entered.headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(set_cookie.split("; "))
    assert company.ask("GET", "/kpi", cookie=entered.cookie).status == 200


@pytest.mark.parametrize(
    "target",
    [
        *("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"),
        *("/\t/evil.example", "evil.example", "/login?next=/kpi", "/logout"),
    ],
)
def test_after_the_login_nobody_is_led_elsewhere(company: Company, target: str) -> None:
    account = company.join("Zoé Côté")
    form = {"email": account.email, "password": PASSWORD}

    entered = company.ask("POST", f"/login?next={quote(target)}", form=form)

    assert (entered.status, entered.headers["location"]) == (303, "/")


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(company: Company) -> None:
    account = company.join("Zoé Côté")

    wrong = company.log_in(account, "not the password")
    unknown = company.ask(
        "POST", "/login", form={"email": "nobody@atelier.example", "password": "x" * 16}
    )

    assert wrong.status == unknown.status == 401
    assert wrong.cookie == unknown.cookie == ""
    assert "The e-mail address or the password is not right." in wrong.page
    assert wrong.page.replace(account.email, "") == unknown.page.replace(
        "nobody@atelier.example", ""
    )
    assert "not the password" not in wrong.page


def test_what_somebody_typed_is_text_on_the_page_and_nothing_else(company: Company) -> None:
    form = {"email": '"><script>alert(1)</script>', "password": "x" * 12}

    page = company.ask("POST", "/login", form=form).page

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_logging_in_makes_a_new_session_and_ends_the_one_before(company: Company) -> None:
    account = company.join("Zoé Côté")
    first = company.log_in(account).cookie
    form = {"email": account.email, "password": PASSWORD}

    second = company.ask("POST", "/login", form=form, cookie=first).cookie

    assert second != first
    assert company.ask("GET", "/session", cookie=first).status == 401
    assert company.ask("GET", "/session", cookie=second).status == 200


def test_a_session_that_somebody_made_up_is_none(company: Company) -> None:
    account = company.join("Zoé Côté")
    form = {"email": account.email, "password": PASSWORD}

    entered = company.ask("POST", "/login", form=form, cookie=f"{company.cookie_name}=chosen-by-me")

    assert "chosen-by-me" not in entered.cookie
    assert (
        company.ask("GET", "/session", cookie=f"{company.cookie_name}=chosen-by-me").status == 401
    )


@pytest.mark.parametrize("accepted", ["fr-FR", "en-CA", "de"])
def test_the_way_in_is_in_the_readers_language(company: Company, accepted: str) -> None:
    page = company.ask("GET", "/login", {"Accept-Language": accepted}).page

    expected = "Se connecter" if accepted.startswith("fr") else "Log in"
    assert f"<h1>{expected}</h1>" in page


# what must not pass


def refused_everywhere(company: Company, cookie: str) -> None:
    upload = "/_stcore/upload_file/0f/1e"
    for path in ("/", "/kpi", "/download/ticket"):
        assert company.ask("GET", path, cookie=cookie).status == 303
    for path in ("/session", "/_stcore/host-config", "/static/js/index.js"):
        assert company.ask("GET", path, cookie=cookie).status == 401
    assert company.ask("PUT", upload, form={}, cookie=cookie).status == 401
    assert company.ask("GET", "/media/0f.csv", cookie=cookie).status == 404
    with pytest.raises(InvalidStatus) as refused, socket(company, cookie):
        pass
    assert refused.value.response.status_code == 401


def test_without_a_login_nothing_is_answered(company: Company) -> None:
    refused_everywhere(company, "")


def test_a_copied_cookie_is_worth_nothing_after_logging_out(company: Company) -> None:
    copied = company.log_in(company.join("Zoé Côté")).cookie
    assert company.ask("GET", "/", cookie=copied).status == 200

    left = company.ask("POST", "/logout", form={}, cookie=copied)

    assert (left.status, left.headers["location"]) == (303, "/login")
    assert f'{company.cookie_name}=""' in left.headers["set-cookie"]
    refused_everywhere(company, copied)


def test_an_open_socket_ends_at_once_with_its_session(company: Company) -> None:
    account = company.join("Zoé Côté")
    cookie = company.cookie_of(account)

    with socket(company, cookie) as page:
        session_of(page)
        company.ask("POST", "/logout", form={}, cookie=cookie)

        with pytest.raises(ConnectionClosed) as closed:
            read_to_the_end(page)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


def test_a_disabled_account_is_out_with_all_its_sockets(company: Company) -> None:
    account = company.join("Zoé Côté")
    cookie = company.cookie_of(account)

    with socket(company, cookie) as page:
        session_of(page)
        disable(company.access, OWNER, account.account_id, account.version)

        with pytest.raises(ConnectionClosed):
            read_to_the_end(page)

    refused_everywhere(company, cookie)


def test_a_page_that_a_role_does_not_include_is_refused_from_the_next_request_on(
    company: Company,
) -> None:
    account = company.join("Zoé Côté", Role.MANAGER)
    cookie = company.cookie_of(account)
    assert company.ask("GET", "/people", cookie=cookie).status == 200
    before = company.ask("GET", "/session", cookie=cookie).body

    change_role(company.access, OWNER, account.account_id, Role.VIEWER, account.version)

    refused = company.ask("GET", "/people", cookie=cookie)
    assert refused.status == 403
    assert "Your account does not include this page." in refused.page
    assert company.ask("PUT", "/_stcore/upload_file/0f/1e", form={}, cookie=cookie).status == 403
    assert company.ask("GET", "/session", cookie=cookie).body != before


@pytest.mark.parametrize(
    "header",
    [
        *("X-Forwarded-User", "Remote-User", "X-Remote-User", "X-Streamlit-User"),
        *("X-Auth-Request-Email", "X-Forwarded-For", "Authorization"),
    ],
)
def test_a_header_lets_nobody_in(company: Company, header: str) -> None:
    assert company.ask("GET", "/kpi", {header: "louise"}).status == 303


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:80", "192.168.1.7", "", "localhost:1@evil"]
)
def test_under_a_foreign_name_nothing_is_answered(company: Company, host: str) -> None:
    cookie = company.cookie_of(company.join("Zoé Côté"))

    assert company.ask("GET", "/", {"Host": host}, cookie=cookie).status in {400, 421}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://localhost:1"])
def test_pages_of_others_neither_log_out_nor_open_a_socket(company: Company, origin: str) -> None:
    cookie = company.cookie_of(company.join("Zoé Côté"))

    refused = company.ask("POST", "/logout", {"Origin": origin}, form={}, cookie=cookie)

    assert refused.status == 403
    assert company.ask("GET", "/session", cookie=cookie).status == 200
    if origin:
        with pytest.raises(InvalidStatus) as closed, socket(company, cookie, origin=origin):
            pass
        assert closed.value.response.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("GET", "/nothing", 404), ("GET", "/KPI", 404), ("GET", "/media/a", 404)),
        *(("GET", "/_stcore/metrics", 404), ("GET", "/_stcore/agent/openapi.json", 404)),
        *(("POST", "/_stcore/agent/interact", 404), ("GET", "/auth/login", 404)),
        *(("GET", "/_stcore/script-health-check", 404), ("GET", "/component/x/y", 404)),
        *(("POST", "/kpi", 405), ("DELETE", "/", 405), ("GET", "/logout", 405)),
        *(("OPTIONS", "/", 405), ("TRACE", "/kpi", 405), ("GET", "/_stcore/stream", 405)),
        *(("GET", "//kpi", 400), ("GET", "/static/%2e%2e/x", 400), ("GET", "/kpi/", 400)),
        *(("GET", "/static/../kpi", 400), ("GET", "/%6bpi", 400), ("GET", "/kpi%00", 400)),
    ],
)
def test_what_is_not_in_the_table_is_not_there(
    company: Company, method: str, path: str, status: int
) -> None:
    cookie = company.cookie_of(company.join("Zoé Côté"))

    assert company.ask(method, path, cookie=cookie).status == status


def test_a_form_is_small_and_a_form(company: Company) -> None:
    long = {"email": "a" * 20_000, "password": "x"}

    assert company.ask("POST", "/login", form=long).status == 413
    as_json = {"Content-Type": "application/json"}
    assert company.ask("POST", "/login", as_json, form={"email": "a"}).status == 415


# one login session and another


def test_nobody_comes_back_to_what_somebody_else_had_on_the_screen(company: Company) -> None:
    mine = company.cookie_of(company.join("Zoé Côté"))
    theirs = company.cookie_of(company.join("Marc-André Bélanger"))
    with socket(company, theirs) as page:
        known = session_of(page)

    with socket(company, mine, "token", known) as page:
        given = session_of(page)
    with socket(company, theirs, "token", known) as page:
        back = session_of(page)

    assert given != known
    assert back == known  # their own page does come back


def test_a_file_is_sent_to_ones_own_page_only(company: Company) -> None:
    mine = company.cookie_of(company.join("Zoé Côté"))
    theirs = company.cookie_of(company.join("Marc-André Bélanger"))
    with socket(company, theirs) as page:
        path = f"/_stcore/upload_file/{session_of(page)}/file"

        assert company.ask("PUT", path, form={}, cookie=mine).status == 404
        # their own gets as far as Streamlit, which misses its token
        assert company.ask("PUT", path, form={}, cookie=theirs).status in {400, 403}


# what every answer says


@pytest.mark.parametrize("path", ["/", "/login", "/nothing", "/session", "/static/js/none.js"])
def test_every_answer_tells_the_browser_to_be_careful(company: Company, path: str) -> None:
    cookie = company.cookie_of(company.join("Zoé Côté")) if path != "/login" else ""

    headers = company.ask("GET", path, cookie=cookie).headers

    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";")
    )
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy.get("object-src", policy["default-src"]) == "'none'"
    assert headers["access-control-allow-origin"] is None
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.get("script-src", "")
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["server"] is None
    assert headers["strict-transport-security"] is None


def test_the_pages_before_the_login_have_no_scripts_at_all(company: Company) -> None:
    answer = company.ask("GET", "/login")

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.page


def test_logging_out_twice_is_no_mistake(company: Company) -> None:
    account = company.join("Zoé Côté")
    cookie = company.cookie_of(account)
    log_out(company.access, cookie.partition("=")[2])

    assert company.ask("POST", "/logout", form={}, cookie=cookie).headers["location"] == "/login"


@pytest.mark.parametrize(
    "path", ["/", "/login", "/login/style.css", "/nothing", "/session", "/static/js/none.js"]
)
def test_every_text_says_how_it_is_written(company: Company, path: str) -> None:
    cookie = company.cookie_of(company.join("Zoé Côté")) if path != "/login" else ""

    kind = company.ask("GET", path, cookie=cookie).headers["content-type"]

    assert kind == "application/json" or kind.endswith("; charset=utf-8")


def test_a_password_is_masked_and_may_be_filled_in_by_a_program(company: Company) -> None:
    account = company.join("Zoé Côté")
    link = links.path_of(links.invite(company.access, OWNER, account.account_id))

    for path, kind, count in (("/login", "current-password", 1), (link, "new-password", 2)):
        page = company.ask("GET", path).page
        fields = [tag for tag in re.findall(r"<input[^>]*>", page) if "password" in tag]
        assert len(fields) == count
        for tag in fields:
            assert 'type="password"' in tag
            assert f'autocomplete="{kind}"' in tag
            assert "onpaste" not in tag


def test_of_a_field_that_is_sent_twice_the_first_counts(company: Company) -> None:
    account = company.join("Zoé Côté")
    form = [("email", account.email), ("password", PASSWORD), ("email", "somebody@else.example")]

    entered = company.ask("POST", "/login", form=form)

    assert entered.status == 303


@pytest.mark.parametrize(
    ("origin", "status"), [("", 204), ("http://evil.example", 403), ("null", 403)]
)
def test_a_file_arrives_from_our_own_pages_only(company: Company, origin: str, status: int) -> None:
    cookie = company.cookie_of(company.join("Zoé Côté"))
    body = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\na;b\r\n--line--\r\n"
    )
    sent = {
        "Content-Type": "multipart/form-data; boundary=line",
        "Cookie": cookie,
        "Origin": origin or company.address,
    }
    with socket(company, cookie) as page:
        path = f"/_stcore/upload_file/{session_of(page)}/file"
        connection = HTTPConnection("localhost", company.port, timeout=60)
        connection.request("PUT", path, body, sent)

        assert connection.getresponse().status == status
        connection.close()


def test_two_companies_on_one_computer_do_not_log_each_other_out(
    company: Company, tmp_path: Path
) -> None:
    here = company.log_in(company.join("Anne Roy")).cookie
    with company_running(tmp_path) as other:
        there = other.log_in(other.join("Anne Roy")).cookie
        both = f"{here}; {there}"  # as a browser sends them: it knows no ports

        assert company.ask("GET", "/session", cookie=both).status == 200
        assert other.ask("GET", "/session", cookie=both).status == 200
        other.ask("POST", "/logout", form={}, cookie=both)
        assert other.ask("GET", "/session", cookie=both).status == 401
        assert company.ask("GET", "/session", cookie=both).status == 200
