"""How much one login session may ask for in a while."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.gate import frontend
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.middleware import Gate
from dashboard.gate.pace import Pace

ZOE = Visitor("Zoé Côté", Role.MANAGER, account_id=2, session_id="zoe-here")
LEA = Visitor("Léa Roy", Role.MANAGER, account_id=3, session_id="lea-here")


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Known:
    def find(self, token: str, *, active: bool) -> Visitor | None:
        del active
        return {"zoe": ZOE, "lea": LEA}.get(token)


async def _application(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    made = Gate(_application, Known(), Doorstep())
    made._pace = Pace(clock)
    return made


def ask(gate: Gate, path: str, who: str = "zoe", **headers: str) -> tuple[int, dict[str, str], str]:
    said = {"host": "localhost", "cookie": f"cap90_session={who}", **headers}
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8590),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in said.items()
        ],
    }
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(gate(scope, receive, send))
    start, *bodies = sent
    answered = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], answered, b"".join(one["body"] for one in bodies).decode()


def _statuses(gate: Gate, count: int, who: str = "zoe") -> list[int]:
    return [ask(gate, "/session", who)[0] for _ in range(count)]


def test_six_hundred_at_once_pass_and_the_next_one_is_asked_to_wait(gate: Gate) -> None:
    assert _statuses(gate, 600) == [200] * 600

    status, headers, page = ask(gate, "/session", accept_language="fr-CA")

    assert (status, headers["retry-after"], headers["cache-control"]) == (429, "1", "no-store")
    assert "Cela fait trop de demandes à la fois." in page
    assert "Patientez quelques secondes" in page


def test_fifty_a_second_may_go_on_for_ever(gate: Gate, clock: Clock) -> None:
    _statuses(gate, 600)
    for _ in range(3):
        clock.seconds += 1
        assert _statuses(gate, 51) == [200] * 50 + [429]
    clock.seconds += 600 / 50
    assert _statuses(gate, 601) == [200] * 600 + [429]


def test_one_session_does_not_slow_another_down(gate: Gate) -> None:
    assert _statuses(gate, 601)[-1] == 429

    assert _statuses(gate, 1, "lea") == [200]


def test_whoever_is_not_logged_in_is_led_to_the_login_page_and_counted_elsewhere(
    gate: Gate,
) -> None:
    assert {ask(gate, "/week", "nobody")[0] for _ in range(700)} == {303}


def test_seven_tabs_opened_at_once_get_every_file_of_their_pages(gate: Gate) -> None:
    # the files that a page brings are counted in a browser: tests/browser/test_demo.py
    files = sorted(frontend.files())[:80]
    assert len(files) == 80

    asked = [ask(gate, path)[0] for _ in range(7) for path in ("/week", *files)]

    assert set(asked) == {200}


def test_sessions_that_have_rested_are_forgotten(clock: Clock) -> None:
    pace = Pace(clock)
    for number in range(1001):
        assert pace.wait(str(number)) == 0
    clock.seconds += 1
    assert pace.wait("the next one") == 0

    assert set(pace._buckets) == {"the next one"}
