"""Somebody's calendar over real HTTP: read by whoever has its address, without a login."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar as File
from starlette.requests import Request
from starlette.responses import Response

from dashboard.access import feeds
from dashboard.access.accounts import disable, get_account
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.gate.feed import _BURST, CalendarFeed
from dashboard.gate.middleware import ADDRESS
from tests.builders.access import company as opened_company
from tests.builders.company import OWNER, Company
from tests.builders.roles import ZOE, Somebody, sample_running

Visitors = dict[str, Somebody]

pytestmark = pytest.mark.xdist_group("rights")

#: Of the sample company, open on 16 November 2026, with whose they are.
HERS = "Céder quatre rendez-vous par semaine de Zoé à un collègue"
COLLEAGUES = "Obtenir une date de signature ferme d’Immeubles Carrefour 20"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, Visitors]]:
    with sample_running(tmp_path_factory.mktemp("feed")) as running:
        yield running


def address(company: Company, visitors: Visitors, who: str) -> str:
    account = visitors[who].account
    assert account is not None
    by = Visitor(account.name, account.role, account.account_id)
    return feeds.path_of(feeds.make(company.access, by))


def test_an_address_shows_ones_own_dates_and_the_meetings_to_anybody_who_has_it(
    sample: tuple[Company, Visitors],
) -> None:
    company, visitors = sample
    path = address(company, visitors, ZOE)

    answer = company.ask("GET", path)

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "no-store" in (answer.headers["cache-control"] or "")
    assert answer.headers["set-cookie"] is None
    events = File.from_ical(answer.body).walk("VEVENT")
    titles = [str(event["summary"]) for event in events]
    assert HERS in titles
    assert COLLEAGUES not in titles
    assert any(str(event["uid"]).startswith("weekly-2026-W47@") for event in events)
    assert company.ask("HEAD", path).status == 200
    # a colleague's browser reads the same: the address decides whose dates they are
    assert HERS in company.ask("GET", path, cookie=visitors["manager"].cookie).page.replace(
        "\r\n ", ""
    )


def test_an_address_opens_nothing_else(sample: tuple[Company, Visitors]) -> None:
    company, visitors = sample
    path = address(company, visitors, ZOE)
    token = path.removeprefix(feeds.PATH).removesuffix(feeds.ENDING)

    assert company.ask("POST", path, form={}).status == 405
    assert company.ask("GET", "/mine", cookie=f"cap90_session={token}").status == 303
    assert company.ask("GET", f"/link/{token}").status == 410
    for wrong in (
        f"/calendar/{token}",
        f"{path}/",
        "/calendar/.ics",
        "/calendar/x.ics",
        "/calendar",
    ):
        assert company.ask("GET", wrong).status in {400, 404}


def test_a_disabled_persons_address_shows_nothing(sample: tuple[Company, Visitors]) -> None:
    company, _ = sample
    leaving = company.join("Leaving", Role.MANAGER)
    by = Visitor(leaving.name, leaving.role, leaving.account_id)
    path = feeds.path_of(feeds.make(company.access, by))
    assert company.ask("GET", path).status == 200

    account = get_account(company.access, leaving.account_id)
    disable(company.access, OWNER, account.account_id, account.version)

    assert company.ask("GET", path).status == 404


def test_whoever_asks_too_often_is_told_to_wait_and_nobody_else(tmp_path: Path) -> None:
    with opened_company(tmp_path) as access:
        feed = CalendarFeed(access)

        def ask(comes_from: str) -> Response:
            scope = {
                "type": "http",
                "method": "GET",
                "path": "/calendar/x.ics",
                "headers": [],
                "query_string": b"",
                "path_params": {"token": "x"},
                ADDRESS: comes_from,
            }
            return asyncio.run(feed.answer(Request(scope)))

        answers = [ask("203.0.113.7") for _ in range(2 * _BURST)]

        assert {answer.status_code for answer in answers} == {404, 429}
        assert answers[-1].headers["retry-after"] == "1"
        assert ask("198.51.100.23").status_code == 404
