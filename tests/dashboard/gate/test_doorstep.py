"""Whether a request is meant for us at all, before anybody asks who it is from."""

import pytest
from starlette.datastructures import Headers
from starlette.types import Scope

from dashboard.gate.doorstep import Doorstep, clean_path, stripped
from pipelines.errors import Refused

HERE = Doorstep()
PUBLIC = Doorstep.at("https://kpi.example.com")


def scope(path: str = "/", peer: str = "127.0.0.1", **headers: str) -> Scope:
    return {
        "type": "http",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "client": (peer, 50000),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }


def asked(**headers: str) -> Headers:
    return Headers({name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    "path",
    ["/", "/kpi", "/static/js/index.DormvYxC.js", "/download/eyJ-.a_b~", "/_stcore/health"],
)
def test_ordinary_addresses_pass(path: str) -> None:
    assert clean_path(scope(path))


@pytest.mark.parametrize(
    "path",
    [
        *("//kpi", "/kpi/", "/kpi//x", "/./kpi", "/kpi/..", "/../etc/passwd", "/static/../kpi"),
        *("/%2e%2e/kpi", "/kpi%2f", "/static%2Fjs", "/kpi%00", "/kp%69", "/kpi;x", "/kpi\\x"),
        *("kpi", "", "/kpi x", "/kpi\n", "/é", "/kpi?x", "http://localhost/kpi"),
    ],
)
def test_an_address_has_one_spelling_only(path: str) -> None:
    assert not clean_path(scope(path))


@pytest.mark.parametrize("host", ["localhost", "localhost:8590", "127.0.0.1:1", "[::1]:8590"])
def test_this_computer_has_three_names(host: str) -> None:
    assert HERE.serves(scope(), host)


@pytest.mark.parametrize(
    "host",
    [
        *(None, "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example"),
        *(
            "localhost:8590:1",
            "localhost@evil.example",
            "kpi.example.com",
            "10.0.0.8",
            "192.168.1.7",
        ),
    ],
)
def test_a_name_that_somebody_else_gave_this_computer_is_not_ours(host: str | None) -> None:
    assert not HERE.serves(scope(), host)


def test_a_declared_name_is_ours_and_loopback_names_count_on_this_computer_only() -> None:
    assert PUBLIC.serves(scope(peer="10.0.0.8"), "kpi.example.com")
    assert PUBLIC.serves(scope(), "localhost:8590")
    assert not PUBLIC.serves(scope(peer="10.0.0.8"), "localhost:8590")
    assert not PUBLIC.serves(scope(), "example.com")


@pytest.mark.parametrize(
    "url",
    [
        *("http://kpi.example.com", "kpi.example.com", "https://", "https://a b", "ftp://x"),
        *("https://kpi.example.com/cap90", "https://u:p@kpi.example.com", "https://x?y"),
    ],
)
def test_a_public_address_is_https_and_a_name(url: str) -> None:
    with pytest.raises(Refused, match="is not an address that the pages can have"):
        Doorstep.at(url)


def test_requests_that_change_something_come_from_our_own_pages() -> None:
    assert HERE.comes_from_us(asked(host="localhost:8590", origin="http://localhost:8590"))
    assert PUBLIC.comes_from_us(asked(host="kpi.example.com", origin="https://kpi.example.com"))


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        (None, None),
        ("null", None),
        ("http://localhost:8591", None),  # another program on this computer
        ("https://localhost:8590", None),
        ("http://evil.example", None),
        ("http://localhost:8590.evil.example", None),
        ("http://localhost:8590", "cross-site"),
        ("http://localhost:8590", "same-site"),
    ],
)
def test_pages_of_others_change_nothing(origin: str | None, site: str | None) -> None:
    said = {"host": "localhost:8590", "origin": origin, "sec-fetch-site": site}
    headers = Headers({name: value for name, value in said.items() if value is not None})

    assert not HERE.comes_from_us(headers)


def test_a_page_behind_tls_is_not_believed_when_it_came_without() -> None:
    assert not PUBLIC.comes_from_us(asked(host="kpi.example.com", origin="http://kpi.example.com"))


def test_pages_of_others_may_lead_here_but_not_weave_us_into_themselves() -> None:
    link = asked(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document")
    frame = asked(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="iframe")
    image = asked(sec_fetch_site="cross-site", sec_fetch_mode="no-cors", sec_fetch_dest="image")

    assert HERE.may_read(link)
    assert HERE.may_read(asked())
    assert not HERE.may_read(frame)
    assert not HERE.may_read(image)


def test_only_the_declared_proxy_says_where_somebody_comes_from() -> None:
    said = "6.6.6.6, 203.0.113.9"

    assert PUBLIC.address(scope(x_forwarded_for=said)) == "203.0.113.9"
    assert PUBLIC.address(scope(peer="10.0.0.8", x_forwarded_for=said)) == "10.0.0.8"
    assert HERE.address(scope(x_forwarded_for=said)) == "127.0.0.1"
    assert PUBLIC.address(scope(x_forwarded_for="nonsense")) == "127.0.0.1"


def test_only_the_declared_proxy_says_that_a_request_was_encrypted() -> None:
    assert PUBLIC.scheme(scope(x_forwarded_proto="https")) == "https"
    assert PUBLIC.scheme(scope(peer="10.0.0.8", x_forwarded_proto="https")) == "http"
    assert HERE.scheme(scope(x_forwarded_proto="https")) == "http"


@pytest.mark.parametrize(
    "name",
    [
        *("X-Forwarded-User", "Remote-User", "X-Remote-User", "X-Streamlit-User", "X-Auth-Email"),
        *("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "X-User", "X-Role"),
        *("X-MS-Client-Principal-Name", "X-Goog-Authenticated-User-Email", "X-Original-URL"),
    ],
)
def test_no_header_says_who_somebody_is(name: str) -> None:
    sent = [(b"host", b"localhost"), (name.lower().encode(), b"louise"), (b"Cookie", b"a=b")]

    assert stripped(sent) == [(b"host", b"localhost"), (b"Cookie", b"a=b")]
